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
