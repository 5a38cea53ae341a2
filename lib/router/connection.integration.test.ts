import { afterAll, beforeEach, expect, test } from 'vitest';
import { closeDatabase } from '#db';
import { demoPeople, type User } from '#lib/auth';
import { bundles, connectionView, disconnect, seal, storeConnection } from '#lib/connections';
import { noLimits } from '#lib/tools';
import { execute } from './index.ts';

let ada: User;

beforeEach(async () => {
  [ada] = (await demoPeople()) as [User, User];
  await disconnect(ada.id);
});
afterAll(closeDatabase);

/** Connects her with these scopes; the tokens open nothing. */
async function connectWith(scopes: readonly string[]): Promise<void> {
  const tokens = { accessToken: 'at', refreshToken: 'rt', expiresAt: Date.now() + 3_600_000 };
  await storeConnection(ada.id, {
    profile: { accountId: 'acc-ada', name: 'Ada Moreno', email: null },
    sites: [{ id: 'cloud-1', name: 'Halden', url: 'https://halden.atlassian.net' }],
    scopes: [...scopes],
    tokens: seal({ owner: 'acc-ada', purpose: 'authorization' }, JSON.stringify(tokens)),
  });
}

function run(name: string, input: unknown, o: { chatId?: string; signal?: AbortSignal } = {}) {
  return execute({
    user: ada,
    name,
    input,
    limits: noLimits,
    origin: {
      kind: o.chatId === undefined ? 'mcp' : 'chat',
      chatId: o.chatId ?? null,
      client: null,
      fromPageText: false,
    },
    signal: o.signal ?? AbortSignal.timeout(20_000),
  });
}

test('without a connection a client gets the link, which names its person and what it asks for', async () => {
  const done = await run('connect', { scopes: ['admin'] });
  expect(done).toMatchObject({
    kind: 'read',
    result: {
      text: expect.stringContaining('Administer'),
      data: {
        connected: false,
        status: 'not_connected',
        connect_url: `http://localhost:3000/connect?returnTo=/settings/connections&bundles=reader,admin&for=${ada.id}`,
      },
    },
  });
});

test('it waits until the person has connected, and stops waiting when the caller goes', async () => {
  const waiting = run('connect', { wait_seconds: 20 });
  await connectWith(bundles.reader.scopes);
  expect(await waiting).toMatchObject({ result: { data: { connected: true, connect_url: null } } });
  const stop = new AbortController();
  const more = run('connect', { scopes: ['editor'], wait_seconds: 20 }, { signal: stop.signal });
  stop.abort();
  await expect(more).rejects.toThrow();
  expect(await run('connect', { scopes: ['editor'], wait_seconds: 1 })).toMatchObject({
    result: { data: { connected: false }, text: expect.stringContaining('Not done within 1 s') },
  });
});

test('in a chat it is a card: to connect, or to allow more', async () => {
  await expect(run('connect', {}, { chatId: 'cht_1' })).rejects.toMatchObject({
    code: 'needs_connection',
    data: { reason: 'not_connected' },
  });
  await connectWith(bundles.reader.scopes);
  await expect(run('connect', { scopes: ['editor'] }, { chatId: 'cht_1' })).rejects.toMatchObject({
    code: 'missing_scope',
    data: { access: { bundles: ['Write'], path: expect.stringContaining('bundles=reader,editor') } },
  });
  expect(await run('connect', { scopes: ['reader'] }, { chatId: 'cht_1' })).toMatchObject({
    result: { data: { connected: true } },
  });
});

test('a write whose permission is missing is refused before anything is proposed, with all that helps', async () => {
  await connectWith(bundles.reader.scopes);
  await expect(run('add_label', { page: '1', labels: ['x'] })).rejects.toMatchObject({
    code: 'missing_scope',
    message: expect.stringContaining('write:label:confluence'),
    data: {
      scopes: ['write:label:confluence'],
      access: {
        bundles: ['Write'],
        path: '/connect?returnTo=/settings/connections&bundles=reader,editor&scopes=write:label:confluence',
      },
    },
  });
});

test('disconnecting forgets the connection at once, and says what Atlassian keeps', async () => {
  await connectWith(bundles.reader.scopes);
  expect(await run('disconnect', {})).toMatchObject({
    kind: 'read',
    result: { data: { was_connected: true }, text: expect.stringContaining('id.atlassian.com') },
  });
  expect(await connectionView(ada.id)).toBeNull();
  expect(await run('revoke_connection', {})).toMatchObject({ result: { data: { was_connected: false } } });
});
