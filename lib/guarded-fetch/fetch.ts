import type { IncomingMessage } from 'node:http';
import { guardedRequest, type Reach } from './request.ts';

export type GuardedFetchOptions = {
  reach: Reach;
  /** The largest body that is read. */
  maxBytes: number;
  /** From the first byte sent to the last one received (milliseconds). */
  maxMs: number;
  /** Certificates to trust besides the usual ones. */
  ca?: string;
  /** Hears when a body breaks off or is too long, for callers whose reader does not say so. */
  onBroken?: (error: Error, method: string) => void;
};

export type GuardedFetch = (
  url: string | URL,
  init?: {
    method?: string;
    headers?: HeadersInit;
    body?: BodyInit | null;
    signal?: AbortSignal | null;
  },
) => Promise<Response>;

/** The body was longer than whoever asked is ready to read. */
export class TooLarge extends Error {}

/** The body as it comes in; cut off with an error where it is longer than allowed. */
function bodyOf(
  reply: IncomingMessage,
  maxBytes: number,
  onBroken: (error: Error) => void,
): ReadableStream<Uint8Array> {
  let received = 0;
  let over = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (finish: () => void) => {
        if (over) return;
        over = true;
        finish();
      };
      const fail = (error: Error) => {
        end(() => {
          controller.error(error);
          onBroken(error);
        });
        reply.destroy();
      };
      reply.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (over) return;
        if (received > maxBytes)
          return fail(new TooLarge(`The answer is too large (over ${maxBytes} bytes).`));
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) reply.pause();
      });
      reply.on('end', () => end(() => controller.close()));
      reply.on('error', fail);
      reply.on('close', () => fail(new Error('The connection was closed in the middle of an answer.')));
      reply.pause();
    },
    pull() {
      reply.resume();
    },
    cancel() {
      over = true;
      reply.destroy();
    },
  });
}

function headersOf(reply: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(reply.headers))
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one);
  return headers;
}

const bodiless = new Set([204, 205, 304]);

/**
 * A `fetch` for addresses that a stranger named: it reaches only what `reach` allows, connects to the very address
 * that was judged, follows no redirect, keeps no cookie, and bounds size and time. Bodies stream.
 * @throws Refused with nothing sent where an address is not allowed; TooLarge; network errors as they come.
 */
export function createGuardedFetch(o: GuardedFetchOptions): GuardedFetch {
  return async (given, init = {}) => {
    const url = new URL(given);
    const limit = AbortSignal.timeout(o.maxMs);
    const signal = init.signal == null ? limit : AbortSignal.any([limit, init.signal]);
    const body = init.body == null ? undefined : await new Response(init.body).text();
    const headers = new Headers(init.headers);
    if (body !== undefined) {
      headers.set('content-length', String(Buffer.byteLength(body)));
      if (init.body instanceof URLSearchParams && !headers.has('content-type'))
        headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    const method = (init.method ?? 'GET').toUpperCase();
    const reply = await guardedRequest(url, {
      method,
      headers: Object.fromEntries(headers),
      ...(body === undefined ? {} : { body }),
      reach: o.reach,
      signal,
      ...(o.ca === undefined ? {} : { ca: o.ca }),
    });
    const status = Math.max(200, reply.statusCode ?? 502);
    if (bodiless.has(status)) reply.resume();
    const broken = (error: Error) => o.onBroken?.(error, method);
    return new Response(bodiless.has(status) ? null : bodyOf(reply, o.maxBytes, broken), {
      status,
      headers: headersOf(reply),
    });
  };
}
