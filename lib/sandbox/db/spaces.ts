import type { Space, SpaceAccess } from '../types.ts';
import type { Db } from './open.ts';

/** Stores a space. */
export function insertSpace(db: Db, space: Space): void {
  db.prepare(
    `INSERT INTO spaces (id, cloudId, key, name, type, status, description, authorId, createdAt, homepageId)
     VALUES (@id, @cloudId, @key, @name, @type, @status, @description, @authorId, @createdAt, @homepageId)`,
  ).run(space);
}

/** Lets a person or group view or write a space; a kind without any row is open to the whole site. */
export function insertSpaceAccess(db: Db, access: SpaceAccess): void {
  db.prepare(
    `INSERT OR IGNORE INTO spaceAccess (spaceId, kind, subjectType, subjectId)
     VALUES (@spaceId, @kind, @subjectType, @subjectId)`,
  ).run(access);
}

/** Who may view or write a space. */
export function accessOfSpace(db: Db, spaceId: string): SpaceAccess[] {
  return db.prepare('SELECT * FROM spaceAccess WHERE spaceId = ?').all(spaceId) as SpaceAccess[];
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
