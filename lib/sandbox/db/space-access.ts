import type { RoleMode, SpacePermissionRow, SpaceRoleRow, SpaceSubject } from '../types.ts';
import type { Db } from './open.ts';

/** How a site gives access to spaces; by single permissions unless told otherwise. */
export function roleModeOf(db: Db, cloudId: string): RoleMode {
  const row = db.prepare('SELECT mode FROM roleModes WHERE cloudId = ?').get(cloudId) as
    | { mode: RoleMode }
    | undefined;
  return row?.mode ?? 'PRE_ROLES';
}

/** Sets how a site gives access to spaces. */
export function setRoleMode(db: Db, cloudId: string, mode: RoleMode): void {
  db.prepare('INSERT OR REPLACE INTO roleModes (cloudId, mode) VALUES (?, ?)').run(cloudId, mode);
}

/** The roles held in a space, in the order they were given. */
export function rolesOfSpace(db: Db, spaceId: string): SpaceRoleRow[] {
  return db
    .prepare('SELECT * FROM spaceRoles WHERE spaceId = ? ORDER BY rowid')
    .all(spaceId) as SpaceRoleRow[];
}

/** Gives a role in a space; it takes the place of the one held before. */
export function putSpaceRole(db: Db, row: SpaceRoleRow): void {
  db.prepare(
    `INSERT INTO spaceRoles (spaceId, subjectType, subjectId, roleId)
     VALUES (@spaceId, @subjectType, @subjectId, @roleId)
     ON CONFLICT (spaceId, subjectType, subjectId) DO UPDATE SET roleId = excluded.roleId`,
  ).run(row);
}

/** Takes a role in a space away; harmless when there is none. */
export function deleteSpaceRole(db: Db, spaceId: string, subject: SpaceSubject): void {
  db.prepare('DELETE FROM spaceRoles WHERE spaceId = ? AND subjectType = ? AND subjectId = ?').run(
    spaceId,
    subject.subjectType,
    subject.subjectId,
  );
}

/** The single permissions held in a space, by id. */
export function permissionsOfSpace(db: Db, spaceId: string): SpacePermissionRow[] {
  return db
    .prepare('SELECT * FROM spacePermissions WHERE spaceId = ? ORDER BY id')
    .all(spaceId) as SpacePermissionRow[];
}

/** Gives a permission in a space; the row with its id, or undefined when it is held already. */
export function insertSpacePermission(
  db: Db,
  row: Omit<SpacePermissionRow, 'id'>,
): SpacePermissionRow | undefined {
  return db
    .prepare(
      `INSERT INTO spacePermissions (spaceId, subjectType, subjectId, operation, target)
       VALUES (@spaceId, @subjectType, @subjectId, @operation, @target) ON CONFLICT DO NOTHING RETURNING *`,
    )
    .get(row) as SpacePermissionRow | undefined;
}

/** Takes one permission in a space away. */
export function deleteSpacePermission(db: Db, id: number): void {
  db.prepare('DELETE FROM spacePermissions WHERE id = ?').run(id);
}
