import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeDatabase, database, insertGrant, oauthArtefact, putOauthArtefact, rightsOfUser } from '#db';
import {
  createKey,
  demoPeople,
  keyConfigSchema,
  listGrants,
  listKeys,
  revokeKey,
  testKeyOf,
  type User,
  verifyKey,
} from '#lib/auth';
import { removeSpentRights } from './rights.ts';

let ada: User;
let ben: User;
beforeAll(async () => {
  [ada, ben] = (await demoPeople()) as [User, User];
});
afterEach(() => vi.useRealTimers());
afterAll(closeDatabase);

const config = keyConfigSchema.parse({});
const secondFrom = (ms: number) => Math.floor((Date.now() + ms) / 1000) * 1000;

test('an expired key is refused to the second and goes with the next sweep; others stay', async () => {
  const at = secondFrom(3_600_000);
  const ends = await createKey(ada, { name: 'ends', config, expiresAt: at });
  const stays = await createKey(ada, { name: 'stays', config, expiresAt: null });
  const later = await createKey(ada, { name: 'later', config, expiresAt: at + 1000 });
  await verifyKey(ends.key);
  expect(await removeSpentRights(at - 1)).toBe(0);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(at);
  expect(await verifyKey(ends.key)).toBeNull();
  expect((await listKeys(ada.id)).find(({ id }) => id === ends.id)).toMatchObject({ expired: true });
  expect(await removeSpentRights(at)).toBe(1);
  const left = (await listKeys(ada.id)).map(({ id }) => id);
  expect(left).not.toContain(ends.id);
  expect(left).toEqual(expect.arrayContaining([stays.id, later.id]));
  expect(await removeSpentRights(at)).toBe(0);
});

test('it survives a restart: what expired while nothing ran goes at the next start', async () => {
  const made = await createKey(ada, { name: 'over night', config, expiresAt: secondFrom(60_000) });
  await closeDatabase();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.advanceTimersByTime(12 * 3_600_000);
  expect(await verifyKey(made.key)).toBeNull();
  expect(await removeSpentRights()).toBeGreaterThan(0);
  expect((await listKeys(ada.id)).map(({ id }) => id)).not.toContain(made.id);
});

test('an expired grant goes with what was issued under it', async () => {
  const db = await database();
  const now = Date.now();
  const grant = (id: string, expires_at: number) =>
    insertGrant(db, {
      id,
      user_id: ada.id,
      client_id: 'c',
      client_name: 'Desk',
      redirect_to: 'this computer',
      config: JSON.stringify(config),
      declined: '[]',
      created_at: now,
      expires_at,
      last_used_at: null,
      revoked_at: null,
      calls: 0,
    });
  await grant('grt_over', now + 1000);
  await grant('grt_on', now + 9_000);
  for (const id of ['grt_over', 'grt_on']) {
    const row = { model: 'RefreshToken', id_hash: id, payload: '', created_at: now, expires_at: null };
    await putOauthArtefact(db, { ...row, grant_id: id });
  }
  expect(await removeSpentRights(now + 1000)).toBe(1);
  expect((await listGrants(ada.id)).map(({ id }) => id)).toEqual(['grt_on']);
  expect(await oauthArtefact(db, 'RefreshToken', 'grt_over', now)).toBeUndefined();
  expect(await oauthArtefact(db, 'RefreshToken', 'grt_on', now)).toBeDefined();
});

test('what was revoked is forgotten after a month', async () => {
  const made = await createKey(ben, { name: 'gone', config, expiresAt: null });
  await revokeKey(ben.id, made.id);
  expect(await rightsOfUser(await database(), 'keys', ben.id)).toEqual([]);
  // All that expires meanwhile goes with the first.
  await removeSpentRights(Date.now() + 29 * 86_400_000);
  expect(await removeSpentRights(Date.now() + 31 * 86_400_000)).toBe(1);
});

test('a key to test with has the same limits, makes no keys, and ends within two minutes', async () => {
  const own = keyConfigSchema.parse({ methods: ['read'], spaces: ['ENG'], manage_keys: true });
  const made = await createKey(ada, { name: 'k', config: own, expiresAt: null });
  await expect(testKeyOf(ben, made.id)).rejects.toMatchObject({ code: 'not_found' });
  const tried = await testKeyOf(ada, made.id);
  expect(tried.config).toEqual({ ...own, manage_keys: false });
  expect(Date.parse(tried.expires_at ?? '')).toBeLessThanOrEqual(Date.now() + 120_000);
  const soon = secondFrom(30_000);
  const short = await createKey(ada, { name: 's', config, expiresAt: soon });
  expect(Date.parse((await testKeyOf(ada, short.id)).expires_at ?? '')).toBe(soon);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(soon);
  await expect(testKeyOf(ada, short.id)).rejects.toMatchObject({ code: 'forbidden' });
});
