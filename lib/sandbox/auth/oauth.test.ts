import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { askToken, connect, consent, labs, robotics, send, startTest, type Tokens } from '../test-site.ts';

test('a consent gives a code, tokens, the chosen sites and who the person is', async () => {
  const { url } = await startTest();
  const callback = await consent(url, { sites: [robotics, labs] });
  expect(callback.origin + callback.pathname).toBe('http://localhost:9/callback');
  expect(callback.searchParams.get('state')).toBe('state-1');
  const code = callback.searchParams.get('code') ?? '';
  const first = await askToken(url, { grant_type: 'authorization_code', code });
  const tokens = first.body as Tokens;
  expect(tokens.expires_in).toBe(3600);
  expect(tokens.refresh_token).toMatch(/^sbx_rt_/);

  const again = await askToken(url, { grant_type: 'authorization_code', code });
  expect([again.status, again.body]).toEqual([
    403,
    { error: 'invalid_grant', error_description: 'Invalid authorization code' },
  ]);

  const sites = await send(`${url}/oauth/token/accessible-resources`, { token: tokens.access_token });
  expect(sites.body).toMatchObject([
    { id: robotics, name: 'Halden Robotics', url },
    { id: labs, name: 'Halden Labs', url: `${url}/labs` },
  ]);
  const me = await send(`${url}/me`, { token: tokens.access_token });
  expect(me.body).toMatchObject({ email: 'ada@halden.example', account_id: '712020:ada' });
});

test('cancelling goes back with access_denied and the state', async () => {
  const { url } = await startTest();
  const callback = await consent(url, { decision: 'cancel' });
  expect(callback.searchParams.get('error')).toBe('access_denied');
  expect(callback.searchParams.get('state')).toBe('state-1');
});

test('a site that was not chosen is out of reach', async () => {
  const { url } = await startTest();
  const { access_token } = await connect(url, { sites: [robotics] });
  expect(
    (await send(`${url}/ex/confluence/${robotics}/wiki/api/v2/spaces`, { token: access_token })).status,
  ).toBe(200);
  const other = await send(`${url}/ex/confluence/${labs}/wiki/api/v2/spaces`, { token: access_token });
  expect([other.status, other.body]).toEqual([401, { code: 401, message: 'Unauthorized' }]);
});

test('refresh tokens rotate; the old one still works within the leeway, a made-up one never', async () => {
  const { url } = await startTest();
  const tokens = await connect(url);
  const refresh_token = tokens.refresh_token ?? '';
  const second = (await askToken(url, { grant_type: 'refresh_token', refresh_token })).body as Tokens;
  expect(second.refresh_token).not.toBe(refresh_token);
  expect((await askToken(url, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
  const dead = await askToken(url, { grant_type: 'refresh_token', refresh_token: 'sbx_rt_nope' });
  expect(dead.status).toBe(403);
  expect(dead.body).toEqual({
    error: 'invalid_grant',
    error_description: 'Unknown or invalid refresh token.',
  });
});

test('without offline_access there is no refresh token', async () => {
  const { url } = await startTest();
  expect(await connect(url, { scope: 'read:page:confluence' })).not.toHaveProperty('refresh_token');
});

test('a wrong client secret is refused', async () => {
  const { url } = await startTest();
  const answer = await askToken(url, {
    grant_type: 'refresh_token',
    refresh_token: 'x',
    client_secret: 'wrong',
  });
  expect([answer.status, answer.body]).toMatchObject([401, { error: 'access_denied' }]);
});

test('PKCE is honoured when sent', async () => {
  const { url } = await startTest();
  const verifier = 'a'.repeat(50);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const extra = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = async () => (await consent(url, { extra })).searchParams.get('code') ?? '';
  const grant_type = 'authorization_code';
  expect((await askToken(url, { grant_type, code: await code() })).status).toBe(403);
  expect(
    (await askToken(url, { grant_type, code: await code(), code_verifier: 'b'.repeat(50) })).status,
  ).toBe(403);
  expect((await askToken(url, { grant_type, code: await code(), code_verifier: verifier })).status).toBe(200);
});

test('a request with an unusable redirect or client is stopped on a page of its own', async () => {
  const { url } = await startTest({ client: { id: 'only-this' } });
  const ask = (more: Record<string, string>) =>
    send(
      `${url}/authorize?${new URLSearchParams({ audience: 'api.atlassian.com', client_id: 'only-this', response_type: 'code', scope: 'read:me', redirect_uri: 'http://localhost:9/cb', ...more })}`,
    );
  expect((await ask({ client_id: 'other' })).status).toBe(400);
  expect((await ask({ redirect_uri: 'javascript:alert(1)' })).status).toBe(400);
  expect((await ask({ audience: 'elsewhere' })).status).toBe(400);
  expect((await ask({ response_type: 'token' })).headers.get('location')).toContain(
    'error=unsupported_response_type',
  );
  expect((await ask({})).text).toContain('Continue as Ben Okafor');
});

test('a login hint opens the consent page of that person, with the app and what it asks for', async () => {
  const { url } = await startTest();
  const query = new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: 'my<app>',
    response_type: 'code',
    scope: 'read:page:confluence offline_access',
    redirect_uri: 'http://localhost:9/cb',
    login_hint: 'ben@halden.example',
  });
  const page = await send(`${url}/authorize?${query}`);
  expect(page.text).toContain('Ben Okafor');
  expect(page.text).toContain('>Accept</button>');
  expect(page.text).toContain('my&lt;app&gt;');
  expect(page.text).toContain('read:page:confluence');
  expect(page.text).not.toContain('Halden Labs');
});

test('a form from another origin is refused', async () => {
  const { url } = await startTest();
  const answer = await fetch(`${url}/authorize`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: new URLSearchParams({ decision: 'accept' }),
  });
  expect(answer.status).toBe(403);
});

test('a missing scope is a 401 that does not name it; basic auth has no scopes', async () => {
  const { url } = await startTest();
  const { access_token } = await connect(url, { scope: 'read:space:confluence' });
  const denied = await send(`${url}/ex/confluence/${robotics}/wiki/api/v2/pages`, { token: access_token });
  expect([denied.status, denied.body]).toEqual([
    401,
    { code: 401, message: 'Unauthorized; scope does not match' },
  ]);
  expect((await send(`${url}/wiki/api/v2/pages`, { as: 'ada' })).status).toBe(200);
  expect((await send(`${url}/labs/wiki/api/v2/pages`, { as: 'ada' })).status).toBe(200);
  expect((await send(`${url}/wiki/api/v2/pages`)).status).toBe(401);
});

test('a classic scope opens v1 but not v2', async () => {
  const { url } = await startTest();
  const { access_token } = await connect(url, { scope: 'search:confluence read:confluence-content.all' });
  const at = `${url}/ex/confluence/${robotics}/wiki`;
  expect((await send(`${at}/rest/api/search?cql=type=page`, { token: access_token })).status).toBe(200);
  expect((await send(`${at}/api/v2/pages`, { token: access_token })).status).toBe(401);
});

test('tokens live through a restart, and through a reset that does not ask for them', async () => {
  const first = await startTest();
  const { access_token } = await connect(first.url);
  await first.close();
  const second = await startTest({ dataDir: first.dataDir });
  const ask = () => send(`${second.url}/me`, { token: access_token });
  expect((await ask()).status).toBe(200);
  await send(`${second.url}/_sandbox/reset`, { method: 'POST' });
  expect((await ask()).status).toBe(200);
  await send(`${second.url}/_sandbox/reset`, { method: 'POST', body: { tokens: true } });
  expect((await ask()).status).toBe(401);
});
