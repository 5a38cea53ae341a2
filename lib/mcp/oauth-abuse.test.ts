import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDatabase, database } from '#db';
import { consentRequest, decideConsent, demoPeople, disablePerson, listGrants, type User } from '#lib/auth';
import { oauthProvider } from '../auth/oauth/provider.ts';
import { forgetRequests } from '../auth/oauth/rate.ts';
import { hashOf } from '../auth/oauth/store.ts';
import {
  authorizeUrl,
  Browser,
  call,
  consent,
  pkce,
  register,
  startApp,
  type TestApp,
  tokenCall,
  tokensFor,
  usualConsent,
} from './oauth.fixture.ts';

let app: TestApp;
let origin: string;
let ada: User;
let ben: User;

beforeAll(async () => {
  app = await startApp();
  origin = app.origin;
  [ada, ben] = (await demoPeople()) as [User, User];
});
beforeEach(() => forgetRequests());
afterAll(async () => {
  app.server.closeAllConnections();
  app.server.close();
  await closeDatabase();
});

/** A client with an authorize address ready to be opened. */
async function asking(o: Record<string, string | null> = {}, metadata: Record<string, unknown> = {}) {
  const { body } = await register(origin, metadata);
  const clientId = String(body.client_id);
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(origin, { client_id: clientId, code_challenge: challenge, ...o });
  return { clientId, verifier, url };
}

async function consentAddress(browser: Browser, url: string): Promise<{ page: string; uid: string }> {
  const page = new URL((await browser.get(url)).headers.get('location') ?? '', url).href;
  expect(page).toContain(`${origin}/oauth/consent/`);
  return { page, uid: page.split('/').at(-1) ?? '' };
}

/** Moves a stored thing's end, and that of its grant, as if time had passed. */
async function expire(model: string, id: string): Promise<void> {
  await (await database())
    .updateTable('oauth_artefacts')
    .set({ expires_at: Date.now() - 1000 })
    .where('model', '=', model)
    .where('id_hash', '=', hashOf(model, id))
    .execute();
}

test('2 a token is refused once its time, or that of its grant, is over', async () => {
  const first = (await (await tokensFor(origin, ada)).exchange()).body.access_token ?? '';
  expect((await call(origin, first)).status).toBe(200);
  await expire('AccessToken', first);
  expect((await call(origin, first)).status).toBe(401);

  const second = await (await tokensFor(origin, ada)).exchange();
  const token = second.body.access_token ?? '';
  expect((await call(origin, token)).status).toBe(200);
  const [grant] = await listGrants(ada.id);
  await (await database())
    .updateTable('grants')
    .set({ expires_at: Date.now() })
    .where('id', '=', grant?.id ?? '')
    .execute();
  expect((await call(origin, token)).status).toBe(401);
});

test('3 a token revoked by its client is refused at once, and so are the other tokens of the grant', async () => {
  const { clientId, exchange } = await tokensFor(origin, ada);
  const { body } = await exchange();
  const other = await tokensFor(origin, ada);
  // Another client may not revoke it.
  const foreign = await fetch(`${origin}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token: body.refresh_token ?? '', client_id: other.clientId }),
  });
  expect(foreign.status).toBe(200);
  expect((await call(origin, body.access_token ?? '')).status).toBe(200);
  await fetch(`${origin}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token: body.refresh_token ?? '', client_id: clientId }),
  });
  expect((await call(origin, body.access_token ?? '')).status).toBe(401);
});

test('10 a token counts for this endpoint only: another audience, our keys and codes do not pass', async () => {
  const { exchange, code } = await tokensFor(origin, ada);
  const { body } = await exchange();
  const good = body.access_token ?? '';
  expect((await call(origin, good)).status).toBe(200);
  const provider = await oauthProvider();
  const stored = await provider.AccessToken.find(good);
  const elsewhere = new provider.AccessToken({
    ...(stored as object),
    jti: undefined,
    aud: 'https://elsewhere.example/mcp',
  } as never);
  Object.assign(elsewhere, { aud: 'https://elsewhere.example/mcp' });
  const foreign = await elsewhere.save();
  for (const wrong of [foreign, code, body.refresh_token ?? '', `${good}x`, 'eyJhbGciOiJub25lIn0.e30.']) {
    const answer = await call(origin, wrong);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(wrong);
  }
  const inPath = await fetch(`${origin}/api/mcp?access_token=${good}`, { method: 'POST', body: '{}' });
  expect(inPath.status).toBe(401);
});

test('11 the answer goes to a registered address or nowhere', async () => {
  const { clientId } = await asking();
  const { challenge } = pkce();
  for (const redirect_uri of [
    'http://127.0.0.1:43210/callback/../other',
    'http://127.0.0.1:43210/callback2',
    'http://127.0.0.1:43210/callback?x=1',
    'http://127.0.0.1:43211/callback',
    'http://user@127.0.0.1:43210/callback',
    'http://127.0.0.1:43210@evil.example/callback',
    'https://evil.example/callback',
    '//evil.example',
    'javascript:alert(1)',
    null,
  ]) {
    const url = authorizeUrl(origin, { client_id: clientId, code_challenge: challenge, redirect_uri });
    const answer = await new Browser().get(url);
    expect(answer.status, String(redirect_uri)).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(await answer.text()).toContain('This program was not connected');
  }
});

test('11 only https, loopback and the schemes of policy can be registered', async () => {
  for (const uri of [
    'http://evil.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'unlisted-scheme://callback',
    'https://user:pass@site.example/cb',
    'https://site.example/cb#fragment',
    'https:\\\\evil.example',
    'http://localhost.evil.example/cb',
    ' https://site.example/cb',
  ]) {
    const { status, body } = await register(origin, { redirect_uris: ['https://site.example/cb', uri] });
    expect(status, uri).toBe(400);
    expect(body.error).toBe('invalid_redirect_uri');
    expect(body.client_id).toBeUndefined();
  }
  for (const uri of [
    'https://claude.ai/api/mcp/auth_callback',
    'http://localhost:3118/callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
  ]) {
    expect((await register(origin, { redirect_uris: [uri] })).status, uri).toBe(201);
  }
  expect((await register(origin, { redirect_uris: [] })).status).toBe(400);
});

test('11 a loopback address registered without a port takes any port, and nothing else changes', async () => {
  const metadata = { redirect_uris: ['http://127.0.0.1/callback'] };
  const { url } = await asking({ redirect_uri: 'http://127.0.0.1:50123/callback' }, metadata);
  expect((await consent(new Browser(), url, ada)).host).toBe('127.0.0.1:50123');
  const other = await asking({ redirect_uri: 'http://127.0.0.1:50123/other' }, metadata);
  expect((await new Browser().get(other.url)).status).toBe(400);
});

test('12 a code works once: the second time fails and ends what the first time gave', async () => {
  const { exchange } = await tokensFor(origin, ada);
  const { status, body } = await exchange();
  expect(status).toBe(200);
  expect((await call(origin, body.access_token ?? '')).status).toBe(200);
  expect(await exchange()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await call(origin, body.access_token ?? '')).status).toBe(401);
});

test('12 a code used twenty times at once gives at most one working grant', async () => {
  const { exchange } = await tokensFor(origin, ada);
  const answers = await Promise.all(Array.from({ length: 20 }, () => exchange()));
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBeLessThanOrEqual(1);
  for (const { body } of given) expect((await call(origin, body.access_token ?? '')).status).toBe(401);
});

test('12 a code belongs to its client', async () => {
  const { exchange } = await tokensFor(origin, ada);
  const { clientId } = await asking();
  expect((await exchange({ client_id: clientId })).status).toBe(400);
});

test('13 PKCE: missing, plain or a wrong verifier give nothing', async () => {
  const { challenge, verifier } = pkce();
  for (const o of [
    { code_challenge: null, code_challenge_method: null },
    { code_challenge: verifier, code_challenge_method: 'plain' },
    { code_challenge: challenge, code_challenge_method: null },
  ]) {
    const { url } = await asking(o);
    const answer = await new Browser().get(url);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('error')).toBe('invalid_request');
    expect(back.searchParams.get('iss')).toBe(origin);
    expect(back.searchParams.get('code')).toBeNull();
  }
  for (const wrong of [pkce().verifier, '', 'short']) {
    const { exchange } = await tokensFor(origin, ada);
    expect((await exchange({ code_verifier: wrong })).status, wrong).toBe(400);
  }
});

test('14 a missing or foreign resource is refused before anybody is asked', async () => {
  for (const resource of [
    null,
    'https://elsewhere.example/mcp',
    'http://elsewhere.example/api/mcp',
    `${origin}/api/other`,
    `${origin}.evil.example/api/mcp`,
    `${origin}/api/mcp#x`,
    'https://api.atlassian.com',
  ]) {
    const { url } = await asking({ resource });
    const back = new URL((await new Browser().get(url)).headers.get('location') ?? '');
    expect(back.searchParams.get('error'), String(resource)).toBe('invalid_target');
  }
  const { exchange } = await tokensFor(origin, ada);
  expect(await exchange({ resource: 'https://elsewhere.example/mcp' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_target' },
  });
});

test('15 a refresh token works once: a second use ends the grant with all its tokens', async () => {
  const { clientId, exchange } = await tokensFor(origin, ada);
  const first = (await exchange()).body;
  const refresh = (token: string | undefined, id = clientId) =>
    tokenCall(origin, { grant_type: 'refresh_token', client_id: id, refresh_token: token ?? '' });
  const stranger = await asking();
  expect((await refresh(first.refresh_token, stranger.clientId)).status).toBe(400);
  const second = await refresh(first.refresh_token);
  expect(second.status).toBe(200);
  expect(second.body.refresh_token).not.toBe(first.refresh_token);
  expect((await call(origin, second.body.access_token ?? '')).status).toBe(200);
  expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  expect((await refresh(second.body.refresh_token)).body.error).toBe('invalid_grant');
  expect((await call(origin, second.body.access_token ?? '')).status).toBe(401);
});

test('15 one refresh token used twenty times at once: at most one answer, and the grant is ended', async () => {
  const { clientId, exchange } = await tokensFor(origin, ada);
  const { body } = await exchange();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      tokenCall(origin, {
        grant_type: 'refresh_token',
        client_id: clientId,
        refresh_token: body.refresh_token ?? '',
      }),
    ),
  );
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBeLessThanOrEqual(1);
  for (const { body: one } of given) expect((await call(origin, one.access_token ?? '')).status).toBe(401);
});

test('15 a refresh may ask for less, never for more', async () => {
  const { clientId, exchange } = await tokensFor(origin, ada, { tiers: ['read'] });
  const { body } = await exchange();
  const more = await tokenCall(origin, {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: body.refresh_token ?? '',
    scope: 'confluence:read confluence:destructive',
  });
  expect(more.status === 400 || !more.body.scope?.includes('destructive')).toBe(true);
});

test('16 a question is open to the browser that was sent to it, once, and for who saw it', async () => {
  const { url } = await asking();
  const browser = new Browser();
  const { page, uid } = await consentAddress(browser, url);
  const cookie = browser.cookieFor(page);
  expect(await consentRequest(cookie, uid)).not.toBeNull();
  expect(await consentRequest(null, uid)).toBeNull();
  expect(await consentRequest(cookie.replace(/\.sig=.*/, '.sig=AAAA'), uid)).toBeNull();
  const stranger = new Browser();
  const theirs = await consentAddress(stranger, (await asking()).url);
  expect(await consentRequest(stranger.cookieFor(theirs.page), uid)).toBeNull();

  const yes = { ...usualConsent, tiers: ['read' as const], person: ada.id };
  await expect(decideConsent(stranger.cookieFor(theirs.page), uid, ada, yes)).rejects.toThrow(
    /no longer open/,
  );
  await expect(decideConsent(cookie, uid, ben, yes)).rejects.toThrow(/signed in as/);
  const location = await decideConsent(cookie, uid, ada, yes);
  await expect(decideConsent(cookie, uid, ada, yes)).rejects.toThrow(/no longer open/);
  // The way back is bound to the same browser.
  expect((await stranger.get(location)).headers.get('location')).toBeNull();
  const back = new URL((await browser.get(location)).headers.get('location') ?? '');
  expect(back.searchParams.get('code')).not.toBeNull();
  expect((await browser.get(location)).headers.get('location')).toBeNull();
});

test('17 a yes to one client is no yes to another, nor to the same one again', async () => {
  const browser = new Browser();
  const first = await asking();
  expect((await consent(browser, first.url, ada)).searchParams.get('code')).not.toBeNull();
  for (const again of [first.url, (await asking()).url]) await consentAddress(browser, again);
  const silent = new URL(first.url);
  silent.searchParams.set('prompt', 'none');
  const back = new URL((await browser.get(silent.href)).headers.get('location') ?? '');
  expect(back.searchParams.get('code')).toBeNull();
  expect(back.searchParams.get('error')).toMatch(/required/);
});

test('18 nobody allows more than was asked', async () => {
  const { url } = await asking({ scope: 'confluence:read' });
  const browser = new Browser();
  const { page, uid } = await consentAddress(browser, url);
  await expect(
    decideConsent(browser.cookieFor(page), uid, ada, {
      ...usualConsent,
      tiers: ['read', 'destructive'],
      person: ada.id,
    }),
  ).rejects.toThrow(/more than the program asked/);
});

test('4 a person who was disabled is nobody: token and refresh stop', async () => {
  const { clientId, exchange } = await tokensFor(origin, ben);
  const { body } = await exchange();
  expect((await call(origin, body.access_token ?? '')).status).toBe(200);
  await disablePerson({ ...ada, role: 'admin' }, ben.id);
  expect((await call(origin, body.access_token ?? '')).status).toBe(401);
  const refreshed = await tokenCall(origin, {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: body.refresh_token ?? '',
  });
  expect(refreshed.status).toBe(400);
});

test('21 a flood of registrations ends in 429 whatever address it claims; what nobody uses is forgotten', async () => {
  const send = (address: string) =>
    fetch(`${origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ redirect_uris: ['http://127.0.0.1/cb'] }),
    });
  let refused: Response | null = null;
  for (let n = 0; n < 40 && refused === null; n += 1) {
    const answer = await send('192.0.2.1');
    if (answer.status === 429) refused = answer;
  }
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  let spoofed = 0;
  for (let n = 0; n < 400; n += 1) {
    if ((await send(`198.51.100.${n}`)).status === 429) spoofed += 1;
  }
  expect(spoofed).toBeGreaterThan(0);

  forgetRequests();
  const { clientId, url } = await asking();
  await expire('Client', clientId);
  const answer = await new Browser().get(url);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('does not know the program');
});

test('22 names and addresses of a client are shown as plain words; what could be fetched or run is not kept', async () => {
  const { body } = await register(origin, {
    client_name: 'Con\u202efab\u200b <img src=x onerror=alert(1)>\n\nAdmin',
    logo_uri: 'https://evil.example/logo.svg',
    policy_uri: 'https://evil.example/policy',
  });
  expect(body.logo_uri ?? body.policy_uri).toBeUndefined();
  const url = authorizeUrl(origin, {
    client_id: String(body.client_id),
    code_challenge: pkce().challenge,
  });
  const browser = new Browser();
  const { page, uid } = await consentAddress(browser, url);
  const ask = await consentRequest(browser.cookieFor(page), uid);
  expect(ask?.client.name).toBe('Confab <img src=x onerror=alert(1)> Admin');
  const unknown = await new Browser().get(
    authorizeUrl(origin, { client_id: '<script>alert(1)</script>', code_challenge: pkce().challenge }),
  );
  expect(await unknown.text()).not.toContain('<script>');
  const long = await register(origin, { client_name: 'x'.repeat(5000) });
  expect(long.status).toBe(400);
});

test('a grant that is revoked counts for nothing, even where a token of it is left', async () => {
  const token = (await (await tokensFor(origin, ada)).exchange()).body.access_token ?? '';
  const [grant] = await listGrants(ada.id);
  await (await database())
    .updateTable('grants')
    .set({ revoked_at: Date.now() })
    .where('id', '=', grant?.id ?? '')
    .execute();
  expect((await call(origin, token)).status).toBe(401);
});

test('a stored token that was altered or moved to another row opens nothing, and breaks nothing', async () => {
  const db = await database();
  const first = (await (await tokensFor(origin, ada)).exchange()).body.access_token ?? '';
  const second =
    (await (await tokensFor(origin, ada, { tiers: ['read'] })).exchange()).body.access_token ?? '';
  const row = await db
    .selectFrom('oauth_artefacts')
    .select('payload')
    .where('id_hash', '=', hashOf('AccessToken', second))
    .executeTakeFirstOrThrow();
  await db
    .updateTable('oauth_artefacts')
    .set(row)
    .where('id_hash', '=', hashOf('AccessToken', first))
    .execute();
  expect((await call(origin, first)).status).toBe(401);
  expect((await call(origin, second)).status).toBe(200);
});

test('a request too large, malformed or of another kind is refused plainly', async () => {
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('/oauth/register', '{"redirect_uris":')).status).toBe(400);
  expect((await post('/oauth/register', '[]')).status).toBe(400);
  expect((await post('/oauth/register', `"${'x'.repeat(100_000)}"`)).status).toBe(413);
  expect((await post('/oauth/token', 'x'.repeat(100_000), 'application/x-www-form-urlencoded')).status).toBe(
    413,
  );
  expect((await fetch(`${origin}/oauth/token`, { method: 'PUT', body: 'x' })).status).toBe(405);
  expect((await fetch(`${origin}/oauth/nothing`)).status).toBe(404);
  const { url } = await asking({ response_mode: 'form_post' });
  expect((await new Browser().get(url)).status).toBe(400);
  const forged = await fetch(`${origin}/.well-known/oauth-authorization-server`, {
    headers: {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    },
  });
  expect(JSON.stringify(await forged.json())).not.toContain('evil.example');
});
