import type { Server } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import {
  createGuardedFetch,
  isInsideAddress,
  isPublicAddress,
  type Reach,
  Refused,
  resolveName,
} from './index.ts';
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

const reach: Reach = {
  resolve: resolveName,
  allows: isPublicAddress,
  protocols: ['https:'],
  ports: null,
  innerNames: false,
};
const fetchWithin = (more: Partial<Reach> = {}, ca?: string) =>
  createGuardedFetch({
    reach: { ...reach, ...more },
    maxBytes: 64 * 1024,
    maxMs: 5000,
    ...(ca === undefined ? {} : { ca }),
  });

const toLoopback = async () => [{ address: '127.0.0.1', family: 4 }];

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '100::1',
  '',
  'not an address',
  '2130706433',
])('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('nothing on this machine or network is asked, however its address is written', async () => {
  const canary = await site((_, reply) => reply.end('{}'));
  const guarded = fetchWithin();
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
  const guarded = fetchWithin();
  for (const url of [
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://a:b@example.com/',
  ])
    await expect(guarded(url)).rejects.toThrow(Refused);
});

test('one private address among public ones is enough to refuse', async () => {
  const guarded = fetchWithin({
    resolve: async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ],
  });
  await expect(guarded('https://client.test/')).rejects.toThrow(/private network/);
});

test('the address that was judged is the one that is asked: names are resolved once', async () => {
  const canary = await site((_, reply) => reply.end('{"ok":true}'));
  let asked = 0;
  const guarded = fetchWithin(
    {
      allows: (address) => address === '127.0.0.1',
      resolve: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
      },
    },
    canary.ca,
  );
  expect(await (await guarded(`${canary.origin}/meta.json`)).json()).toEqual({ ok: true });
  expect(asked).toBe(1);
  expect(canary.hits).toEqual(['/meta.json']);
});

test('a certificate for another name is refused', async () => {
  const canary = await site((_, reply) => reply.end('{}'));
  const guarded = fetchWithin({ allows: () => true, resolve: toLoopback }, canary.ca);
  await expect(guarded(`https://other.test:${canary.port}/`)).rejects.toThrow(/altname/i);
});

test('a redirect is an answer, not an order', async () => {
  const inside = await site((_, reply) => reply.end('secret'));
  const canary = await site((_, reply) => {
    reply.writeHead(302, { location: `${inside.origin}/secret` });
    reply.end();
  });
  const guarded = fetchWithin({ allows: () => true, resolve: toLoopback }, canary.ca);
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
  const guarded = fetchWithin({ allows: () => true, resolve: toLoopback }, canary.ca);
  await expect((async () => (await guarded(`${canary.origin}/endless`)).text())()).rejects.toThrow(
    /too large/,
  );
  expect(sent).toBeLessThan(20_000_000);
  await expect(
    (async () => (await guarded(`${canary.origin}/slow`, { signal: AbortSignal.timeout(200) })).text())(),
  ).rejects.toThrow();
  const never = fetchWithin({ allows: () => true, resolve: () => new Promise(() => {}) });
  await expect(never('https://client.test/', { signal: AbortSignal.timeout(200) })).rejects.toThrow();
});

test.each(['127.0.0.1', '10.1.2.3', '172.16.9.9', '192.168.1.1', '100.64.0.7', '::1', 'fd12::1'])(
  '%s is inside, where an operator may open it up',
  (address) => {
    expect(isInsideAddress(address)).toBe(true);
  },
);

test.each([
  'fd00:ec2::254',
  'fd00:ec2:0::254%eth0',
  'fd20:ce::254',
  'FD20:00CE:0:0:0:0:0:254',
  '100.100.100.200',
  '::ffff:100.100.100.200',
  '::ffff:6464:64c8',
  '64:ff9b::100.100.100.200',
  '168.63.129.16',
  '::ffff:168.63.129.16',
  '64:ff9b::a83f:8110',
  '169.254.0.1',
  '169.254.170.2',
])('%s is a service of the cloud, in neither class', (address) => {
  expect([isInsideAddress(address), isPublicAddress(address)]).toEqual([false, false]);
});

test.each(['169.254.169.254', '0.0.0.0', 'fe80::1', '224.0.0.1', '::ffff:169.254.169.254', '8.8.8.8', 'x'])(
  '%s is not inside, whatever an operator opens up',
  (address) => {
    expect(isInsideAddress(address)).toBe(false);
  },
);
