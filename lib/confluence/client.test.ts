import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AtlassianError, ConfabError, UserError } from '#errors';
import { type Confluence, type ConfluenceOptions, createConfluence, type Wait } from './client.ts';
import { createPage, deletePage, downloadAttachment, getPageById, getPages, searchByCQL } from './index.ts';
import { drop, json, type Loopback, raw, startLoopback } from './loopback.fixture.ts';

let server: Loopback;
let waits: Wait[];
let asked: (string | undefined)[];

function confluence(o: Partial<ConfluenceOptions> = {}): Confluence {
  return createConfluence({
    apiUrl: server.url,
    site: { id: 'cloud-1', name: 'Halden', url: 'https://halden.atlassian.net' },
    credentials: async (rejected) => {
      asked.push(rejected);
      return {
        header: rejected === undefined ? 'Bearer one' : 'Bearer two',
        scopes: ['read:space:confluence'],
      };
    },
    onWait: (wait) => waits.push(wait),
    ...o,
  });
}

async function failure(promise: Promise<unknown>): Promise<ConfabError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfabError)) throw new Error(`no typed error but ${String(error)}`);
  return error;
}

const draft = {
  body: {
    spaceId: '1',
    title: 'T',
    status: 'current' as const,
    body: { representation: 'storage' as const, value: '<p/>' },
  },
};

beforeEach(async () => {
  server = await startLoopback();
  waits = [];
  asked = [];
});
afterEach(() => server.close());

test('a page is asked for through the gateway, with credentials, and dates are parsed', async () => {
  server.next(
    json({ id: '7', title: 'Guidelines', createdAt: '2026-01-02T03:04:05Z', _links: { webui: '/x' } }),
  );
  const page = await getPageById(confluence(), { id: 7, bodyFormat: 'storage' });
  expect(page.createdAt).toEqual(new Date('2026-01-02T03:04:05Z'));
  expect(server.seen[0]).toMatchObject({
    method: 'GET',
    url: '/ex/confluence/cloud-1/wiki/api/v2/pages/7?body-format=storage',
  });
  expect(server.seen[0]?.headers.authorization).toBe('Bearer one');
});

test('lists repeat their name in v2 and join in v1 where the documents say so', async () => {
  server.otherwise(json({ results: [] }));
  await getPages(confluence(), { id: [1, 2], spaceId: [9] });
  await searchByCQL(confluence(), { cql: 'a & b = "ü"', expand: ['content.space', 'content.version'] });
  expect(server.seen[0]?.url).toContain('?id=1&id=2&space-id=9');
  const query = new URL(server.seen[1]?.url ?? '', server.url).searchParams;
  expect(query.getAll('expand')).toEqual(['content.space,content.version']);
  expect(query.get('cql')).toBe('a & b = "ü"');
});

test.each([
  '..',
  '../../admin',
  '1/../2',
  '%2e%2e',
  '1%2F2',
  '1/2/3/4/5',
  '',
  '1?x=1',
  '1#a',
  '1\\2',
  '1 2',
  '1\n2',
  '1\u0000',
  '.',
  '//evil.example/',
  'undefined',
  '1;a=b',
  '[object Object]',
])('the id %j never leaves the server', async (id) => {
  const error = await failure(getPageById(confluence(), { id: id as unknown as number }));
  expect(error).toMatchObject({ code: 'invalid_input' });
  expect(server.seen).toHaveLength(0);
});

test('an endpoint that is not in the table is refused', async () => {
  await expect(
    failure(confluence().sendRequest({ url: '/wiki/rest/api/settings/systemInfo' })),
  ).resolves.toMatchObject({ code: 'invalid_input' });
  await expect(
    failure(confluence().sendRequest({ url: 'https://evil.example/wiki/api/v2/pages' })),
  ).resolves.toMatchObject({ code: 'invalid_input' });
  expect(server.seen).toHaveLength(0);
});

test('the wait after a 429 is told, kept, and the write goes out again', async () => {
  server.next(json({}, 429, { 'retry-after': '1' }), json({ id: '5' }));
  const started = Date.now();
  await expect(createPage(confluence(), draft)).resolves.toMatchObject({ id: '5' });
  expect(Date.now() - started).toBeGreaterThan(950);
  expect(waits).toEqual([{ seconds: 1, reason: 'Atlassian asked to wait' }]);
  expect(server.seen.map((request) => request.body)).toEqual([
    JSON.stringify(draft.body),
    JSON.stringify(draft.body),
  ]);
});

test('a 429 holds back every other request to the site', async () => {
  server.next(json({}, 429, { 'retry-after': '1' }));
  server.otherwise(json({ results: [] }));
  const first = getPages(confluence());
  await expect.poll(() => server.seen.length).toBe(1);
  const other: Wait[] = [];
  await Promise.all([
    first,
    getPages(confluence({ connectionId: 'other', onWait: (wait) => other.push(wait) })),
  ]);
  expect(other).toHaveLength(1);
  expect(server.seen).toHaveLength(3);
});

test('an hourly quota that is gone fails at once and says when it returns', async () => {
  const reset = new Date(Date.now() + 20 * 60_000).toISOString();
  server.next(
    json({}, 429, {
      'x-ratelimit-limit': '65000',
      'x-ratelimit-reset': reset,
      'ratelimit-reason': 'confluence-quota-tenant-based',
    }),
  );
  const error = await failure(getPages(confluence()));
  expect(error).toMatchObject({ code: 'rate_limited', actor: 'atlassian', data: { limit: 65_000 } });
  expect(error.retryAfterSeconds).toBeGreaterThan(1190);
  // The next call does not even ask.
  expect(await failure(getPages(confluence()))).toMatchObject({
    code: 'rate_limited',
    data: { limit: 65_000 },
  });
  expect(server.seen).toHaveLength(1);
});

test('four 429s end it', async () => {
  server.otherwise(
    json({}, 429, { 'retry-after': '0', 'beta-ratelimit-policy': '"global-app-quota";q=65000;w=3600' }),
  );
  expect(await failure(getPages(confluence()))).toMatchObject({
    code: 'rate_limited',
    data: { limit: 65_000 },
  });
  expect(server.seen).toHaveLength(4);
});

test('a read survives a 500 and a dropped connection', async () => {
  server.next(json({ message: 'oops' }, 503, { 'retry-after': '0' }), drop, json({ results: [{ id: '1' }] }));
  await expect(getPages(confluence())).resolves.toMatchObject({ results: [{ id: '1' }] });
  expect(server.seen).toHaveLength(3);
});

test.each([
  ['500', json({ message: 'oops' }, 500)],
  ['drop', drop],
  [
    'cut',
    (_r: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setTimeout(() => response.socket?.destroy(), 20);
    },
  ] as const,
])('a write whose result is unknown (%s) says so and is not repeated', async (_name, reply) => {
  server.next(reply);
  const error = await failure(createPage(confluence(), draft));
  expect(error).toMatchObject({ code: 'atlassian_unavailable', data: { outcomeUnknown: true } });
  expect(error).toBeInstanceOf(AtlassianError);
  expect(server.seen).toHaveLength(1);
});

test('a write that times out is of unknown result', async () => {
  server.next(() => undefined);
  const error = await failure(deletePage(confluence({ timeoutMs: 100 }), { id: 3 }));
  expect(error.message).toContain('did not answer');
  expect(error.data).toMatchObject({ outcomeUnknown: true });
});

test('a write that never left is tried again and of known result', async () => {
  const closed = await startLoopback();
  await closed.close();
  const stop = new AbortController();
  const gone = confluence({
    apiUrl: closed.url,
    signal: stop.signal,
    onWait: (wait) => {
      waits.push(wait);
      if (waits.length === 2) stop.abort();
    },
  });
  const error = await failure(createPage(gone, draft));
  expect(waits.map((wait) => wait.reason)).toEqual(Array(2).fill('Confluence could not be reached'));
  expect(error.code).toBe('cancelled');
  expect(error.data?.outcomeUnknown).toBeUndefined();
});

test('a refused token is replaced once, then it is time to reconnect', async () => {
  server.next(json({}, 401), json({ results: [] }));
  await getPages(confluence());
  expect(asked).toEqual([undefined, 'Bearer one']);
  expect(server.seen.map((request) => request.headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  server.otherwise(json({}, 401));
  expect(await failure(getPages(confluence()))).toMatchObject({
    code: 'reconnect',
    data: { reason: 'revoked' },
  });
  expect(server.seen).toHaveLength(4);
});

test('a missing scope is named and is no expiry', async () => {
  server.next(json({ code: 401, message: 'Unauthorized; scope does not match' }, 401));
  const error = await failure(createPage(confluence(), draft));
  expect(error).toMatchObject({ code: 'missing_scope', data: { scopes: ['write:page:confluence'] } });
  expect(error.message).toContain('write:page:confluence');
  expect(asked).toEqual([undefined]);
});

test.each([
  [
    400,
    {
      errors: [
        {
          status: 400,
          code: 'BAD',
          title:
            'A page with this title already exists: A page already exists with the same TITLE in this space',
        },
      ],
    },
    'title_taken',
    '',
  ],
  [
    400,
    {
      statusCode: 400,
      message: 'com.atlassian.confluence.api.service.exceptions.BadRequestException: Could not parse cql',
      data: { errors: [] },
    },
    'atlassian_rejected',
    'Confluence did not accept the request: Could not parse cql',
  ],
  [
    403,
    { statusCode: 403, message: 'User not permitted to view' },
    'forbidden',
    'User not permitted to view',
  ],
  [404, { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] }, 'not_found', ''],
  [
    409,
    { errors: [{ status: 409, code: 'CONFLICT', title: 'Version must be incremented' }] },
    'conflict',
    '',
  ],
  [413, { code: 413, message: 'Payload too large' }, 'too_large', 'Payload too large'],
])('status %i becomes a typed error', async (status, body, code, message) => {
  server.next(json(body, status, { 'atl-request-id': 'r-1' }));
  const error = await failure(createPage(confluence(), draft));
  expect(error).toMatchObject({ code, data: { status, requestId: 'r-1' } });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('atlassian.confluence');
  expect(error.next).not.toBeNull();
});

test('an HTML error page is read for its title', async () => {
  server.next(
    raw(
      418,
      { 'content-type': 'text/html' },
      '<html><head><title>Blocked &mdash; proxy</title></head><body><script>x</script></body></html>',
    ),
  );
  expect((await failure(getPages(confluence()))).message).toContain('Blocked');
});

test('an HTML answer with status 200 is no data', async () => {
  server.next(raw(200, { 'content-type': 'text/html' }, '<html>Sign in</html>'));
  expect((await failure(getPages(confluence()))).code).toBe('atlassian_unavailable');
});

test('a redirect is not followed and takes no credentials anywhere', async () => {
  const other = await startLoopback();
  server.next(raw(302, { location: `${other.url}/steal` }), raw(307, { location: `${other.url}/steal` }));
  expect((await failure(getPages(confluence()))).code).toBe('atlassian_rejected');
  expect((await failure(createPage(confluence(), draft))).code).toBe('atlassian_rejected');
  expect(other.seen).toHaveLength(0);
  await other.close();
});

test('a download follows the signed address without credentials', async () => {
  const media = await startLoopback();
  const bytes = Buffer.from([0, 1, 2, 255]);
  server.next(raw(302, { location: `${media.url}/signed?token=abc` }));
  media.next(raw(200, { 'content-type': 'image/png' }, bytes));
  const got = await downloadAttachment(confluence(), { id: '1', attachmentId: 'att2' });
  expect(Buffer.from(got as unknown as Uint8Array)).toEqual(bytes);
  expect(media.seen[0]?.headers.authorization).toBeUndefined();
  await media.close();
});

test('a download does not follow other schemes', async () => {
  server.next(raw(302, { location: 'file:///etc/passwd' }));
  expect((await failure(downloadAttachment(confluence(), { id: '1', attachmentId: 'att2' }))).code).toBe(
    'atlassian_rejected',
  );
});

test('an answer that drifted from its schema is kept', async () => {
  server.next(
    json({
      id: 7,
      title: 'T',
      createdAt: '2026-01-02T03:04:05Z',
      status: 'brand-new',
      version: { number: 'x' },
      extra: 1,
    }),
  );
  const page = await getPageById(confluence(), { id: 7 });
  expect(page).toMatchObject({ id: 7, title: 'T', status: 'brand-new', version: { number: 'x' }, extra: 1 });
  expect(page.createdAt).toEqual(new Date('2026-01-02T03:04:05Z'));
  server.next(json(['not', 'an', 'object']));
  await expect(getPageById(confluence(), { id: 7 })).resolves.toEqual(['not', 'an', 'object']);
});

test('stopping ends a wait and a request under way', async () => {
  const stop = new AbortController();
  server.next(json({}, 429, { 'retry-after': '30' }));
  const waiting = failure(getPages(confluence({ signal: stop.signal, onWait: () => stop.abort() })));
  expect((await waiting).code).toBe('cancelled');
  const second = new AbortController();
  const slow = createConfluence({
    apiUrl: server.url,
    site: { id: 'cloud-2', name: '', url: 'https://x.atlassian.net' },
    signal: second.signal,
    credentials: async () => ({ header: 'x', scopes: null }),
  });
  server.next(() => second.abort());
  expect(await failure(createPage(slow, draft))).toMatchObject({
    code: 'cancelled',
    data: { outcomeUnknown: true },
  });
});

test('no more than six requests of a connection run at once', async () => {
  let running = 0;
  let most = 0;
  server.otherwise((_request, response) => {
    running++;
    most = Math.max(most, running);
    setTimeout(() => {
      running--;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[]}');
    }, 20);
  });
  await Promise.all(Array.from({ length: 30 }, () => getPages(confluence())));
  expect(most).toBe(6);
});

test('an answer over the cap is refused', async () => {
  server.next(json({ results: ['x'.repeat(5000)] }));
  expect((await failure(getPages(confluence({ maxBytes: 1000 })))).code).toBe('too_large');
  server.next(json({ id: 'x'.repeat(5000) }));
  expect((await failure(createPage(confluence({ maxBytes: 1000 }), draft))).data).toMatchObject({
    outcomeUnknown: true,
  });
});

test('links for people stay on the site', () => {
  const { webUrl } = confluence();
  expect(webUrl('/spaces/ENG/pages/1')).toBe('https://halden.atlassian.net/wiki/spaces/ENG/pages/1');
  expect(webUrl('/wiki/spaces/ENG')).toBe('https://halden.atlassian.net/wiki/spaces/ENG');
  expect(webUrl('https://halden.atlassian.net/wiki/x')).toBe('https://halden.atlassian.net/wiki/x');
  expect(webUrl('https://evil.example/wiki/x')).toBe('https://halden.atlassian.net/wiki');
  expect(webUrl('//evil.example')).toContain('https://halden.atlassian.net/wiki//evil.example');
});

test('the error of an unreadable token function is passed on', async () => {
  const broken = confluence({ credentials: async () => Promise.reject(new UserError('reconnect', 'gone')) });
  expect((await failure(getPages(broken))).code).toBe('reconnect');
});

test('under a limit of three requests per second twenty parallel calls all succeed', async () => {
  let second = 0;
  let count = 0;
  server.otherwise((request, response) => {
    const now = Math.floor(Date.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    (count > 3
      ? json({}, 429, { 'retry-after': '1', 'ratelimit-reason': 'confluence-burst-based' })
      : json({ results: [] }))(request, response);
  });
  const all = await Promise.all(Array.from({ length: 20 }, () => getPages(confluence())));
  expect(all).toHaveLength(20);
});

test('a quota that is empty until a near reset is waited for', async () => {
  const reset = new Date(Date.now() + 1500).toISOString();
  server.next(
    json({ results: [] }, 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }),
    json({ results: [] }),
  );
  await getPages(confluence());
  await getPages(confluence());
  expect(waits).toHaveLength(1);
});
