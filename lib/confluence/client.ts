import { BufferSchema, type SendRequestOptions } from 'confluence.js/core';
import type { ConfabError } from '#errors';
import { log } from '#log';
import { addressOf, checkPath, queryOf } from './address.ts';
import { adminKeyHeader, holdsAdminKey, ofConnection } from './admin-key.ts';
import { contentOf, type OnDrift } from './answer.ts';
import { bodyOf } from './body.ts';
import { followDownload } from './download.ts';
import { failureOf, isScopeMismatch, lostError, missingScope, reconnect, stoppedError } from './failures.ts';
import {
  closeGate,
  longestWaitSeconds,
  passGates,
  pause,
  quotaGone,
  slowDown,
  type Wait,
  withSlot,
} from './governor.ts';
import { type Answer, type Exchange, send, TooLarge } from './http.ts';
import {
  allowedRequests,
  backoffSeconds,
  isAppWide,
  isRead,
  readLimit,
  resetAt,
  retryAfter,
  stillLimited,
} from './limits.ts';
import { webUrlOf } from './web-url.ts';

export type { Wait };

/** A Confluence site. `id` is the cloudId, `url` e.g. `https://example.atlassian.net`. */
export type Site = { id: string; name: string; url: string };

/** The value of the Authorization header, and the scopes it stands for where they are known. */
export type Credentials = { header: string; scopes: string[] | null };

/** What the functions of `v1.ts` and `v2.ts` are called with. */
export type Confluence = {
  sendRequest<T>(options: SendRequestOptions<T>): Promise<T>;
  site: Site;
  /** The absolute link for people of a `_links.webui` path. Never leaves the site. */
  webUrl(webuiPath: string): string;
};

export type ConfluenceOptions = {
  /** With `gateway` `https://api.atlassian.com`, with `site` the address of the site, or what stands in for it. */
  apiUrl: string;
  site: Site;
  /** `gateway` (OAuth): `{apiUrl}/ex/confluence/{cloudId}/wiki/...`. `site` (API token): `{apiUrl}/wiki/...`. */
  via?: 'gateway' | 'site';
  /** Called before each try. `rejected` is the header that Atlassian has just refused: give another or throw. */
  credentials: (rejected?: string) => Promise<Credentials>;
  /** Told of the header that was refused although it had just replaced a refused one: the connection has ended. */
  ended?: (header: string) => Promise<void>;
  /** Whose requests count together for concurrency; the site when absent. */
  connectionId?: string;
  signal?: AbortSignal;
  onWait?: (wait: Wait) => void;
  onDrift?: OnDrift;
  timeoutMs?: number;
  maxBytes?: number;
};

const maxTries = 4;
/** "Only apps can make this request": others get 401, which says nothing about the connection. */
const appsOnly = /\/wiki\/api\/v2\/data-policies\//;
const forApps = (answer: Answer): Answer => ({ ...answer, status: 403 });
/** Files take their time, and may be larger than any other answer: Confluence's usual limit is 100 MB. */
const filePatienceMs = 110_000;
const largestFile = 100 * 1024 * 1024;
const ownHeaders = new Set(['authorization', 'cookie', 'host', 'content-length', 'connection']);

type Call = {
  method: string;
  endpoint: string;
  scopes: readonly string[];
  url: URL;
  headers: Record<string, string>;
  body: BodyInit | undefined;
  timeoutMs: number;
  maxBytes: number;
};

type Tried = Credentials & { exchange: Exchange };

/** What to do after an exchange: it is good, or wait and try again, or it failed. */
type Verdict =
  | { kind: 'good'; answer: Answer }
  | { kind: 'again'; seconds: number; reason: string }
  | { kind: 'failed'; error: ConfabError };

function judge(exchange: Exchange, attempt: number, read: boolean): Verdict {
  const last = attempt >= maxTries;
  if (exchange.kind === 'stopped') return { kind: 'failed', error: stoppedError(!read) };
  if (exchange.kind === 'lost') {
    // A request that never left may be repeated whatever it is; one that may have arrived only if it reads.
    if (last || (!read && exchange.sent)) return { kind: 'failed', error: lostError(exchange, !read) };
    return { kind: 'again', seconds: backoffSeconds(attempt), reason: `Confluence ${exchange.why}` };
  }
  if (exchange.status < 300) return { kind: 'good', answer: exchange };
  if (exchange.status >= 500 && read && !last) {
    const seconds = Math.min(30, retryAfter(exchange.headers) ?? backoffSeconds(attempt));
    return { kind: 'again', seconds, reason: `Confluence answered with status ${exchange.status}` };
  }
  return { kind: 'failed', error: failureOf(exchange, !read) };
}

/**
 * A Confluence that confluence.js's flat functions can be called with. It adds credentials, keeps within
 * Atlassian's rate limits, repeats what is safe to repeat, and turns failures into our errors:
 * `missing_scope`, `reconnect`, `forbidden`, `not_found`, `conflict`, `title_taken`, `too_large`,
 * `rate_limited`, `atlassian_rejected`, `atlassian_unavailable`. A write whose result is not known throws an
 * AtlassianError with `data.outcomeUnknown`; a 429 was not executed, so it is repeated for every method.
 */
export function createConfluence(o: ConfluenceOptions): Confluence {
  const root = o.via === 'site' ? o.apiUrl : `${o.apiUrl}/ex/confluence/${encodeURIComponent(o.site.id)}`;
  const base = root.replace(/\/+$/, '');
  const siteGate = `site ${base}`;
  const appGate = `app ${new URL(base).origin}`;
  const slotKey = o.connectionId ?? siteGate;

  function limited(answer: Answer, attempt: number): void {
    const limit = readLimit(answer, attempt);
    const opensAt = limit.gone ? limit.opensAt : Date.now() + limit.waitSeconds * 1000;
    slowDown(slotKey);
    const allowed = allowedRequests(answer.headers);
    closeGate(isAppWide(answer.headers) ? appGate : siteGate, opensAt, 'Atlassian asked to wait', allowed);
    if (limit.gone) throw quotaGone(opensAt, allowed);
    if (attempt >= maxTries) throw stillLimited(limit.waitSeconds, allowed);
  }

  /** Nothing is left until a reset that is near: wait here rather than being refused there. */
  function spare(answer: Answer): void {
    const reset = resetAt(answer.headers);
    if (answer.headers.get('x-ratelimit-remaining') !== '0' || reset === null) return;
    const near = reset - Date.now() <= longestWaitSeconds * 1000;
    if (near) closeGate(siteGate, reset, 'Atlassian asked to wait');
  }

  /** One try. The gate is passed and closed while holding the slot, so that nobody slips through in between. */
  async function once(call: Call, rejected: string | undefined, attempt: number): Promise<Tried> {
    return withSlot(slotKey, { signal: o.signal, ahead: attempt > 1 }, async () => {
      await passGates([siteGate, appGate], o.onWait, o.signal, attempt === 1);
      const { header, scopes } = await o.credentials(rejected);
      const started = performance.now();
      const headers = { ...call.headers, Authorization: header };
      const { url, method, body, timeoutMs, maxBytes } = call;
      const exchange = await send({ url, method, headers, body, signal: o.signal, timeoutMs, maxBytes });
      const status = exchange.kind === 'answer' ? exchange.status : exchange.kind;
      const ms = Math.round(performance.now() - started);
      log.debug({ endpoint: call.endpoint, status, ms }, 'asked Confluence');
      if (exchange.kind === 'answer' && exchange.status === 429) limited(exchange, attempt);
      return { exchange, header, scopes };
    });
  }

  async function deliver(call: Call): Promise<Answer> {
    const read = isRead(call.method, call.endpoint);
    let rejected: string | undefined;
    for (let attempt = 1; ; attempt++) {
      const { exchange, header, scopes } = await once(call, rejected, attempt);
      if (exchange.kind === 'answer' && exchange.status === 429) continue;
      if (exchange.kind === 'answer' && exchange.status === 401) {
        if (isScopeMismatch(exchange)) throw missingScope(call.endpoint, call.scopes, scopes);
        // A second refusal of fresh credentials means here that this caller is none of the apps it is meant for.
        if (rejected !== undefined && appsOnly.test(call.endpoint)) throw failureOf(forApps(exchange), !read);
        if (rejected !== undefined) {
          await o.ended?.(header);
          throw reconnect();
        }
        rejected = header;
        continue;
      }
      if (exchange.kind === 'answer' && exchange.status === 302 && call.url.pathname.endsWith('/download')) {
        const { timeoutMs, maxBytes } = call;
        return followDownload(exchange, call.url, { signal: o.signal, timeoutMs, maxBytes });
      }
      const verdict = judge(exchange, attempt, read);
      if (verdict.kind === 'good') {
        spare(verdict.answer);
        return verdict.answer;
      }
      if (verdict.kind === 'failed') throw verdict.error;
      o.onWait?.({ seconds: Math.max(1, Math.round(verdict.seconds)), reason: verdict.reason });
      await pause(verdict.seconds, o.signal);
    }
  }

  const confluence: Confluence = {
    site: o.site,
    webUrl: (path) => webUrlOf(o.site, path),
    async sendRequest<T>(options: SendRequestOptions<T>): Promise<T> {
      const method = (options.method ?? 'GET').toUpperCase();
      const { endpoint, scopes } = checkPath(method, options.url);
      const url = addressOf(base, options.url, queryOf(options.searchParams));
      const { body, type } = bodyOf(options.body);
      const given = Object.entries(options.headers ?? {}).filter(
        ([name]) => !ownHeaders.has(name.toLowerCase()),
      );
      const isDownload = (options.schema as unknown) === BufferSchema;
      const carriesFile = isDownload || ArrayBuffer.isView(body);
      const headers = {
        Accept: isDownload ? '*/*' : 'application/json',
        ...(type === null ? {} : { 'Content-Type': type }),
        // Only the site itself takes an admin key: no OAuth scope exists for it.
        ...(o.via === 'site' && holdsAdminKey(confluence) ? adminKeyHeader : {}),
        ...Object.fromEntries(given),
      };
      const timeoutMs = o.timeoutMs ?? (carriesFile ? filePatienceMs : 30_000);
      const maxBytes = o.maxBytes ?? (isDownload ? largestFile : 20_000_000);
      try {
        const answer = await deliver({ method, endpoint, scopes, url, headers, body, timeoutMs, maxBytes });
        return contentOf(answer, options.schema, endpoint, !isRead(method, endpoint), o.onDrift);
      } catch (error) {
        if (error instanceof TooLarge && !isRead(method, endpoint)) throw lostAnswer(error);
        throw error;
      }
    },
  };
  ofConnection(confluence, o.connectionId);
  return confluence;
}

/** The write was done, but what it answered was not read to its end. */
function lostAnswer(error: TooLarge): TooLarge {
  return new TooLarge(error.code, error.message, { cause: error, data: { outcomeUnknown: true } });
}
