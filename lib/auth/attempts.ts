import { UserError } from '#errors';

const most = 10;
const spanMs = 15 * 60 * 1000;
const mostTracked = 20_000;

/** One per process: Next gives pages and route handlers separate module instances. */
const slot = globalThis as { __confabAttempts?: Map<string, number[]> };

function tracked(): Map<string, number[]> {
  slot.__confabAttempts ??= new Map();
  return slot.__confabAttempts;
}

function forgetOld(all: Map<string, number[]>, now: number): void {
  for (const [name, times] of all) {
    if ((times.at(-1) ?? 0) <= now - spanMs) all.delete(name);
  }
  // Should somebody try endless emails, the oldest are forgotten first: memory stays bounded.
  while (all.size > mostTracked) all.delete(all.keys().next().value as string);
}

/**
 * Counts an attempt under each name (email, address); at most 10 in 15 minutes each.
 * @throws UserError `rate_limited` with the seconds to wait.
 */
export function countAttempt(names: readonly string[], now = Date.now()): void {
  const all = tracked();
  if (all.size > mostTracked / 2) forgetOld(all, now);
  for (const name of names) {
    const recent = (all.get(name) ?? []).filter((time) => time > now - spanMs);
    const first = recent[0];
    if (recent.length >= most && first !== undefined) {
      const seconds = Math.ceil((first + spanMs - now) / 1000);
      throw new UserError('rate_limited', 'Too many attempts to sign in.', {
        next: `Wait ${Math.ceil(seconds / 60)} minutes, then try again.`,
        retryAfterSeconds: seconds,
      });
    }
  }
  for (const name of names) {
    all.set(name, [...(all.get(name) ?? []).filter((time) => time > now - spanMs), now]);
  }
}

/** The attempt was right: it no longer counts, and earlier ones under the same email are forgiven. */
export function forgiveAttempts(email: string, address: string): void {
  const all = tracked();
  all.delete(email);
  all.set(address, (all.get(address) ?? []).slice(0, -1));
}

/**
 * The address a request came from, as far as it can be told: the last entry of `X-Forwarded-For`, which
 * the nearest proxy (or the server itself) wrote. Earlier entries are whatever the client claims.
 */
export function addressOf(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(',').at(-1)?.trim() || 'unknown';
}
