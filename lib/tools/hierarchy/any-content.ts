import { convertContentIdsToContentTypes } from '#lib/confluence';
import { attachmentAt } from '../attachments/find-attachment.ts';
import { findComment } from '../comments/comment-target.ts';
import { findCustom } from '../custom_content/item.ts';
import { type Document, findDocument } from '../documents.ts';
import { orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { readReference } from '../resolve/reference.ts';
import { findNode, type NodeKind } from '../tree-nodes/node.ts';

export type AnyType =
  | 'page'
  | 'blog_post'
  | NodeKind
  | 'custom_content'
  | 'attachment'
  | 'footer_comment'
  | 'inline_comment';

/** Whatever an id leads to, as far as all of it has in common. */
export type AnyContent = {
  type: AnyType;
  id: string;
  title: string;
  status: string;
  spaceId: string | null;
  parentId: string | null;
  authorId: string | null;
  ownerId: string | null;
  createdAt: string | null;
  version: number | null;
  url: string | null;
  /** Where a Smart Link leads; the type an app gave its content; what a comment or file is on. */
  facts: Record<string, string>;
};

/** Atlassian's names for content types; every other name is an app's own. */
const types: Record<string, AnyType> = {
  page: 'page',
  blogpost: 'blog_post',
  whiteboard: 'whiteboard',
  database: 'database',
  folder: 'folder',
  embed: 'smart_link',
  attachment: 'attachment',
  'footer-comment': 'footer_comment',
  'inline-comment': 'inline_comment',
};

function ofDocument(found: Document | null): AnyContent | null {
  if (found === null) return null;
  const { kind, id, title, status, spaceId, parentId, authorId, ownerId, createdAt, version, url } = found;
  return {
    type: kind,
    id,
    title,
    status,
    spaceId,
    parentId,
    authorId,
    ownerId,
    createdAt,
    version,
    url,
    facts: {},
  };
}

async function ofNode(ctx: Context, kind: NodeKind, id: string): Promise<AnyContent | null> {
  const node = await findNode(ctx, kind, id);
  if (node === null) return null;
  const { title, status, spaceId, parentId, authorId, createdAt, embedUrl, url } = node;
  return {
    type: kind,
    id: node.id,
    title,
    status,
    spaceId,
    parentId,
    authorId,
    ownerId: null,
    createdAt,
    version: null,
    url,
    facts: embedUrl === null ? {} : { 'leads to': embedUrl },
  };
}

async function ofCustom(ctx: Context, id: string): Promise<AnyContent | null> {
  const item = await findCustom(ctx, id);
  if (item === null) return null;
  const { title, status, spaceId, authorId, version, url } = item;
  return {
    type: 'custom_content',
    id: item.id,
    title,
    status,
    spaceId,
    parentId: item.pageId ?? item.blogPostId ?? item.customContentId,
    authorId,
    ownerId: null,
    createdAt: null,
    version,
    url,
    facts: { "the app's type": item.type },
  };
}

async function ofAttachment(ctx: Context, id: string): Promise<AnyContent | null> {
  const file = await attachmentAt(ctx, id);
  if (file === null) return null;
  return {
    type: 'attachment',
    id: file.id,
    title: file.filename,
    status: file.status,
    spaceId: file.page.spaceId,
    parentId: file.page.id,
    authorId: null,
    ownerId: null,
    createdAt: file.updated_at,
    version: file.version,
    url: file.url,
    facts: { 'file type': file.media_type, on: file.page.title },
  };
}

async function ofComment(ctx: Context, kind: 'footer' | 'inline', id: string): Promise<AnyContent | null> {
  const comment = await orNull(findComment(ctx, id, kind));
  if (comment === null) return null;
  return {
    type: kind === 'footer' ? 'footer_comment' : 'inline_comment',
    id: comment.id,
    title: `Comment on ${comment.on.title}`,
    status: 'current',
    spaceId: comment.on.space?.id ?? null,
    parentId: comment.parentId ?? comment.on.id,
    authorId: comment.authorId,
    ownerId: null,
    createdAt: null,
    version: comment.version,
    url: comment.url,
    facts: {
      on: comment.on.title,
      ...(comment.resolution === null ? {} : { resolution: comment.resolution }),
    },
  };
}

const readers: Record<AnyType, (ctx: Context, id: string) => Promise<AnyContent | null>> = {
  page: async (ctx, id) => ofDocument(await findDocument(ctx, 'page', id)),
  blog_post: async (ctx, id) => ofDocument(await findDocument(ctx, 'blog_post', id)),
  folder: (ctx, id) => ofNode(ctx, 'folder', id),
  whiteboard: (ctx, id) => ofNode(ctx, 'whiteboard', id),
  database: (ctx, id) => ofNode(ctx, 'database', id),
  smart_link: (ctx, id) => ofNode(ctx, 'smart_link', id),
  custom_content: ofCustom,
  attachment: ofAttachment,
  footer_comment: (ctx, id) => ofComment(ctx, 'footer', id),
  inline_comment: (ctx, id) => ofComment(ctx, 'inline', id),
};

/** Content of a known type by its id, or null: missing, not visible, or outside the allowed spaces. */
export function contentAt(ctx: Context, type: AnyType, id: string): Promise<AnyContent | null> {
  return readers[type](ctx, id);
}

/** The type behind an id as Atlassian tells it; null for what is not there or not visible. */
export async function typeOfId(ctx: Context, id: string): Promise<AnyType | null> {
  const answer = await convertContentIdsToContentTypes(ctx.confluence, { body: { contentIds: [id] } });
  const found = (answer.results as Record<string, unknown> | null | undefined)?.[id];
  if (typeof found !== 'string') return null;
  return types[found] ?? 'custom_content';
}

/** The id in a text that names content, with its type where the link says it. Null where a text is a title. */
export function idIn(given: string, siteUrl: string): { id: string; type: AnyType | null } | null {
  const text = given.trim();
  const file = /^att\d{1,18}$/.exec(text) ?? /[?&]preview=(?:%2F|\/)\d+(?:%2F|\/)(att\d{1,18})/i.exec(text);
  if (file !== null) return { id: file[1] ?? file[0], type: 'attachment' };
  const custom = /\/customcontent\/(\d{1,18})(?:[/?#]|$)/.exec(text);
  if (custom?.[1] !== undefined) return { id: custom[1], type: 'custom_content' };
  const reference = readReference(text, siteUrl);
  if (reference.kind === 'comment') return { id: reference.id, type: null };
  return reference.kind === 'id' ? { id: reference.id, type: reference.type } : null;
}
