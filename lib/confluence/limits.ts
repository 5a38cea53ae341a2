import { AtlassianError } from '#errors';
import { longestWaitSeconds } from './governor.ts';
import type { Answer } from './http.ts';

/** Requests that only read although their method is POST: they may be repeated like a GET. */
const readingPosts = new Set([
  'POST /wiki/api/v2/users-bulk',
  'POST /wiki/api/v2/content/convert-ids-to-types',
]);

/** True when the request changes nothing. */
export function isRead(method: string, endpoint: string): boolean {
  return method === 'GET' || method === 'HEAD' || readingPosts.has(endpoint);
}

/** Seconds of `Retry-After` (a number or an HTTP date), or null. */
export function retryAfter(headers: Headers): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** When the quota returns by `X-RateLimit-Reset` (ISO 8601, or seconds since 1970), in milliseconds, or null. */
export function resetAt(headers: Headers): number | null {
  const text = headers.get('x-ratelimit-reset');
  if (text === null) return null;
  const at = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

/** How many requests the limit that answered allows, by `X-RateLimit-Limit` or the newer `RateLimit-Policy`; null where it is not told. */
export function allowedRequests(headers: Headers): number | null {
  const policy = headers.get('ratelimit-policy') ?? headers.get('beta-ratelimit-policy');
  const text = headers.get('x-ratelimit-limit') ?? /(?:^|[;,])\s*q=(\d+)/.exec(policy ?? '')?.[1] ?? '';
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}

/** Exponential with jitter: about 1, 2, 4 ... seconds, at most 30. `attempt` counts from 1. */
export function backoffSeconds(attempt: number): number {
  return Math.min(30, 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

/** True when the limit is counted over the whole OAuth app, so that every site has to wait. */
export function isAppWide(headers: Headers): boolean {
  return /global/i.test(headers.get('ratelimit-reason') ?? '');
}

/**
 * What a 429 asks for: a wait, or giving up because the hourly quota is gone. The wait is Retry-After, else
 * the reset time, else a growing pause.
 */
export function readLimit(
  answer: Answer,
  attempt: number,
): { waitSeconds: number; gone: false } | { opensAt: number; gone: true } {
  const reset = resetAt(answer.headers);
  const untilReset = reset === null ? null : Math.max(0, (reset - Date.now()) / 1000);
  const seconds = retryAfter(answer.headers) ?? untilReset ?? backoffSeconds(attempt);
  if (seconds <= longestWaitSeconds) return { waitSeconds: Math.max(seconds, 0.1), gone: false };
  // A limit longer than an hour does not exist; a wrong clock or header must not lock the site for a day.
  return { opensAt: Date.now() + Math.min(seconds, 3600) * 1000, gone: true };
}

/** The error after the last try was refused too. */
export function stillLimited(waitSeconds: number, limit: number | null): AtlassianError {
  return new AtlassianError('rate_limited', 'Atlassian keeps asking to wait: too many requests at once.', {
    next: 'Nothing was changed by this request. Try again in a little while.',
    retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)),
    ...(limit === null ? {} : { data: { limit } }),
  });
}
