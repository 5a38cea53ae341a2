import { expect, test } from 'vitest';
import { type Answer, accountIds, send, startTest } from '../test-site.ts';

async function site() {
  const { url } = await startTest();
  const v1 = `${url}/wiki/rest/api`;
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { index_lag_ms: 0 } });
  return {
    url,
    get: (path: string, as: 'ada' | 'ben' = 'ada') => send(`${v1}${path}`, { as }),
    call: (method: string, path: string, body?: unknown, as: 'ada' | 'ben' = 'ada') =>
      send(`${v1}${path}`, { as, method, body }),
    labels: (id: string) => send(`${url}/wiki/api/v2/pages/${id}/labels`, { as: 'ada' }),
    v2: (path: string) => send(`${url}/wiki/api/v2${path}`, { as: 'ada' }),
  };
}
const names = (answer: Answer) =>
  (answer.body as { results: { name: string }[] }).results.map((one) => one.name);
const people = (answer: Answer) =>
  (answer.body as { results: { displayName: string }[] }).results.map((one) => one.displayName);
const message = (answer: Answer) => (answer.body as { message: string }).message;

test('labels are added in lower case, found by search, and removed in both ways', async () => {
  const { get, call, labels } = await site();
  const added = await call('POST', '/content/100200/label', [{ prefix: 'global', name: 'Urgent' }]);
  expect(names(added)).toEqual(['api', 'standards', 'urgent']);
  const found = (await get('/search?cql=label=urgent')).body as { results: { content: { id: string } }[] };
  expect(found.results.map((one) => one.content.id)).toEqual(['100200']);
  expect((await call('DELETE', '/content/100200/label?name=urgent')).status).toBe(204);
  expect((await call('DELETE', '/content/100200/label/api')).status).toBe(204);
  expect(names(await labels('100200'))).toEqual(['standards']);
  expect((await call('POST', '/content/100200/label', { prefix: 'global', name: 'two words' })).status).toBe(
    400,
  );
  const refused = await call('POST', '/content/100400/label', { prefix: 'global', name: 'x' }, 'ben');
  expect([refused.status, message(refused)]).toEqual([
    403,
    expect.stringContaining('PermissionException: User not permitted'),
  ]);
});

test('groups: members, picker, and a site admin removes and adds a person', async () => {
  const { get, call } = await site();
  expect(names(await get('/group/picker?query=contr'))).toEqual(['Contractors']);
  expect(names(await get(`/user/memberof?accountId=${accountIds.john}`))).toEqual(['Contractors']);
  const where = `/group/userByGroupId?groupId=g-contractors&accountId=${accountIds.john}`;
  expect((await call('DELETE', where, undefined, 'ben')).status).toBe(403);
  expect((await call('DELETE', where)).status).toBe(204);
  expect((await call('DELETE', where)).status).toBe(204);
  expect(people(await get('/group/g-contractors/membersByGroupId'))).toEqual([]);
  const add = (as: 'ada' | 'ben') =>
    call('POST', '/group/userByGroupId?groupId=g-contractors', { accountId: accountIds.john }, as);
  expect((await add('ada')).status).toBe(201);
  expect(people(await get('/group/g-contractors/membersByGroupId'))).toEqual(['John Smith']);
  expect((await get('/group/by-id?id=nope')).status).toBe(404);
});

test('users: current, by id, in bulk, by name', async () => {
  const { get } = await site();
  expect((await get('/user/current', 'ben')).body).toMatchObject({
    accountId: accountIds.ben,
    displayName: 'Ben Okafor',
  });
  expect((await get(`/user?accountId=${accountIds.john}`)).body).toMatchObject({ displayName: 'John Smith' });
  expect(people(await get(`/user/bulk?accountId=${accountIds.john}&accountId=${accountIds.ada}`))).toEqual([
    'Ada Moreno',
    'John Smith',
  ]);
  const byName = async (cql: string) =>
    (
      (await get(`/search/user?cql=${encodeURIComponent(cql)}`)).body as { results: { title: string }[] }
    ).results.map((one) => one.title);
  expect(await byName('user.fullname ~ "john smi"')).toEqual(['John Smith']);
  expect(await byName(`user.accountid = "${accountIds.ben}"`)).toEqual(['Ben Okafor']);
  expect(await byName('type = user')).toHaveLength(3);
  expect((await get('/search/user?cql=space=ENG')).status).toBe(400);
});

test('a page moves before, after and below another, and across spaces with its children', async () => {
  const { call, v2 } = await site();
  const children = async (id: string) =>
    ((await v2(`/pages/${id}/direct-children`)).body as { results: { id: string }[] }).results.map(
      (one) => one.id,
    );
  expect((await call('PUT', '/content/100400/move/before/100200')).body).toEqual({ pageId: '100400' });
  expect((await children('100100')).slice(0, 2)).toEqual(['100400', '100200']);
  await call('PUT', '/content/100400/move/after/100200');
  expect((await children('100100')).slice(0, 2)).toEqual(['100200', '100400']);
  expect((await call('PUT', '/content/100200/move/append/200100')).status).toBe(200);
  expect(await children('200100')).toEqual(['100200']);
  expect((await v2('/pages/100210')).body).toMatchObject({ spaceId: '1008' });
  expect((await call('PUT', '/content/100200/move/append/100210')).status).toBe(400);
});

test('restoring a version makes a new one with the old body', async () => {
  const { call, v2 } = await site();
  const restore = (versionNumber: number) =>
    call('POST', '/content/100200/version', {
      operationKey: 'restore',
      params: { versionNumber, message: 'back', restoreTitle: false },
    });
  expect((await restore(1)).body).toMatchObject({
    number: 3,
    message: 'back',
    by: { accountId: accountIds.ada },
  });
  expect((await v2('/pages/100200?body-format=storage')).body).toMatchObject({
    version: { number: 3 },
    body: { storage: { value: '<p>First rules</p>' } },
  });
  expect((await restore(3)).status).toBe(400);
  expect((await restore(9)).status).toBe(400);
});

test('restrictions name people and groups; permission/check answers for a person', async () => {
  const { get, call } = await site();
  expect((await get('/content/100300/restriction')).body).toMatchObject({
    results: [
      {
        operation: 'read',
        restrictions: { user: { results: [{ accountId: accountIds.ada }] }, group: { size: 0 } },
      },
      { operation: 'update', restrictions: { user: { size: 0 } } },
    ],
  });
  const check = (operation: string) =>
    call('POST', '/content/100400/permission/check', {
      subject: { type: 'user', identifier: accountIds.ben },
      operation,
    });
  expect((await check('read')).body).toMatchObject({ hasPermission: true });
  expect((await check('update')).body).toMatchObject({ hasPermission: false });
  const missing = await get('/content/100300/restriction', 'ben');
  expect([missing.status, message(missing)]).toEqual([404, expect.stringContaining('NotFoundException')]);
});
