import { beforeEach, expect, test } from 'vitest';
import { AtlassianError } from '#errors';
import { callTool, modern, testHost } from './host.fixture.ts';
import { createHttpHost } from './plain-http.ts';

const host = testHost();
let key: string;

beforeEach(async () => {
  key = (await host.newKey()).key;
  host.fakes.state.limited = new AtlassianError('rate_limited', "Atlassian's request quota is used up.", {
    retryAfterSeconds: 1200,
    data: { limit: 65_000 },
  });
});

const limit = { limit: 65_000, remaining: 0, reset_seconds: 1200 };

const headersOf = (headers: Headers) =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('ratelimit-') || name === 'retry-after'),
  );
const wanted = { 'ratelimit-limit': '65000', 'ratelimit-remaining': '0', 'ratelimit-reset': '1200' };

test('a limit of Atlassian is told in words, in data, and in the headers where they have not gone out yet', async () => {
  const result = await callTool(await host.client(), 'read_page', { page: '42' });
  expect(result).toMatchObject({ isError: true, data: { rate_limit: limit } });
  expect(result.text).toContain('0 of 65000 requests are left, and they come back in 1200 s');
  const { body, headers } = await modern(host.url, key, {
    method: 'tools/call',
    name: 'read_page',
    params: { name: 'read_page', arguments: { page: '42' } },
  });
  expect(body.result.structuredContent).toMatchObject({ rate_limit: limit });
  expect(headersOf(headers)).toEqual(wanted);
});

test('the same in several calls at once, and for a resource', async () => {
  const { data } = await callTool(await host.client(), 'execute_read', {
    calls: [{ operation: 'read_page', input: { page: '42' } }],
  });
  expect(data).toMatchObject({ rate_limit: limit });
  const uri = 'confluence://localhost:3001/page/42';
  const { body, headers } = await modern(host.url, key, {
    method: 'resources/read',
    name: uri,
    params: { uri },
  });
  expect(body.error.data).toMatchObject({ rate_limit: limit });
  expect(headersOf(headers)).toEqual(wanted);
});

test('plain HTTP: 429 with Retry-After and the limit that was reached, not the budget of the key', async () => {
  const post = async () => {
    const request = new Request('http://localhost:3000/api/operations/read_page', {
      method: 'POST',
      headers: {
        host: 'localhost:3000',
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
      },
      body: '{"page":"42"}',
    });
    return createHttpHost(host.fakes.deps)(request, 'read_page');
  };
  const refused = await post();
  expect(refused.status).toBe(429);
  expect(headersOf(refused.headers)).toEqual({ ...wanted, 'retry-after': '1200' });
  expect(await refused.json()).toMatchObject({ code: 'rate_limited', rate_limit: limit });
  // Where Atlassian does not say how many there are, nothing is made up.
  host.fakes.state.limited = new AtlassianError('rate_limited', 'Too many.', { retryAfterSeconds: 2 });
  expect(headersOf((await post()).headers)).toEqual({
    'ratelimit-remaining': '0',
    'ratelimit-reset': '2',
    'retry-after': '2',
  });
});
