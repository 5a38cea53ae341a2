import { request as send } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { env } from '#env';
import { connect, testHost } from './host.fixture.ts';

const host = testHost();
let key: string;

beforeEach(async () => {
  key = (await host.newKey({})).key;
});

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });

/** With node:http, which lets a test set Host and leave a body unfinished. */
function post(o: {
  headers?: Record<string, string>;
  body?: string;
  to?: string;
  end?: boolean;
  method?: string;
}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...o.headers,
      };
      const asking = send(o.to ?? host.url, { method: o.method ?? 'POST', headers }, (reply) => {
        let body = '';
        reply.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }));
      });
      asking.on('error', reject);
      if (o.end === false) asking.write((o.body ?? list).slice(0, 5));
      else asking.end(o.method === undefined ? (o.body ?? list) : undefined);
    },
  );
}

const bearer = () => ({ authorization: `Bearer ${key}` });

test('no key, a wrong one, or one in the wrong place: 401 with a challenge, and nothing is repeated', async () => {
  const wrong = 'cfb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
  const answers = await Promise.all([
    post({}),
    post({ headers: { authorization: `Bearer ${wrong}` } }),
    post({ headers: { authorization: `Basic ${key}` } }),
    post({ headers: { cookie: `key=${key}` } }),
    post({ to: `${host.url}?key=${key}&access_token=${key}` }),
    post({ to: `${host.url}/k/${wrong}` }),
    post({ method: 'GET' }),
  ]);
  for (const { status, headers, body } of answers) {
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer /);
    expect(body).not.toContain(wrong);
    expect(body).not.toContain(key);
  }
});

test('401 comes before the body', async () => {
  expect((await post({ end: false })).status).toBe(401);
});

test('a key works in the path unless it demands the header', async () => {
  const path = await connect(`${host.url}/k/${key}`, null);
  expect((await path.listTools()).tools.length).toBeGreaterThan(5);
  const strict = (await host.newKey({ require_api_token_auth: true })).key;
  expect((await post({ to: `${host.url}/k/${strict}` })).status).toBe(401);
  expect((await post({ headers: { authorization: `Bearer ${strict}` } })).status).toBe(200);
});

test('web pages elsewhere and foreign hosts are refused', async () => {
  const status = async (headers: Record<string, string>) =>
    (await post({ headers: { ...bearer(), ...headers } })).status;
  expect(await status({ origin: 'https://evil.example' })).toBe(403);
  expect(await status({ origin: 'null' })).toBe(403);
  expect(await status({ host: 'evil.example' })).toBe(403);
  expect(await status({ host: 'localhost.evil.example:3000' })).toBe(403);
  expect(await status({ origin: new URL(env().publicUrl).origin })).toBe(200);
  expect(await status({ host: 'localhost:9' })).toBe(200);
});

test('bodies over 4 MiB are refused, other media types too', async () => {
  expect((await post({ headers: bearer(), body: `"${'x'.repeat(4 * 1024 * 1024)}"` })).status).toBe(413);
  expect((await post({ headers: { ...bearer(), 'content-type': 'text/plain' } })).status).toBe(415);
});

test('there are no sessions to GET or DELETE, and surfaces are named', async () => {
  expect((await post({ headers: bearer(), method: 'GET' })).status).toBe(405);
  expect((await post({ headers: bearer(), method: 'DELETE' })).status).toBe(405);
  expect((await post({ headers: bearer(), to: `${host.url}?surface=tree` })).status).toBe(400);
  const answer = await post({ headers: bearer(), to: `${host.url}?surface=router` });
  expect(answer.status).toBe(200);
  expect(answer.headers['x-accel-buffering']).toBe('no');
});

test('the stateless revision 2026-07-28 works at the same address', async () => {
  const version = 'io.modelcontextprotocol/protocolVersion';
  const meta = { _meta: { [version]: '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} } };
  const ask = async (method: string, params: Record<string, unknown> = {}, name?: string) => {
    const headers = {
      ...bearer(),
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(name ? { 'mcp-name': name } : {}),
    };
    const { status, body } = await post({
      headers,
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, ...meta } }),
    });
    return { status, body: JSON.parse(body) };
  };
  const discovered = await ask('server/discover');
  expect(discovered.body.result.supportedVersions).toContain('2026-07-28');
  expect(discovered.body.result.instructions).toContain('Confab');
  const { result } = (await ask('tools/list')).body;
  expect(result).toMatchObject({ cacheScope: 'private', ttlMs: 300_000 });
  expect(result.tools).toHaveLength(12);
  const called = await ask(
    'tools/call',
    { name: 'create_page', arguments: { space: 'ENG', title: 'Plan' } },
    'create_page',
  );
  expect(called.body.result).toMatchObject({
    resultType: 'complete',
    structuredContent: { change_id: 'chg_1' },
  });
  const unknown = await ask('tools/call', { name: '__proto__', arguments: {} }, '__proto__');
  expect(unknown.body.error.code).toBe(-32602);
});
