import { isIP } from 'node:net';
import { env } from '#env';
import {
  bareHost,
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchOptions,
  isInnerName,
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

/** This machine and private networks only, there without encryption too. */
const inside: Reach = {
  resolve: resolveName,
  allows: isInsideAddress,
  protocols: ['https:', 'http:'],
  ports: null,
  innerNames: true,
};

/** What a toolkit inside names besides itself: another server there, or a sign-in in the public internet. */
const named: Reach = {
  ...inside,
  allows: (address, protocol) =>
    isInsideAddress(address) || (protocol === 'https:' && isPublicAddress(address)),
};

/**
 * Whether a toolkit stands inside, told by the form of its host alone: what DNS says may be another thing with every
 * question, and its owner could be the one who answers.
 */
function standsInside(url: URL): boolean {
  const host = bareHost(url).replace(/\.$/, '');
  return isIP(host) === 0 ? !host.includes('.') || isInnerName(host) : isInsideAddress(host);
}

/** Where a request for a toolkit may lead. A stranger's server must not be able to send us inside. */
export function reachOf(toolkit: URL, asked: URL): Reach {
  if (!env().toolkitsInside || !standsInside(toolkit)) return outside;
  return bareHost(asked) === bareHost(toolkit) ? inside : named;
}

const mostBytes = 4 * 1024 * 1024;

/** How a toolkit's server, and the authorization server it names, are asked. `maxMs`: for one request. */
export function fetchFor(
  url: string,
  maxMs: number,
  more: Pick<GuardedFetchOptions, 'onBroken'> = {},
): GuardedFetch {
  return (asked, init) =>
    createGuardedFetch({
      reach: reachOf(new URL(url), new URL(asked)),
      maxBytes: mostBytes,
      maxMs,
      ...more,
    })(asked, init);
}
