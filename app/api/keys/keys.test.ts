import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { UserError } from '#errors';
import type { NewKey, User } from '#lib/auth';
import type { KeyChoices, TestEvent } from '#lib/wire';
import { type Stage, setStage } from '../../../scripts/stage.ts';

const signedIn: { user: User | null } = { user: null };
vi.mock('#lib/auth', async (original) => ({
  ...(await original<object>()),
  requireUser: async () => {
    if (signedIn.user === null) throw new UserError('needs_sign_in', 'You are not signed in.');
    return signedIn.user;
  },
}));
vi.mock('../../../lib/auth/next-auth.ts', async (original) => ({
  ...(await original<object>()),
  requireUser: async () => {
    if (signedIn.user === null) throw new UserError('needs_sign_in', 'You are not signed in.');
    return signedIn.user;
  },
}));

let stage: Stage;
let ada: User;
let ben: User;
beforeAll(async () => {
  // Nothing listens there: the connection test must say so rather than reach another program.
  process.env.PORT = '9';
  stage = await setStage();
  const { demoPeople } = await import('#lib/auth');
  [ada, ben] = (await demoPeople()) as [User, User];
});
afterAll(() => stage.close());

const origin = 'http://localhost:9';
const ask = (body: unknown, headers: Record<string, string> = { origin }, method = 'POST') =>
  new Request(`${origin}/api/keys`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
const withId = (id: string) => ({ params: Promise.resolve({ id }) });

test('a key is made, listed without its secret, and revoked, by its owner alone', async () => {
  const { GET, POST } = await import('./route.ts');
  const { DELETE } = await import('./[id]/route.ts');
  signedIn.user = null;
  expect((await POST(ask({ name: 'k' }))).status).toBe(401);
  signedIn.user = ada;
  const answer = await POST(
    ask({
      name: 'k',
      expires_at: '2030-01-31T12:00:07Z',
      config: {
        methods: ['read'],
        operations: ['pages.get'],
        tags: ['pages'],
        spaces: ['ENG'],
        surface: 'all',
      },
    }),
  );
  expect(answer.status).toBe(201);
  const made = (await answer.json()) as NewKey;
  expect(made).toMatchObject({
    expires_at: '2030-01-31T12:00:07.000Z',
    config: { operations: ['read_page'], tags: ['pages'], surface: 'all' },
  });
  const list = await (await GET(ask(null, {}, 'GET'))).text();
  expect(list).toContain(made.id);
  expect(list).not.toContain(made.key);
  signedIn.user = ben;
  expect((await DELETE(ask({}, { origin }, 'DELETE'), withId(made.id))).status).toBe(404);
  signedIn.user = ada;
  expect((await DELETE(ask({}, { origin }, 'DELETE'), withId(made.id))).status).toBe(204);
  const bad = await POST(ask({ name: 'k', config: { operations: ['read_pag'] } }));
  expect(bad.status).toBe(400);
  expect(await bad.json()).toMatchObject({ error: { next: expect.stringContaining('read_page') } });
});

test('a key as Bearer makes keys within its own limits, and no more', async () => {
  const { POST } = await import('./route.ts');
  signedIn.user = ada;
  const config = { methods: ['read'], spaces: ['ENG'], manage_keys: true };
  const maker = (await (await POST(ask({ name: 'm', config, expires_at: '1h' }))).json()) as NewKey;
  signedIn.user = null;
  const bearer = { authorization: `Bearer ${maker.key}` };
  const child = await POST(ask({ name: 'c' }, bearer));
  expect(child.status).toBe(201);
  expect(await child.json()).toMatchObject({
    expires_at: maker.expires_at,
    config: { methods: ['read'], spaces: ['ENG'], manage_keys: false },
  });
  for (const wider of [
    { config: { methods: ['read', 'write'] } },
    { config: { spaces: null } },
    { config: { spaces: ['ENG', 'HR'] } },
    { expires_at: '2h' },
    { expires_at: null },
  ]) {
    expect((await POST(ask({ name: 'c', ...wider }, bearer))).status).toBe(403);
  }
});

const eventsOf = (text: string): TestEvent[] =>
  text
    .split('\n\n')
    .filter(Boolean)
    .map((block) => JSON.parse(block.replace(/^data: /, '')) as TestEvent);

test('a test is for the owner; the key made for it is gone afterwards', async () => {
  const { POST } = await import('./route.ts');
  const { POST: tryKey } = await import('./[id]/test/route.ts');
  const { listKeys } = await import('#lib/auth');
  signedIn.user = ada;
  const made = (await (await POST(ask({ name: 'tried' }))).json()) as NewKey;
  const other = (await (await POST(ask({ name: 'other' }))).json()) as NewKey;
  signedIn.user = ben;
  expect((await tryKey(ask({}), withId(made.id))).status).toBe(404);
  expect((await tryKey(ask({ key: made.key }), withId(made.id))).status).toBe(403);
  signedIn.user = ada;
  expect((await tryKey(ask({ key: other.key }), withId(made.id))).status).toBe(403);
  const before = (await listKeys(ada.id)).length;
  const answer = await tryKey(ask({}), withId(made.id));
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const events = eventsOf(await answer.text());
  expect(events).toContainEqual(expect.objectContaining({ kind: 'ended', step: 'reach', outcome: 'failed' }));
  expect(events.at(-1)).toMatchObject({ kind: 'finished', ok: false });
  expect(await listKeys(ada.id)).toHaveLength(before);
});

test('limits are chosen from the catalogue and from the person’s own Confluence', async () => {
  const { GET } = await import('./choices/route.ts');
  signedIn.user = ada;
  const choices = (await (await GET(ask(null, {}, 'GET'), withId(''))).json()) as KeyChoices;
  expect(choices.operations.length).toBeGreaterThan(100);
  expect(choices.operations).toContainEqual({
    name: 'read_page',
    title: 'Read page',
    tag: 'pages',
    tier: 'read',
  });
  expect(choices.spaces).toContainEqual(expect.objectContaining({ key: 'ENG' }));
  expect(choices.sites.length).toBeGreaterThan(0);
  const { operationTags } = await import('#lib/wire');
  expect([...new Set(choices.operations.map(({ tag }) => tag))].sort()).toEqual([...operationTags].sort());
});
