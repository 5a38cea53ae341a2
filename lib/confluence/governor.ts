import { setTimeout as sleep } from 'node:timers/promises';
import { AtlassianError, UserError } from '#errors';

/** Told to whoever watches while a request has to wait. */
export type Wait = { seconds: number; reason: string };

const concurrency = 6;
/** Beyond this a wait is not worth a person's time: the call fails and says when to come back. */
export const longestWaitSeconds = 60;

/** `limit`: how many requests there are until it closes again, where Atlassian says so. */
type Gate = { opensAt: number; reason: string; limit: number | null };
type Slots = { limit: number; running: number; good: number; queue: (() => void)[] };

/** One per process: Next gives pages and route handlers separate module instances. */
const home = globalThis as { __confabGovernor?: { gates: Map<string, Gate>; slots: Map<string, Slots> } };

function governor(): { gates: Map<string, Gate>; slots: Map<string, Slots> } {
  home.__confabGovernor ??= { gates: new Map(), slots: new Map() };
  return home.__confabGovernor;
}

/** The error of a caller who stopped. */
export function stopped(): UserError {
  return new UserError('cancelled', 'Stopped.');
}

/** Waits, unless the caller stops. */
export async function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    if (signal?.aborted) throw stopped();
    throw cause;
  }
}

/** Atlassian asked everybody who uses `key` (a site, or the whole app) to wait until `opensAt`. */
export function closeGate(key: string, opensAt: number, reason: string, limit: number | null = null): void {
  const { gates } = governor();
  if ((gates.get(key)?.opensAt ?? 0) < opensAt) gates.set(key, { opensAt, reason, limit });
}

/** The error for a quota of `limit` requests that comes back too late to wait for. `opensAt` in milliseconds since 1970. */
export function quotaGone(opensAt: number, limit: number | null): AtlassianError {
  const seconds = Math.max(1, Math.ceil((opensAt - Date.now()) / 1000));
  const time = new Date(opensAt).toISOString();
  return new AtlassianError(
    'rate_limited',
    `Atlassian's request quota is used up until ${time.slice(0, 16).replace('T', ' ')} UTC.`,
    {
      next: 'Nothing was changed by this request. Try again after that time.',
      retryAfterSeconds: seconds,
      data: { resetsAt: time, ...(limit === null ? {} : { limit }) },
    },
  );
}

/**
 * Waits until every gate of `keys` is open.
 * @param first false for a request that was refused before: it goes ahead of the others.
 * @throws AtlassianError `rate_limited` at once, without a request, when one opens too late to wait for.
 */
export async function passGates(
  keys: readonly string[],
  onWait: ((wait: Wait) => void) | undefined,
  signal: AbortSignal | undefined,
  first: boolean,
): Promise<void> {
  const { gates } = governor();
  while (true) {
    if (signal?.aborted) throw stopped();
    const now = Date.now();
    const closed = keys.flatMap((key) => gates.get(key) ?? []).sort((a, b) => b.opensAt - a.opensAt)[0];
    if (closed === undefined || closed.opensAt <= now) return;
    const seconds = (closed.opensAt - now) / 1000;
    if (seconds > longestWaitSeconds) throw quotaGone(closed.opensAt, closed.limit);
    onWait?.({ seconds: Math.ceil(seconds), reason: closed.reason });
    // The jitter keeps those who waited together from arriving together; who was refused before goes first.
    await pause(seconds + (first ? 0.02 + Math.random() * 0.2 : 0.005), signal);
  }
}

/** Atlassian refused a request of `key`: fewer at once from now on, until enough succeed. */
export function slowDown(key: string): void {
  const slots = slotsOf(key);
  slots.limit = Math.max(1, Math.floor(slots.limit / 2));
  slots.good = 0;
}

function slotsOf(key: string): Slots {
  const { slots } = governor();
  const known = slots.get(key) ?? { limit: concurrency, running: 0, good: 0, queue: [] };
  slots.set(key, known);
  return known;
}

/**
 * Runs `work` when fewer than six requests of `key` (less after a refusal) are under way.
 * @param o.ahead before those who have not been refused yet, so that nobody is refused again and again.
 */
export async function withSlot<T>(
  key: string,
  o: { signal: AbortSignal | undefined; ahead: boolean },
  work: () => Promise<T>,
): Promise<T> {
  const slots = slotsOf(key);
  if (slots.running >= slots.limit) await queued(slots, o);
  else slots.running++;
  try {
    return await work();
  } finally {
    slots.running--;
    if (++slots.good >= 10 && slots.limit < concurrency) {
      slots.limit++;
      slots.good = 0;
    }
    while (slots.running < slots.limit && slots.queue.length > 0) {
      slots.running++;
      slots.queue.shift()?.();
    }
    const idle = slots.running === 0 && slots.queue.length === 0 && slots.limit === concurrency;
    if (idle) governor().slots.delete(key);
  }
}

/** Resolves when a finished request hands its place over. */
function queued(slots: Slots, o: { signal: AbortSignal | undefined; ahead: boolean }): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      o.signal?.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      slots.queue.splice(slots.queue.indexOf(go), 1);
      reject(stopped());
    };
    if (o.signal?.aborted) return reject(stopped());
    o.signal?.addEventListener('abort', leave, { once: true });
    if (o.ahead) slots.queue.unshift(go);
    else slots.queue.push(go);
  });
}
