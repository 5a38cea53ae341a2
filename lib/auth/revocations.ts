import { database, endedAmong } from '#db';
import { UserError } from '#errors';
import { log } from '#log';

/** The right a running request was let in by. Times in milliseconds since 1970. */
export type Right = {
  /** Of the key, or of the grant. */
  keyId: string;
  userId: string;
  expiresAt: number | null;
  /** Taken before the right was checked: what ended since then is not missed. */
  checkedAt: number;
};

type Held = { keyId: string; userId: string; ended: AbortController };

/** One per process: Next gives pages and route handlers separate module instances. */
type Registry = { held: Set<Held>; endedAt: Map<string, number>; looking: NodeJS.Timeout | undefined };

const slot = globalThis as { __confabAccess?: Registry };

function registry(): Registry {
  slot.__confabAccess ??= { held: new Set(), endedAt: new Map(), looking: undefined };
  return slot.__confabAccess;
}

/** How long the end of a right is remembered: longer than any request needs from its check to its work. */
const rememberMs = 10 * 60 * 1000;
/** The longest that a timer of Node runs. */
const longestTimerMs = 2 ** 31 - 1;

const over = (): UserError =>
  new UserError('needs_sign_in', 'The access behind this call has ended: it was revoked or has expired.', {
    next: 'Make a new key under Settings, MCP, or connect this program again.',
  });

/** Ends every running request of a key, a grant, or a person, in this process and at once. */
export function endAccess(of: { keyId: string } | { userId: string }): void {
  const { held, endedAt } = registry();
  const now = Date.now();
  for (const [id, at] of endedAt) if (now - at > rememberMs) endedAt.delete(id);
  endedAt.set('keyId' in of ? of.keyId : of.userId, now);
  for (const one of held) {
    const hit = 'keyId' in of ? one.keyId === of.keyId : one.userId === of.userId;
    if (hit) one.ended.abort(over());
  }
}

/** What another process has revoked (the command line) is seen after so long. */
const lookMs = 3_000;

async function look(): Promise<void> {
  const ids = new Set([...registry().held].flatMap(({ keyId, userId }) => [keyId, userId]));
  if (ids.size === 0) return;
  try {
    for (const id of await endedAmong(await database(), [...ids])) {
      endAccess({ keyId: id });
      endAccess({ userId: id });
    }
  } catch (error) {
    // Revoking in this process does not depend on it, and the next look comes soon.
    log.error({ err: error }, 'it could not be seen whether a running request is still allowed');
  }
}

/** Looks from time to time while anything runs. */
function keepLooking(): void {
  const all = registry();
  all.looking ??= setInterval(() => void look(), lookMs).unref();
}

function stopLooking(): void {
  const all = registry();
  if (all.held.size > 0) return;
  clearInterval(all.looking);
  all.looking = undefined;
}

/** Aborts at a time, however far away it is. Returns how to take that back. */
function abortAt(ended: AbortController, at: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const arm = () => {
    const left = at - Date.now();
    if (left <= 0) return ended.abort(over());
    timer = setTimeout(arm, Math.min(left, longestTimerMs)).unref();
  };
  arm();
  return () => clearTimeout(timer);
}

/**
 * Runs `work` as long as the right behind it stands. Its signal is aborted, and the promise rejects at once
 * whatever the work still does, when the key or grant is revoked or expires, or its person is disabled; within three
 * seconds where another process did it.
 * @throws UserError `needs_sign_in` when the right ended; what the work throws else
 */
export async function whileAllowed<T>(right: Right, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { held, endedAt } = registry();
  const { keyId, userId, expiresAt, checkedAt } = right;
  const own: Held = { keyId, userId, ended: new AbortController() };
  const { signal } = own.ended;
  held.add(own);
  keepLooking();
  const stopTimer = expiresAt === null ? () => {} : abortAt(own.ended, expiresAt);
  const endedSince = [keyId, userId].some((id) => (endedAt.get(id) ?? -1) >= checkedAt);
  if (endedSince) own.ended.abort(over());
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  try {
    if (signal.aborted) throw signal.reason;
    signal.addEventListener('abort', stop);
    return await Promise.race([work(signal), promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    stopTimer();
    held.delete(own);
    stopLooking();
  }
}
