import { expect, test } from 'vitest';
import { LEVELS } from './demo/classification.ts';
import type { Demo } from './demo/types.ts';
import { accountIds, connect, robotics, send, startTest, tinyDemo } from './test-site.ts';

const v1 = '/wiki/rest/api';
const v2 = '/wiki/api/v2';
type Audit = {
  results: { summary: string; category: string; affectedObject: { name: string } }[];
  _links: { next?: string };
};

/** The tiny site with views, an audit log and a page only Ben may read. */
function demo(): Demo {
  const made = tinyDemo();
  const site = made.sites[0];
  const home = site?.spaces[0]?.homepage;
  if (!site || !home) throw new Error('no site');
  home.views = [
    { at: 1, count: 5, distinct: 2 },
    { at: 40, count: 7, distinct: 3 },
  ];
  home.children?.push({
    id: '100700',
    title: 'Only Ben',
    versions: [{ storage: '<p>Ben</p>', author: 'ben', at: 3 }],
    readRestriction: { people: ['ben'] },
  });
  site.audit = [
    { at: 1, author: 'ada', category: 'Spaces', summary: 'Space archived', object: 'Old' },
    { at: 20, author: 'ben', category: 'Pages', summary: 'Page exported', object: 'Leave Policy' },
    { at: 200, author: 'ada', category: 'Apps', summary: 'App installed', object: 'draw.io' },
  ];
  return made;
}

test('views and viewers count from a day on; a page opened in a browser counts, a REST read does not', async () => {
  const { url } = await startTest({ demo: demo() });
  const count = async (path: string) =>
    ((await send(`${url}${v1}/analytics/content/100100/${path}`, { as: 'ada' })).body as { count: number })
      .count;
  const month = new Date(Date.now() - 30 * 86_400_000).toISOString();
  expect([await count('views'), await count(`views?fromDate=${month}`)]).toEqual([12, 5]);
  expect(await count(`viewers?fromDate=${month}`)).toBeLessThanOrEqual(2);
  await send(`${url}${v2}/pages/100100`, { as: 'ben' });
  expect(await count('views')).toBe(12);
  const signIn = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person: 'ben', query: '/wiki' }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  for (let twice = 0; twice < 2; twice++)
    await fetch(`${url}/wiki/spaces/ENG/pages/100100`, { headers: { cookie } });
  const today = new Date().toISOString();
  expect([await count(`views?fromDate=${today}`), await count(`viewers?fromDate=${today}`)]).toEqual([2, 1]);
  const bad = await send(`${url}${v1}/analytics/content/100100/views?fromDate=soon`, { as: 'ada' });
  expect(bad.status).toBe(400);
  expect((await send(`${url}${v1}/analytics/content/200100/views`, { as: 'ben' })).status).toBe(404);
});

test('trap: without the plan analytics are a 403, classification and the admin key a 404', async () => {
  const { url } = await startTest();
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { plan: 'standard' } });
  const views = await send(`${url}${v1}/analytics/content/100200/views`, { as: 'ada' });
  expect([views.status, views.text]).toEqual([403, expect.stringContaining('ViewAnalyticsRestricted')]);
  for (const path of ['classification-levels', 'admin-key'])
    expect((await send(`${url}${v2}/${path}`, { as: 'ada' })).status, path).toBe(404);
});

test('likes are told by number and by person, only to those who see what is liked', async () => {
  const made = demo();
  const popular = made.sites[0]?.spaces[0]?.homepage;
  if (!popular) throw new Error('no page');
  popular.views = Array.from({ length: 8 }, (_, week) => ({ at: 7 * week + 1, count: 60, distinct: 3 }));
  const { url } = await startTest({ demo: made });
  const read = async (path: string, as: 'ada' | 'ben' = 'ada') =>
    (await send(`${url}${v2}/pages/100100/likes/${path}`, { as })).body as {
      count: number;
      results: unknown[];
    };
  const { count } = await read('count');
  expect((await read('users')).results.length).toBe(count);
  expect((await send(`${url}${v2}/pages/100300/likes/count`, { as: 'ben' })).status).toBe(404);
  expect((await send(`${url}${v2}/footer-comments/300200/likes/count`, { as: 'ada' })).status).toBe(404);
  expect((await send(`${url}${v2}/inline-comments/300200/likes/count`, { as: 'ada' })).status).toBe(200);
});

test('the audit log: for admins only, by time and text, page by page, and it grows', async () => {
  const { url } = await startTest({ demo: demo() });
  const read = async (query: string) =>
    (await send(`${url}${v1}/audit${query}`, { as: 'ada' })).body as Audit;
  expect((await send(`${url}${v1}/audit`, { as: 'ben' })).status).toBe(403);
  expect((await read('')).results.map(({ summary }) => summary)).toEqual([
    'Space archived',
    'Page exported',
    'App installed',
  ]);
  const days = (count: number) => String(Date.now() - count * 86_400_000);
  expect((await read(`?startDate=${days(30)}&endDate=${days(10)}`)).results).toHaveLength(1);
  expect((await read('?searchString=LEAVE')).results).toHaveLength(1);
  expect((await read('?searchString=ben')).results).toHaveLength(1);
  expect((await read('/since?number=2&units=DAYS')).results).toHaveLength(1);
  const first = await read('?limit=2');
  const rest = await read(`?${first._links.next?.split('?')[1]}`);
  expect([first.results.length, rest.results.length]).toEqual([2, 1]);
  await send(`${url}${v1}/group/userByGroupId?groupId=g-contractors`, {
    method: 'POST',
    as: 'ada',
    body: { accountId: accountIds.ben },
  });
  await send(`${url}${v2}/pages/100400`, { method: 'DELETE', as: 'ada' });
  await send(`${url}${v2}/pages/100400`, { method: 'DELETE', as: 'ben' });
  const [deleted, added] = (await read('?limit=2')).results;
  expect(deleted).toMatchObject({ summary: 'Page deleted', affectedObject: { name: 'Release process' } });
  expect(added).toMatchObject({
    summary: 'User added to group',
    affectedObject: { name: 'Ben Okafor', objectType: 'User' },
    associatedObjects: [{ name: 'Contractors' }],
  });
  const csv = await send(`${url}${v1}/audit/export`, { as: 'ada' });
  expect(csv.text).toContain('"Ada Moreno","Pages","Page deleted"');
  const zip = await fetch(`${url}${v1}/audit/export?format=zip`, {
    headers: { authorization: `Basic ${btoa('ada@halden.example:sandbox-token-ada')}` },
  });
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  expect((await read('?limit=1')).results[0]).toMatchObject({ summary: 'Audit log exported' });
});

test('a level of its own, the default of the space, or none; drafts of levels cannot be used', async () => {
  const { url } = await startTest();
  const level = (path: string, as: 'ada' | 'ben' = 'ada') =>
    send(`${url}${v2}/${path}/classification-level${path.startsWith('spaces') ? '/default' : ''}`, { as });
  const put = (path: string, id: string | undefined, as: 'ada' | 'ben' = 'ada') =>
    send(`${url}${v2}/${path}/classification-level${path.startsWith('spaces') ? '/default' : ''}`, {
      method: 'PUT',
      as,
      body: { id, status: 'current' },
    });
  const [open, internal, secret, draft] = LEVELS;
  expect((await level('pages/100210')).status).toBe(404);
  expect((await put('spaces/1001', internal?.id)).status).toBe(204);
  expect((await level('pages/100210')).body).toMatchObject({ name: 'Internal' });
  expect((await put('pages/100210', secret?.id)).status).toBe(204);
  expect((await level('pages/100210')).body).toMatchObject({ name: 'Confidential' });
  const reset = await send(`${url}${v2}/pages/100210/classification-level/reset`, {
    method: 'POST',
    as: 'ada',
    body: { status: 'current' },
  });
  expect(reset.status).toBe(204);
  expect((await level('pages/100210')).body).toMatchObject({ name: 'Internal' });
  expect((await put('pages/100210', draft?.id)).status).toBe(400);
  expect((await put('pages/100210', 'unknown')).status).toBe(404);
  // Ben may read that page but not change it, and does not administer the space.
  expect((await put('pages/100400', open?.id, 'ben')).status).toBe(404);
  expect((await put('spaces/1001', open?.id, 'ben')).status).toBe(404);
});

test('trap: the admin key opens what is restricted only with its header, not in search, and never to an app', async () => {
  const { url } = await startTest({ demo: demo() });
  const authorization = `Basic ${btoa('ada@halden.example:sandbox-token-ada')}`;
  const withKey = { authorization, 'atl-confluence-with-admin-key': 'true' };
  const status = async (path: string, headers: Record<string, string> = withKey) =>
    (await fetch(`${url}${path}`, { headers })).status;
  const page = `${v2}/pages/100700`;
  expect(await status(page)).toBe(404);
  expect((await send(`${url}${v2}/admin-key`, { as: 'ben', method: 'POST' })).status).toBe(404);
  expect(
    (await send(`${url}${v2}/admin-key`, { as: 'ada', method: 'POST', body: { durationInMinutes: 61 } }))
      .status,
  ).toBe(400);
  const made = await send(`${url}${v2}/admin-key`, { as: 'ada', method: 'POST' });
  const minutes =
    (Date.parse((made.body as { expirationTime: string }).expirationTime) - Date.now()) / 60_000;
  expect(Math.round(minutes)).toBe(10);
  expect([await status(page), await status(page, { authorization })]).toEqual([200, 404]);
  const cql = encodeURIComponent('title = "Only Ben"');
  const found = await fetch(`${url}${v1}/search?cql=${cql}`, { headers: withKey });
  expect(((await found.json()) as { results: unknown[] }).results).toEqual([]);
  expect((await send(`${url}${v2}/admin-key`, { as: 'ada', method: 'DELETE' })).status).toBe(204);
  expect(await status(page)).toBe(404);
  const { access_token: token } = await connect(url);
  expect((await send(`${url}/ex/confluence/${robotics}${v2}/admin-key`, { token })).status).toBe(401);
});

test('data policies: apps are told whether something is blocked, API tokens are refused', async () => {
  const { url } = await startTest();
  const { access_token: token } = await connect(url, {
    scope: 'read:configuration:confluence read:space:confluence offline_access',
  });
  const gateway = `${url}/ex/confluence/${robotics}${v2}/data-policies`;
  expect((await send(`${gateway}/metadata`, { token })).body).toEqual({ anyContentBlocked: false });
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { blocked_spaces: ['HR'] } });
  expect((await send(`${gateway}/metadata`, { token })).body).toEqual({ anyContentBlocked: true });
  const { results } = (await send(`${gateway}/spaces`, { token })).body as { results: object[] };
  expect(results).toMatchObject([
    { key: 'ENG', dataPolicy: { anyContentBlocked: false } },
    { key: 'HR', dataPolicy: { anyContentBlocked: true } },
  ]);
  expect((await send(`${url}${v2}/data-policies/metadata`, { as: 'ada' })).status).toBe(401);
});
