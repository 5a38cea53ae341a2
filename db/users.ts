import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { UsersTable } from './schema.ts';

export type UserRow = Selectable<UsersTable>;

/** Is there anybody besides the practice people? */
export async function hasRealUsers(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('demo_key', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function userById(db: Db, id: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

/** @param email in lower case. */
export async function userByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function userByAtlassianAccount(db: Db, accountId: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('atlassian_account_id', '=', accountId).executeTakeFirst();
}

export async function userByDemoKey(db: Db, demoKey: string): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('demo_key', '=', demoKey).executeTakeFirst();
}

export async function allUsers(db: Db): Promise<UserRow[]> {
  return db.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Adds a person unless the email, the Atlassian account or the demo key is taken. True when added. */
export async function insertUser(db: Db, row: Insertable<UsersTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('users')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Adds the demo person, or gives an existing person with that email the demo key. */
export async function upsertDemoUser(db: Db, row: Insertable<UsersTable>): Promise<void> {
  await db
    .insertInto('users')
    .values(row)
    .onConflict((c) => c.column('email').doUpdateSet({ demo_key: row.demo_key ?? null }))
    .execute();
}

export async function setAtlassianAccount(db: Db, userId: string, accountId: string): Promise<void> {
  await db.updateTable('users').set({ atlassian_account_id: accountId }).where('id', '=', userId).execute();
}

/** Switches a person off, ends their login sessions and revokes their keys, in one transaction. */
export async function disableUser(db: Db, userId: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('users')
      .set({ disabled_at: now })
      .where('id', '=', userId)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    await tx
      .updateTable('login_sessions')
      .set({ revoked_at: now })
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .execute();
    await tx
      .updateTable('keys')
      .set({ revoked_at: now })
      .where('user_id', '=', userId)
      .where('revoked_at', 'is', null)
      .execute();
    return numUpdatedRows === 1n;
  });
}

/** Cloud ids of every site that people of this installation are connected to. */
export async function connectedSiteIds(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('connections')
    .innerJoin('users', 'users.id', 'connections.user_id')
    .select('connections.site_id')
    .where('users.disabled_at', 'is', null)
    .distinct()
    .execute();
  return rows.flatMap((row) => (row.site_id === null ? [] : [row.site_id]));
}

/** The names of people, by id. */
export async function peopleNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
