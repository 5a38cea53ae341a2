import type { Restriction } from '../types.ts';
import type { Db } from './open.ts';

/** Adds one person or group to the restriction of content. */
export function insertRestriction(db: Db, restriction: Restriction): void {
  db.prepare(
    `INSERT OR IGNORE INTO restrictions (contentId, operation, subjectType, subjectId)
     VALUES (@contentId, @operation, @subjectType, @subjectId)`,
  ).run(restriction);
}

/** Restrictions put on this content itself (not those it inherits). */
export function restrictionsOf(db: Db, contentId: string): Restriction[] {
  return db.prepare('SELECT * FROM restrictions WHERE contentId = ?').all(contentId) as Restriction[];
}
