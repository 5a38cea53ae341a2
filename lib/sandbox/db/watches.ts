import type { Person, Watch } from '../types.ts';
import type { Db } from './open.ts';

type PersonId = Pick<Person, 'accountId'>;

/** Starts a watch; harmless when it is there. */
export function insertWatch(db: Db, watch: Watch): void {
  db.prepare(
    `INSERT OR IGNORE INTO watches (cloudId, kind, targetId, accountId)
     VALUES (@cloudId, @kind, @targetId, @accountId)`,
  ).run(watch);
}

/** Ends a watch; harmless when there is none. */
export function deleteWatch(db: Db, watch: Watch): void {
  db.prepare(
    `DELETE FROM watches WHERE cloudId = @cloudId AND kind = @kind AND targetId = @targetId
     AND accountId = @accountId`,
  ).run(watch);
}

/** Whether somebody watches something. */
export function isWatching(db: Db, watch: Watch): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM watches WHERE cloudId = @cloudId AND kind = @kind AND targetId = @targetId
         AND accountId = @accountId`,
      )
      .get(watch) !== undefined
  );
}

/** Account ids of those who watch something, in the order they began. */
export function watchersOf(db: Db, what: Omit<Watch, 'accountId'>): string[] {
  const rows = db
    .prepare('SELECT accountId FROM watches WHERE cloudId = ? AND kind = ? AND targetId = ? ORDER BY rowid')
    .all(what.cloudId, what.kind, what.targetId) as PersonId[];
  return rows.map((row) => row.accountId);
}
