import { setTimeout as sleep } from 'node:timers/promises';
import { AtlassianError, UserError } from '#errors';

/** Told to whoever watches while a request has to wait. */
export type Wait = { seconds: number; reason: string };

const concurrency = 6;
/** Beyond this a wait is not worth a person's time: the call fails and says when to come back. */
export const longestWaitSeconds = 60;

type Gate = { opensAt: number; reason: string };
type Slots = { free: number; queue: (() => void)[] };

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
export function closeGate(key: string, opensAt: number, reason: string): void {
  const { gates } = governor();
  if ((gates.get(key)?.opensAt ?? 0) < opensAt) gates.set(key, { opensAt, reason });
}

/** The error for a quota that comes back too late to wait for. `opensAt` in milliseconds since 1970. */
export function quotaGone(opensAt: number): AtlassianError {
  const seconds = Math.max(1, Math.ceil((opensAt - Date.now()) / 1000));
  const time = new Date(opensAt).toISOString();
  return new AtlassianError(
    'rate_limited',
    `Atlassian's request quota is used up until ${time.slice(0, 16).replace('T', ' ')} UTC.`,
    {
      next: 'Nothing was changed by this request. Try again after that time.',
      retryAfterSeconds: seconds,
      data: { resetsAt: time },
    },
  );
}

/**
 * Waits until every gate of `keys` is open.
 * @throws AtlassianError `rate_limited` at once, without a request, when one opens too late to wait for.
 */
export async function passGates(
  keys: readonly string[],
  onWait: ((wait: Wait) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { gates } = governor();
  while (true) {
    if (signal?.aborted) throw stopped();
    const now = Date.now();
    const closed = keys.flatMap((key) => gates.get(key) ?? []).sort((a, b) => b.opensAt - a.opensAt)[0];
    if (closed === undefined || closed.opensAt <= now) return;
    const seconds = (closed.opensAt - now) / 1000;
    if (seconds > longestWaitSeconds) throw quotaGone(closed.opensAt);
    onWait?.({ seconds: Math.ceil(seconds), reason: closed.reason });
    // The jitter keeps those who waited together from arriving together.
    await pause(seconds + Math.random() * 0.2, signal);
  }
}

/** Runs `work` when fewer than six requests of `key` are under way. */
export async function withSlot<T>(
  key: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { slots } = governor();
  const slot = slots.get(key) ?? { free: concurrency, queue: [] };
  slots.set(key, slot);
  if (slot.free > 0) slot.free--;
  else await queued(slot, signal);
  try {
    return await work();
  } finally {
    const next = slot.queue.shift();
    if (next !== undefined) next();
    else slot.free++;
    if (slot.free === concurrency) slots.delete(key);
  }
}

/** Resolves when a finished request hands its place over. */
function queued(slot: Slots, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      slot.queue.splice(slot.queue.indexOf(go), 1);
      reject(stopped());
    };
    if (signal?.aborted) return reject(stopped());
    signal?.addEventListener('abort', leave, { once: true });
    slot.queue.push(go);
  });
}
