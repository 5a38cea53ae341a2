import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { GrantsTable } from './schema.ts';

export type GrantRow = Selectable<GrantsTable>;

export async function insertGrant(db: Db, row: Insertable<GrantsTable>): Promise<void> {
  await db.insertInto('grants').values(row).execute();
}

export async function grantById(db: Db, id: string): Promise<GrantRow | undefined> {
  return db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A person's grants that are not revoked, newest first. */
export async function grantsOfUser(db: Db, userId: string): Promise<GrantRow[]> {
  return db
    .selectFrom('grants')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** True when a live grant was ended; `userId` null: whoever gave it. */
export async function endGrant(db: Db, userId: string | null, id: string, now: number): Promise<boolean> {
  const live = db
    .updateTable('grants')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null);
  const { numUpdatedRows } = await (userId === null
    ? live
    : live.where('user_id', '=', userId)
  ).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds calls to a grant's count and notes when it was last used. */
export async function countGrantUse(db: Db, id: string, calls: number, lastUsedAt: number): Promise<void> {
  await db
    .updateTable('grants')
    .set((e) => ({ calls: e('calls', '+', calls), last_used_at: lastUsedAt }))
    .where('id', '=', id)
    .execute();
}
