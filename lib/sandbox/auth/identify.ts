import type { App } from '../app.ts';
import { findAccessToken, findGrant, findPerson, type Grant } from '../db/index.ts';
import type { Request } from '../http/message.ts';
import { Problem } from '../http/problem.ts';
import type { Person } from '../types.ts';
import { hashToken, sameSecret, seal, unseal } from './signing.ts';

/** Who makes a REST call, and with what: an app holding a grant, or the person's own API token. */
export type Caller = { person: Person; grant: Grant | null };

const cookieName = 'sandbox_person';

function unauthorized(): Problem {
  return new Problem(401, 'Unauthorized', { gateway: true });
}

/** The caller of a REST request. 401 for missing, wrong, expired or revoked credentials. */
export function identify(app: App, request: Request): Caller {
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return bearer(app, credentials);
  if (scheme.toLowerCase() === 'basic') return basic(app, credentials);
  throw unauthorized();
}

function bearer(app: App, token: string): Caller {
  const known = findAccessToken(app.db, hashToken(token));
  const grant = known && known.expiresAt > Date.now() ? findGrant(app.db, known.grantId) : undefined;
  const person = grant && !grant.revoked ? findPerson(app.db, grant.accountId) : undefined;
  if (!grant || !person) throw unauthorized();
  return { person, grant };
}

function basic(app: App, credentials: string): Caller {
  const [, email = '', token = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  const person = findPerson(app.db, email);
  if (!person || person.email.toLowerCase() !== email.toLowerCase() || !person.apiToken) throw unauthorized();
  if (!sameSecret(token, person.apiToken)) throw unauthorized();
  return { person, grant: null };
}

/** The person a browser has signed in as, if any. */
export function personOfCookie(app: App, request: Request): Person | undefined {
  const accountId = unseal(request.cookies[cookieName], app.secret);
  const person = accountId ? findPerson(app.db, accountId) : undefined;
  return person?.canSignIn ? person : undefined;
}

/** The `set-cookie` value that signs a browser in, or out with undefined. */
export function personCookie(app: App, person: Person | undefined): string {
  const secure = app.publicUrl.startsWith('https:') ? '; Secure' : '';
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure}`;
  return person
    ? `${cookieName}=${seal(person.accountId, app.secret)}; ${rest}; Max-Age=31536000`
    : `${cookieName}=; ${rest}; Max-Age=0`;
}

/** Refuses a form that another site's page has sent. */
export function refuseForeignForm(request: Request): void {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  if (host !== request.headers.host) throw new Problem(403, 'This form was sent from another site.');
}
