import { lookup as lookUpName } from 'node:dns/promises';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

/** What may be reached. */
export type Reach = {
  resolve(host: string): Promise<readonly { address: string; family: number }[]>;
  /** `protocol` as URLs have it: `https:`. */
  allows(address: string, protocol: string): boolean;
  protocols: readonly string[];
  /** As URLs have them: '' is the usual port of the protocol. Null: every port. */
  ports: readonly string[] | null;
  /** Whether names that belong to private networks by their form (`printer.local`) may be asked. */
  innerNames: boolean;
};

export const resolveName: Reach['resolve'] = (host) => lookUpName(host, { all: true, verbatim: true });

/** The public web on its usual ports. */
export const publicWeb: Reach = {
  resolve: resolveName,
  allows: isPublicAddress,
  protocols: ['http:', 'https:'],
  ports: ['', '80', '443'],
  innerNames: false,
};

/** Refused before anything was sent: the address is not one that may be reached. */
export class Refused extends Error {}

/** Names that never belong to a public server, whatever a resolver says. */
const inner = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp|onion)\.?$/i;

/** True for a name that belongs to a private network by its form. */
export const isInnerName = (host: string): boolean => inner.test(host);

/** The host of an address; IPv6 without its brackets. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * Refuses an address that may not be reached, by its form.
 * @throws Refused
 */
export function checkAddress(url: URL, reach: Reach): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refused('it is no web address');
  if (!reach.protocols.includes(url.protocol)) throw new Refused(`it begins with ${url.protocol}`);
  if (url.username !== '' || url.password !== '') throw new Refused('it carries a name or password');
  if (reach.ports !== null && !reach.ports.includes(url.port))
    throw new Refused(`port ${url.port} is not one of the web`);
  const host = bareHost(url);
  if (!reach.innerNames && isInnerName(host)) throw new Refused('it names a private network');
  if (isIP(host) !== 0 && !reach.allows(host, url.protocol))
    throw new Refused('it leads into a private network');
}

/**
 * Resolves a name for the connection itself, so that the address that is checked is the one that is used. One
 * forbidden address among those of a name is enough to refuse it: a name like that exists to confuse.
 */
function guardedLookup(reach: Reach, protocol: string): LookupFunction {
  return (host, options, done) => {
    reach.resolve(host).then(
      (found) => {
        const [first] = found;
        if (first === undefined) return done(new Error(`no address for ${host}`), '', 0);
        if (found.some(({ address }) => !reach.allows(address, protocol)))
          return done(new Refused('its name leads into a private network'), '', 0);
        if (options.all)
          return done(
            null,
            found.map(({ address, family }) => ({ address, family })),
          );
        return done(null, first.address, first.family);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), '', 0),
    );
  };
}

export type GuardedRequest = {
  method: string;
  headers: Record<string, string>;
  body?: string;
  reach: Reach;
  signal: AbortSignal;
  /** Certificates to trust besides the usual ones. */
  ca?: string;
};

/**
 * Sends one request and follows nothing. Answers as soon as the head of the reply is there; the caller reads or
 * destroys the rest.
 * @throws Refused, with nothing sent, for what may not be reached; network errors as they come.
 */
export async function guardedRequest(url: URL, o: GuardedRequest): Promise<IncomingMessage> {
  checkAddress(url, o.reach);
  o.signal.throwIfAborted();
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asked = send(
      url,
      {
        method: o.method,
        headers: o.headers,
        signal: o.signal,
        agent: false,
        lookup: guardedLookup(o.reach, url.protocol),
        maxHeaderSize: 32_768,
        ...(o.ca === undefined ? {} : { ca: o.ca }),
      },
      resolve,
    );
    asked.on('error', reject);
    asked.end(o.body);
  });
}
