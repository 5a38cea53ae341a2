import { z } from 'zod';
import type { UserRow } from '#db';
import { env } from '#env';

/** A signed-in person, as the rest of the app sees them. Holds no secret. */
export type User = { id: string; name: string; email: string; role: 'admin' | 'member'; demo: boolean };

export function toUser(row: UserRow): User {
  return { id: row.id, name: row.name, email: row.email, role: row.role, demo: row.demo_key !== null };
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Do one-click people exist here? Only with the practice Confluence and a `PUBLIC_URL` that nobody but
 * this machine can open.
 */
export function demoAllowed(): boolean {
  const { confluence, publicUrl } = env();
  return confluence === 'sandbox' && loopbackHosts.includes(new URL(publicUrl).hostname);
}

/** May this person use the app at all? Practice people vanish with the practice mode. */
export function isActive(row: UserRow): boolean {
  return row.disabled_at === null && (row.demo_key === null || demoAllowed());
}

/** An email address, trimmed and in lower case: the form in which it is stored and compared. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An email address has at most 254 characters.')
  .pipe(z.email('This is not an email address.'));

export const personNameSchema = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(100, 'A name can have at most 100 characters.');
