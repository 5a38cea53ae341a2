import type { Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { Tables } from './schema.ts';

/** Keys and grants are rights on `/api/mcp` alike: what both tables have is asked for here, once. */
export type RightsTable = 'keys' | 'grants';

/** To the types the columns of both tables are those of `keys`; only those both have are named below. */
const columnsOf = (table: RightsTable) => table as 'keys';

/** A person's rights that are not revoked, newest first. */
export async function rightsOfUser<T extends RightsTable>(
  db: Db,
  table: T,
  userId: string,
): Promise<Selectable<Tables[T]>[]> {
  const rows = await db
    .selectFrom(columnsOf(table))
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows as unknown as Selectable<Tables[T]>[];
}

/** True when a live right was ended; `userId` null: whoever's it is. */
export async function endRight(
  db: Db,
  table: RightsTable,
  o: { userId: string | null; id: string; now: number },
): Promise<boolean> {
  const live = db
    .updateTable(columnsOf(table))
    .set({ revoked_at: o.now })
    .where('id', '=', o.id)
    .where('revoked_at', 'is', null);
  const { numUpdatedRows } = await (o.userId === null
    ? live
    : live.where('user_id', '=', o.userId)
  ).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds calls to a right's count and notes when it was last used. */
export async function countRightUse(
  db: Db,
  table: RightsTable,
  o: { id: string; calls: number; lastUsedAt: number },
): Promise<void> {
  await db
    .updateTable(columnsOf(table))
    .set((e) => ({ calls: e('calls', '+', o.calls), last_used_at: o.lastUsedAt }))
    .where('id', '=', o.id)
    .execute();
}

/** Removes what has expired by `now`, and what was revoked before `revokedBefore`; gives the ids. */
export async function deleteSpentRights(
  db: Db,
  table: RightsTable,
  o: { now: number; revokedBefore: number },
): Promise<string[]> {
  const gone = await db
    .deleteFrom(columnsOf(table))
    .where((e) => e.or([e('expires_at', '<=', o.now), e('revoked_at', '<', o.revokedBefore)]))
    .returning('id')
    .execute();
  return gone.map(({ id }) => id);
}

/** Of these keys, grants and people (ids), those that were revoked or disabled. */
export async function endedAmong(db: Db, ids: readonly string[]): Promise<string[]> {
  const wanted = [...ids];
  const ended = await db
    .selectFrom('keys')
    .select('id')
    .where('id', 'in', wanted)
    .where('revoked_at', 'is not', null)
    .union(db.selectFrom('grants').select('id').where('id', 'in', wanted).where('revoked_at', 'is not', null))
    .union(db.selectFrom('users').select('id').where('id', 'in', wanted).where('disabled_at', 'is not', null))
    .execute();
  return ended.map(({ id }) => id);
}
