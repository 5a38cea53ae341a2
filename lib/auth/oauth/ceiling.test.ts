import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDatabase } from '#db';
import { env } from '#env';
import { demoPeople, listGrants, type User, verifyToken } from '#lib/auth';
import type { KeyCeiling } from '#lib/wire';
import { call, startApp, type TestApp, tokensFor } from '../../mcp/oauth.fixture.ts';

let app: TestApp;
let ada: User;
let open: KeyCeiling;

beforeAll(async () => {
  app = await startApp();
  [ada] = (await demoPeople()) as [User, User];
  open = env().keyCeiling;
});
afterEach(() => {
  env().keyCeiling = open;
});
afterAll(async () => {
  app.server.closeAllConnections();
  app.server.close();
  await closeDatabase();
});

const ceiling = (part: Partial<KeyCeiling>): KeyCeiling => ({ ...open, ...part });

async function tokenWith(choice: Parameters<typeof tokensFor>[2]): Promise<string> {
  const { exchange } = await tokensFor(app.origin, ada, choice);
  return (await exchange()).body.access_token ?? '';
}

test('a consent cannot allow more than the operator does', async () => {
  env().keyCeiling = ceiling({ tiers: ['read'], spaces: ['ENG'], writes: 'approve', maxDays: 7 });
  const within = { tiers: ['read'] as 'read'[], spaces: ['eng'], expires: '7d' };
  for (const more of [
    { tiers: ['read', 'write'] as ('read' | 'write')[] },
    { spaces: null },
    { spaces: ['ENG', 'HR'] },
    { writes: 'trust' as const },
    { expires: '8d' },
  ]) {
    await expect(tokenWith({ ...within, ...more })).rejects.toMatchObject({ code: 'forbidden' });
  }
  const token = await tokenWith(within);
  expect((await call(app.origin, token)).status).toBe(200);
  const left = await tokenWith({ ...within, spaces: undefined, writes: undefined });
  expect(await verifyToken(left)).toMatchObject({ limits: { spaces: ['ENG'] }, unasked: [] });
});

test('a lower ceiling reaches grants that were given before', async () => {
  const token = await tokenWith({ tiers: ['read', 'write'], writes: 'trust', expires: '30d' });
  expect(await verifyToken(token)).toMatchObject({ key: { config: { writes: 'trust' } } });
  env().keyCeiling = ceiling({ tiers: ['read', 'destructive'], tags: ['pages'], writes: 'approve' });
  expect(await verifyToken(token)).toMatchObject({
    key: { config: { writes: 'approve' } },
    limits: { tiers: ['read'], tags: ['pages'] },
    // What the operator forbids is not offered to be asked for.
    unasked: ['destructive'],
  });
  expect((await listGrants(ada.id))[0]?.config).toMatchObject({ methods: ['read'], tags: ['pages'] });
});
