import { afterEach, expect, test, vi } from 'vitest';
import { type Answer, send, startTest, tinyDemo } from '../test-site.ts';

afterEach(() => {
  vi.useRealTimers();
});

const left = (answer: Answer) => Number(answer.headers.get('x-ratelimit-remaining'));

async function site() {
  const { url } = await startTest({ demo: tinyDemo() });
  const ask = (path: string, more: { method?: string; body?: unknown } = {}) =>
    send(`${url}/wiki/${path}`, { as: 'ada', ...more });
  let before = left(await ask('rest/api/group/picker?query=nobody'));
  /** Points one request costs. */
  const cost = async (path: string, more: { method?: string; body?: unknown } = {}) => {
    const now = left(await ask(path, more));
    const spent = before - now;
    before = now;
    return spent;
  };
  const limits = (body: object) => send(`${url}/_sandbox/limits`, { method: 'POST', body });
  return { ask, cost, limits };
}

test('trap: every answer tells the hourly quota in old and new headers, and whether it is nearly gone', async () => {
  const { ask, limits } = await site();
  const { headers } = await ask('api/v2/pages/100200');
  expect(headers.get('x-ratelimit-limit')).toBe('65000');
  expect(headers.get('x-ratelimit-nearlimit')).toBe('false');
  expect(headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/);
  expect(headers.get('beta-ratelimit-policy')).toBe('"global-app-quota";q=65000;w=3600');
  expect(headers.get('beta-ratelimit')).toMatch(/^"global-app-quota";r=\d+;t=\d+$/);
  expect(headers.get('retry-after')).toBeNull();
  await limits({ points_per_hour: 10 });
  await ask('api/v2/pages?limit=5');
  expect((await ask('api/v2/spaces?limit=1')).headers.get('x-ratelimit-nearlimit')).toBe('true');
});

test('trap: a request is a point, each object it returns another, each person or group two; a write is one flat', async () => {
  const { cost } = await site();
  expect(await cost('api/v2/pages?limit=3')).toBe(4);
  expect(await cost('api/v2/pages/100200')).toBe(2);
  expect(await cost('rest/api/group')).toBe(5);
  expect(await cost('rest/api/group/g-contractors/membersByGroupId')).toBe(3);
  expect(await cost('rest/api/user/current')).toBe(3);
  expect(await cost('rest/api/search/user?cql=type=user')).toBe(7);
  const page = { spaceId: '1001', title: 'Cost', body: { representation: 'storage', value: '<p />' } };
  expect(await cost('api/v2/pages', { method: 'POST', body: page })).toBe(1);
  const label = [{ prefix: 'global', name: 'cost' }];
  expect(await cost('rest/api/content/100200/label', { method: 'POST', body: label })).toBe(1);
});

test('trap: a spent quota comes back at the top of the hour and not before', async () => {
  const { ask, limits } = await site();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T10:20:00.000Z') });
  await limits({ points_per_hour: 3 });
  await ask('api/v2/pages?limit=5');
  const spent = await ask('api/v2/pages');
  expect([spent.status, spent.headers.get('retry-after'), spent.headers.get('ratelimit-reason')]).toEqual([
    429,
    '2400',
    'confluence-quota-global-based',
  ]);
  expect(spent.headers.get('x-ratelimit-reset')).toBe('2026-11-20T11:00:00.000Z');
  vi.setSystemTime(Date.parse('2026-11-20T10:59:59.000Z'));
  expect((await ask('api/v2/pages')).status).toBe(429);
  vi.setSystemTime(Date.parse('2026-11-20T11:00:00.000Z'));
  expect((await ask('api/v2/pages/100200')).status).toBe(200);
});
