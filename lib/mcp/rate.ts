const windowMs = 60_000;

type Window = { startedAt: number; calls: number };

/** Calls of each key in its present minute; one per process. */
const slot = globalThis as { __confabKeyCalls?: Map<string, Window> };

/**
 * Counts one request of a key. Minutes begin with a key's first request.
 * @param now milliseconds since 1970
 * @returns `RateLimit-*` headers (requests, and seconds until the minute ends), and how long to wait where
 * the limit is reached, else null
 */
export function takeCall(
  keyId: string,
  limit: number,
  now: number,
): { headers: Record<string, string>; waitSeconds: number | null } {
  slot.__confabKeyCalls ??= new Map();
  const all = slot.__confabKeyCalls;
  const known = all.get(keyId);
  const current =
    known !== undefined && now - known.startedAt < windowMs ? known : { startedAt: now, calls: 0 };
  // A key that rests is forgotten when another begins a minute, so that the table cannot grow.
  if (current !== known)
    for (const [id, { startedAt }] of all) if (now - startedAt >= windowMs) all.delete(id);
  all.set(keyId, current);
  const left = Math.max(1, Math.ceil((current.startedAt + windowMs - now) / 1000));
  const refused = current.calls >= limit;
  if (!refused) current.calls += 1;
  return {
    headers: {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(limit - current.calls),
      'ratelimit-reset': String(left),
    },
    waitSeconds: refused ? left : null,
  };
}
