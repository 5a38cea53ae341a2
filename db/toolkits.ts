import type { Selectable } from 'kysely';
import type { Db } from './open.ts';
import type {
  ToolkitAuthorizationsTable,
  ToolkitCredentialsTable,
  ToolkitsTable,
  ToolkitToolsTable,
} from './toolkits-schema.ts';

export type ToolkitRow = Selectable<ToolkitsTable>;
export type ToolkitToolRow = Selectable<ToolkitToolsTable>;
export type ToolkitCredentialRow = Selectable<ToolkitCredentialsTable>;

/** Every toolkit, in the order in which they were added. */
export function allToolkits(db: Db): Promise<ToolkitRow[]> {
  return db.selectFrom('toolkits').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Every tool of every toolkit, by name. */
export function allToolkitTools(db: Db): Promise<ToolkitToolRow[]> {
  return db.selectFrom('toolkit_tools').selectAll().orderBy('toolkit_id').orderBy('name').execute();
}

/** Adds a toolkit; false when its slug is taken. */
export async function insertToolkit(db: Db, row: ToolkitsTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('toolkits')
    .values(row)
    .onConflict((c) => c.column('slug').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** True when there was such a toolkit. */
export async function updateToolkit(
  db: Db,
  id: string,
  set: Partial<Pick<ToolkitsTable, 'enabled' | 'server' | 'checked_at' | 'check_error'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('toolkits')
    .set(set)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Replaces the client an admin registered by hand; false when it is not the one the caller read. */
export async function replaceToolkitClient(
  db: Db,
  o: { id: string; oldClient: string },
  client: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('toolkits')
    .set({ client })
    .where('id', '=', o.id)
    .where('client', '=', o.oldClient)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets a toolkit with its tools and everybody's credentials. */
export async function deleteToolkit(db: Db, id: string): Promise<void> {
  await db.deleteFrom('toolkits').where('id', '=', id).execute();
}

export async function insertToolkitTool(db: Db, row: ToolkitToolsTable): Promise<void> {
  await db
    .insertInto('toolkit_tools')
    .values(row)
    .onConflict((c) => c.columns(['toolkit_id', 'name']).doNothing())
    .execute();
}

/** A tool by the name its server gives it. */
export async function toolkitTool(db: Db, toolkitId: string, name: string): Promise<ToolkitToolRow | null> {
  const row = await db
    .selectFrom('toolkit_tools')
    .selectAll()
    .where('toolkit_id', '=', toolkitId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Changes a tool, provided that its pinned and its seen definition are still those the caller looked at.
 * @param o.untouched also provided that no admin has decided on it yet.
 * @returns false when they are not, or there is no such tool.
 */
export async function updateToolkitTool(
  db: Db,
  o: { toolkitId: string; name: string; fingerprint: string; seen: string | null; untouched?: boolean },
  set: Partial<Omit<ToolkitToolsTable, 'toolkit_id' | 'name' | 'operation' | 'created_at'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('toolkit_tools')
    .set(set)
    .where('toolkit_id', '=', o.toolkitId)
    .where('name', '=', o.name)
    .where('fingerprint', '=', o.fingerprint)
    .where('seen_fingerprint', o.seen === null ? 'is' : '=', o.seen)
    .$if(o.untouched === true, (q) => q.where('reviewed_at', 'is', null).where('allowed', '=', 0))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes the tools that a toolkit no longer lists, and forgets those of them that no admin has decided on. */
export async function markMissingTools(
  db: Db,
  toolkitId: string,
  listed: readonly string[],
  now: number,
): Promise<void> {
  const rows = await db
    .selectFrom('toolkit_tools')
    .select(['name', 'missing_at'])
    .where('toolkit_id', '=', toolkitId)
    .execute();
  const there = new Set(listed);
  for (const { name, missing_at: since } of rows.filter((row) => !there.has(row.name))) {
    await db
      .deleteFrom('toolkit_tools')
      .where('toolkit_id', '=', toolkitId)
      .where('name', '=', name)
      .where('reviewed_at', 'is', null)
      .where('allowed', '=', 0)
      .execute();
    if (since === null)
      await db
        .updateTable('toolkit_tools')
        .set({ missing_at: now })
        .where('toolkit_id', '=', toolkitId)
        .where('name', '=', name)
        .execute();
  }
}

export async function toolkitCredential(
  db: Db,
  toolkitId: string,
  userId: string,
): Promise<ToolkitCredentialRow | null> {
  const row = await db
    .selectFrom('toolkit_credentials')
    .selectAll()
    .where('toolkit_id', '=', toolkitId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** A person's credentials, by toolkit. */
export function toolkitCredentialsOf(db: Db, userId: string): Promise<ToolkitCredentialRow[]> {
  return db.selectFrom('toolkit_credentials').selectAll().where('user_id', '=', userId).execute();
}

/** Stores a person's credentials for a toolkit in place of those they had, under a new id. */
export async function replaceToolkitCredential(db: Db, row: ToolkitCredentialsTable): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('toolkit_credentials')
      .where('toolkit_id', '=', row.toolkit_id)
      .where('user_id', '=', row.user_id)
      .execute();
    await trx.insertInto('toolkit_credentials').values(row).execute();
  });
}

/**
 * Changes credentials, provided that they still hold the secret the caller used.
 * @returns false when a new consent or another refresh was quicker.
 */
export async function updateToolkitCredential(
  db: Db,
  o: { id: string; oldSecret: string },
  set: Partial<Pick<ToolkitCredentialsTable, 'secret' | 'expires_at' | 'status' | 'updated_at'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('toolkit_credentials')
    .set(set)
    .where('id', '=', o.id)
    .where('secret', '=', o.oldSecret)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets a person's credentials for a toolkit. */
export async function deleteToolkitCredential(db: Db, toolkitId: string, userId: string): Promise<void> {
  await db
    .deleteFrom('toolkit_credentials')
    .where('toolkit_id', '=', toolkitId)
    .where('user_id', '=', userId)
    .execute();
}

/** Stores a started authorisation and forgets those that are over. */
export async function insertToolkitAuthorization(
  db: Db,
  row: ToolkitAuthorizationsTable,
  now: number,
): Promise<void> {
  await db.deleteFrom('toolkit_authorizations').where('expires_at', '<', now).execute();
  await db.insertInto('toolkit_authorizations').values(row).execute();
}

/** Takes a started authorisation, once. The caller still has to check `expires_at` and the person. */
export async function takeToolkitAuthorization(
  db: Db,
  stateHash: string,
  now: number,
): Promise<ToolkitAuthorizationsTable | null> {
  const row = await db
    .updateTable('toolkit_authorizations')
    .set({ used_at: now })
    .where('state_hash', '=', stateHash)
    .where('used_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
