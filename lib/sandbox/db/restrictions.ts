import type { Restriction } from '../types.ts';
import type { Db } from './open.ts';

/** Adds one person or group to the restriction of content. */
export function insertRestriction(db: Db, restriction: Restriction): void {
  db.prepare(
    `INSERT OR IGNORE INTO restrictions (contentId, operation, subjectType, subjectId)
     VALUES (@contentId, @operation, @subjectType, @subjectId)`,
  ).run(restriction);
}

/** Takes one person or group off the restriction of content; true when it was there. */
export function deleteRestriction(db: Db, restriction: Restriction): boolean {
  return (
    db
      .prepare(
        `DELETE FROM restrictions WHERE contentId = @contentId AND operation = @operation
         AND subjectType = @subjectType AND subjectId = @subjectId`,
      )
      .run(restriction).changes > 0
  );
}

/** Opens content: takes every restriction off it. */
export function clearRestrictions(db: Db, contentId: string): void {
  db.prepare('DELETE FROM restrictions WHERE contentId = ?').run(contentId);
}

/** Restrictions put on this content itself (not those it inherits). */
export function restrictionsOf(db: Db, contentId: string): Restriction[] {
  return db.prepare('SELECT * FROM restrictions WHERE contentId = ?').all(contentId) as Restriction[];
}
