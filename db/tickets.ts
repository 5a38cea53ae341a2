import type { Db } from './open.ts';

/** Stores a ticket and forgets those whose time is over. */
export async function insertTicket(
  db: Db,
  row: { token_hash: string; user_id: string; expires_at: number },
  now: number,
): Promise<void> {
  await db.deleteFrom('tickets').where('expires_at', '<=', now).execute();
  await db
    .insertInto('tickets')
    .values({ ...row, used_at: null })
    .execute();
}

/** Uses a ticket up. The person's id, or undefined when it is unknown, used or expired. */
export async function spendTicket(db: Db, tokenHash: string, now: number): Promise<string | undefined> {
  const row = await db
    .updateTable('tickets')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id;
}
