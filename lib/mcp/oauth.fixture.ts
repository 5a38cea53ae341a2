import { createHash, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import {
  authorizationServerMetadata,
  type Consent,
  consentRequest,
  decideConsent,
  handleOauth,
  protectedResourceMetadata,
  type User,
} from '#lib/auth';
import { serve, toRequest } from './host.fixture.ts';
import { createMcpHost } from './host.ts';
import { standIns } from './mcp.fixture.ts';

/** The address of an app that stands on loopback: known before anything reads the environment. */
export type TestApp = Pick<ReturnType<typeof standIns>, 'state' | 'asked'> & {
  origin: string;
  server: Server;
};

/** Listens on a free port and makes it the app's public address. Call it first of all. */
export async function startApp(): Promise<TestApp> {
  const { deps, state, asked } = standIns();
  const mcp = createMcpHost(deps);
  let origin = '';
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/api/mcp') return mcp(request);
    if (pathname.startsWith('/oauth/')) return handleOauth(request);
    const resource = /^\/\.well-known\/oauth-protected-resource\/?(.*)$/.exec(pathname);
    if (resource !== null) return protectedResourceMetadata((resource[1] ?? '').split('/').filter(Boolean));
    if (/^\/\.well-known\/(oauth-authorization-server|openid-configuration)$/.test(pathname))
      return authorizationServerMetadata(request);
    return new Response(null, { status: 404 });
  };
  const { origin: own, server } = await serve((message, gone) => answer(toRequest(message, origin, gone)));
  origin = own;
  process.env.PUBLIC_URL = origin;
  return { origin, server, state, asked };
}

/** A browser as far as it matters: cookies with their paths, and no redirects by itself. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  cookieFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split('|')[0]}=${value}`)
      .join('; ');
  }

  async get(url: string): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: this.cookieFor(url), accept: 'text/html' },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(cookie) ?? [];
      const path = /path=([^;]+)/i.exec(rest ?? '')?.[1] ?? '/';
      if (name === undefined || value === undefined) continue;
      if (value === '') this.#cookies.delete(`${name}|${path}`);
      else this.#cookies.set(`${name}|${path}`, { value, path });
    }
    return response;
  }
}

export const usualConsent = {
  decision: 'allow',
  tiers: ['read'],
  spaces: null,
  writes: 'approve',
  expires: '30d',
} as const;

type Choice = Partial<Omit<Extract<Consent, { decision: 'allow' }>, 'person' | 'decision'>>;

/** Opens an authorize address and says yes (or no) as the person does on the consent page. */
export async function consent(
  browser: Browser,
  url: string,
  user: User,
  choice: Choice | 'deny' = {},
): Promise<URL> {
  const asked = await browser.get(url);
  const page = new URL(asked.headers.get('location') ?? '', url).href;
  const uid = page.split('/').at(-1) ?? '';
  const cookie = browser.cookieFor(page);
  if ((await consentRequest(cookie, uid)) === null)
    throw new Error(`No consent is asked: ${asked.status} ${page}`);
  const location = await decideConsent(
    cookie,
    uid,
    user,
    choice === 'deny'
      ? { decision: 'deny', person: user.id }
      : ({ ...usualConsent, ...choice, person: user.id } as Consent),
  );
  const back = await browser.get(location);
  return new URL(back.headers.get('location') ?? '');
}

/** A client's memory, as programs with the SDK keep it. */
export class Memory implements OAuthClientProvider {
  readonly redirectUrl: string;
  client: OAuthClientInformationMixed | undefined;
  kept: OAuthTokens | undefined;
  opened: URL | undefined;
  #verifier = '';
  #more: Partial<OAuthClientMetadata>;

  constructor(redirectUrl = 'http://127.0.0.1:43210/callback', more: Partial<OAuthClientMetadata> = {}) {
    this.redirectUrl = redirectUrl;
    this.#more = more;
  }
  get clientMetadata(): OAuthClientMetadata {
    return { client_name: 'Test client', redirect_uris: [this.redirectUrl], ...this.#more };
  }
  clientInformation = () => this.client;
  saveClientInformation = (client: OAuthClientInformationMixed) => {
    this.client = client;
  };
  tokens = () => this.kept;
  saveTokens = (tokens: OAuthTokens) => {
    this.kept = tokens;
  };
  redirectToAuthorization = (url: URL) => {
    this.opened = url;
  };
  saveCodeVerifier = (verifier: string) => {
    this.#verifier = verifier;
  };
  codeVerifier = () => this.#verifier;
}

export type Registered = { client_id: string; redirect: string };

/** Registers a public client by hand. */
export async function register(
  origin: string,
  metadata: Record<string, unknown> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'By hand',
      redirect_uris: ['http://127.0.0.1:43210/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      ...metadata,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A verifier and its challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** An authorize address; null leaves a parameter out. */
export function authorizeUrl(origin: string, o: Record<string, string | null>): string {
  const query = {
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:43210/callback',
    code_challenge_method: 'S256',
    scope: 'confluence:read confluence:write',
    state: 'st4te',
    resource: `${origin}/api/mcp`,
    ...o,
  };
  const filled = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  return `${origin}/oauth/authorize?${new URLSearchParams(filled)}`;
}

/** Asks the token endpoint. */
export async function tokenCall(
  origin: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** A whole authorization by hand. */
export async function tokensFor(
  origin: string,
  user: User,
  choice: Choice = {},
  query: Record<string, string | null> = {},
) {
  const { body } = await register(origin);
  const clientId = String(body.client_id);
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(origin, { client_id: clientId, code_challenge: challenge, ...query });
  const back = await consent(new Browser(), url, user, choice);
  const code = back.searchParams.get('code') ?? '';
  const exchange = (more: Record<string, string> = {}) =>
    tokenCall(origin, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      code_verifier: verifier,
      redirect_uri: 'http://127.0.0.1:43210/callback',
      resource: `${origin}/api/mcp`,
      ...more,
    });
  return { clientId, code, verifier, back, exchange };
}

/** One JSON-RPC message with a token. */
export async function call(
  origin: string,
  token: string | null,
  method = 'tools/list',
  params: Record<string, unknown> = {},
): Promise<{ status: number; challenge: string; text: string }> {
  const response = await fetch(`${origin}/api/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate') ?? '',
    text: await response.text(),
  };
}
