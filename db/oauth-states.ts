import type { Db } from './open.ts';
import type { OauthStatesTable } from './schema.ts';

/** Stores a started authorisation and forgets those that ended or expired more than a day ago. */
export async function insertOauthState(db: Db, row: OauthStatesTable): Promise<void> {
  await db.insertInto('oauth_states').values(row).execute();
  await db
    .deleteFrom('oauth_states')
    .where('expires_at', '<', row.expires_at - 86_400_000)
    .execute();
}

/**
 * Takes a started authorisation, once: the first caller gets its row, every later one null. The caller
 * still has to check `expires_at`, the browser and the user.
 */
export async function takeOauthState(
  db: Db,
  stateHash: string,
  now: number,
): Promise<OauthStatesTable | null> {
  const row = await db
    .updateTable('oauth_states')
    .set({ used_at: now })
    .where('state_hash', '=', stateHash)
    .where('used_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
