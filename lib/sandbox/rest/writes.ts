import type { App } from '../app.ts';
import {
  ancestorsOf,
  childrenOf,
  deleteDraft,
  deleteState,
  findDraft,
  insertVersion,
  listContents,
  nextPosition,
  purgeContent,
  putDraft,
  updateContent,
} from '../db/index.ts';
import { badRequest, Problem } from '../http/problem.ts';
import type { Content, ContentStatus, Person } from '../types.ts';
import { damaged } from '../xml/damage.ts';
import { freshIds } from '../xml/ids.ts';
import { NotWellFormed, parseXml } from '../xml/parse.ts';
import { isClassic, rewriteStorage } from '../xml/rewrite.ts';

// Archived pages hold their title, trashed ones and drafts do not.
const holdTitle: ContentStatus[] = ['current', 'archived'];

/** Refuses a title another page (or post) of the space has, in Confluence's words. */
export function refuseTitleClash(
  app: App,
  content: Pick<Content, 'id' | 'cloudId' | 'type' | 'spaceId'>,
  title: string,
): void {
  const same = listContents(app.db, {
    cloudId: content.cloudId,
    type: content.type,
    spaceIds: [content.spaceId],
    statuses: holdTitle,
    title,
  });
  if (same.some((one) => one.id !== content.id))
    throw badRequest(
      'A page with this title already exists: A page already exists with the same TITLE in this space',
    );
}

/**
 * A body as it will be stored: refused with 400 when not well-formed, otherwise rewritten as Confluence does.
 * @param before what stands there now: a body of the old editor stays one
 */
export function storable(app: App, storage: string, before = ''): string {
  try {
    const kept = app.settings.rewrite
      ? rewriteStorage(storage, { classic: isClassic(before), id: freshIds, versionOf: () => 1 })
      : storage;
    if (!app.settings.rewrite) parseXml(storage);
    return app.damage === null ? kept : damaged(kept, app.damage);
  } catch (error) {
    if (error instanceof NotWellFormed) throw badRequest(error.message);
    throw error;
  }
}

/** Writes the next version of published content. An open draft is overwritten with it, or gone when it was that text. */
export function publish(
  app: App,
  content: Content,
  next: { title: string; storage: string; message: string; author: Person; number: number },
): Content {
  const now = new Date().toISOString();
  const { title, storage, message, author, number } = next;
  const written: Content = {
    ...content,
    status: 'current',
    title,
    storage,
    version: number,
    versionBy: author.accountId,
    versionAt: now,
    versionMessage: message,
  };
  app.db.transaction(() => {
    updateContent(app.db, written);
    insertVersion(app.db, {
      contentId: content.id,
      number,
      title,
      storage,
      authorId: author.accountId,
      createdAt: now,
      message,
    });
    const draft = findDraft(app.db, content.id);
    if (draft?.storage === storage && draft.title === title) deleteDraft(app.db, content.id);
    else if (draft) putDraft(app.db, { ...draft, title, storage, updatedAt: now });
  })();
  app.index.changed(content.id);
  return written;
}

/** Puts content under another parent at a position; the others of that parent are numbered anew. */
export function place(
  app: App,
  content: Content,
  to: { spaceId: string; parentId: string | null; index: number },
): void {
  if (
    to.parentId !== null &&
    [...ancestorsOf(app.db, { ...content, parentId: to.parentId })].some((one) => one.id === content.id)
  )
    throw badRequest('A page cannot be moved under itself or one of its own descendants.');
  app.db.transaction(() => {
    const siblings = siblingsIn(app, content, to.spaceId, to.parentId).filter((one) => one.id !== content.id);
    const moved = { ...content, spaceId: to.spaceId, parentId: to.parentId };
    siblings.splice(Math.max(0, Math.min(to.index, siblings.length)), 0, moved);
    for (const [position, one] of siblings.entries()) updateContent(app.db, { ...one, position });
    if (to.spaceId !== content.spaceId)
      for (const child of subtree(app, content.id)) updateContent(app.db, { ...child, spaceId: to.spaceId });
  })();
  for (const one of [content, ...subtree(app, content.id)]) app.index.changed(one.id);
}

/** Pages beside each other under one parent, or at the top of a space, in order. */
export function siblingsIn(app: App, like: Content, spaceId: string, parentId: string | null): Content[] {
  if (parentId !== null) return childrenOf(app.db, parentId);
  return listContents(app.db, { cloudId: like.cloudId, type: like.type, spaceIds: [spaceId] })
    .filter((one) => one.parentId === null)
    .sort((a, b) => a.position - b.position || Number(a.id) - Number(b.id));
}

/** Everything below content, parents before children. */
export function subtree(app: App, id: string): Content[] {
  return childrenOf(app.db, id).flatMap((child) => [child, ...subtree(app, child.id)]);
}

/** Moves published content to the trash. Its children stay behind, archived and without a parent. */
export function trash(app: App, content: Content): void {
  const children = childrenOf(app.db, content.id).filter((child) => child.status === 'current');
  const below = subtree(app, content.id);
  app.db.transaction(() => {
    updateContent(app.db, { ...content, status: 'trashed' });
    deleteDraft(app.db, content.id);
    for (const child of children) updateContent(app.db, { ...child, status: 'archived', parentId: null });
  })();
  for (const one of [content, ...below]) app.index.changed(one.id);
}

/** Brings trashed content back as it was; 400 when its title is taken by now. */
export function restoreFromTrash(app: App, content: Content): Content {
  refuseTitleClash(app, content, content.title);
  const parent = ancestorsOf(app.db, content).at(-1);
  const parentId = parent?.status === 'current' ? parent.id : null;
  const restored: Content = {
    ...content,
    status: 'current',
    parentId,
    position: nextPosition(app.db, content.spaceId, parentId),
  };
  updateContent(app.db, restored);
  app.index.changed(content.id);
  return restored;
}

/** Removes trashed content, or a draft, for good. */
export function purge(app: App, content: Content): void {
  app.db.transaction(() => {
    for (const child of childrenOf(app.db, content.id)) updateContent(app.db, { ...child, parentId: null });
    deleteState(app.db, content.id);
    purgeContent(app.db, content.id);
  })();
  app.index.changed(content.id);
}

/** The 409 of an update whose version number is not the next one. */
export function versionConflict(current: number, provided: number | undefined): Problem {
  return new Problem(
    409,
    `Version must be incremented when updating a page. Current Version: [${current}]. Provided version: [${provided ?? 'none'}]`,
    { code: 'CONFLICT' },
  );
}
