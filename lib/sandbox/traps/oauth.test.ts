import { afterEach, expect, test, vi } from 'vitest';
import { type Answer, askToken, connect, consent, robotics, send, startTest } from '../test-site.ts';

const hour = 3_600_000;
const day = 24 * hour;

afterEach(() => {
  vi.useRealTimers();
});

/** Lets the clock of the practice site, which runs in this process, go forward. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

const invalid = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };
const refresh = (url: string, token: string | undefined) =>
  askToken(url, { grant_type: 'refresh_token', refresh_token: token ?? '' });
const renewed = (answer: Answer) => (answer.body as { refresh_token?: string }).refresh_token;

test('trap: an access token ends after an hour; a refresh token that was used dies ten minutes later with a 403', async () => {
  const { url } = await startTest();
  const { access_token: token, refresh_token } = await connect(url);
  const first = await refresh(url, refresh_token);
  expect(first.status).toBe(200);
  later(9 * 60_000);
  expect((await refresh(url, refresh_token)).status).toBe(200);
  later(2 * 60_000);
  const dead = await refresh(url, refresh_token);
  expect([dead.status, dead.body]).toEqual([403, invalid]);
  later(hour);
  expect((await send(`${url}/me`, { token })).status).toBe(401);
  expect((await refresh(url, renewed(first))).status).toBe(200);
});

test('trap: ninety days unused end a refresh token; each use starts them anew', async () => {
  const { url } = await startTest();
  const { refresh_token } = await connect(url);
  later(89 * day);
  const used = await refresh(url, refresh_token);
  expect(used.status).toBe(200);
  later(89 * day);
  const again = await refresh(url, renewed(used));
  expect(again.status).toBe(200);
  later(91 * day);
  const dead = await refresh(url, renewed(again));
  expect([dead.status, dead.body]).toEqual([403, invalid]);
});

test('trap: one site may be listed twice with the same id, once for each product', async () => {
  const { url } = await startTest();
  const { access_token: token } = await connect(url, {
    scope: 'read:page:confluence read:jira-work offline_access',
  });
  const { body } = await send(`${url}/oauth/token/accessible-resources`, { token });
  expect(body).toMatchObject([
    { id: robotics, scopes: ['read:jira-work'] },
    { id: robotics, scopes: ['read:page:confluence'] },
  ]);
});

test('trap: a code is good for the callback address it was asked with only', async () => {
  const { url } = await startTest();
  const code = (await consent(url)).searchParams.get('code') ?? '';
  const answer = await askToken(url, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://localhost:9/callback/',
  });
  expect([answer.status, answer.body]).toMatchObject([403, { error: 'invalid_grant' }]);
});

test('trap: OAuth works through the gateway alone, with /wiki in the path or without; links lead to the site', async () => {
  const { url } = await startTest();
  const { access_token: token } = await connect(url);
  const gateway = `${url}/ex/confluence/${robotics}`;
  expect((await send(`${gateway}/api/v2/pages`, { token })).status).toBe(200);
  expect((await send(`${url}/wiki/api/v2/pages`, { token })).status).toBe(401);
  const list = await send(`${gateway}/wiki/api/v2/pages?limit=1`, { token });
  const { base, next } = (list.body as { _links: { base: string; next: string } })._links;
  expect(base).toBe(`${url}/wiki`);
  expect(next).toMatch(/^\/wiki\/api\/v2\/pages\?/);
  expect((await send(`${gateway}${next}`, { token })).status).toBe(200);
});

test('trap: a token that names about eighty scopes makes the request header too large', async () => {
  const { url } = await startTest();
  const many = Array.from(
    { length: 81 },
    (_, index) => `read:thing.${'abcdefghi'[index % 9]}${'x'.repeat(index / 9)}:confluence`,
  );
  const { access_token: token } = await connect(url, { scope: ['read:page:confluence', ...many].join(' ') });
  const answer = await send(`${url}/ex/confluence/${robotics}/wiki/api/v2/pages`, { token });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Request header is too large')]);
});
