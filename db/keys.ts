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
