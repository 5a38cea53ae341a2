import { expect, test } from 'vitest';
import { type Answer, send, startTest } from '../test-site.ts';

const v1 = '/wiki/rest/api';
const v2 = '/wiki/api/v2';

async function site() {
  const { url } = await startTest();
  const ask =
    (method: string) =>
    (path: string, body?: unknown, as: 'ada' | 'ben' = 'ada'): Promise<Answer> =>
      send(`${url}${path}`, { method, as, ...(body === undefined ? {} : { body }) });
  const set = (values: object) => send(`${url}/_sandbox/limits`, { method: 'POST', body: values });
  return { get: ask('GET'), post: ask('POST'), put: ask('PUT'), remove: ask('DELETE'), set };
}

const statusOf = (answer: Answer) => (answer.body as { status: string }).status;
const idOf = (answer: Answer) => (answer.body as { id: string }).id;

test('trap: the link of a long task lacks /wiki and leads nowhere; the task itself is its starter alone to see', async () => {
  const { get, post, set } = await site();
  await set({ task_step_ms: 60_000 });
  const started = await post(`${v1}/content/archive`, { pages: [{ id: 100210 }] });
  expect(started.status).toBe(202);
  const { id, links } = started.body as { id: string; links: { status: string } };
  expect(links.status).toBe(`/rest/api/longtask/${id}`);
  expect((await get(links.status)).status).toBe(404);
  expect((await get(`/wiki${links.status}`)).body).toMatchObject({ finished: false, percentageComplete: 0 });
  expect((await get(`${v1}/longtask/${id}`, undefined, 'ben')).status).toBe(404);
  const busy = await post(`${v1}/content/archive`, { pages: [{ id: 100400 }] });
  expect([busy.status, busy.text]).toEqual([400, expect.stringContaining('already running')]);
});

test('archive: children that are not listed move up, and search forgets what was archived', async () => {
  const { get, post, set } = await site();
  await set({ task_step_ms: 0, index_lag_ms: 0 });
  const started = await post(`${v1}/content/archive`, { pages: [{ id: 100200 }] });
  expect((await get(`${v1}/longtask/${idOf(started)}`)).body).toMatchObject({ successful: true });
  expect(statusOf(await get(`${v2}/pages/100200`))).toBe('archived');
  expect((await get(`${v2}/pages/100210`)).body).toMatchObject({ status: 'current', parentId: '100100' });
  const hits = await get(`${v1}/search?cql=title="API Guidelines"`);
  expect((hits.body as { results: unknown[] }).results).toEqual([]);
  expect((await post(`${v1}/content/archive`, { pages: [{ id: 100200 }] })).status).toBe(400);
  await set({ plan: 'standard' });
  expect((await post(`${v1}/content/archive`, { pages: [{ id: 100210 }, { id: 100400 }] })).status).toBe(400);
});

test('a tree goes to the trash whole, and not at all for who may not delete every page of it', async () => {
  const { get, put, remove, set } = await site();
  await set({ task_step_ms: 0 });
  const body = { id: '100400', status: 'current', title: 'Release process', parentId: '100200' };
  const moved = await put(`${v2}/pages/100400`, {
    ...body,
    body: { representation: 'storage', value: '<p>x</p>' },
    version: { number: 2 },
  });
  expect(moved.status).toBe(200);
  expect((await remove(`${v1}/content/100200/pageTree`, undefined, 'ben')).status).toBe(404);
  expect((await remove(`${v1}/content/100500/pageTree`)).status).toBe(400);
  expect((await remove(`${v1}/content/100200/pageTree`)).status).toBe(202);
  for (const id of ['100200', '100210', '100400'])
    expect(statusOf(await get(`${v2}/pages/${id}`))).toBe('trashed');
});

test('copies: the same title in the space is refused; a hierarchy needs another one', async () => {
  const { get, post, set } = await site();
  await set({ task_step_ms: 0 });
  const destination = { type: 'parent_page', value: '100400' };
  expect((await post(`${v1}/content/100200/copy`, { destination })).status).toBe(400);
  const denied = { destination: { type: 'parent_page', value: '100300' }, pageTitle: 'Mine' };
  expect((await post(`${v1}/content/100200/copy`, denied, 'ben')).status).toBe(404);
  const copy = await post(`${v1}/content/100200/copy`, { destination, pageTitle: 'Mine', copyLabels: true });
  expect(copy.body).toMatchObject({ title: 'Mine', version: { number: 1 }, space: { key: 'ENG' } });
  expect((await get(`${v2}/pages/${idOf(copy)}/labels`)).text).toContain('standards');
  const into = { destinationPageId: '100400' };
  expect((await post(`${v1}/content/100200/pagehierarchy/copy`, into)).status).toBe(400);
  const titleOptions = { prefix: 'New ', search: 'API', replace: 'HTTP' };
  const task = await post(`${v1}/content/100200/pagehierarchy/copy`, { ...into, titleOptions });
  const done = (await get(`${v1}/longtask/${idOf(task)}`)).body as {
    additionalDetails: { destinationId: string; totalPageNeedToCopy: number };
  };
  expect(done.additionalDetails.totalPageNeedToCopy).toBe(2);
  expect((await get(`${v2}/pages/${done.additionalDetails.destinationId}`)).body).toMatchObject({
    title: 'New HTTP Guidelines',
    parentId: '100400',
  });
});

test('a state makes a version with the same text; own states are the one person’s to set', async () => {
  const { get, put, remove } = await site();
  const path = `${v1}/content/100200/state?status=current`;
  const before = (await get(`${v2}/pages/100200?body-format=storage`)).body as { body: object };
  expect((await put(path, { name: 'Mine', color: 'red' })).status).toBe(400);
  const made = await put(path, { name: 'Mine', color: '#ff7452' });
  expect(made.body).toMatchObject({ contentState: { id: 1000, name: 'Mine' } });
  expect((await put(path, { id: 1000 }, 'ben')).status).toBe(400);
  expect((await get(path, undefined, 'ben')).body).toMatchObject({ contentState: { name: 'Mine' } });
  expect((await put(`${v1}/content/100400/state?status=current`, { id: 1 }, 'ben')).status).toBe(403);
  expect((await get(`${v2}/pages/100200?body-format=storage`)).body).toMatchObject({
    version: { number: 3 },
    body: before.body,
  });
  expect((await remove(path)).body).toEqual({});
});
