import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

const mostMs = 5000;
const mostBytes = 64 * 1024;

export type GuardedFetchOptions = {
  /** All addresses of a host name. */
  resolve: (host: string) => Promise<readonly { address: string; family: number }[]>;
  allows: (address: string) => boolean;
  /** Certificates to trust besides the usual ones. */
  ca?: string;
};

const usual: GuardedFetchOptions = {
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
  allows: isPublicAddress,
};

type Send = (url: URL, address: { address: string; family: number }) => Promise<Response>;

const sender =
  (headers: Headers, signal: AbortSignal, ca: string | undefined): Send =>
  (url, { address, family }) =>
    new Promise((resolve, reject) => {
      // The name was resolved and judged once; asking again could give another answer.
      const pinned: LookupFunction = (_host, options, done) =>
        options.all === true ? done(null, [{ address, family }]) : done(null, address, family);
      const asking = request(
        url,
        {
          method: 'GET',
          headers: Object.fromEntries(headers),
          lookup: pinned,
          agent: false,
          signal,
          ...(ca === undefined ? {} : { ca }),
        },
        (reply) => {
          const chunks: Buffer[] = [];
          let received = 0;
          reply.on('data', (chunk: Buffer) => {
            received += chunk.length;
            if (received > mostBytes) asking.destroy(new Error('The document is too large.'));
            else chunks.push(chunk);
          });
          reply.on('error', reject);
          reply.on('end', () => {
            const type = reply.headers['content-type'];
            const cache = reply.headers['cache-control'];
            resolve(
              new Response(reply.statusCode === 204 ? null : Buffer.concat(chunks), {
                status: Math.max(200, reply.statusCode ?? 502),
                headers: {
                  ...(type === undefined ? {} : { 'content-type': type }),
                  ...(cache === undefined ? {} : { 'cache-control': cache }),
                },
              }),
            );
          });
        },
      );
      asking.on('error', reject);
      asking.end();
    });

/** Ends when the signal does, whatever the work does. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * A GET of an address that a stranger named (a client's metadata document, its keys): https only, to the public
 * internet only, pinned to the address that was judged, no redirects, at most 64 KB within 5 seconds.
 * @throws Error with the reason; nothing was sent where an address is refused.
 */
export function createGuardedFetch(
  options: GuardedFetchOptions = usual,
): (url: string | URL, init?: { headers?: HeadersInit; signal?: AbortSignal | null }) => Promise<Response> {
  return async (given, init = {}) => {
    const url = new URL(given);
    if (url.protocol !== 'https:') throw new Error('Only https addresses are fetched.');
    if (url.username !== '' || url.password !== '')
      throw new Error('An address with a password is not fetched.');
    const limit = AbortSignal.timeout(mostMs);
    const signal = init.signal == null ? limit : AbortSignal.any([limit, init.signal]);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = await withSignal(options.resolve(host), signal);
    const [first] = addresses;
    if (first === undefined) throw new Error(`${host} has no address.`);
    // One address inside among several outside is as bad: a name like that exists to confuse.
    if (!addresses.every(({ address }) => options.allows(address)))
      throw new Error(`${host} is not an address of the public internet.`);
    return sender(new Headers(init.headers), signal, options.ca)(url, first);
  };
}
