type Door = 'register' | 'authorize' | 'token';
type Limit = { spanMs: number; perAddress: number; all: number };

const minute = 60_000;

/**
 * Requests per address, and of everybody together: where no proxy stands in front, the address is what the caller
 * says it is.
 */
const limits: Record<Door, Limit> = {
  register: { spanMs: 60 * minute, perAddress: 30, all: 300 },
  authorize: { spanMs: minute, perAddress: 60, all: 1200 },
  token: { spanMs: minute, perAddress: 120, all: 3000 },
};

type Window = { startedAt: number; count: number };

/** One per process: Next gives route handlers separate module instances. */
const slot = globalThis as { __confabOauthRate?: Map<string, Window> };

function take(name: string, most: number, spanMs: number, now: number): number | null {
  slot.__confabOauthRate ??= new Map();
  const all = slot.__confabOauthRate;
  const known = all.get(name);
  const current =
    known !== undefined && now - known.startedAt < spanMs ? known : { startedAt: now, count: 0 };
  if (current.count >= most) return Math.max(1, Math.ceil((current.startedAt + spanMs - now) / 1000));
  if (all.size > 10_000)
    for (const [key, { startedAt }] of all) if (now - startedAt >= minute * 60) all.delete(key);
  // Should somebody come from endless addresses, memory stays bounded; the limit for all still holds.
  if (all.size > 20_000) {
    const oldest = [...all.keys()].filter((key) => !key.endsWith(' all')).slice(0, 10_000);
    for (const key of oldest) all.delete(key);
  }
  all.set(name, { ...current, count: current.count + 1 });
  return null;
}

/** Counts a request at one door. @returns seconds to wait where there were too many, else null. */
export function countRequest(door: Door, address: string, now = Date.now()): number | null {
  const { spanMs, perAddress, all } = limits[door];
  return take(`${door} ${address}`, perAddress, spanMs, now) ?? take(`${door} all`, all, spanMs, now);
}

/** Forgets all counts; for tests. */
export function forgetRequests(): void {
  slot.__confabOauthRate?.clear();
}
