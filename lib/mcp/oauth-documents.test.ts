import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDatabase } from '#db';
import { consentRequest, demoPeople, type User } from '#lib/auth';
import { documentFetch } from '../auth/oauth/document-fetch.ts';
import { buildProvider, useProvider } from '../auth/oauth/provider.ts';
import { forgetRequests } from '../auth/oauth/rate.ts';
import { startSite } from '../guarded-fetch/tls.fixture.ts';
import {
  authorizeUrl,
  Browser,
  call,
  consent,
  pkce,
  startApp,
  type TestApp,
  tokenCall,
} from './oauth.fixture.ts';

type Document = Record<string, unknown>;

let app: TestApp;
let site: Awaited<ReturnType<typeof startSite>>;
let ada: User;
const documents = new Map<string, string>();

beforeAll(async () => {
  app = await startApp();
  site = await startSite('client.test', (request, reply) => {
    const text = documents.get(request.url ?? '');
    reply.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' });
    reply.end(text ?? '');
  });
  [ada] = (await demoPeople()) as [User];
  useProvider(
    await buildProvider({
      fetch: documentFetch({
        ca: site.ca,
        allows: (address) => address === '127.0.0.1',
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      }),
    }),
  );
});
beforeEach(() => {
  forgetRequests();
  site.hits.length = 0;
});
afterAll(async () => {
  for (const server of [app.server, site.server]) {
    server.closeAllConnections();
    server.close();
  }
  await closeDatabase();
});

let count = 0;
/** Publishes a document and gives its address, which is the client's id. */
function publish(part: Document = {}): string {
  count += 1;
  const clientId = `${site.origin}/client-${count}.json`;
  const document = {
    client_id: clientId,
    client_name: 'Published client',
    redirect_uris: ['http://localhost/callback', 'https://client.test/callback'],
    token_endpoint_auth_method: 'none',
    ...part,
  };
  documents.set(`/client-${count}.json`, JSON.stringify(document));
  return clientId;
}

const open = (clientId: string, more: Record<string, string> = {}) => {
  const { verifier, challenge } = pkce();
  const redirect = 'http://localhost:50999/callback';
  const url = authorizeUrl(app.origin, {
    client_id: clientId,
    code_challenge: challenge,
    redirect_uri: redirect,
    ...more,
  });
  return { url, verifier, redirect };
};

test('20 a client known by the address of its document: shown with its site, and given a working token', async () => {
  const clientId = publish({ logo_uri: 'javascript:alert(1)' });
  const { url, verifier, redirect } = open(clientId);
  const browser = new Browser();
  const page = new URL((await browser.get(url)).headers.get('location') ?? '', url).href;
  const ask = await consentRequest(browser.cookieFor(page), page.split('/').at(-1) ?? '');
  expect(ask).toMatchObject({
    client: { name: 'Published client', publishedBy: new URL(site.origin).host },
    redirect: { kind: 'loopback', words: 'localhost:50999' },
  });
  const back = await consent(new Browser(), url, ada);
  const { status, body } = await tokenCall(app.origin, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: redirect,
    resource: `${app.origin}/api/mcp`,
  });
  expect(status).toBe(200);
  expect((await call(app.origin, body.access_token ?? '')).status).toBe(200);
  // Read once and remembered for a while.
  expect(site.hits).toHaveLength(1);
});

test('20 a document that is not the client, or breaks policy, connects nothing', async () => {
  const wrong: Document[] = [
    { client_id: 'https://elsewhere.test/client.json' },
    { redirect_uris: ['http://evil.example/callback'] },
    { redirect_uris: ['javascript:alert(1)'] },
    { redirect_uris: 'http://localhost/callback' },
    { token_endpoint_auth_method: 'client_secret_post' },
    { client_name: 'x'.repeat(60_000) },
  ];
  for (const part of wrong) {
    const answer = await new Browser().get(open(publish(part)).url);
    expect(answer.status, JSON.stringify(part).slice(0, 80)).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  }
  const missing = await new Browser().get(open(`${site.origin}/none.json`).url);
  expect(missing.status).toBe(400);
});

test('20 addresses that are not a document of the web are not fetched', async () => {
  for (const clientId of [
    `http://127.0.0.1:${site.port}/client.json`,
    `https://user@client.test:${site.port}/client.json`,
    `https://client.test:${site.port}/a/../client.json`,
    `https://client.test:${site.port}/client.json#x`,
    'file:///etc/passwd',
  ]) {
    const answer = await new Browser().get(open(clientId).url);
    expect(answer.status, clientId).toBe(400);
  }
  expect(site.hits).toEqual([]);
});

test('20 as the app really runs, a document on this machine or network is never asked for', async () => {
  const before = await buildProvider();
  useProvider(before);
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254', '10.0.0.1']) {
    const answer = await new Browser().get(open(`https://${host}:${site.port}/client-1.json`).url);
    expect(answer.status, host).toBe(400);
  }
  expect(site.hits).toEqual([]);
});
