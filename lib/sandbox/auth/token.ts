import { createHash } from 'node:crypto';
import { type App, siteUrl } from '../app.ts';
import {
  findGrant,
  findRefreshToken,
  type Grant,
  insertAccessToken,
  insertRefreshToken,
  markRotated,
  sitesOfPerson,
  takeCode,
} from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { json, type Reply, type Request } from '../http/message.ts';
import { Problem } from '../http/problem.ts';
import type { Site } from '../types.ts';
import { type Caller, identify } from './identify.ts';
import { hashToken, newToken, sameSecret } from './signing.ts';

const accessLife = 3600;
const refreshLife = 90 * 86_400_000;
const reuseLeeway = 10 * 60_000;

function oauthError(status: number, error: string, description: string): Reply {
  return json({ error, error_description: description }, status);
}

function invalidGrant(description: string): Reply {
  return oauthError(403, 'invalid_grant', description);
}

/** `POST /oauth/token`, JSON or form: authorization_code and refresh_token, with a client secret always. */
export function token(app: App, request: Request): Reply {
  const body = readBody(request);
  const clientId = body.text('client_id') ?? '';
  const secret = body.text('client_secret') ?? '';
  if (
    clientId === '' ||
    (app.client.id !== null && clientId !== app.client.id) ||
    !sameSecret(secret, app.client.secret)
  )
    return oauthError(401, 'access_denied', 'Unauthorized');
  const kind = body.text('grant_type');
  if (kind === 'authorization_code') return fromCode(app, body, clientId);
  if (kind === 'refresh_token') return fromRefreshToken(app, body, clientId);
  return oauthError(400, 'unsupported_grant_type', `Unsupported grant type: ${kind ?? 'none'}`);
}

function readBody(request: Request): JsonBody {
  const type = request.headers['content-type'] ?? '';
  return new JsonBody(
    type.includes('x-www-form-urlencoded')
      ? Object.fromEntries(new URLSearchParams(request.body.toString()))
      : JsonBody.parse(request.body),
  );
}

function fromCode(app: App, body: JsonBody, clientId: string): Reply {
  const code = takeCode(app.db, hashToken(body.text('code') ?? ''));
  const grant = code && findGrant(app.db, code.grantId);
  if (!code || !grant || code.expiresAt < Date.now() || grant.clientId !== clientId)
    return invalidGrant('Invalid authorization code');
  if (body.text('redirect_uri') !== code.redirectUri)
    return invalidGrant('The redirect_uri is not the one of the authorization request.');
  if (code.challenge !== null) {
    const verifier = body.text('code_verifier') ?? '';
    const made = createHash('sha256').update(verifier).digest('base64url');
    if (!sameSecret(made, code.challenge)) return invalidGrant('Failed to verify code verifier');
  }
  return issue(app, grant);
}

function fromRefreshToken(app: App, body: JsonBody, clientId: string): Reply {
  const hash = hashToken(body.text('refresh_token') ?? '');
  const known = findRefreshToken(app.db, hash);
  const grant = known && findGrant(app.db, known.grantId);
  const now = Date.now();
  const tooLate =
    !known ||
    now - known.createdAt > refreshLife ||
    (known.rotatedAt !== null && now - known.rotatedAt > reuseLeeway);
  if (tooLate || !grant || grant.revoked || grant.clientId !== clientId)
    return invalidGrant('Unknown or invalid refresh token.');
  return app.db.transaction(() => {
    markRotated(app.db, hash, now);
    return issue(app, grant);
  })();
}

function issue(app: App, grant: Grant): Reply {
  const access = newToken('sbx_at_');
  const now = Date.now();
  insertAccessToken(app.db, {
    hash: hashToken(access),
    grantId: grant.id,
    expiresAt: now + accessLife * 1000,
  });
  const answer: Record<string, unknown> = {
    access_token: access,
    expires_in: accessLife,
    token_type: 'Bearer',
    scope: grant.scopes.join(' '),
  };
  if (grant.scopes.includes('offline_access')) {
    const refresh = newToken('sbx_rt_');
    insertRefreshToken(app.db, { hash: hashToken(refresh), grantId: grant.id, createdAt: now });
    answer.refresh_token = refresh;
  }
  return json(answer, 200, { 'cache-control': 'no-store' });
}

function appCaller(app: App, request: Request): Caller & { grant: Grant } {
  const caller = identify(app, request);
  if (!caller.grant) throw new Problem(401, 'Unauthorized', { gateway: true });
  return { ...caller, grant: caller.grant };
}

/**
 * `GET /oauth/token/accessible-resources`: what a token reaches. One site may stand there twice with the same id, once
 * for each product: of Jira only the entry, since there is none here.
 */
export function accessibleResources(app: App, request: Request): { reply: Reply; caller: Caller } {
  const caller = appCaller(app, request);
  const ofConfluence = (scope: string) => scope.includes(':confluence') || scope.includes('confluence-');
  const { scopes: held } = caller.grant;
  const products = [held.filter((scope) => scope.includes('jira')), held.filter(ofConfluence)];
  const sites = sitesOfPerson(app.db, caller.person.accountId).filter((site) =>
    caller.grant.cloudIds.includes(site.cloudId),
  );
  const entry = (site: Site, scopes: string[]) => ({
    id: site.cloudId,
    url: siteUrl(app, site),
    name: site.name,
    scopes,
    avatarUrl: `${app.publicUrl}/avatar.svg`,
  });
  const entries = products
    .filter((scopes) => scopes.length > 0)
    .flatMap((scopes) => sites.map((site) => entry(site, scopes)));
  const reply = json(entries);
  return { reply, caller };
}

/** `GET /me`, with the scope `read:me`. */
export function me(app: App, request: Request): { reply: Reply; caller: Caller } {
  const caller = appCaller(app, request);
  if (!caller.grant.scopes.includes('read:me'))
    throw new Problem(401, 'Unauthorized; scope does not match', { gateway: true });
  const { person } = caller;
  const reply = json({
    account_type: 'atlassian',
    account_id: person.accountId,
    email: person.email,
    name: person.name,
    nickname: person.name,
    picture: `${app.publicUrl}/avatar.svg`,
    account_status: 'active',
    zoneinfo: person.timeZone,
    locale: 'en-US',
    extended_profile: {},
    email_verified: true,
  });
  return { reply, caller };
}
