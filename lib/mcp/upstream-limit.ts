import type { ErrorView } from '#errors';

/** A limit of Atlassian that could not be waited for. `limit` and `remaining` in requests, where Atlassian tells them. */
export type UpstreamLimit = { limit: number | null; remaining: number; reset_seconds: number };

/** The limit an error is about, or null. Waits that are short enough have been kept already, and are no errors. */
export function upstreamLimit({ code, actor, retryAfterSeconds, data }: ErrorView): UpstreamLimit | null {
  if (code !== 'rate_limited' || actor !== 'atlassian' || retryAfterSeconds === undefined) return null;
  return {
    limit: typeof data?.limit === 'number' ? data.limit : null,
    remaining: 0,
    reset_seconds: Math.ceil(retryAfterSeconds),
  };
}

/** The same in a sentence. */
export function limitText({ limit, remaining, reset_seconds }: UpstreamLimit): string {
  const left = limit === null ? 'no requests are left' : `${remaining} of ${limit} requests are left`;
  return `Atlassian's limit: ${left}, and they come back in ${reset_seconds} s. Wait until then before you call again.`;
}

/**
 * `RateLimit-*` headers of an answer (requests, seconds): those of the limit that was reached, else what is left
 * of the key's own budget.
 */
export function limitHeaders(
  budget: Record<string, string>,
  upstream: UpstreamLimit | null,
): Record<string, string> {
  if (upstream === null) return budget;
  const { limit, remaining, reset_seconds } = upstream;
  return {
    ...(limit === null ? {} : { 'ratelimit-limit': String(limit) }),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(reset_seconds),
  };
}
