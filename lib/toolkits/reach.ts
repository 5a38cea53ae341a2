import { isIP } from 'node:net';
import { env } from '#env';
import {
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchOptions,
  isInsideAddress,
  isPublicAddress,
  type Reach,
  resolveName,
} from '#lib/guarded-fetch';

/** The public internet, encrypted. */
const outside: Reach = {
  resolve: resolveName,
  allows: isPublicAddress,
  protocols: ['https:'],
  ports: null,
  innerNames: false,
};

/** Besides, this machine and private networks, there without encryption too. */
const inside: Reach = {
  resolve: resolveName,
  allows: (address, protocol) =>
    isInsideAddress(address) || (protocol === 'https:' && isPublicAddress(address)),
  protocols: ['https:', 'http:'],
  ports: null,
  innerNames: true,
};

/** A stranger's server must not be able to send us inside: only one that stands there itself may name others there. */
async function reachOf(url: URL): Promise<Reach> {
  if (!env().toolkitsInside) return outside;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await resolveName(host) : [{ address: host, family: 0 }];
  return found.every(({ address }) => isPublicAddress(address)) ? outside : inside;
}

const mostBytes = 4 * 1024 * 1024;

/** How a toolkit's server, and the authorization server it names, are asked. `maxMs`: for one request. */
export async function fetchFor(
  url: string,
  maxMs: number,
  more: Pick<GuardedFetchOptions, 'onBroken'> = {},
): Promise<GuardedFetch> {
  return createGuardedFetch({ reach: await reachOf(new URL(url)), maxBytes: mostBytes, maxMs, ...more });
}
