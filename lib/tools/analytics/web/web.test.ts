import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublicAddress, publicWeb, type Reach } from '#lib/guarded-fetch';
import { checkAddressOnWeb } from './check-web.ts';

let server: Server;
let port: string;
let asked: { method: string; url: string; headers: Record<string, unknown> }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    const path = request.url ?? '';
    if (path === '/ok') return response.writeHead(200).end('x');
    if (path === '/get-only') return response.writeHead(request.method === 'HEAD' ? 405 : 200).end();
    if (path === '/moved') return response.writeHead(302, { location: '/ok' }).end();
    if (path === '/inside')
      return response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    if (path === '/file') return response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    if (path === '/round') return response.writeHead(302, { location: '/round' }).end();
    if (path === '/closed') return response.writeHead(403).end();
    if (path === '/broken') return response.writeHead(502).end();
    if (path === '/reset') return void request.socket.destroy();
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = String((server.address() as AddressInfo).port);
});
afterAll(() => {
  server.close();
});

/** The tests' own machine stands for the public web under the name `web.example`. */
function reach(names: Record<string, string[]> = {}): Reach {
  return {
    resolve: async (host) => {
      const addresses = { 'web.example': ['127.0.0.1'], ...names }[host];
      if (addresses === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    allows: (address) => address === '127.0.0.1' || isPublicAddress(address),
    protocols: ['http:', 'https:'],
    ports: ['', port],
    innerNames: false,
  };
}
const check = (path: string, o: Reach = reach(), host = 'web.example') =>
  checkAddressOnWeb(`http://${host}:${port}${path}`, o, AbortSignal.timeout(20_000));

test('what servers answer', async () => {
  asked = [];
  expect(await check('/ok#part')).toEqual({ state: 'good' });
  expect(asked).toMatchObject([{ method: 'HEAD', url: '/ok' }]);
  for (const name of ['authorization', 'cookie', 'referer'])
    expect(asked[0]?.headers).not.toHaveProperty(name);
  expect(await check('/get-only')).toEqual({ state: 'good' });
  expect(await check('/moved')).toEqual({ state: 'good' });
  expect(await check('/nothing')).toMatchObject({ state: 'gone', why: expect.stringContaining('404') });
  expect(await check('/closed')).toMatchObject({ state: 'unsure' });
  expect(await check('/broken')).toMatchObject({ state: 'error' });
  expect(await check('/round')).toMatchObject({ state: 'unsure', why: expect.stringContaining('leads on') });
  expect(await check('/ok', reach(), 'gone.example')).toMatchObject({ state: 'gone' });
  expect(await check('/reset')).toMatchObject({ state: 'error' });
});

test('a redirect into a private network, or to a file, is not followed', async () => {
  expect(await check('/inside')).toMatchObject({
    state: 'unsure',
    why: expect.stringContaining('private network'),
  });
  expect(await check('/file')).toMatchObject({
    state: 'unsure',
    why: expect.stringContaining('no web address'),
  });
});

test('a name with one private address among public ones is refused, and nothing is sent', async () => {
  asked = [];
  const mixed = { ...reach({ 'two.example': ['127.0.0.1', '10.0.0.1'] }) };
  expect(await check('/ok', mixed, 'two.example')).toMatchObject({
    state: 'unsure',
    why: expect.stringContaining('not asked'),
  });
  const six = reach({ 'six.example': ['fd00:ec2::254'] });
  expect(await check('/ok', six, 'six.example')).toMatchObject({ state: 'unsure' });
  expect(asked).toEqual([]);
});

test.each([
  'http://localhost/ok',
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://169.254.169.254/latest/meta-data/',
  'http://metadata.google.internal/',
  'http://user:secret@1.1.1.1/',
  'http://1.1.1.1:22/',
  'http://printer.local/',
])('the public web does not hold %s', async (address) => {
  const found = await checkAddressOnWeb(address, publicWeb, AbortSignal.timeout(5000));
  expect(found).toMatchObject({ state: 'unsure', why: expect.stringContaining('not asked') });
});

test('a stopped call stops', async () => {
  await expect(
    checkAddressOnWeb(`http://web.example:${port}/ok`, reach(), AbortSignal.abort()),
  ).rejects.toThrow();
});
