import type { Settings } from '../settings.ts';
import { Problem } from './problem.ts';

const hour = 3_600_000;

/**
 * Counts requests as Atlassian's gateway does: points per clock hour, and a burst limit per second for each
 * caller. Times are epoch milliseconds.
 */
export class RateMeter {
  #hour = 0;
  #points = 0;
  #bursts = new Map<string, { second: number; count: number }>();

  /** Counts one request; throws the 429 of the facts (headers, not body, tell the reason) when over a limit. */
  take(caller: string, settings: Settings, now: number): void {
    this.#turn(now);
    if (this.#points >= settings.pointsPerHour) {
      const wait = Math.ceil(((this.#hour + 1) * hour - now) / 1000);
      throw tooMany(wait, 'confluence-quota-global-based', this.headers(settings, now));
    }
    this.#points += 1;
    const limit = settings.requestsPerSecond;
    if (limit === null) return;
    const second = Math.floor(now / 1000);
    const burst = this.#bursts.get(caller);
    const count = burst?.second === second ? burst.count + 1 : 1;
    if (count > limit) throw tooMany(1, 'confluence-burst-based', this.headers(settings, now));
    this.#bursts.set(caller, { second, count });
  }

  /** Adds what an answer cost beyond the request itself. */
  add(points: number): void {
    this.#points += points;
  }

  /** The rate headers every REST answer carries. */
  headers(settings: Settings, now: number): Record<string, string> {
    this.#turn(now);
    const limit = settings.pointsPerHour;
    const remaining = Math.max(0, limit - this.#points);
    const reset = (this.#hour + 1) * hour;
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': new Date(reset).toISOString(),
      'x-ratelimit-nearlimit': String(remaining < limit / 5),
      'beta-ratelimit-policy': `"global-app-quota";q=${limit};w=3600`,
      'beta-ratelimit': `"global-app-quota";r=${remaining};t=${Math.ceil((reset - now) / 1000)}`,
    };
  }

  reset(): void {
    this.#points = 0;
    this.#bursts.clear();
  }

  #turn(now: number): void {
    const current = Math.floor(now / hour);
    if (current === this.#hour) return;
    this.#hour = current;
    this.#points = 0;
  }
}

/** A 429 with its waiting time in seconds. */
export function tooMany(retryAfter: number, reason: string, headers: Record<string, string> = {}): Problem {
  return new Problem(429, 'Rate limit exceeded', {
    gateway: true,
    headers: {
      ...headers,
      'retry-after': String(retryAfter),
      'ratelimit-reason': reason,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-nearlimit': 'true',
      'x-ratelimit-reset': new Date(Date.now() + retryAfter * 1000).toISOString(),
    },
  });
}
