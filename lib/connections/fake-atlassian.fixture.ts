import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Site = { id: string; name: string; url: string; scopes: string[] };

/** Atlassian's token endpoint, sites and profile on loopback, for tests; rotating refresh tokens without leeway. */
export type FakeAtlassian = {
  url: string;
  /** `grant_type` of each token request, and `METHOD path authorization` of the others. */
  seen: string[];
  sites: Site[];
  /** Makes the next codes and refresh tokens live this many seconds. */
  expiresIn: number;
  /** The token endpoint refuses every refresh token, or answers with a status. */
  trouble: { dead: boolean; status: number | null; noMe: boolean; noBasic?: boolean; noApi?: boolean };
  /** Consents to an authorise URL and gives the code. */
  consent: (authorizeUrl: string) => { code: string; state: string };
  close: () => Promise<void>;
};

export async function startFakeAtlassian(): Promise<FakeAtlassian> {
  const codes = new Map<string, { challenge: string; scope: string }>();
  const refreshTokens = new Map<string, string>();
  const accessTokens = new Set<string>();
  let count = 0;
  const fake: Omit<FakeAtlassian, 'url' | 'close'> = {
    seen: [],
    sites: [
      {
        id: 'cloud-1',
        name: 'Halden',
        url: 'https://halden.atlassian.net',
        scopes: ['read:page:confluence'],
      },
    ],
    expiresIn: 3600,
    trouble: { dead: false, status: null, noMe: false },
    consent: (text) => {
      const query = new URL(text).searchParams;
      const code = `code-${++count}`;
      codes.set(code, { challenge: query.get('code_challenge') ?? '', scope: query.get('scope') ?? '' });
      return { code, state: query.get('state') ?? '' };
    },
  };
  const reply = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  function issue(response: ServerResponse, scope: string): void {
    const access = `at-${++count}`;
    const refresh = `rt-${++count}`;
    accessTokens.add(`Bearer ${access}`);
    refreshTokens.set(refresh, scope);
    reply(response, 200, { access_token: access, refresh_token: refresh, expires_in: fake.expiresIn, scope });
  }

  function token(response: ServerResponse, body: Record<string, string>): void {
    fake.seen.push(body.grant_type ?? '');
    if (fake.trouble.status !== null) return void reply(response, fake.trouble.status, {});
    if (body.client_secret !== 'sandbox-secret') return void reply(response, 401, { error: 'access_denied' });
    if (body.grant_type === 'authorization_code') {
      const known = codes.get(body.code ?? '');
      codes.delete(body.code ?? '');
      const challenge = createHash('sha256')
        .update(body.code_verifier ?? '')
        .digest('base64url');
      if (known !== undefined && known.challenge === challenge) {
        issue(response, known.scope);
        return;
      }
    } else {
      const scope = refreshTokens.get(body.refresh_token ?? '');
      refreshTokens.delete(body.refresh_token ?? '');
      if (scope !== undefined && !fake.trouble.dead) return void setTimeout(() => issue(response, scope), 30);
    }
    reply(response, 403, { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' });
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (path === '/oauth/token') return token(response, JSON.parse(Buffer.concat(chunks).toString()));
      fake.seen.push(`${request.method} ${path} ${request.headers.authorization?.split(' ')[0]}`);
      const authorized =
        accessTokens.has(request.headers.authorization ?? '') ||
        (!fake.trouble.noBasic && (request.headers.authorization ?? '').startsWith('Basic '));
      const cloudId = /^\/ex\/confluence\/([^/]+)/.exec(path)?.[1];
      const elsewhere = cloudId !== undefined && !fake.sites.some(({ id }) => id === cloudId);
      const shut = elsewhere || (fake.trouble.noApi === true && path.startsWith('/ex/'));
      if (!authorized || shut) return reply(response, 401, { code: 401, message: 'Unauthorized' });
      if (path === '/oauth/token/accessible-resources') return reply(response, 200, fake.sites);
      if (path === '/me' && fake.trouble.noMe) return reply(response, 403, {});
      if (path === '/me')
        return reply(response, 200, {
          account_id: 'acc-ada',
          name: 'Ada Moreno',
          email: 'ada@halden.example',
        });
      if (path.endsWith('/user/current'))
        return reply(response, 200, {
          type: 'known',
          accountId: 'acc-ada',
          displayName: 'Ada Moreno',
          email: '',
        });
      return reply(response, 200, { results: [] });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
