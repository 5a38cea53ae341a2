import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { closeDatabase } from '#db';
import { createKey, demoPeople, keyConfigSchema, type User } from '#lib/auth';
import { catalogue } from '#lib/router';
import { changeOf, standIns } from './mcp.fixture.ts';
import { createHttpHost, createOpenApiHost } from './plain-http.ts';
import { realDeps } from './real-deps.ts';

let fakes: ReturnType<typeof standIns>;
let ada: User;

beforeEach(async () => {
  fakes = standIns();
  [ada] = (await demoPeople()) as [User, User];
});
afterAll(closeDatabase);

async function bearer(config: Record<string, unknown> = {}): Promise<string> {
  const parsed = keyConfigSchema.parse({ methods: ['read', 'write', 'destructive'], ...config });
  return `Bearer ${(await createKey(ada, { name: 'test', config: parsed, expiresAt: null })).key}`;
}

async function post(
  name: string,
  body: unknown,
  o: { authorization?: string; headers?: Record<string, string> } = {},
) {
  const request = new Request(`http://localhost:3000/api/operations/${name}`, {
    method: 'POST',
    headers: {
      host: 'localhost:3000',
      'content-type': 'application/json',
      authorization: o.authorization ?? (await bearer()),
      ...o.headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await createHttpHost(fakes.deps)(request, name);
  const { headers, status } = response;
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
}

test('a read answers with its data, and with the text where it is asked for', async () => {
  const plain = await post('read_page', { page: '42' });
  expect(plain).toMatchObject({ status: 200, body: { data: { found: expect.stringContaining('Ignore') } } });
  expect(plain.body).not.toHaveProperty('text');
  expect(plain.headers.get('cache-control')).toBe('no-store');
  expect(plain.headers.get('ratelimit-remaining')).toBe('599');
  expect(fakes.asked).toMatchObject([{ name: 'read_page', input: { page: '42' } }]);
  const both = await post('read_page', { page: '42', output_format: 'both' });
  expect(both.body.text).toMatch(/^Content from Confluence between the marks/);
});

test('a write is accepted, not done: 202 with the place where a person decides', async () => {
  const answer = await post('create_page', { title: 'Plan' });
  expect(answer.status).toBe(202);
  expect(answer.headers.get('location')).toBe('http://localhost:3000/changes/chg_1');
  expect(answer.body).toMatchObject({ data: { change_id: 'chg_1', status: 'proposed' } });
  expect(fakes.state.decided).toEqual([]);
  const trusted = await post(
    'create_page',
    { title: 'Plan' },
    { authorization: await bearer({ writes: 'trust' }) },
  );
  expect(trusted).toMatchObject({ status: 200, body: { data: { status: 'verified' } } });
  fakes.state.change = changeOf({ status: 'conflicted' });
  expect((await post('get_change', { change_id: 'chg_1' })).status).toBe(409);
});

test('errors are problem+json that say what happened and what to do', async () => {
  const unknown = await post('fly', {});
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get('content-type')).toBe('application/problem+json');
  expect(unknown.body).toMatchObject({
    status: 404,
    code: 'not_found',
    detail: 'There is no operation "fly".',
    next: 'GET /api/openapi.json lists them.',
  });
  expect(await post('read_page', '{')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  expect(await post('read_page', [])).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  expect(await post('create_page', {}, { authorization: await bearer({ methods: ['read'] }) })).toMatchObject(
    { status: 403, body: { code: 'forbidden' } },
  );
  fakes.state.connected = false;
  expect(await post('read_page', { page: '42' })).toMatchObject({
    status: 409,
    body: { code: 'needs_connection', connect_url: expect.stringContaining('/connect') },
  });
});

test('the same gate as for MCP: no key, another origin, a foreign host, too many calls', async () => {
  expect(await post('read_page', {}, { authorization: 'Bearer cfb_no' })).toMatchObject({
    status: 401,
    body: { code: 'needs_key' },
  });
  expect((await post('read_page', {}, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  expect((await post('read_page', {}, { headers: { host: 'evil.example' } })).status).toBe(403);
  expect(fakes.asked).toEqual([]);
  vi.useFakeTimers({ toFake: ['Date'] });
  const authorization = await bearer();
  const all = await Promise.all(
    Array.from({ length: 601 }, () => post('read_page', { page: '42' }, { authorization })),
  );
  vi.useRealTimers();
  const refused = all.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get('retry-after')).toBe('60');
});

async function document(authorization?: string) {
  const response = await createOpenApiHost(realDeps)(
    new Request('http://localhost:3000/api/openapi.json', {
      headers: { host: 'localhost:3000', ...(authorization === undefined ? {} : { authorization }) },
    }),
  );
  return { status: response.status, body: (await response.json()) as { paths: Record<string, object> } };
}

test('the OpenAPI document has every operation; with a key only those it allows', async () => {
  const { body } = await document();
  expect(Object.keys(body.paths)).toEqual(catalogue.map(({ name }) => `/api/operations/${name}`));
  expect(body).toMatchObject({ openapi: '3.1.0', security: [{ key: [] }] });
  const read = body.paths['/api/operations/read_page'] as {
    post: { responses: object; requestBody: object };
  };
  expect(Object.keys(read.post.responses)).toEqual(['200', 'default']);
  expect(JSON.stringify(read.post.requestBody)).toContain('"page"');
  const limited = await document(await bearer({ methods: ['read'], tags: ['labels'] }));
  expect(Object.keys(limited.body.paths)).toEqual(
    catalogue
      .filter(({ tier, tag, alsoTags }) => tier === 'read' && [tag, ...alsoTags].includes('labels'))
      .map(({ name }) => `/api/operations/${name}`),
  );
  expect((await document('Bearer cfb_no')).status).toBe(401);
});
