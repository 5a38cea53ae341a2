import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { revokeKey } from '#lib/auth';
import type { TestEvent } from '#lib/wire';
import { testHost } from './host.fixture.ts';
import { tryConnection } from './try-connection.ts';

const host = testHost();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function elsewhere(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/mcp`;
}

async function run(key: string, addresses: string[] = [host.url]) {
  const events: TestEvent[] = [];
  const tell = (event: TestEvent) => {
    events.push(event);
  };
  await tryConnection({ key, addresses, tell, signal: AbortSignal.timeout(20_000) });
  const ended = events.filter((event) => event.kind === 'ended');
  return {
    events,
    outcomes: Object.fromEntries(ended.map(({ step, outcome }) => [step, outcome])),
    last: ended.at(-1),
    finished: events.at(-1),
  };
}

test('a good key goes through every step, in order, with the tools counted', async () => {
  const { key } = await host.newKey();
  const { events, outcomes, finished } = await run(key);
  expect(Object.entries(outcomes).map(([step]) => step)).toEqual([
    'reach',
    'authenticate',
    'initialize',
    'tools',
    'connection',
    'read',
  ]);
  expect(outcomes).toMatchObject({ reach: 'done', authenticate: 'done', tools: 'done', connection: 'done' });
  expect(finished).toEqual({ kind: 'finished', ok: true, url: host.url });
  const words = events.flatMap((event) => (event.kind === 'ended' ? [event.words] : [])).join('\n');
  expect(words).toMatch(/MCP 2025-11-25/);
  expect(words).toMatch(/1[0-4] tools\./);
  expect(words).toContain('Halden Robotics');
  expect(JSON.stringify(events)).not.toContain(key);
  expect(host.fakes.asked.map(({ name }) => name)).toEqual(['list_spaces']);
});

test('a revoked key stops at the second step and says so', async () => {
  const made = await host.newKey();
  await revokeKey(host.ada.id, made.id);
  const { last, finished } = await run(made.key);
  expect(last).toMatchObject({ step: 'authenticate', outcome: 'failed', next: 'Make a new key.' });
  expect(finished).toMatchObject({ ok: false });
});

test('without a connection the key works and the person learns what is missing', async () => {
  host.fakes.state.connected = false;
  const { outcomes, last } = await run((await host.newKey()).key);
  expect(outcomes).toMatchObject({ authenticate: 'done', tools: 'done', connection: 'failed' });
  expect(last).toMatchObject({ step: 'connection', next: expect.stringContaining('Connections') });
});

test('limits that leave a step out are no failure', async () => {
  const { outcomes, finished } = await run((await host.newKey({ operations: ['read_page'] })).key);
  expect(outcomes).toMatchObject({ connection: 'done', read: 'skipped' });
  expect(finished).toMatchObject({ ok: true });
  const all = await run((await host.newKey({ operations: ['read_page'], surface: 'all' })).key);
  expect(all.outcomes).toMatchObject({ tools: 'done', connection: 'skipped', read: 'skipped' });
});

test('a public address that this server cannot reach: the other one is used, and it is said', async () => {
  const gone = await elsewhere(() => {});
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  const { events, outcomes, finished } = await run((await host.newKey()).key, [gone, host.url]);
  expect(outcomes.reach).toBe('noted');
  expect(finished).toEqual({ kind: 'finished', ok: true, url: host.url });
  const reach = events.find((event) => event.kind === 'ended');
  expect(reach).toMatchObject({ words: expect.stringContaining('nothing listens there') });
  expect(reach).toMatchObject({ words: expect.stringContaining(host.url) });
  const nowhere = await run((await host.newKey()).key, [gone]);
  expect(nowhere.last).toMatchObject({ step: 'reach', outcome: 'failed' });
});

test('something else at the address, or a redirect: the key is not shown to it', async () => {
  const heard: (string | undefined)[] = [];
  const other = await elsewhere((request, reply) => {
    heard.push(request.headers.authorization);
    reply.end('<h1>Welcome</h1>');
  });
  const { last } = await run((await host.newKey()).key, [other, host.url]);
  expect(last).toMatchObject({
    step: 'reach',
    outcome: 'failed',
    words: expect.stringContaining('HTTP 200'),
  });
  const moved = await elsewhere((request, reply) => {
    heard.push(request.headers.authorization);
    reply.writeHead(308, { location: 'https://elsewhere.example/' }).end();
  });
  const redirected = await run((await host.newKey()).key, [moved]);
  expect(redirected.last).toMatchObject({ words: expect.stringContaining('https://elsewhere.example/') });
  expect(heard).toEqual([undefined, undefined]);
});
