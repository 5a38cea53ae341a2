import type { Server } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { startSite } from './tls.fixture.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Answer = Parameters<typeof startSite>[1];
async function site(answer: Answer) {
  const started = await startSite('client.test', answer);
  servers.push(started.server);
  return started;
}

const toLoopback = async () => [{ address: '127.0.0.1', family: 4 }];

test('addresses of ourselves, of private networks and of special use are not public', () => {
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'not an address',
    '',
  ])
    expect(isPublicAddress(address), address).toBe(false);
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])
    expect(isPublicAddress(address), address).toBe(true);
});

test('nothing on this machine or network is asked, however its address is written', async () => {
  const canary = await site((_, reply) => reply.end('{}'));
  const guarded = createGuardedFetch();
  for (const host of [
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
  ])
    await expect(guarded(`https://${host}:${canary.port}/meta.json`), host).rejects.toThrow();
  expect(canary.hits).toEqual([]);
});

test('only https, and no passwords', async () => {
  const guarded = createGuardedFetch();
  for (const url of [
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://a:b@example.com/',
  ])
    await expect(guarded(url)).rejects.toThrow(/fetched/);
});

test('one private address among public ones is enough to refuse', async () => {
  const guarded = createGuardedFetch({
    allows: isPublicAddress,
    resolve: async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ],
  });
  await expect(guarded('https://client.test/')).rejects.toThrow(/not an address of the public internet/);
});

test('the address that was judged is the one that is asked: names are resolved once', async () => {
  const canary = await site((_, reply) => reply.end('{"ok":true}'));
  let asked = 0;
  const guarded = createGuardedFetch({
    ca: canary.ca,
    allows: (address) => address === '127.0.0.1',
    resolve: async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    },
  });
  expect(await (await guarded(`${canary.origin}/meta.json`)).json()).toEqual({ ok: true });
  expect(asked).toBe(1);
  expect(canary.hits).toEqual(['/meta.json']);
});

test('a certificate for another name is refused', async () => {
  const canary = await site((_, reply) => reply.end('{}'));
  const guarded = createGuardedFetch({ ca: canary.ca, allows: () => true, resolve: toLoopback });
  await expect(guarded(`https://other.test:${canary.port}/`)).rejects.toThrow(/altname/i);
});

test('a redirect is an answer, not an order', async () => {
  const inside = await site((_, reply) => reply.end('secret'));
  const canary = await site((_, reply) => {
    reply.writeHead(302, { location: `${inside.origin}/secret` });
    reply.end();
  });
  const guarded = createGuardedFetch({ ca: canary.ca, allows: () => true, resolve: toLoopback });
  expect((await guarded(`${canary.origin}/meta.json`)).status).toBe(302);
  expect(inside.hits).toEqual([]);
});

test('an endless document is cut off, and a slow one given up', async () => {
  let sent = 0;
  const canary = await site((request, reply) => {
    reply.writeHead(200, { 'content-type': 'application/json' });
    if (request.url === '/slow') {
      reply.write('{');
      return;
    }
    const more = () => {
      while (!reply.destroyed && sent < 50_000_000) {
        sent += 65_536;
        if (!reply.write(Buffer.alloc(65_536, 'x'))) {
          reply.once('drain', more);
          return;
        }
      }
    };
    more();
  });
  const guarded = createGuardedFetch({ ca: canary.ca, allows: () => true, resolve: toLoopback });
  await expect(guarded(`${canary.origin}/endless`)).rejects.toThrow(/too large/);
  expect(sent).toBeLessThan(20_000_000);
  await expect(guarded(`${canary.origin}/slow`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
  const never = createGuardedFetch({ allows: () => true, resolve: () => new Promise(() => {}) });
  await expect(never('https://client.test/', { signal: AbortSignal.timeout(200) })).rejects.toThrow();
});
