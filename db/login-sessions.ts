import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { LoginSessionsTable } from './schema.ts';
import type { UserRow } from './users.ts';

export type LoginSessionRow = Selectable<LoginSessionsTable>;

export async function insertLoginSession(db: Db, row: Insertable<LoginSessionsTable>): Promise<void> {
  await db.insertInto('login_sessions').values(row).execute();
}

/** A session that is neither revoked nor expired, with its person, who is not disabled. */
export async function liveLoginSession(
  db: Db,
  id: string,
  now: number,
): Promise<{ session: LoginSessionRow; user: UserRow } | undefined> {
  const session = await db
    .selectFrom('login_sessions')
    .selectAll()
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (session === undefined) return undefined;
  const user = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', session.user_id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return user === undefined ? undefined : { session, user };
}

export async function touchLoginSession(db: Db, id: string, now: number, expiresAt: number): Promise<void> {
  await db
    .updateTable('login_sessions')
    .set({ last_seen_at: now, expires_at: expiresAt })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Sessions a person can still use, newest use first. */
export async function liveLoginSessions(db: Db, userId: string, now: number): Promise<LoginSessionRow[]> {
  return db
    .selectFrom('login_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute();
}

/** True when a live session of this person was ended. */
export async function endLoginSession(db: Db, userId: string, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('login_sessions')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
