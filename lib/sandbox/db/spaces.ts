import type { Space } from '../types.ts';
import type { Db } from './open.ts';

/** Stores a space. */
export function insertSpace(db: Db, space: Space): void {
  db.prepare(
    `INSERT INTO spaces (id, cloudId, key, name, type, status, description, authorId, createdAt, homepageId)
     VALUES (@id, @cloudId, @key, @name, @type, @status, @description, @authorId, @createdAt, @homepageId)`,
  ).run(space);
}

/** Writes back name, description, status and homepage of a space. */
export function updateSpace(db: Db, space: Space): void {
  db.prepare(
    `UPDATE spaces SET name = @name, description = @description, status = @status, homepageId = @homepageId
     WHERE id = @id`,
  ).run(space);
}

const ofSpaces = ['spaceRoles', 'spacePermissions', 'templates', 'customContents', 'stateRules'];

/** Removes a space with all that belongs to it but pages, posts and their like, which the caller purges before. */
export function deleteSpace(db: Db, space: Space): void {
  for (const table of ofSpaces) db.prepare(`DELETE FROM ${table} WHERE spaceId = ?`).run(space.id);
  for (const table of ['labelled', 'properties', 'classifications'])
    db.prepare(`DELETE FROM ${table} WHERE targetType = 'space' AND targetId = ?`).run(space.id);
  db.prepare("DELETE FROM watches WHERE kind = 'space' AND targetId = ?").run(space.id);
  db.exec("DELETE FROM watches WHERE kind = 'content' AND targetId NOT IN (SELECT id FROM contents)");
  db.prepare('DELETE FROM spaces WHERE id = ?').run(space.id);
}

/** All spaces of a site, by id. */
export function spacesOfSite(db: Db, cloudId: string): Space[] {
  return db
    .prepare('SELECT * FROM spaces WHERE cloudId = ? ORDER BY CAST(id AS INTEGER)')
    .all(cloudId) as Space[];
}

/** One space by id. */
export function findSpace(db: Db, id: string): Space | undefined {
  return db.prepare('SELECT * FROM spaces WHERE id = ?').get(id) as Space | undefined;
}

/** One space of a site by key, case-insensitively. */
export function findSpaceByKey(db: Db, cloudId: string, key: string): Space | undefined {
  return db.prepare('SELECT * FROM spaces WHERE cloudId = ? AND lower(key) = lower(?)').get(cloudId, key) as
    | Space
    | undefined;
}
