import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDatabase, connectionOf, database } from '#db';
import { getPages } from '#lib/confluence';
import { type FakeAtlassian, startFakeAtlassian } from './fake-atlassian.fixture.ts';
import {
  beginAuthorization,
  completeAuthorization,
  connectDemoPerson,
  connectionView,
  disconnect,
  open,
  openConnection,
  scopesNeeded,
  seal,
  selectSite,
  storeConnection,
} from './index.ts';
import { sealSecret } from './tokens.ts';

let atlassian: FakeAtlassian;

beforeAll(async () => {
  atlassian = await startFakeAtlassian();
  process.env.ATLASSIAN_AUTH_URL = atlassian.url;
  process.env.ATLASSIAN_API_URL = atlassian.url;
  process.env.CONFAB_SANDBOX_CONNECTED = '1';
  const db = await database();
  for (const id of ['ada', 'ben', 'cy']) {
    const row = { id, name: id, email: `${id}@halden.example`, role: 'member' as const, password_hash: null };
    await db
      .insertInto('users')
      .values({ ...row, atlassian_account_id: null, demo_key: null, created_at: 1, disabled_at: null })
      .execute();
  }
});
afterAll(async () => {
  await closeDatabase();
  await atlassian.close();
});
beforeEach(async () => {
  atlassian.seen.length = 0;
  atlassian.expiresIn = 3600;
  atlassian.trouble = { dead: false, status: null, noMe: false };
  atlassian.sites = [
    { id: 'cloud-1', name: 'Halden', url: 'https://halden.atlassian.net', scopes: ['read:page:confluence'] },
  ];
  for (const id of ['ada', 'ben', 'cy']) await disconnect(id);
});

async function begin(userId: string, returnTo = '/c/1') {
  const { url, browserToken } = await beginAuthorization({ purpose: 'connect', userId, returnTo });
  return { url, browserToken, ...atlassian.consent(url) };
}

async function connect(userId: string): Promise<void> {
  const { code, state, browserToken } = await begin(userId);
  const { authorized } = await completeAuthorization({ code, state, browserToken, sessionUserId: userId });
  await storeConnection(userId, authorized);
}

/** Lets the stored access token look old. */
async function age(userId: string): Promise<void> {
  await (await database())
    .updateTable('connections')
    .set({ access_expires_at: Date.now() + 5_000 })
    .where('user_id', '=', userId)
    .execute();
}

test('the authorise address carries what Atlassian asks for, and a fresh state each time', async () => {
  const one = new URL((await beginAuthorization({ purpose: 'connect', userId: 'ada', returnTo: '/' })).url);
  const two = new URL((await beginAuthorization({ purpose: 'connect', userId: 'ada', returnTo: '/' })).url);
  expect(Object.fromEntries(one.searchParams)).toMatchObject({
    audience: 'api.atlassian.com',
    client_id: 'sandbox-client',
    response_type: 'code',
    prompt: 'consent',
    redirect_uri: 'http://localhost:3000/api/atlassian/callback',
    code_challenge_method: 'S256',
  });
  const scopes = one.searchParams.get('scope')?.split(' ') ?? [];
  expect(scopesNeeded.filter((scope) => !scopes.includes(scope))).toEqual([]);
  expect(scopes).toContain('offline_access');
  expect(scopes.length).toBeLessThan(50);
  expect(one.searchParams.get('state')).not.toBe(two.searchParams.get('state'));
  expect(one.searchParams.get('state')?.length).toBe(43);
});

test('a connection is made, viewed, used and forgotten; no secret is stored in clear', async () => {
  const { code, state, browserToken } = await begin('ada', '/c/42?x=1');
  const done = await completeAuthorization({ code, state, browserToken, sessionUserId: 'ada' });
  expect(done).toMatchObject({ purpose: 'connect', returnTo: '/c/42?x=1', userId: 'ada' });
  expect(JSON.stringify(done)).not.toMatch(/\bat-\d|\brt-\d/);
  await storeConnection('ada', done.authorized);
  expect(await connectionView('ada')).toMatchObject({
    mode: 'oauth',
    status: 'active',
    account: { id: 'acc-ada' },
    site: { id: 'cloud-1' },
  });
  const row = await connectionOf(await database(), 'ada');
  expect(JSON.stringify(row)).not.toMatch(/\bat-\d|\brt-\d/);
  const { connection, confluence } = await openConnection('ada');
  expect(connection).toMatchObject({
    userId: 'ada',
    account: { name: 'Ada Moreno' },
    site: { name: 'Halden' },
  });
  await expect(getPages(confluence)).resolves.toEqual({ results: [] });
  expect(atlassian.seen.at(-1)).toBe('GET /ex/confluence/cloud-1/wiki/api/v2/pages Bearer');
  await disconnect('ada');
  expect(await connectionView('ada')).toBeNull();
  await expect(openConnection('ada')).rejects.toMatchObject({
    code: 'needs_connection',
    data: { reason: 'not_connected' },
  });
});

test('reconnecting the same account keeps the id of the connection', async () => {
  await connect('ada');
  const first = (await openConnection('ada')).connection.id;
  await connect('ada');
  expect((await openConnection('ada')).connection.id).toBe(first);
});

test('without read:me the site says who it is', async () => {
  atlassian.trouble.noMe = true;
  await connect('ada');
  expect((await connectionView('ada'))?.account).toMatchObject({
    id: 'acc-ada',
    name: 'Ada Moreno',
    email: null,
  });
});

test('among several sites the person chooses; sites without Confluence do not count', async () => {
  atlassian.sites = [
    { id: 'c1', name: 'One', url: 'https://one.atlassian.net', scopes: ['read:jira-work'] },
    { id: 'c1', name: 'One', url: 'https://one.atlassian.net', scopes: ['read:page:confluence'] },
    { id: 'c2', name: 'Two', url: 'https://two.atlassian.net', scopes: ['read:confluence-content.all'] },
    { id: 'c3', name: 'Jira only', url: 'https://three.atlassian.net', scopes: ['read:jira-work'] },
  ];
  await connect('ada');
  expect(await connectionView('ada')).toMatchObject({
    status: 'no_site',
    site: null,
    sites: [{ id: 'c1' }, { id: 'c2' }],
  });
  await expect(openConnection('ada')).rejects.toMatchObject({
    code: 'needs_connection',
    data: { reason: 'no_site' },
  });
  await expect(selectSite('ada', 'c3')).rejects.toMatchObject({ code: 'not_found' });
  await selectSite('ada', 'c2');
  expect((await openConnection('ada')).connection.site).toEqual({
    id: 'c2',
    name: 'Two',
    url: 'https://two.atlassian.net',
  });
  await connect('ada');
  expect((await connectionView('ada'))?.site?.id).toBe('c2');
});

test('a state works once, in its browser, for its user, for ten minutes', async () => {
  const used = await begin('ada');
  await completeAuthorization({ ...used, sessionUserId: 'ada' });
  await expect(completeAuthorization({ ...used, sessionUserId: 'ada' })).rejects.toMatchObject({
    code: 'invalid_input',
  });

  const foreign = await begin('ada');
  const other = await begin('ada');
  await expect(
    completeAuthorization({ ...foreign, browserToken: other.browserToken, sessionUserId: 'ada' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  // Presenting it wrongly has used it up.
  await expect(completeAuthorization({ ...foreign, sessionUserId: 'ada' })).rejects.toMatchObject({
    code: 'invalid_input',
  });

  const bens = await begin('ben');
  await expect(completeAuthorization({ ...bens, sessionUserId: 'ada' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const nobody = await begin('ben');
  await expect(completeAuthorization({ ...nobody, sessionUserId: null })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const noCookie = await begin('ben');
  await expect(
    completeAuthorization({ ...noCookie, browserToken: undefined, sessionUserId: 'ben' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(
    completeAuthorization({ code: 'x', browserToken: 'x', sessionUserId: 'ada' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });

  const late = await begin('ada');
  await (await database())
    .updateTable('oauth_states')
    .set({ expires_at: Date.now() - 1 })
    .where('used_at', 'is', null)
    .execute();
  await expect(completeAuthorization({ ...late, sessionUserId: 'ada' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(atlassian.seen.filter((line) => line === 'authorization_code')).toHaveLength(1);
});

test('twenty parallel callbacks with one state exchange the code once', async () => {
  const one = await begin('ada');
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => completeAuthorization({ ...one, sessionUserId: 'ada' })),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(atlassian.seen.filter((line) => line === 'authorization_code')).toHaveLength(1);
});

test('a refused consent says so and where to go', async () => {
  const { state, browserToken } = await begin('ada', '/c/9');
  await expect(
    completeAuthorization({ state, browserToken, error: 'access_denied', sessionUserId: 'ada' }),
  ).rejects.toMatchObject({
    code: 'needs_connection',
    data: { returnTo: '/c/9' },
  });
});

test('signing in needs no session', async () => {
  const { url, browserToken } = await beginAuthorization({ purpose: 'sign_in', userId: null, returnTo: '/' });
  const done = await completeAuthorization({ ...atlassian.consent(url), browserToken, sessionUserId: null });
  expect(done).toMatchObject({
    purpose: 'sign_in',
    userId: null,
    authorized: { profile: { accountId: 'acc-ada', email: 'ada@halden.example' } },
  });
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example',
  'http:evil.example',
  'javascript:alert(1)',
  '',
  'c/1',
  ' /c/1',
  '/\t/evil.example',
  '/c/1\n',
  '/..//evil.example',
  '/./\\evil',
  '/%2e%2e//evil.example',
  '/.//evil.example',
  '/\u0000',
  'data:text/html,x',
  '/c d',
  '@evil.example',
  '///evil.example',
  '/\u2028x',
])('returning to %j is refused', async (returnTo) => {
  await expect(beginAuthorization({ purpose: 'connect', userId: 'ada', returnTo })).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

test.each([
  '/',
  '/c/abc',
  '/c/abc?x=1&y=//z#part',
  '/settings/connections',
  '/connect?returnTo=https%3A%2F%2Fevil.example',
])('returning to %j is fine', async (returnTo) => {
  const { url, browserToken } = await beginAuthorization({ purpose: 'connect', userId: 'ada', returnTo });
  const done = await completeAuthorization({ ...atlassian.consent(url), browserToken, sessionUserId: 'ada' });
  expect(done.returnTo).toBe(returnTo);
});

test('twenty parallel callers with an old token make one refresh', async () => {
  await connect('ada');
  await age('ada');
  const opened = await Promise.all(Array.from({ length: 20 }, () => openConnection('ada')));
  expect(atlassian.seen.filter((line) => line === 'refresh_token')).toHaveLength(1);
  await Promise.all(opened.map(({ confluence }) => getPages(confluence)));
  expect(atlassian.seen.filter((line) => line === 'refresh_token')).toHaveLength(1);
  await age('ada');
  await openConnection('ada');
  expect(atlassian.seen.filter((line) => line === 'refresh_token')).toHaveLength(2);
});

test('an access token that Atlassian refuses early is refreshed once for all', async () => {
  await connect('ada');
  const { confluence } = await openConnection('ada');
  const db = await database();
  const secret = sealSecret('ada', { accessToken: 'withdrawn', refreshToken: null });
  const kept = (await connectionOf(db, 'ada'))?.secret ?? '';
  const { accessToken: _old, ...rest } = JSON.parse(open({ owner: 'ada', purpose: 'connection' }, kept)) as {
    accessToken: string;
    refreshToken: string;
  };
  expect(secret).not.toBe(kept);
  await db
    .updateTable('connections')
    .set({ secret: sealSecret('ada', { accessToken: 'withdrawn', ...rest }) })
    .execute();
  await Promise.all(Array.from({ length: 10 }, () => getPages(confluence)));
  expect(atlassian.seen.filter((line) => line === 'refresh_token')).toHaveLength(1);
});

test('a dead refresh token ends the connection until the person connects again', async () => {
  await connect('ada');
  await age('ada');
  atlassian.trouble.dead = true;
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => openConnection('ada')));
  for (const result of results)
    expect(result).toMatchObject({ reason: { code: 'reconnect', data: { reason: 'expired' } } });
  expect((await connectionView('ada'))?.status).toBe('expired');
  await expect(openConnection('ada')).rejects.toMatchObject({ code: 'reconnect' });
  expect(atlassian.seen.filter((line) => line === 'refresh_token')).toHaveLength(1);
  atlassian.trouble.dead = false;
  await connect('ada');
  expect((await openConnection('ada')).connection.userId).toBe('ada');
});

test('when another process has rotated the tokens, its tokens count', async () => {
  await connect('ada');
  await age('ada');
  atlassian.trouble.dead = true;
  const db = await database();
  const opening = openConnection('ada');
  // The other process stores its new tokens while ours are being refused.
  await db
    .updateTable('connections')
    .set({
      secret: sealSecret('ada', { accessToken: 'at-other', refreshToken: 'rt-other' }),
      access_expires_at: Date.now() + 3_600_000,
    })
    .execute();
  await expect(opening).resolves.toMatchObject({ connection: { userId: 'ada' } });
  expect((await connectionView('ada'))?.status).toBe('active');
});

test('an outage of the token service does not end a connection, and a token with seconds left is used', async () => {
  await connect('ada');
  await age('ada');
  atlassian.trouble.status = 503;
  await expect(openConnection('ada')).resolves.toMatchObject({ connection: { userId: 'ada' } });
  await (await database())
    .updateTable('connections')
    .set({ access_expires_at: Date.now() - 1 })
    .execute();
  await expect(openConnection('ada')).rejects.toMatchObject({ code: 'atlassian_unavailable' });
  expect((await connectionView('ada'))?.status).toBe('active');
});

test('a ciphertext opens for its owner and purpose only, and not when altered', async () => {
  const sealed = seal({ owner: 'ada', purpose: 'connection' }, 'secret');
  expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
  expect(seal({ owner: 'ada', purpose: 'connection' }, 'secret')).not.toBe(sealed);
  expect(open({ owner: 'ada', purpose: 'connection' }, sealed)).toBe('secret');
  const wrong = [
    () => open({ owner: 'ben', purpose: 'connection' }, sealed),
    () => open({ owner: 'ada', purpose: 'verifier' }, sealed),
    () => open({ owner: 'ada', purpose: 'connection' }, sealed.replace(/^v1/, 'v2')),
    () =>
      open(
        { owner: 'ada', purpose: 'connection' },
        sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
      ),
    () => open({ owner: 'ada', purpose: 'connection' }, 'nonsense'),
  ];
  for (const attempt of wrong) expect(attempt).toThrow(/cannot be read/);
});

test('rows whose secrets were swapped refuse to open', async () => {
  await connect('ada');
  await connect('ben');
  const db = await database();
  const bens = (await connectionOf(db, 'ben'))?.secret ?? '';
  await db.updateTable('connections').set({ secret: bens }).where('user_id', '=', 'ada').execute();
  await expect(openConnection('ada')).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('cannot be read'),
  });
});

test('a demo person is connected with the token of the sandbox', async () => {
  expect(await connectDemoPerson({ id: 'cy', email: 'cy@halden.example' })).toBe(false);
  expect(await connectDemoPerson({ id: 'ada', email: 'ada@halden.example' })).toBe(true);
  expect(await connectDemoPerson({ id: 'ada', email: 'ada@halden.example' })).toBe(false);
  expect(await connectionView('ada')).toMatchObject({
    mode: 'api_token',
    status: 'active',
    site: { url: 'http://localhost:3001' },
  });
  const { confluence } = await openConnection('ada');
  await getPages(confluence);
  expect(atlassian.seen.at(-1)).toBe('GET /wiki/api/v2/pages Basic');
  atlassian.trouble.noBasic = true;
  await expect(getPages(confluence)).rejects.toMatchObject({
    code: 'reconnect',
    data: { reason: 'revoked' },
  });
  expect((await connectionView('ada'))?.status).toBe('revoked');
});

test('a connection whose renewed tokens are refused too has ended; a newer consent is left alone', async () => {
  await connect('ada');
  const { confluence } = await openConnection('ada');
  atlassian.trouble.noApi = true;
  await expect(getPages(confluence)).rejects.toMatchObject({ code: 'reconnect' });
  expect((await connectionView('ada'))?.status).toBe('revoked');
  const asked = atlassian.seen.length;
  await expect(openConnection('ada')).rejects.toMatchObject({
    code: 'reconnect',
    data: { reason: 'revoked' },
  });
  expect(atlassian.seen.length).toBe(asked);
  await connect('ada');
  expect((await connectionView('ada'))?.status).toBe('active');
});

test('work that still runs when the person connects anew to another site ends plainly and spoils nothing', async () => {
  await connect('ada');
  const { confluence } = await openConnection('ada');
  atlassian.sites = [
    { id: 'cloud-2', name: 'Labs', url: 'https://labs.atlassian.net', scopes: ['read:page:confluence'] },
  ];
  await connect('ada');
  await expect(getPages(confluence)).rejects.toMatchObject({ code: 'conflict' });
  expect((await connectionView('ada'))?.status).toBe('active');
  await getPages((await openConnection('ada')).confluence);
});
