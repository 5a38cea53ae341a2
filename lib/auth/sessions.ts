import {
  database,
  endLoginSession,
  insertLoginSession,
  liveLoginSession,
  liveLoginSessions,
  newId,
  touchLoginSession,
} from '#db';
import { UserError } from '#errors';
import { isActive, toUser, type User } from './user.ts';

/** A login session ends after this long without use. */
export const sessionLifetime = 30 * 24 * 3600 * 1000;
const touchEvery = 60_000;

/** Starts a login session and returns its id, which the browser's signed token carries. */
export async function startSession(userId: string, userAgent: string | null): Promise<string> {
  const now = Date.now();
  const id = newId('ses');
  await insertLoginSession(await database(), {
    id,
    user_id: userId,
    user_agent: userAgent?.slice(0, 300) ?? null,
    created_at: now,
    last_seen_at: now,
    expires_at: now + sessionLifetime,
    revoked_at: null,
  });
  return id;
}

/**
 * The person of a session, or null when it is unknown, revoked or expired or its person is disabled.
 * Every read asks the table; use prolongs the session, noted at most once a minute.
 */
export async function readSession(id: string): Promise<User | null> {
  const db = await database();
  const now = Date.now();
  const live = await liveLoginSession(db, id, now);
  if (live === undefined || !isActive(live.user)) return null;
  if (now - live.session.last_seen_at > touchEvery)
    await touchLoginSession(db, id, now, now + sessionLifetime);
  return toUser(live.user);
}

export type SessionView = {
  id: string;
  userAgent: string | null;
  createdAt: number;
  lastSeenAt: number;
  /** The one that asks. */
  current: boolean;
};

export async function listSessions(userId: string, currentId: string | null): Promise<SessionView[]> {
  const rows = await liveLoginSessions(await database(), userId, Date.now());
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    current: row.id === currentId,
  }));
}

/** Ends one of the person's sessions at once. @throws UserError `not_found` when there is no such live session. */
export async function revokeSession(userId: string, id: string): Promise<void> {
  if (!(await endLoginSession(await database(), userId, id, Date.now()))) {
    throw new UserError('not_found', 'There is no such session.', { next: 'It may have ended already.' });
  }
}

/** Ends a session on sign-out; one that has ended already is left alone. */
export async function endSession(userId: string, id: string): Promise<void> {
  await endLoginSession(await database(), userId, id, Date.now());
}
