import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { UserError } from '#errors';
import type { User } from '#lib/auth';
import { type Stage, setStage } from '../../scripts/stage.ts';

const signedIn: { user: User | null } = { user: null };

vi.mock('#lib/auth', async (original) => ({
  ...(await original<object>()),
  requireUser: async () => {
    if (signedIn.user === null) throw new UserError('needs_sign_in', 'You are not signed in.');
    return signedIn.user;
  },
  currentUser: async () => signedIn.user,
  currentSession: async () => (signedIn.user === null ? null : { user: signedIn.user, sessionId: 'ses_x' }),
}));

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const app = join(import.meta.dirname, '..');
const files = readdirSync(app, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('route.ts'))
  .sort();

type Route = { file: string; method: (typeof methods)[number]; handler: Handler };
const routes: Route[] = [];
let stage: Stage;
let people: { ada: User; ben: User };
let params: Record<string, unknown>;

beforeAll(async () => {
  stage = await setStage();
  for (const file of files) {
    const module = (await import(join(app, file))) as Record<string, Handler>;
    for (const method of methods) {
      const handler = module[method];
      if (handler !== undefined) routes.push({ file, method, handler });
    }
  }
  const { demoPeople } = await import('#lib/auth');
  const [ada, ben] = (await demoPeople()) as [User, User];
  people = { ada, ben };
  params = { id: 'x', key: `cfb_${'A'.repeat(43)}`, nextauth: ['signout'] };
});
afterAll(() => stage.close());

function call(
  route: Route,
  given: Record<string, unknown>,
  body: unknown = {},
  headers = {},
): Promise<Response> {
  const request = new Request('http://localhost:3000/x', {
    method: route.method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
    ...(route.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return route.handler(request, { params: Promise.resolve(given) });
}

const ours = { origin: 'http://localhost:3000' };
const find = (file: string, method: Route['method']) =>
  routes.find((route) => route.file === file && route.method === method) as Route;

test('every route that changes something refuses pages of other sites, whoever is signed in', async () => {
  signedIn.user = people.ada;
  const changing = routes.filter(({ method }) => method !== 'GET');
  expect(changing.length).toBeGreaterThan(20);
  for (const origin of ['http://evil.example', 'null', 'http://localhost:3000.evil.example']) {
    for (const route of changing) {
      const { status } = await call(route, params, {}, { origin });
      expect(status, `${route.method} ${route.file} from ${origin}`).toBe(403);
    }
  }
});

test('every route of a person asks for one', async () => {
  signedIn.user = null;
  // Open to all by design, or guarded by a key, a token or next-auth, with tests of their own.
  const others =
    /^(connect|preferences|\.well-known)\/|^oauth\/\[|api\/(health|atlassian|auth|mcp|keys|openapi)\b|people\/(first|invites\/accept)/;
  const personal = routes.filter(({ file }) => !others.test(file));
  expect(personal.length).toBeGreaterThan(20);
  for (const route of personal) {
    const answer = await call(route, params, {}, ours);
    // Where a browser comes back from elsewhere it is sent to sign in.
    const asked = answer.status === 401 || answer.headers.get('location')?.includes('/sign-in?') === true;
    expect(asked, `${route.method} ${route.file}: ${answer.status}`).toBe(true);
  }
});

test('another person’s chat, change, key and session do not exist', async () => {
  const { createChat } = await import('#lib/chats');
  const { createKey, keyConfigSchema, revokeKey } = await import('#lib/auth');
  const { execute } = await import('#lib/router');
  const chat = await createChat(people.ada.id);
  const proposed = await execute({
    user: people.ada,
    name: 'edit_page',
    input: { page: '5543210', edits: [{ op: 'append', markdown: 'Mine.' }] },
    limits: { tiers: ['read', 'write', 'destructive'], operations: null, tags: null, spaces: null },
    origin: { kind: 'chat', chatId: chat.id, client: null, fromPageText: false },
    signal: AbortSignal.timeout(20_000),
  });
  if (proposed.kind !== 'proposed') throw new Error(proposed.kind);
  const { change } = proposed;
  const bodies: Record<string, unknown> = {
    'api/chats/[id]/messages/route.ts': { text: 'hello', parentId: null },
    'api/chats/[id]/branch/route.ts': { messageId: 'x' },
    'api/chats/[id]/retry/route.ts': { messageId: 'msg_x' },
    'api/chats/[id]/route.ts': { title: 'Taken over' },
    'api/changes/[id]/decide/route.ts': { decision: 'apply', hash: change.hash, confirmed: [] },
  };
  signedIn.user = people.ben;
  const owned = routes.filter(({ file }) => /^api\/(chats|changes)\/\[id\]/.test(file));
  expect(owned.length).toBeGreaterThan(10);
  for (const route of owned) {
    const id = route.file.startsWith('api/chats') ? chat.id : change.id;
    const { status } = await call(route, { id }, bodies[route.file], ours);
    expect(status, `${route.method} ${route.file}`).toBe(404);
  }
  const key = await createKey(people.ada, { name: 'k', config: keyConfigSchema.parse({}), expiresAt: null });
  await expect(revokeKey(people.ben.id, key.id)).rejects.toMatchObject({ code: 'not_found' });
  const lists = await Promise.all(
    ['api/chats/route.ts', 'api/changes/route.ts'].map((file) => call(find(file, 'GET'), {})),
  );
  const seen = (await Promise.all(lists.map((answer) => answer.text()))).join();
  expect(seen).not.toContain(chat.id);
  expect(seen).not.toContain(change.id);
});

test('a decision stands although its chat was deleted meanwhile', async () => {
  const { createChat, deleteChat } = await import('#lib/chats');
  const { execute } = await import('#lib/router');
  const chat = await createChat(people.ada.id);
  const proposed = await execute({
    user: people.ada,
    name: 'edit_page',
    input: { page: '5543210', edits: [{ op: 'append', markdown: 'Still.' }] },
    limits: { tiers: ['read', 'write', 'destructive'], operations: null, tags: null, spaces: null },
    origin: { kind: 'chat', chatId: chat.id, client: null, fromPageText: false },
    signal: AbortSignal.timeout(20_000),
  });
  if (proposed.kind !== 'proposed') throw new Error(proposed.kind);
  await deleteChat(people.ada.id, chat.id);
  signedIn.user = people.ada;
  const { id, hash } = proposed.change;
  const answer = await call(
    find('api/changes/[id]/decide/route.ts', 'POST'),
    { id },
    { decision: 'apply', hash },
    ours,
  );
  expect([answer.status, ((await answer.json()) as { status: string }).status]).toEqual([200, 'verified']);
});

test('a query that cannot be read is the caller’s mistake, not ours; a body has its limit', async () => {
  signedIn.user = people.ada;
  const changes = find('api/changes/route.ts', 'GET');
  const bad = new Request('http://localhost:3000/api/changes?state=lots');
  expect((await changes.handler(bad, { params: Promise.resolve({}) })).status).toBe(400);
  const send = find('api/chats/route.ts', 'POST');
  const huge = await call(send, {}, { text: 'x'.repeat(13 * 1024 * 1024) }, ours);
  expect(huge.status).toBe(413);
  const deep = new Request('http://localhost:3000/api/chats', {
    method: 'POST',
    headers: { ...ours, 'content-type': 'application/json' },
    body: '['.repeat(2_000_000),
  });
  expect((await send.handler(deep, { params: Promise.resolve({}) })).status).toBe(400);
});
