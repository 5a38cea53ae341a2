import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { closeDatabase } from '#db';
import type { User } from '#lib/auth';
import { bundles, disconnect, seal, storeConnection } from '#lib/connections';

const signedIn: { user: User | null } = { user: null };

vi.mock('#lib/auth', async (original) => ({
  ...(await original<object>()),
  currentUser: async () => signedIn.user,
}));

let ada: User;

beforeEach(async () => {
  const { demoPeople } = await import('#lib/auth');
  [ada] = (await demoPeople()) as [User, User];
  signedIn.user = ada;
  await disconnect(ada.id);
});
afterAll(closeDatabase);

async function grant(scopes: readonly string[]): Promise<void> {
  await storeConnection(ada.id, {
    profile: { accountId: 'acc-ada', name: 'Ada Moreno', email: null },
    sites: [{ id: 'cloud-1', name: 'Halden', url: 'https://halden.atlassian.net' }],
    scopes: [...scopes],
    tokens: seal(
      { owner: 'acc-ada', purpose: 'authorization' },
      JSON.stringify({ accessToken: 'at', refreshToken: null, expiresAt: Date.now() + 3_600_000 }),
    ),
  });
}

/** Where a visit leads, and which scopes are asked there. */
async function visit(query: string, cookie?: string): Promise<{ url: URL; scopes: string[] }> {
  const { GET } = await import('./route.ts');
  const headers = new Headers(cookie === undefined ? [] : [['cookie', cookie]]);
  const response = await GET(new Request(`http://localhost:3000/connect?${query}`, { headers }));
  const url = new URL(response.headers.get('location') ?? 'http://nowhere.invalid');
  return { url, scopes: (url.searchParams.get('scope') ?? '').split(' ') };
}

const pages = 'write:page:confluence';
const groups = 'write:group:confluence';

test('bundles are asked with what they need, and what was granted before comes along', async () => {
  await grant([groups, ...bundles.reader.scopes]);
  const { scopes } = await visit('returnTo=/&bundles=editor');
  expect(scopes).toEqual(expect.arrayContaining([pages, 'read:page:confluence', groups]));
  expect(scopes.length).toBeLessThan(50);
});

test('exactly what was chosen: a person can also allow less', async () => {
  await grant([groups, pages, ...bundles.reader.scopes]);
  const { scopes } = await visit('returnTo=/&bundles=reader&old=only');
  expect(scopes.sort()).toEqual([...bundles.reader.scopes, 'offline_access', 'read:me'].sort());
});

test('to connect again asks what was granted, and nothing more', async () => {
  const granted = [...bundles.reader.scopes, groups];
  await grant(granted);
  const { scopes } = await visit('returnTo=/&old=again');
  expect(scopes.sort()).toEqual([...granted, 'offline_access', 'read:me'].sort());
});

test('a scope that no operation needs is not asked, whatever the address says', async () => {
  const { scopes } = await visit('returnTo=/&bundles=reader,nonsense&old=only&scopes=manage:everything,x');
  expect(scopes).not.toContain('manage:everything');
  expect(scopes).not.toContain('x');
});

test('a link made for somebody else says so and starts nothing', async () => {
  expect((await visit('returnTo=/&for=usr_other')).url.pathname).toBe('/connect/failed');
  expect((await visit(`returnTo=/&for=${ada.id}`)).url.pathname).toBe('/authorize');
});

test('signing in asks again what this browser’s person allowed last', async () => {
  signedIn.user = null;
  const { setAccessCookie } = await import('./access-cookie.ts');
  const cookie = setAccessCookie([...bundles.reader.scopes, groups, 'read:me']).split(';')[0];
  expect(cookie).toBe('confab-access=reader.admin');
  const { scopes } = await visit('returnTo=/&purpose=sign_in', cookie);
  expect(scopes).toContain(groups);
  expect(scopes).not.toContain(pages);
});
