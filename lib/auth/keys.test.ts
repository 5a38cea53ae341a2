import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeDatabase, database, rightsOfUser } from '#db';
import { env } from '#env';
import {
  createKey,
  demoPeople,
  keyConfigSchema,
  listKeys,
  parseExpiry,
  revokeKey,
  type User,
  verifyKey,
} from '#lib/auth';
import { createKeyFromRequest as createFrom, keyManager } from './key-requests.ts';

let ada: User;
let ben: User;
beforeAll(async () => {
  [ada, ben] = (await demoPeople()) as [User, User];
});
afterEach(() => vi.useRealTimers());
afterAll(closeDatabase);

const names = {
  findOperation: (name: string) => (['read_page', 'pages.get'].includes(name) ? { name: 'read_page' } : null),
  nearestNames: () => ['read_page'],
};
const createKeyFromRequest = (request: Request) => createFrom(request, names);

const config = (part: Record<string, unknown> = {}) => keyConfigSchema.parse(part);

test('a key is shown once and stored as a hash', async () => {
  const made = await createKey(ada, { name: 'Laptop', config: config(), expiresAt: null });
  expect(made.key).toMatch(/^cfb_[\w-]{43}$/);
  expect(made.url).toBe('http://localhost:3000/api/mcp');
  expect(made.url_with_key).toBe(`http://localhost:3000/api/mcp/k/${made.key}`);
  const folder = env().dataDir;
  const bytes = readdirSync(folder)
    .filter((name) => name.startsWith('confab.sqlite'))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
  expect(bytes).toContain('Laptop');
  expect(bytes).not.toContain(made.key);
  expect(bytes).not.toContain(made.key.slice(4));
  expect(JSON.stringify(await listKeys(ada.id))).not.toContain(made.key);
  expect((await verifyKey(made.key))?.user).toEqual(ada);
  expect(await verifyKey(`${made.key.slice(0, -1)}${made.key.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
  expect(await verifyKey('cfb_')).toBeNull();
});

test('revoking works at once, for the owner only', async () => {
  const made = await createKey(ada, { name: 'k', config: config(), expiresAt: null });
  await expect(revokeKey(ben.id, made.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await verifyKey(made.key)).not.toBeNull();
  await revokeKey(ada.id, made.id);
  expect(await verifyKey(made.key)).toBeNull();
  expect((await listKeys(ada.id)).map(({ id }) => id)).not.toContain(made.id);
});

test('a key ends to the second', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const at = parseExpiry('1h');
  const made = await createKey(ada, { name: 'k', config: config(), expiresAt: at });
  expect(made.expires_at).toBe(new Date(at ?? 0).toISOString());
  vi.setSystemTime((at ?? 0) - 1);
  expect(await verifyKey(made.key)).not.toBeNull();
  vi.setSystemTime(at ?? 0);
  expect(await verifyKey(made.key)).toBeNull();
});

test('expiry is a span or an ISO time, in the future', () => {
  const now = Date.parse('2026-11-20T10:00:00.900Z');
  expect(parseExpiry('30d', now)).toBe(Date.parse('2026-12-20T10:00:00Z'));
  expect(parseExpiry('2026-12-01T00:00:00+01:00', now)).toBe(Date.parse('2026-11-30T23:00:00Z'));
  expect(parseExpiry(null, now)).toBeNull();
  for (const wrong of ['soon', '0s', '2020-01-01', '1y', '2026-12-01T00:00:00'])
    expect(() => parseExpiry(wrong, now)).toThrow();
});

test('a call is noted at once, then at most once a minute; the list knows them all', async () => {
  const made = await createKey(ben, { name: 'k', config: config(), expiresAt: null });
  const seen = async () => (await listKeys(ben.id)).find(({ id }) => id === made.id);
  const stored = async () =>
    (await rightsOfUser(await database(), 'keys', ben.id)).find(({ id }) => id === made.id);
  expect(await seen()).toMatchObject({ calls: 0, last_used_at: null });
  for (let index = 0; index < 5; index += 1) await verifyKey(made.key);
  expect(await stored()).toMatchObject({ calls: 1 });
  expect(await seen()).toMatchObject({ calls: 5 });
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.advanceTimersByTime(61_000);
  await verifyKey(made.key);
  expect(await stored()).toMatchObject({ calls: 6, last_used_at: Date.now() });
  expect(await seen()).toMatchObject({ calls: 6, last_used_at: new Date().toISOString() });
});

test('denied writes leave reading only; an unknown or empty limit is an error', async () => {
  const made = await createKey(ada, {
    name: 'k',
    config: config({ methods: ['destructive', 'read', 'write'], writes: 'deny' }),
    expiresAt: null,
  });
  expect((await verifyKey(made.key))?.limits.tiers).toEqual(['read']);
  expect(config().methods).toEqual(['read', 'write']);
  for (const wrong of [{ space: ['ENG'] }, { tags: [] }, { methods: [] }, { methods: ['admin'] }]) {
    expect(keyConfigSchema.safeParse(wrong).success).toBe(false);
  }
});

const ask = (key: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request('http://localhost:3000/api/keys', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('a key with manage_keys makes keys, never with more than its own rights', async () => {
  const soon = parseExpiry('2h');
  const maker = await createKey(ada, {
    name: 'maker',
    config: config({
      methods: ['read', 'write'],
      spaces: ['ENG', 'ONB'],
      tags: ['pages', 'search'],
      manage_keys: true,
    }),
    expiresAt: soon,
  });
  const plain = await createKeyFromRequest(ask(maker.key, { name: 'child' }));
  expect(plain.config).toMatchObject({
    methods: ['read', 'write'],
    spaces: ['ENG', 'ONB'],
    manage_keys: false,
  });
  expect(plain.expires_at).toBe(maker.expires_at);
  const less = await createKeyFromRequest(
    ask(maker.key, { name: 'c', config: { methods: ['read'], spaces: ['eng'] }, expires_at: '1h' }),
  );
  expect(less.config).toMatchObject({ methods: ['read'], spaces: ['eng'] });
  const more: { config?: Record<string, unknown>; expires_at?: string | null }[] = [
    { config: { methods: ['read', 'destructive'] } },
    { config: { spaces: ['HR'] } },
    { config: { spaces: null } },
    { config: { tags: ['groups'] } },
    { config: { writes: 'trust' } },
    { expires_at: null },
    { expires_at: '3h' },
  ];
  for (const body of more) {
    await expect(createKeyFromRequest(ask(maker.key, { name: 'c', ...body }))).rejects.toMatchObject({
      code: 'forbidden',
    });
  }
  await expect(createKeyFromRequest(ask(plain.key, { name: 'c' }))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(createKeyFromRequest(ask('cfb_x', { name: 'c' }))).rejects.toMatchObject({
    code: 'needs_sign_in',
  });
  await expect(
    createKeyFromRequest(ask(maker.key, { name: 'c' }, { origin: 'https://evil.example' })),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('names of operations and tags must exist; another name of an operation is taken as its own', async () => {
  const maker = await createKey(ada, { name: 'm', config: config({ manage_keys: true }), expiresAt: null });
  const made = await createKeyFromRequest(
    ask(maker.key, { name: 'c', config: { operations: ['pages.get', 'read_page'], tags: ['pages'] } }),
  );
  expect(made.config).toMatchObject({ operations: ['read_page'], tags: ['pages'] });
  const wrong: [Record<string, unknown>, string][] = [
    [{ operations: ['read_pag'] }, 'read_page'],
    [{ tags: ['page'] }, 'blog_posts'],
    [{ writes: 'ask' }, 'Correct it'],
    [{ site: '' }, 'Correct it'],
    [{ surface: 'tree' }, 'Correct it'],
  ];
  for (const [part, next] of wrong) {
    await expect(createKeyFromRequest(ask(maker.key, { name: 'c', config: part }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(Object.keys(part)[0] as string),
      next: expect.stringContaining(next),
    });
  }
});

test('without a key the request must come from our own pages', async () => {
  const from = (headers: Record<string, string>) =>
    keyManager(new Request('http://localhost:3000/api/keys', { method: 'POST', headers }));
  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    await expect(from(headers as Record<string, string>)).rejects.toMatchObject({ code: 'forbidden' });
  }
});
