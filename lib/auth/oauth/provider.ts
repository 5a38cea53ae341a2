import { createPrivateKey } from 'node:crypto';
import type { Configuration, JWKS, Provider } from 'oidc-provider';
import { database, grantById, userById } from '#db';
import { env } from '#env';
import type { GuardedFetch } from '#lib/guarded-fetch';
import { log } from '#log';
import { deriveKey } from '#secret';
import { isActive } from '../user.ts';
import { documentFetch } from './document-fetch.ts';
import { errorPage } from './error-page.ts';
import { clientMetadata } from './redirects.ts';
import { isMcpResource, mcpResource, resourceScopes } from './scopes.ts';
import { createStore } from './store.ts';

/** Seconds. */
export const accessTokenLifetime = 3600;
const codeLifetime = 60;
const askLifetime = 30 * 60;
const refreshLifetime = 30 * 24 * 3600;

/** The longest a grant can last; each has an end of its own that the person chose. */
export const longestGrant = 366 * 24 * 3600;

export const paths = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  jwks: '/oauth/jwks',
} as const;

/** A key for signed answers, the same after each start: Ed25519 from 32 derived bytes (RFC 8410). */
function signingKeys(): JWKS {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    deriveKey('oauth-signing'),
  ]);
  const jwk = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  return { keys: [{ ...jwk, use: 'sig', alg: 'Ed25519' }] } as JWKS;
}

/** Metadata documents are held to the same policy as registrations before the library sees them. */
function documentsUnderPolicy(fetchGuarded: GuardedFetch): NonNullable<Configuration['fetch']> {
  return async (url, init) => {
    const answer = await fetchGuarded(url instanceof Request ? url.url : url, {
      headers: init?.headers,
      signal: init?.signal,
    });
    const text = await answer.text();
    const unchanged = () => new Response(text, { status: answer.status, headers: answer.headers });
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch (error) {
      if (error instanceof SyntaxError) return unchanged();
      throw error;
    }
    // Keys are fetched here as well: only a document that names itself is one of a client.
    if (typeof document !== 'object' || document === null || !('client_id' in document)) return unchanged();
    const checked = clientMetadata(document as Record<string, unknown>);
    if ('error' in checked) throw new Error(checked.error_description);
    return new Response(JSON.stringify(checked.metadata), { status: answer.status, headers: answer.headers });
  };
}

export type ProviderOptions = { fetch?: GuardedFetch };

/** The authorization server for MCP clients: a certified library, set to the least that they need. */
export async function buildProvider(options: ProviderOptions = {}): Promise<Provider> {
  const { default: OidcProvider, errors, interactionPolicy } = await import('oidc-provider');
  const { publicUrl } = env();
  const secure = publicUrl.startsWith('https://');
  const cookie = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  const off = { enabled: false };
  const target = (identifier: string) => {
    if (!isMcpResource(identifier)) throw new errors.InvalidTarget();
    return {
      scope: resourceScopes.join(' '),
      audience: mcpResource(),
      accessTokenFormat: 'opaque',
      accessTokenTTL: accessTokenLifetime,
    } as const;
  };
  const configuration: Configuration = {
    adapter: (model) =>
      createStore(
        model,
        () => new errors.InvalidGrant('it was used already, by somebody else at the same time'),
      ),
    routes: paths,
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    clientDefaults: {
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'Ed25519',
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    enabledJWA: { idTokenSigningAlgValues: ['Ed25519'] },
    jwks: signingKeys(),
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    acceptQueryParamAccessTokens: false,
    clientBasedCORS: () => false,
    cookies: {
      keys: [deriveKey('oauth-cookies').toString('base64url')],
      names: { session: 'confab_oauth_none', interaction: 'confab_oauth', resume: 'confab_oauth_back' },
      short: cookie,
      long: cookie,
    },
    features: {
      devInteractions: off,
      userinfo: off,
      dPoP: off,
      rpInitiatedLogout: off,
      pushedAuthorizationRequests: off,
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      registration: { enabled: true, initialAccessToken: false, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      resourceIndicators: {
        enabled: true,
        // Who names no resource gets no token: it could be meant for anybody.
        defaultResource: (_, __, oneOf) => {
          if (oneOf === undefined || oneOf.length === 0)
            throw new errors.InvalidTarget('resource is missing');
          return oneOf[0] as string;
        },
        useGrantedResource: () => true,
        getResourceServerInfo: (_, identifier) => target(identifier),
      },
    },
    fetch: documentsUnderPolicy(options.fetch ?? documentFetch()),
    fetchResponseBodyLimits: {
      'client_id metadata document': 5 * 1024,
      jwks_uri: 64 * 1024,
      sector_identifier_uri: 1024,
    },
    interactions: {
      policy: interactionPolicy.base(),
      url: (_, { uid }) => `/oauth/consent/${uid}`,
    },
    // Every request is asked about anew: an earlier yes is no answer to another client, or to more.
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    async findAccount(_, id, token) {
      const db = await database();
      const row = await userById(db, id);
      if (row === undefined || !isActive(row)) return undefined;
      const grantId = (token as { grantId?: string } | undefined)?.grantId;
      const grant = grantId === undefined ? undefined : await grantById(db, grantId);
      if (grant !== undefined && grant.revoked_at !== null) return undefined;
      return { accountId: id, claims: async () => ({ sub: id }) };
    },
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    revokeGrantPolicy: () => true,
    ttl: {
      AccessToken: accessTokenLifetime,
      AuthorizationCode: codeLifetime,
      Grant: longestGrant,
      IdToken: accessTokenLifetime,
      Interaction: askLifetime,
      RefreshToken: refreshLifetime,
      Session: askLifetime,
    },
    renderError: async (ctx, { error, error_description }) => {
      ctx.type = 'html';
      ctx.body = errorPage(error, error_description);
    },
  };
  const provider = new OidcProvider(publicUrl, configuration);
  provider.on('server_error', (_, error) => log.error({ err: error }, 'the authorization server failed'));
  return provider;
}

/** One per process: Next gives pages and route handlers separate module instances. */
const slot = globalThis as { __confabOauth?: Promise<Provider> };

/** The authorization server of this process, built on first use: neither a build nor an import needs it. */
export function oauthProvider(): Promise<Provider> {
  slot.__confabOauth ??= buildProvider().catch((error: unknown) => {
    delete slot.__confabOauth;
    throw error;
  });
  return slot.__confabOauth;
}

/** Puts another in its place, or none; for tests. */
export function useProvider(provider: Provider | null): void {
  if (provider === null) delete slot.__confabOauth;
  else slot.__confabOauth = Promise.resolve(provider);
}
