import { expect, test } from 'vitest';
import { spaceRoles } from '../space-roles.ts';
import { accountIds, connect, robotics, send, startTest } from '../test-site.ts';

type Who = 'ada' | 'ben';

async function site() {
  const { url } = await startTest();
  const ask = (method: string, path: string, body?: unknown, as: Who = 'ada') =>
    send(`${url}${path}`, { as, method, body });
  return {
    url,
    v1: (method: string, path: string, body?: unknown, as: Who = 'ada') =>
      ask(method, `/wiki/rest/api${path}`, body, as),
    v2: (method: string, path: string, body?: unknown, as: Who = 'ada') =>
      ask(method, `/wiki/api/v2${path}`, body, as),
    labs: (method: string, path: string, body?: unknown) => ask(method, `/labs/wiki${path}`, body),
  };
}
const message = (answer: { body: unknown }) => (answer.body as { message: string }).message;
const limit = (accountId: string) => [
  { operation: 'read', restrictions: { user: [{ type: 'known', accountId }], group: [] } },
];

test('a private space is seen by its maker alone; a taken key is a 400, also where its space is hidden', async () => {
  const { v1, v2 } = await site();
  const made = await v1('POST', '/space/_private', { name: 'Drafts', key: 'DR' }, 'ben');
  expect(made.status).toBe(200);
  const { id } = made.body as { id: number };
  expect((await v2('GET', `/spaces/${id}`, undefined, 'ben')).status).toBe(200);
  expect((await v2('GET', `/spaces/${id}`)).status).toBe(404);
  const again = await v1('POST', '/space', { name: 'Other', key: 'dr' });
  expect([again.status, message(again)]).toEqual([400, expect.stringContaining('already exists')]);
  expect((await v1('PUT', '/space/DR', { name: 'Mine' })).status).toBe(404);
});

test('deleting a space is a long task whose link lacks /wiki; the space is gone when it has finished', async () => {
  const { url, v1, v2 } = await site();
  expect((await v1('DELETE', '/space/ENG', undefined, 'ben')).status).toBe(404);
  const begun = await v1('DELETE', '/space/ENG');
  expect(begun.status).toBe(202);
  const { id, links } = begun.body as { id: string; links: { status: string } };
  expect(links.status).toBe(`/rest/api/longtask/${id}`);
  await expect
    .poll(async () => ((await v1('GET', `/longtask/${id}`)).body as { finished: boolean }).finished)
    .toBe(true);
  expect((await v2('GET', '/spaces/1001')).status).toBe(404);
  expect((await v2('GET', '/pages/100200')).status).toBe(404);
  const found = (await send(`${url}/wiki/rest/api/search?cql=type=space`, { as: 'ada' })).body as {
    results: { space: { key: string } }[];
  };
  expect(found.results.map((one) => one.space.key)).toEqual(['HR']);
});

test('restrictions have effect at once, on what is below too; edit limits do not pass down', async () => {
  const { v1, v2 } = await site();
  const status = async (id: string) => (await v2('GET', `/pages/${id}`, undefined, 'ben')).status;
  expect(await status('100210')).toBe(200);
  expect((await v1('PUT', '/content/100200/restriction', limit(accountIds.ada))).status).toBe(200);
  expect([await status('100200'), await status('100210')]).toEqual([404, 404]);
  expect((await v1('DELETE', '/content/100200/restriction')).status).toBe(200);
  expect(await status('100210')).toBe(200);
  const one = `/content/100200/restriction/byOperation/update/user?accountId=${accountIds.ada}`;
  expect((await v1('PUT', one)).status).toBe(200);
  const check = (id: string) =>
    v1('POST', `/content/${id}/permission/check`, {
      subject: { type: 'user', identifier: accountIds.ben },
      operation: 'update',
    });
  expect((await check('100200')).body).toMatchObject({ hasPermission: false });
  expect((await check('100210')).body).toMatchObject({ hasPermission: true });
  expect((await v1('PUT', '/content/100200/restriction', limit(accountIds.ben), 'ben')).status).toBe(403);
  expect((await v1('DELETE', one)).status).toBe(200);
  expect((await v1('DELETE', one)).status).toBe(404);
});

test('others are checked by site admins only; groups too', async () => {
  const { v1 } = await site();
  const check = (subject: object, as: Who = 'ada') =>
    v1('POST', '/content/200100/permission/check', { subject, operation: 'read' }, as);
  expect((await check({ type: 'group', identifier: 'g-hr' })).body).toMatchObject({ hasPermission: true });
  expect((await check({ type: 'group', identifier: 'g-contractors' })).body).toMatchObject({
    hasPermission: false,
  });
  const others = await v1(
    'POST',
    '/content/100200/permission/check',
    { subject: { type: 'user', identifier: accountIds.ada }, operation: 'read' },
    'ben',
  );
  expect(others.status).toBe(403);
});

test('roles: given and taken with effect at once, all or nothing, never without an admin', async () => {
  const { v2 } = await site();
  const ben = { principalType: 'USER', principalId: accountIds.ben };
  const ada = { principalType: 'USER', principalId: accountIds.ada };
  const set = (body: unknown, as: Who = 'ada') => v2('POST', '/spaces/1008/role-assignments', body, as);
  const sees = async () => (await v2('GET', '/pages/200100', undefined, 'ben')).status;
  expect((await set([{ principal: ben, roleId: spaceRoles.viewer.id }], 'ben')).status).toBe(404);
  expect((await set([{ principal: ben, roleId: spaceRoles.viewer.id }])).status).toBe(200);
  expect(await sees()).toBe(200);
  expect((await set([{ principal: ben }, { principal: ada }])).status).toBe(400);
  expect(await sees()).toBe(200);
  expect((await set([{ principal: ben }])).status).toBe(200);
  expect(await sees()).toBe(404);
});

test('classic permissions: apps are refused whatever their scopes; a person may, where there are no roles', async () => {
  const { url, v1, labs } = await site();
  const { access_token } = await connect(url, {
    scope: 'read:space.permission:confluence write:space.permission:confluence',
  });
  const body = {
    subject: { type: 'user', identifier: accountIds.ben },
    operation: { key: 'read', target: 'space' },
  };
  const byApp = await send(`${url}/ex/confluence/${robotics}/wiki/rest/api/space/ENG/permission`, {
    token: access_token,
    method: 'POST',
    body,
  });
  expect([byApp.status, message(byApp)]).toEqual([403, expect.stringContaining('Apps cannot access')]);
  expect((await v1('POST', '/space/ENG/permission', body)).status).toBe(400);
  expect((await labs('GET', '/api/v2/space-role-mode')).body).toEqual({ mode: 'PRE_ROLES' });
  expect((await labs('GET', '/api/v2/space-roles')).status).toBe(404);
  const held = (await labs('GET', '/api/v2/spaces/5001/permissions?limit=250')).body as {
    results: { id: string; operation: { key: string } }[];
  };
  const admin = held.results.find((one) => one.operation.key === 'administer');
  const last = await labs('DELETE', `/rest/api/space/LAB/permission/${admin?.id}`);
  expect([last.status, message(last)]).toEqual([
    400,
    expect.stringContaining('All of the admin permissions'),
  ]);
});

test('watches need the header against forged requests, and an admin for others', async () => {
  const { url, v1 } = await site();
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { index_lag_ms: 0 } });
  const path = `${url}/wiki/rest/api/user/watch/content/100200`;
  const watch = (
    as: Who,
    query = '',
    headers: Record<string, string> = { 'x-atlassian-token': 'no-check' },
  ) =>
    fetch(`${path}${query}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${as}@halden.example:sandbox-token-${as}`)}`, ...headers },
    });
  expect((await watch('ben', '', {})).status).toBe(403);
  expect((await watch('ben')).status).toBe(204);
  expect((await watch('ben', `?accountId=${accountIds.ada}`)).status).toBe(403);
  expect((await watch('ada', `?accountId=${accountIds.john}`)).status).toBe(204);
  const list = (await v1('GET', '/content/100200/notification/child-created')).body as {
    results: { watcher: { displayName: string } }[];
  };
  expect(list.results.map((one) => one.watcher.displayName)).toEqual(['Ben Okafor', 'John Smith']);
  const mine = await v1('GET', '/user/watch/content/100200', undefined, 'ben');
  expect(mine.body).toEqual({ watching: true });
  const found = (await v1('GET', '/search?cql=watcher=currentUser()', undefined, 'ben')).body as {
    results: { content: { id: string } }[];
  };
  expect(found.results.map((one) => one.content.id)).toEqual(['100200']);
});
