import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { connectionOf, database, insertOauthState, type OauthStatesTable, takeOauthState } from '#db';
import { env } from '#env';
import { UserError } from '#errors';
import { createConfluence, getCurrentUser, type Site } from '#lib/confluence';
import { type BundleName, usualBundles } from './bundles.ts';
import {
  accessibleSites,
  callbackUrl,
  DeadGrant,
  exchangeCode,
  type Tokens,
  whoAmI,
} from './oauth-server.ts';
import { safeReturnTo } from './return-to.ts';
import { scopesToAsk } from './scopes.ts';
import type { Authorized, Purpose } from './types.ts';
import { open, seal } from './vault.ts';

const stateLifeMs = 10 * 60_000;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** What an authorisation asks for. */
export type Wish = {
  /** Bundles to allow; the usual ones when absent. */
  bundles?: readonly BundleName[];
  /** Single scopes that must come along. */
  scopes?: readonly string[];
  /** `only`: exactly this, so that a person can also allow less. `again`: what was granted before, as it was. */
  old?: 'keep' | 'only' | 'again';
};

/** The scopes of one consent. A new consent replaces the old one's, so the old ones are asked along. */
async function scopesFor(userId: string | null, wish: Wish): Promise<string[]> {
  const old = userId === null ? null : await connectionOf(await database(), userId);
  const granted = old?.mode === 'oauth' ? (JSON.parse(old.scopes) as string[]) : [];
  const again = wish.old === 'again' && granted.length > 0;
  return scopesToAsk({
    bundles: again ? [] : (wish.bundles ?? usualBundles()),
    scopes: wish.scopes ?? [],
    already: wish.old === 'only' ? [] : granted,
  }).scopes;
}

/**
 * Starts an authorisation at Atlassian; every call makes a fresh state. The route stores `browserToken` in an
 * HttpOnly, SameSite=Lax cookie that lives ten minutes, and sends the person to `url`.
 * Atlassian's page documents no PKCE; S256 is sent all the same, as an unknown parameter does no harm.
 * @param o.returnTo a path of this app.
 * @param o.wish what to ask for; what the person already granted is asked along unless it says `only`.
 * @throws UserError `invalid_input` for a `returnTo` that leaves this app.
 */
export async function beginAuthorization(o: {
  purpose: Purpose;
  userId: string | null;
  returnTo: string;
  loginHint?: string;
  wish?: Wish;
}): Promise<{ url: string; browserToken: string }> {
  if (o.purpose === 'connect' && o.userId === null)
    throw new UserError('needs_sign_in', 'Sign in before connecting Confluence.');
  const returnTo = safeReturnTo(o.returnTo);
  const db = await database();
  const scopes = await scopesFor(o.userId, o.wish ?? {});
  const state = randomBytes(32).toString('base64url');
  const browserToken = randomBytes(32).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const stateHash = sha256(state);
  await insertOauthState(db, {
    state_hash: stateHash,
    purpose: o.purpose,
    user_id: o.userId,
    return_to: returnTo,
    verifier: seal({ owner: stateHash, purpose: 'verifier' }, verifier),
    browser_hash: sha256(browserToken),
    scopes: JSON.stringify(scopes),
    expires_at: Date.now() + stateLifeMs,
    used_at: null,
  });
  const { authUrl, clientId } = env().atlassian;
  const url = new URL(`${authUrl}/authorize`);
  url.search = new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: clientId,
    scope: scopes.join(' '),
    redirect_uri: callbackUrl(),
    state,
    response_type: 'code',
    prompt: 'consent',
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    ...(o.loginHint === undefined ? {} : { login_hint: o.loginHint }),
  }).toString();
  return { url: url.href, browserToken };
}

function startAgain(message: string, data?: Record<string, unknown>): UserError {
  return new UserError('invalid_input', message, {
    next: 'Start the connection again.',
    ...(data === undefined ? {} : { data }),
  });
}

/** The started authorisation that a callback belongs to. It is used up by being asked for, right or wrong. */
async function claim(
  state: string | undefined,
  browserToken: string | undefined,
  sessionUserId: string | null,
): Promise<OauthStatesTable> {
  const row =
    state === undefined || state === ''
      ? null
      : await takeOauthState(await database(), sha256(state), Date.now());
  if (row === null) throw startAgain('This connection was already finished, or was not started here.');
  if (row.expires_at < Date.now())
    throw startAgain('The connection took longer than ten minutes.', { returnTo: row.return_to });
  if (browserToken === undefined || !sameText(row.browser_hash, sha256(browserToken))) {
    throw startAgain('This connection was started in another browser.');
  }
  if (row.purpose === 'connect' && row.user_id !== sessionUserId) {
    throw startAgain('This connection was started by somebody else who was signed in here.');
  }
  return row;
}

/** Asks a site itself who the person is: for tokens without `read:me`. */
async function whoAmIOnSite(tokens: Tokens, sites: readonly Site[]): Promise<Authorized['profile'] | null> {
  const site = sites[0];
  if (site === undefined) return null;
  const header = `Bearer ${tokens.accessToken}`;
  const confluence = createConfluence({
    apiUrl: env().atlassian.apiUrl,
    site,
    credentials: async () => ({ header, scopes: tokens.scopes }),
  });
  const me = await getCurrentUser(confluence);
  return {
    accountId: me.accountId ?? '',
    name: me.displayName ?? me.publicName ?? '',
    email: me.email || null,
  };
}

/**
 * Finishes an authorisation with the query of Atlassian's callback and the browser's cookie.
 * @returns the purpose, where to go, whose connection it is (null when signing in), and what was granted.
 * @throws UserError when the person refused (`needs_connection`, `data.returnTo`) or the state is used,
 * expired, from another browser or from another signed-in person (`invalid_input`).
 */
export async function completeAuthorization(o: {
  code?: string;
  state?: string;
  error?: string;
  browserToken?: string;
  sessionUserId: string | null;
}): Promise<{ purpose: Purpose; returnTo: string; userId: string | null; authorized: Authorized }> {
  const row = await claim(o.state, o.browserToken, o.sessionUserId);
  const data = { returnTo: row.return_to, reason: 'not_connected' };
  if (o.error !== undefined || o.code === undefined) {
    const refused = o.error === 'access_denied';
    throw new UserError(
      'needs_connection',
      refused ? 'You did not allow the access.' : 'Atlassian did not complete the connection.',
      {
        next: 'Connect again whenever you like; nothing was stored.',
        data,
      },
    );
  }
  let tokens: Tokens;
  try {
    tokens = await exchangeCode(o.code, open({ owner: row.state_hash, purpose: 'verifier' }, row.verifier));
  } catch (error) {
    if (error instanceof DeadGrant)
      throw startAgain('Atlassian no longer accepts this connection attempt.', data);
    throw error;
  }
  const sites = await accessibleSites(tokens.accessToken);
  const profile = (await whoAmI(tokens.accessToken)) ?? (await whoAmIOnSite(tokens, sites));
  if (profile === null || profile.accountId === '') {
    throw new UserError(
      'needs_connection',
      'Atlassian did not say who you are, and the consent named no Confluence site.',
      {
        next: 'Connect again and choose a site that has Confluence.',
        data,
      },
    );
  }
  const scopes = tokens.scopes ?? (JSON.parse(row.scopes) as string[]);
  return {
    purpose: row.purpose,
    returnTo: row.return_to,
    userId: row.user_id,
    authorized: {
      profile,
      sites,
      scopes,
      tokens: seal({ owner: profile.accountId, purpose: 'authorization' }, JSON.stringify(tokens)),
    },
  };
}
