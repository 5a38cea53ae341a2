import type { Content, ContentStatus, ContentVersion, Draft } from '../types.ts';
import { purgeEngagement } from './engagement.ts';
import type { Db } from './open.ts';

/** Stores page or blog post as its current state; the version list is kept by `insertVersion`. */
export function insertContent(db: Db, content: Content): void {
  db.prepare(
    `INSERT INTO contents (id, cloudId, type, spaceId, parentId, position, status, title, storage, subtype,
       authorId, ownerId, createdAt, version, versionBy, versionAt, versionMessage)
     VALUES (@id, @cloudId, @type, @spaceId, @parentId, @position, @status, @title, @storage, @subtype,
       @authorId, @ownerId, @createdAt, @version, @versionBy, @versionAt, @versionMessage)`,
  ).run(content);
}

/** Writes back every column of a content row. */
export function updateContent(db: Db, content: Content): void {
  db.prepare(
    `UPDATE contents SET spaceId = @spaceId, parentId = @parentId, position = @position, status = @status,
       title = @title, storage = @storage, subtype = @subtype, ownerId = @ownerId, version = @version,
       versionBy = @versionBy, versionAt = @versionAt, versionMessage = @versionMessage WHERE id = @id`,
  ).run(content);
}

/** One page or blog post of a site. */
export function findContent(db: Db, cloudId: string, id: string): Content | undefined {
  return db.prepare('SELECT * FROM contents WHERE id = ? AND cloudId = ?').get(id, cloudId) as
    | Content
    | undefined;
}

/** One page or blog post, whatever its site. */
export function findContentAnywhere(db: Db, id: string): Content | undefined {
  return db.prepare('SELECT * FROM contents WHERE id = ?').get(id) as Content | undefined;
}

export type ContentFilter = {
  cloudId: string;
  type?: Content['type'];
  spaceIds?: string[];
  ids?: string[];
  statuses?: ContentStatus[];
  title?: string;
};

/** Content of a site that matches every given condition, by id; title is exact and case-insensitive. */
export function listContents(db: Db, filter: ContentFilter): Content[] {
  const where = ['cloudId = ?'];
  const values: string[] = [filter.cloudId];
  const among = (column: string, list: string[] | undefined) => {
    if (!list) return;
    where.push(`${column} IN (${list.map(() => '?').join(',') || 'NULL'})`);
    values.push(...list);
  };
  among('type', filter.type ? [filter.type] : undefined);
  among('spaceId', filter.spaceIds);
  among('id', filter.ids);
  among('status', filter.statuses);
  const rows = db
    .prepare(`SELECT * FROM contents WHERE ${where.join(' AND ')} ORDER BY CAST(id AS INTEGER)`)
    .all(...values) as Content[];
  // SQLite folds case for ASCII only, so titles are compared here.
  const wanted = filter.title?.toLowerCase();
  return wanted === undefined ? rows : rows.filter((row) => row.title.toLowerCase() === wanted);
}

/** Direct children in page-tree order, whatever their status. */
export function childrenOf(db: Db, parentId: string): Content[] {
  return db
    .prepare('SELECT * FROM contents WHERE parentId = ? ORDER BY position, CAST(id AS INTEGER)')
    .all(parentId) as Content[];
}

/** The position after the last child of a parent (or of the top level of a space). */
export function nextPosition(db: Db, spaceId: string, parentId: string | null): number {
  const row = db
    .prepare('SELECT max(position) AS last FROM contents WHERE spaceId = ? AND parentId IS ?')
    .get(spaceId, parentId) as { last: number | null };
  return row.last === null ? 0 : row.last + 1;
}

/** Ancestors from the top of the tree down to the parent. */
export function ancestorsOf(db: Db, content: Content): Content[] {
  const found: Content[] = [];
  let parentId = content.parentId;
  while (parentId !== null) {
    const parent = findContentAnywhere(db, parentId);
    if (!parent) break;
    found.unshift(parent);
    parentId = parent.parentId;
  }
  return found;
}

/** Removes content for good with all that hangs on it. */
export function purgeContent(db: Db, id: string): void {
  db.prepare('DELETE FROM contents WHERE id = ?').run(id);
  for (const table of [
    'versions',
    'drafts',
    'restrictions',
    'comments',
    'attachments',
    'views',
    'tasks',
    'taskScans',
    'embedUrls',
  ])
    db.prepare(`DELETE FROM ${table} WHERE contentId = ?`).run(id);
  db.prepare("DELETE FROM labelled WHERE targetType = 'content' AND targetId = ?").run(id);
  db.prepare("DELETE FROM properties WHERE targetType = 'content' AND targetId = ?").run(id);
  purgeEngagement(db, id);
  db.exec(
    `DELETE FROM commentVersions WHERE commentId NOT IN (SELECT id FROM comments);
     DELETE FROM attachmentVersions WHERE attachmentId NOT IN (SELECT id FROM attachments)`,
  );
}

/** Changes the body of a version in place: what Confluence does when a marker is put into a page. */
export function putVersionStorage(db: Db, contentId: string, number: number, storage: string): void {
  db.prepare('UPDATE versions SET storage = ? WHERE contentId = ? AND number = ?').run(
    storage,
    contentId,
    number,
  );
}

/** Adds a version to the history. */
export function insertVersion(db: Db, version: ContentVersion): void {
  db.prepare(
    `INSERT INTO versions (contentId, number, title, storage, authorId, createdAt, message)
     VALUES (@contentId, @number, @title, @storage, @authorId, @createdAt, @message)`,
  ).run(version);
}

/** All versions, newest first. */
export function versionsOf(db: Db, contentId: string): ContentVersion[] {
  return db
    .prepare('SELECT * FROM versions WHERE contentId = ? ORDER BY number DESC')
    .all(contentId) as ContentVersion[];
}

/** One version. */
export function findVersion(db: Db, contentId: string, number: number): ContentVersion | undefined {
  return db.prepare('SELECT * FROM versions WHERE contentId = ? AND number = ?').get(contentId, number) as
    | ContentVersion
    | undefined;
}

/** The open draft of a published page. */
export function findDraft(db: Db, contentId: string): Draft | undefined {
  return db.prepare('SELECT * FROM drafts WHERE contentId = ?').get(contentId) as Draft | undefined;
}

/** Stores or replaces the open draft. */
export function putDraft(db: Db, draft: Draft): void {
  db.prepare(
    `INSERT INTO drafts (contentId, title, storage, authorId, updatedAt)
     VALUES (@contentId, @title, @storage, @authorId, @updatedAt)
     ON CONFLICT (contentId) DO UPDATE SET title = excluded.title, storage = excluded.storage,
       authorId = excluded.authorId, updatedAt = excluded.updatedAt`,
  ).run(draft);
}

/** Removes the open draft. */
export function deleteDraft(db: Db, contentId: string): void {
  db.prepare('DELETE FROM drafts WHERE contentId = ?').run(contentId);
}

/** Adds a day's page views. */
export function addViews(
  db: Db,
  view: { contentId: string; day: string; count: number; distinctCount: number },
): void {
  db.prepare(
    `INSERT INTO views (contentId, day, count, distinctCount) VALUES (@contentId, @day, @count, @distinctCount)
     ON CONFLICT (contentId, day) DO UPDATE SET count = count + excluded.count,
       distinctCount = distinctCount + excluded.distinctCount`,
  ).run(view);
}
