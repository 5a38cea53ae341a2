import { database, insertTicket, spendTicket, userById } from '#db';
import { hashSecret, newSecret } from './secrets.ts';
import { isActive, toUser, type User } from './user.ts';

const lifetime = 2 * 60 * 1000;

/** A one-time ticket, good for two minutes, with which the person's browser signs in. Stored as a hash. */
export async function issueTicket(userId: string): Promise<string> {
  const ticket = newSecret();
  const now = Date.now();
  await insertTicket(
    await database(),
    { token_hash: hashSecret(ticket), user_id: userId, expires_at: now + lifetime },
    now,
  );
  return ticket;
}

/** Uses a ticket up. Null when it is unknown, used, too old, or its person is disabled. */
export async function redeemTicket(ticket: string): Promise<User | null> {
  const db = await database();
  const userId = await spendTicket(db, hashSecret(ticket), Date.now());
  if (userId === undefined) return null;
  const row = await userById(db, userId);
  return row !== undefined && isActive(row) ? toUser(row) : null;
}
