import { database, insertTicket, spendTicket, userById } from '#db';
import { env } from '#env';
import { hashSecret, newSecret } from './secrets.ts';
import { isActive, toUser, type User } from './user.ts';

const lifetime = 2 * 60 * 1000;

const cookieName = 'confab-ticket';

/** Both halves are needed: the ticket alone, in a link sent to somebody else, signs nobody in. */
const hashOf = (ticket: string, binding: string): string => hashSecret(`${ticket}.${binding}`);

/**
 * A one-time ticket, good for two minutes, with which the person's browser signs in, and the `Set-Cookie` that
 * binds it to this browser. Stored as a hash.
 */
export async function issueTicket(userId: string): Promise<{ ticket: string; cookie: string }> {
  const ticket = newSecret();
  const binding = newSecret();
  const now = Date.now();
  await insertTicket(
    await database(),
    { token_hash: hashOf(ticket, binding), user_id: userId, expires_at: now + lifetime },
    now,
  );
  const secure = env().publicUrl.startsWith('https:') ? '; Secure' : '';
  const cookie = `${cookieName}=${binding}; Path=/api/auth; HttpOnly; SameSite=Lax; Max-Age=${lifetime / 1000}${secure}`;
  return { ticket, cookie };
}

/** The half of a ticket that a browser carries in its `Cookie` header, or empty text. */
export function bindingOf(cookieHeader: string | null): string {
  const pairs = (cookieHeader ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? '';
}

/** Uses a ticket up. Null when it is unknown, of another browser, used, too old, or its person is disabled. */
export async function redeemTicket(ticket: string, binding: string): Promise<User | null> {
  const db = await database();
  const userId = await spendTicket(db, hashOf(ticket, binding), Date.now());
  if (userId === undefined) return null;
  const row = await userById(db, userId);
  return row !== undefined && isActive(row) ? toUser(row) : null;
}
