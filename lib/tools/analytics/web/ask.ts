import { lookup as lookUpName } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

/** What may be reached. The default is the public web on its usual ports; tests give their own. */
export type Reach = {
  resolve(host: string): Promise<readonly { address: string; family: number }[]>;
  allows(address: string): boolean;
  ports: readonly string[];
};

export const publicWeb: Reach = {
  resolve: (host) => lookUpName(host, { all: true, verbatim: true }),
  allows: isPublicAddress,
  ports: ['', '80', '443'],
};

/** Refused before anything was sent: the address is not on the public web. */
export class Refused extends Error {}

/** Names that never belong to a public server, whatever a resolver says. */
const inner = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|corp|onion)\.?$/i;

/**
 * Refuses an address that is not on the public web, by its form.
 * @throws Refused
 */
export function checkAddress(url: URL, reach: Reach): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refused('it is no web address');
  if (url.username !== '' || url.password !== '') throw new Refused('it carries a name or password');
  if (!reach.ports.includes(url.port)) throw new Refused(`port ${url.port} is not one of the web`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (inner.test(host)) throw new Refused('it names a private network');
  if (isIP(host) !== 0 && !reach.allows(host)) throw new Refused('it leads into a private network');
}

/**
 * Resolves a name for the connection itself, so that the address that is checked is the one that is used. One private
 * address among those of a name is enough to refuse it.
 */
function guardedLookup(reach: Reach): LookupFunction {
  return (host, options, done) => {
    reach.resolve(host).then(
      (found) => {
        const [first] = found;
        if (first === undefined) return done(new Error(`no address for ${host}`), '', 0);
        if (found.some(({ address }) => !reach.allows(address)))
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

/** The answer to one request: its status and where it leads on. The body is never read. */
export type Told = { status: number; location: string | null };

/**
 * Sends one request without credentials, cookies or referrer, follows nothing, and reads no body.
 * @throws Refused for what is not on the public web; network errors as they come.
 */
export function askOnce(url: URL, method: 'HEAD' | 'GET', reach: Reach, signal: AbortSignal): Promise<Told> {
  checkAddress(url, reach);
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asked = send(
      url,
      {
        method,
        signal,
        agent: false,
        lookup: guardedLookup(reach),
        headers: { accept: '*/*', 'user-agent': 'Confab link check' },
        maxHeaderSize: 32_768,
      },
      (answer) => {
        const { location } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, location: location ?? null });
        answer.destroy();
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
