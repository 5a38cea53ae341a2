import type { CustomContent } from '../types.ts';
import type { Db } from './open.ts';

/** Stores or replaces an item of custom content. */
export function putCustomContent(db: Db, item: CustomContent): void {
  db.prepare(
    `INSERT OR REPLACE INTO customContents (id, cloudId, type, spaceId, containerType, containerId, status, title,
       representation, body, authorId, createdAt, version, versionBy, versionAt, versionMessage)
     VALUES (@id, @cloudId, @type, @spaceId, @containerType, @containerId, @status, @title,
       @representation, @body, @authorId, @createdAt, @version, @versionBy, @versionAt, @versionMessage)`,
  ).run(item);
}

/** One item of a site, whatever its status. */
export function findCustomContent(db: Db, cloudId: string, id: string): CustomContent | undefined {
  return db.prepare('SELECT * FROM customContents WHERE id = ? AND cloudId = ?').get(id, cloudId) as
    | CustomContent
    | undefined;
}

/** Items of a site that are not in the trash, by id. */
export function customContentOfSite(db: Db, cloudId: string): CustomContent[] {
  return db
    .prepare(
      "SELECT * FROM customContents WHERE cloudId = ? AND status = 'current' ORDER BY CAST(id AS INTEGER)",
    )
    .all(cloudId) as CustomContent[];
}

/** Removes an item for good. */
export function deleteCustomContentRow(db: Db, id: string): void {
  db.prepare('DELETE FROM customContents WHERE id = ?').run(id);
}

/** Declares a type, as an installed app does. */
export function declareCustomType(db: Db, cloudId: string, type: string): void {
  db.prepare('INSERT OR IGNORE INTO customTypes (cloudId, type) VALUES (?, ?)').run(cloudId, type);
}

/** True when an app of the site has declared the type. */
export function isCustomType(db: Db, cloudId: string, type: string): boolean {
  return (
    db.prepare('SELECT 1 FROM customTypes WHERE cloudId = ? AND type = ?').get(cloudId, type) !== undefined
  );
}

/** Remembers where a Smart Link leads. */
export function setEmbedUrl(db: Db, contentId: string, url: string): void {
  db.prepare('INSERT OR REPLACE INTO embedUrls (contentId, url) VALUES (?, ?)').run(contentId, url);
}

/** Where a Smart Link leads. */
export function embedUrlOf(db: Db, contentId: string): string | undefined {
  const row = db.prepare('SELECT url FROM embedUrls WHERE contentId = ?').get(contentId) as
    | { url: string }
    | undefined;
  return row?.url;
}
