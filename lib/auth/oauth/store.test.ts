import { afterAll, expect, test } from 'vitest';
import { closeDatabase, database, insertGrant } from '#db';
import { demoPeople } from '../people.ts';
import { listGrants } from './grants.ts';
import { createStore } from './store.ts';

afterAll(closeDatabase);

class Used extends Error {}

async function grantOfAda(id: string) {
  const [ada] = await demoPeople();
  await insertGrant(await database(), {
    id,
    user_id: ada?.id ?? '',
    client_id: 'c',
    client_name: 'c',
    redirect_to: 'c',
    config: '{}',
    declined: '[]',
    created_at: 1,
    expires_at: Date.now() + 60_000,
    last_used_at: null,
    revoked_at: null,
    calls: 0,
  });
  return async () => (await listGrants(ada?.id ?? '')).some((grant) => grant.id === id);
}

test('of two who come with the same code at the same moment one is told it is used, and the grant ends', async () => {
  const live = await grantOfAda('grt_race');
  const store = createStore('AuthorizationCode', () => new Used());
  await store.upsert('code', { grantId: 'grt_race' }, 60);
  // Both have read it as unused before either marks it.
  expect(await store.find('code')).not.toHaveProperty('consumed');
  await store.consume('code');
  expect(await live()).toBe(true);
  await expect(store.consume('code')).rejects.toThrow(Used);
  expect(await live()).toBe(false);
  expect(await store.find('code')).toBeUndefined();
});

test('what is kept comes back as it was, for its time and its kind only', async () => {
  const store = createStore('RefreshToken', () => new Used());
  await store.upsert('secret', { jti: 'secret', accountId: 'a', scope: 'x' }, 60);
  expect(await store.find('secret')).toEqual({ jti: 'secret', accountId: 'a', scope: 'x' });
  expect(await createStore('AccessToken', () => new Used()).find('secret')).toBeUndefined();
  await store.upsert('gone', { accountId: 'a' }, -1);
  expect(await store.find('gone')).toBeUndefined();
  await store.destroy('secret');
  expect(await store.find('secret')).toBeUndefined();
});

test('the library keeps no login of its own', async () => {
  const store = createStore('Session', () => new Used());
  await store.upsert('s', { uid: 'u', accountId: 'a' }, 60);
  expect((await store.find('s')) ?? (await store.findByUid('u'))).toBeUndefined();
});
