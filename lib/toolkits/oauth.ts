import { createHash, randomBytes } from 'node:crypto';
import {
  auth,
  extractWWWAuthenticateParams,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
} from '@modelcontextprotocol/sdk/client/auth.js';
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { database, insertToolkitAuthorization, takeToolkitAuthorization } from '#db';
import { env } from '#env';
import { ToolkitError, UserError } from '#errors';
import type { GuardedFetch } from '#lib/guarded-fetch';
import { storeCredential } from './credentials.ts';
import { failureOf } from './failures.ts';
import { boundClient, givenClient } from './given-client.ts';
import { fetchFor } from './reach.ts';
import { toolkitBySlug } from './registry.ts';
import type { Toolkit } from './types.ts';
import { open, seal } from './vault.ts';

const lifetimeMs = 15 * 60_000;
const maxMs = 20_000;

/** What a flow carries from its start to its end. */
type Held = {
  verifier: string;
  client: OAuthClientInformationMixed | null;
  discovery: OAuthDiscoveryState | null;
  tokens: OAuthTokens | null;
  authorizeAt: URL | null;
};

const redirectUrl = (): string => `${env().publicUrl}/api/toolkits/callback`;

const clientMetadata = (): OAuthClientMetadata => ({
  client_name: 'Confab',
  client_uri: env().publicUrl,
  redirect_uris: [redirectUrl()],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
});

function providerOf(held: Held, state: string, given: boolean): OAuthClientProvider {
  return {
    redirectUrl: redirectUrl(),
    clientMetadata: clientMetadata(),
    state: () => state,
    clientInformation: () => held.client ?? undefined,
    // A client registered by hand is never replaced by another.
    ...(given
      ? {}
      : {
          saveClientInformation: (client: OAuthClientInformationMixed) => {
            held.client = client;
          },
        }),
    tokens: () => undefined,
    saveTokens: (tokens) => {
      held.tokens = tokens;
    },
    redirectToAuthorization: (url) => {
      held.authorizeAt = url;
    },
    saveCodeVerifier: (verifier) => {
      held.verifier = verifier;
    },
    codeVerifier: () => held.verifier,
    saveDiscoveryState: (discovery) => {
      held.discovery = discovery;
    },
    discoveryState: () => held.discovery ?? undefined,
  };
}

/** What the server says, when it is asked without credentials, of where and for what to sign in. */
async function challenge(toolkit: Toolkit, fetchFn: GuardedFetch) {
  const answer = await fetchFn(toolkit.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  });
  await answer.body?.cancel();
  return answer.status === 401 ? extractWWWAuthenticateParams(answer) : {};
}

const hashOf = (state: string): string => createHash('sha256').update(state).digest('hex');

/**
 * Starts a person's sign-in at a toolkit: discovery, dynamic registration and PKCE, each with fresh values on every
 * click.
 * @param returnTo a path of this app.
 * @returns the address of the consent page.
 * @throws ToolkitError, OperatorError when the server cannot be asked or offers no sign-in.
 */
export async function beginToolkitAuthorization(o: {
  userId: string;
  toolkit: Toolkit;
  returnTo: string;
}): Promise<string> {
  const { toolkit, userId } = o;
  if (toolkit.auth !== 'oauth')
    throw new UserError('invalid_input', `${toolkit.name} has no sign-in of its own.`, {
      next: 'Open its page and follow it.',
    });
  const state = randomBytes(32).toString('base64url');
  const client = await givenClient(toolkit.id);
  const held: Held = { verifier: '', client, discovery: null, tokens: null, authorizeAt: null };
  try {
    const fetchFn = fetchFor(toolkit.url, maxMs);
    const { resourceMetadataUrl, scope } = await challenge(toolkit, fetchFn);
    await auth(providerOf(held, state, client !== null), {
      serverUrl: toolkit.url,
      fetchFn,
      ...(resourceMetadataUrl === undefined ? {} : { resourceMetadataUrl }),
      ...(scope === undefined ? {} : { scope }),
    });
    // The secret itself goes out at the end of a sign-in only.
    if (client !== null && held.discovery !== null) held.client = await boundClient(toolkit, held.discovery);
  } catch (error) {
    throw failureOf(error, toolkit);
  }
  const url = held.authorizeAt;
  if (url === null || (url.protocol !== 'https:' && !(env().toolkitsInside && url.protocol === 'http:')))
    throw new ToolkitError(
      'toolkit_rejected',
      `${toolkit.name} offers no sign-in page that could be opened.`,
      {
        next: 'Ask whoever runs that server.',
      },
    );
  const now = Date.now();
  const { verifier, discovery } = held;
  const stateHash = hashOf(state);
  await insertToolkitAuthorization(
    await database(),
    {
      state_hash: stateHash,
      toolkit_id: toolkit.id,
      user_id: userId,
      return_to: o.returnTo,
      secret: seal(['toolkit_authorization', stateHash], { verifier, discovery, client: held.client }),
      expires_at: now + lifetimeMs,
      used_at: null,
    },
    now,
  );
  return url.href;
}

const startAgain = (why: string): UserError =>
  new UserError('conflict', why, { next: 'Start again from Settings, Toolkits.' });

/** RFC 9207: an answer must come from the server that was asked, where it says who it is. */
function checkIssuer(discovery: OAuthDiscoveryState | null, iss: string | null): void {
  const metadata = discovery?.authorizationServerMetadata as
    | { issuer?: string; authorization_response_iss_parameter_supported?: boolean }
    | undefined;
  const missing = iss === null && metadata?.authorization_response_iss_parameter_supported === true;
  if (missing || (iss !== null && metadata?.issuer !== undefined && iss !== metadata.issuer))
    throw startAgain('This answer came from another server than the one that was asked.');
}

/**
 * Ends a sign-in with what the authorization server sent the browser back with, and stores the person's access.
 * @throws UserError when it is not this person's, used, too old or declined; ToolkitError when the server refuses it.
 */
export async function completeToolkitAuthorization(o: {
  userId: string;
  query: URLSearchParams;
}): Promise<{ toolkit: Toolkit; returnTo: string; declined: boolean }> {
  const state = o.query.get('state') ?? '';
  const row = await takeToolkitAuthorization(await database(), hashOf(state), Date.now());
  if (row === null) throw startAgain('This sign-in was used already, or never started here.');
  if (row.user_id !== o.userId) throw startAgain('This sign-in was started by somebody else.');
  if (row.expires_at < Date.now()) throw startAgain('This sign-in took too long.');
  const toolkit = toolkitBySlug(null, row.toolkit_id);
  if (toolkit === null) throw startAgain('This toolkit has been removed or switched off.');
  const held = {
    ...(open(['toolkit_authorization', row.state_hash], row.secret) as Pick<
      Held,
      'verifier' | 'client' | 'discovery'
    >),
    tokens: null as OAuthTokens | null,
    authorizeAt: null,
  } satisfies Held;
  checkIssuer(held.discovery, o.query.get('iss'));
  const code = o.query.get('code');
  if (code === null) return { toolkit, returnTo: row.return_to, declined: true };
  // Begun before its client was bound, perhaps, or before an admin's client was there.
  const given = await givenClient(toolkit.id);
  if (given !== null) {
    if (held.discovery === null) throw startAgain('This sign-in does not say where it was begun.');
    held.client = await boundClient(toolkit, held.discovery);
  }
  try {
    await auth(providerOf(held, state, given !== null), {
      serverUrl: toolkit.url,
      authorizationCode: code,
      fetchFn: fetchFor(toolkit.url, maxMs),
    });
  } catch (error) {
    throw failureOf(error, toolkit);
  }
  const { client, discovery } = held;
  const tokens = held.tokens as OAuthTokens | null;
  if (tokens === null || client === null || discovery === null)
    throw startAgain('The sign-in gave no access.');
  await storeCredential(o.userId, toolkit.id, { kind: 'oauth', client, tokens, discovery });
  return { toolkit, returnTo: row.return_to, declined: false };
}
