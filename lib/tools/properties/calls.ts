import {
  createAttachmentProperty,
  createBlogpostProperty,
  createCommentProperty,
  createCustomContentProperty,
  createDatabaseProperty,
  createFolderProperty,
  createPageProperty,
  createSmartLinkProperty,
  createSpaceProperty,
  createWhiteboardProperty,
  deleteAttachmentPropertyById,
  deleteBlogpostPropertyById,
  deleteCommentPropertyById,
  deleteCustomContentPropertyById,
  deleteDatabasePropertyById,
  deleteFolderPropertyById,
  deletePagePropertyById,
  deleteSmartLinkPropertyById,
  deleteSpacePropertyById,
  deleteWhiteboardPropertyById,
  getAttachmentContentProperties,
  getBlogpostContentProperties,
  getCommentContentProperties,
  getCustomContentContentProperties,
  getDatabaseContentProperties,
  getFolderContentProperties,
  getPageContentProperties,
  getSmartLinkContentProperties,
  getSpaceProperties,
  getWhiteboardContentProperties,
  updateAttachmentPropertyById,
  updateBlogpostPropertyById,
  updateCommentPropertyById,
  updateCustomContentPropertyById,
  updateDatabasePropertyById,
  updateFolderPropertyById,
  updatePagePropertyById,
  updateSmartLinkPropertyById,
  updateSpacePropertyById,
  updateWhiteboardPropertyById,
} from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';
import type { HolderKind } from './holder.ts';

/** One property as read. */
export type Property = {
  id: string;
  key: string;
  value: unknown;
  version: number;
  updatedAt: string | null;
  updatedBy: string | null;
};

type Confluence = Context['confluence'];
type Listing = { key?: string | undefined; limit?: number; cursor?: string | undefined };
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };
type Written = { key: string; value: unknown; version: { number: number } };
type Calls = {
  list(c: Confluence, id: string, o: Listing): Promise<Answer>;
  create(c: Confluence, id: string, o: { key: string; value: unknown }): Promise<unknown>;
  update(c: Confluence, id: string, propertyId: number, o: Written): Promise<unknown>;
  remove(c: Confluence, id: string, propertyId: number): Promise<unknown>;
};

/** The same four calls for everything that carries properties. */
const calls: Record<HolderKind, Calls> = {
  page: {
    list: (c, id, o) => getPageContentProperties(c, { pageId: contentNumber(id), ...o }),
    create: (c, id, o) => createPageProperty(c, { pageId: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updatePagePropertyById(c, { pageId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) => deletePagePropertyById(c, { pageId: contentNumber(id), propertyId }),
  },
  blog_post: {
    list: (c, id, o) => getBlogpostContentProperties(c, { blogpostId: contentNumber(id), ...o }),
    create: (c, id, o) => createBlogpostProperty(c, { blogpostId: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateBlogpostPropertyById(c, { blogpostId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) =>
      deleteBlogpostPropertyById(c, { blogpostId: contentNumber(id), propertyId }),
  },
  whiteboard: {
    list: (c, id, o) => getWhiteboardContentProperties(c, { id: contentNumber(id), ...o }),
    create: (c, id, o) => createWhiteboardProperty(c, { id: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateWhiteboardPropertyById(c, { whiteboardId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) =>
      deleteWhiteboardPropertyById(c, { whiteboardId: contentNumber(id), propertyId }),
  },
  database: {
    list: (c, id, o) => getDatabaseContentProperties(c, { id: contentNumber(id), ...o }),
    create: (c, id, o) => createDatabaseProperty(c, { id: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateDatabasePropertyById(c, { databaseId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) =>
      deleteDatabasePropertyById(c, { databaseId: contentNumber(id), propertyId }),
  },
  folder: {
    list: (c, id, o) => getFolderContentProperties(c, { id: contentNumber(id), ...o }),
    create: (c, id, o) => createFolderProperty(c, { id: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateFolderPropertyById(c, { folderId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) => deleteFolderPropertyById(c, { folderId: contentNumber(id), propertyId }),
  },
  smart_link: {
    list: (c, id, o) => getSmartLinkContentProperties(c, { id: contentNumber(id), ...o }),
    create: (c, id, o) => createSmartLinkProperty(c, { id: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateSmartLinkPropertyById(c, { embedId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) => deleteSmartLinkPropertyById(c, { embedId: contentNumber(id), propertyId }),
  },
  custom_content: {
    list: (c, id, o) => getCustomContentContentProperties(c, { customContentId: contentNumber(id), ...o }),
    create: (c, id, o) => createCustomContentProperty(c, { customContentId: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateCustomContentPropertyById(c, { customContentId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) =>
      deleteCustomContentPropertyById(c, { customContentId: contentNumber(id), propertyId }),
  },
  attachment: {
    list: (c, id, o) => getAttachmentContentProperties(c, { attachmentId: id, ...o }),
    create: (c, id, o) => createAttachmentProperty(c, { attachmentId: id, ...o }),
    update: (c, id, propertyId, o) => updateAttachmentPropertyById(c, { attachmentId: id, propertyId, ...o }),
    remove: (c, id, propertyId) => deleteAttachmentPropertyById(c, { attachmentId: id, propertyId }),
  },
  comment: {
    list: (c, id, o) => getCommentContentProperties(c, { commentId: contentNumber(id), ...o }),
    create: (c, id, o) => createCommentProperty(c, { commentId: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateCommentPropertyById(c, { commentId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) => deleteCommentPropertyById(c, { commentId: contentNumber(id), propertyId }),
  },
  space: {
    list: (c, id, o) => getSpaceProperties(c, { spaceId: contentNumber(id), ...o }),
    create: (c, id, o) => createSpaceProperty(c, { spaceId: contentNumber(id), ...o }),
    update: (c, id, propertyId, o) =>
      updateSpacePropertyById(c, { spaceId: contentNumber(id), propertyId, ...o }),
    remove: (c, id, propertyId) => deleteSpacePropertyById(c, { spaceId: contentNumber(id), propertyId }),
  },
};

/** A property of an answer in our own shape. Space properties name their writer `createdBy`. */
export function propertyOf(answer: unknown): Property {
  const raw = answer as { id?: unknown; key?: unknown; value?: unknown; version?: unknown };
  const version = (raw.version ?? {}) as Record<string, unknown>;
  const by = version.authorId ?? version.createdBy;
  return {
    id: String(raw.id),
    key: String(raw.key ?? ''),
    value: raw.value ?? null,
    version: Number(version.number ?? 1),
    updatedAt: iso(version.createdAt),
    updatedBy: typeof by === 'string' && by !== '' ? by : null,
  };
}

/** Properties of one thing, one page of the list; `o.key` narrows to one. */
export function listProperties(ctx: Context, kind: HolderKind, id: string, o: Listing): Promise<Answer> {
  return calls[kind].list(ctx.confluence, id, o);
}

/** The property with this key, or null. */
export async function findProperty(
  ctx: Context,
  kind: HolderKind,
  id: string,
  key: string,
): Promise<Property | null> {
  const found = await listProperties(ctx, kind, id, { key });
  return (found.results ?? []).map(propertyOf).find((one) => one.key === key) ?? null;
}

/** Makes a property; Confluence answers 409 when the key is there. */
export async function makeProperty(
  ctx: Context,
  kind: HolderKind,
  id: string,
  o: { key: string; value: unknown },
): Promise<void> {
  await calls[kind].create(ctx.confluence, id, o);
}

/** Writes the version after `version`; Confluence answers 409 when that is no longer the next. */
export async function changeProperty(
  ctx: Context,
  kind: HolderKind,
  id: string,
  o: { propertyId: string; key: string; value: unknown; version: number },
): Promise<void> {
  const { propertyId, key, value, version } = o;
  const body = { key, value, version: { number: version + 1 } };
  await calls[kind].update(ctx.confluence, id, contentNumber(propertyId), body);
}

/** Removes a property for good. */
export async function removeProperty(
  ctx: Context,
  kind: HolderKind,
  id: string,
  propertyId: string,
): Promise<void> {
  await calls[kind].remove(ctx.confluence, id, contentNumber(propertyId));
}
