import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { KeysTable } from './schema.ts';

export type KeyRow = Selectable<KeysTable>;

export async function insertKey(db: Db, row: Insertable<KeysTable>): Promise<void> {
  await db.insertInto('keys').values(row).execute();
}

export async function keyByHash(db: Db, tokenHash: string): Promise<KeyRow | undefined> {
  return db.selectFrom('keys').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** A person's keys that are not revoked, newest first. */
export async function keysOfUser(db: Db, userId: string): Promise<KeyRow[]> {
  return db
    .selectFrom('keys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

/** True when a live key of this person was revoked. */
export async function endKey(db: Db, userId: string, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds calls to a key's count and notes when it was last used. */
export async function countKeyUse(db: Db, id: string, calls: number, lastUsedAt: number): Promise<void> {
  await db
    .updateTable('keys')
    .set((e) => ({ calls: e('calls', '+', calls), last_used_at: lastUsedAt }))
    .where('id', '=', id)
    .execute();
}
