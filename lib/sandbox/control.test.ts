import { expect, test } from 'vitest';
import { type Answer, connect, robotics, send, startTest } from './test-site.ts';

async function site() {
  const { url } = await startTest();
  const pages = `${url}/wiki/api/v2/pages`;
  const control = (path: string, body?: unknown, method = 'POST') =>
    send(`${url}/_sandbox/${path}`, { method, body });
  return { url, pages, control, fault: (body: object) => control('faults', body) };
}

test('429 with Retry-After hits as often as told, and only what matches', async () => {
  const { url, pages, fault } = await site();
  await fault({ kind: '429', match: 'GET /wiki/api/v2/pages$', count: 2, retry_after: 7 });
  expect((await send(`${url}/wiki/api/v2/spaces`, { as: 'ada' })).status).toBe(200);
  const first = await send(pages, { as: 'ada' });
  expect([
    first.status,
    first.headers.get('retry-after'),
    first.headers.get('x-ratelimit-remaining'),
  ]).toEqual([429, '7', '0']);
  expect(first.headers.get('ratelimit-reason')).toBe('confluence-burst-based');
  expect((await send(pages, { as: 'ada' })).status).toBe(429);
  expect((await send(pages, { as: 'ada' })).status).toBe(200);
});

test('5xx, slow answers and dropped connections', async () => {
  const { pages, fault } = await site();
  await fault({ kind: '503', retry_after: 3 });
  const down = await send(pages, { as: 'ada' });
  expect([down.status, down.headers.get('retry-after')]).toEqual([503, '3']);
  await fault({ kind: 'slow', delay_ms: 150 });
  const began = Date.now();
  expect((await send(pages, { as: 'ada' })).status).toBe(200);
  expect(Date.now() - began).toBeGreaterThanOrEqual(140);
  await fault({ kind: 'drop' });
  await expect(send(pages, { as: 'ada' })).rejects.toThrow();
  expect((await send(pages, { as: 'ada' })).status).toBe(200);
});

test('with "after" the write takes effect though its answer is lost', async () => {
  const { pages, fault } = await site();
  await fault({ kind: 'drop', match: 'POST', after: true });
  await expect(
    send(pages, { as: 'ada', method: 'POST', body: { spaceId: '1001', title: 'Lost' } }),
  ).rejects.toThrow();
  const found = (await send(`${pages}?title=Lost`, { as: 'ada' })).body as { results: unknown[] };
  expect(found.results).toHaveLength(1);
});

test('expired tokens can be refreshed, revoked consents cannot', async () => {
  const { url, fault } = await site();
  const tokens = await connect(url);
  const read = (token: string) => send(`${url}/ex/confluence/${robotics}/wiki/api/v2/pages`, { token });
  const refresh = () =>
    send(`${url}/oauth/token`, {
      method: 'POST',
      body: {
        grant_type: 'refresh_token',
        client_id: 'sandbox-client',
        client_secret: 'sandbox-secret',
        refresh_token: tokens.refresh_token,
      },
    });
  await fault({ kind: 'expire-tokens' });
  expect((await read(tokens.access_token)).status).toBe(401);
  const renewed = (await refresh()).body as { access_token: string };
  expect((await read(renewed.access_token)).status).toBe(200);
  await fault({ kind: 'revoke' });
  expect((await read(renewed.access_token)).status).toBe(401);
  expect((await refresh()).status).toBe(403);
});

test('a scope can be made to be missing until cleared', async () => {
  const { url, control, fault } = await site();
  const { access_token: token } = await connect(url);
  const read = (path: string) => send(`${url}/ex/confluence/${robotics}/wiki/api/v2/${path}`, { token });
  await fault({ kind: 'missing-scope', scope: 'read:page:confluence' });
  expect((await read('pages')).body).toEqual({ code: 401, message: 'Unauthorized; scope does not match' });
  expect((await read('pages')).status).toBe(401);
  expect((await read('spaces')).status).toBe(200);
  await control('faults', undefined, 'DELETE');
  expect((await read('pages')).status).toBe(200);
});

test('a colleague edits a page', async () => {
  const { url, control } = await site();
  expect((await control('edit', { page_id: '100200', storage: '<p>By Ben</p>', by: 'ben' })).body).toEqual({
    id: '100200',
    version: 3,
  });
  expect(
    (await send(`${url}/wiki/api/v2/pages/100200?body-format=storage`, { as: 'ada' })).body,
  ).toMatchObject({
    version: { number: 3, authorId: '712020:ben' },
    body: { storage: { value: '<p>By Ben</p>' } },
  });
  expect((await control('edit', { page_id: '1', storage: '<p/>', by: 'ben' })).status).toBe(404);
});

test('more requests a second than allowed are a 429; the hourly quota likewise', async () => {
  const { pages, control } = await site();
  await control('limits', { requests_per_second: 2 });
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => send(pages, { as: 'ada' })))).map(
    (one: Answer) => one.status,
  );
  expect(statuses).toContain(429);
  expect(statuses).toContain(200);
  await control('limits', { requests_per_second: null, points_per_hour: 1 });
  const over = await send(pages, { as: 'ada' });
  expect([over.status, over.headers.get('ratelimit-reason')]).toEqual([429, 'confluence-quota-global-based']);
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a saved body is rewritten as Confluence does; with rewrite off it stays as sent', async () => {
  const { pages, control } = await site();
  const value =
    '<p local-id="keep">a</p><p>b</p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[<p>]]></ac:plain-text-body></ac:structured-macro>';
  const made = await send(pages, {
    as: 'ada',
    method: 'POST',
    body: { spaceId: '1001', title: 'R', body: { representation: 'storage', value } },
  });
  const stored = (made.body as { body: { storage: { value: string } } }).body.storage.value;
  expect(stored).toMatch(
    /^<p local-id="keep">a<\/p><p local-id="[\w-]+">b<\/p><ac:structured-macro ac:name="code" ac:schema-version="1" ac:local-id="[\w-]+" ac:macro-id="[\w-]+">/,
  );
  expect(stored).toContain('<![CDATA[<p>]]>');
  await control('limits', { rewrite: false });
  const plain = await send(pages, {
    as: 'ada',
    method: 'POST',
    body: { spaceId: '1001', title: 'R2', body: { representation: 'storage', value } },
  });
  expect((plain.body as { body: { storage: { value: string } } }).body.storage.value).toBe(value);
});

test('a fault damages one body that is saved; reads and the next save are whole', async () => {
  const { pages, control } = await site();
  const value = '<p local-id="one">Only text.</p><p local-id="two">More text.</p>';
  const save = async (title: string) => {
    const made = await send(pages, {
      as: 'ada',
      method: 'POST',
      body: { spaceId: '1001', title, body: { representation: 'storage', value } },
    });
    return (made.body as { body: { storage: { value: string } } }).body.storage.value;
  };
  await control('faults', { kind: 'damage', damage: 'lose-paragraph' });
  await send(`${pages}/100200`, { as: 'ada' });
  expect(await save('D1')).toBe('<p local-id="two">More text.</p>');
  expect(await save('D2')).toBe(value);
  await control('faults', { kind: 'damage', damage: 'change-text' });
  expect(await save('D3')).toContain('ylnO4 text.');
  await control('faults', { kind: 'damage', damage: 'truncate' });
  expect(await save('D4')).toBe('<p local-id="one">Only text.</p>');
  expect((await control('faults', { kind: 'damage', damage: 'burn' })).status).toBe(400);
});

test('the log tells who asked what and keeps no secrets; reset brings the demo back', async () => {
  const { url, pages, control } = await site();
  const tokens = await connect(url);
  await send(`${pages}?title=x`, { as: 'ben' });
  await send(pages, { as: 'ada', method: 'POST', body: { spaceId: '1001', title: 'Gone soon' } });
  const log = await control('log', undefined, 'GET');
  const { requests } = log.body as {
    requests: { method: string; path: string; status: number; person: string | null }[];
  };
  expect(requests).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      path: '/wiki/api/v2/pages',
      query: 'title=x',
      status: 200,
      person: 'ben',
    }),
  );
  for (const secret of [tokens.access_token, tokens.refresh_token ?? '-', 'sandbox-secret', 'sandbox-token'])
    expect(log.text).not.toContain(secret);
  await control('log', undefined, 'DELETE');
  expect((await control('log', undefined, 'GET')).body).toEqual({ requests: [] });
  await control('reset');
  const found = (await send(`${pages}?title=Gone%20soon`, { as: 'ada' })).body as { results: unknown[] };
  expect(found.results).toEqual([]);
});

test('control does not answer to other sites, to proxied requests, or to unknown names', async () => {
  const { url, control } = await site();
  const from = (headers: Record<string, string>) =>
    fetch(`${url}/_sandbox/reset`, { method: 'POST', headers });
  expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await from({ 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
  expect((await control('nothing')).status).toBe(404);
  expect((await control('faults', { kind: 'flood' })).status).toBe(400);
  expect((await control('faults', { kind: '429', match: '(' })).status).toBe(400);
});
