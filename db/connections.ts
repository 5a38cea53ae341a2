import { newId } from './ids.ts';
import type { Db } from './open.ts';
import type { ConnectionsTable } from './schema.ts';

/** The connection of a user, or null. */
export async function connectionOf(db: Db, userId: string): Promise<ConnectionsTable | null> {
  const row = await db.selectFrom('connections').selectAll().where('user_id', '=', userId).executeTakeFirst();
  return row ?? null;
}

export type NewConnection = Omit<ConnectionsTable, 'id' | 'created_at' | 'updated_at' | 'status'>;

/**
 * Stores the connection of a user in place of the one they had. The id stays when the Atlassian account is
 * the same, so that waiting changes still know it; another account is another connection.
 */
export async function replaceConnection(db: Db, row: NewConnection, now: number): Promise<ConnectionsTable> {
  return db.transaction().execute(async (trx) => {
    const old = await trx
      .selectFrom('connections')
      .select(['id', 'account_id'])
      .where('user_id', '=', row.user_id)
      .executeTakeFirst();
    const id = old !== undefined && old.account_id === row.account_id ? old.id : newId('con');
    await trx.deleteFrom('connections').where('user_id', '=', row.user_id).execute();
    const made: ConnectionsTable = { ...row, id, status: 'active', created_at: now, updated_at: now };
    await trx.insertInto('connections').values(made).execute();
    return made;
  });
}

/**
 * Writes rotated tokens, provided that the row still holds the ones they replace.
 * @returns false when another process or a new consent was quicker.
 */
export async function rotateConnection(
  db: Db,
  o: {
    id: string;
    oldSecret: string;
    secret: string;
    accessExpiresAt: number;
    scopes: string | null;
    now: number;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({
      secret: o.secret,
      access_expires_at: o.accessExpiresAt,
      updated_at: o.now,
      status: 'active',
      ...(o.scopes === null ? {} : { scopes: o.scopes }),
    })
    .where('id', '=', o.id)
    .where('secret', '=', o.oldSecret)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Marks a connection as dead, provided that it still holds the tokens that were refused. */
export async function endConnection(
  db: Db,
  o: { id: string; secret: string; status: 'expired' | 'revoked'; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ status: o.status, updated_at: o.now })
    .where('id', '=', o.id)
    .where('secret', '=', o.secret)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sets the site a connection works on. */
export async function setConnectionSite(
  db: Db,
  o: { id: string; site: { id: string; name: string; url: string }; now: number },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({ site_id: o.site.id, site_name: o.site.name, site_url: o.site.url, updated_at: o.now })
    .where('id', '=', o.id)
    .execute();
}

/** Forgets the connection of a user with its tokens. */
export async function deleteConnection(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('connections').where('user_id', '=', userId).execute();
}
