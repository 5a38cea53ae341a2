import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { closeDatabase, database, endLoginSession, insertLoginSession, newId } from '#db';
import { demoPeople, type User } from '#lib/auth';
import { createChat } from '#lib/chats';

const signedIn: { user: User | null; sessionId: string } = { user: null, sessionId: '' };

vi.mock('#lib/auth', async (original) => ({
  ...(await original<object>()),
  requireUser: async () => signedIn.user,
  currentSession: async () => signedIn,
}));

const { GET } = await import('./route.ts');

let chatId: string;

beforeAll(async () => {
  signedIn.user = (await demoPeople())[0] as User;
});
beforeEach(async () => {
  chatId = (await createChat(signedIn.user?.id ?? '')).id;
  signedIn.sessionId = newId('ses');
  await insertLoginSession(await database(), {
    id: signedIn.sessionId,
    user_id: signedIn.user?.id ?? '',
    user_agent: null,
    created_at: Date.now(),
    last_seen_at: Date.now(),
    expires_at: Date.now() + 3_600_000,
    revoked_at: null,
  });
});
afterEach(() => vi.useRealTimers());
afterAll(closeDatabase);

type Hub = { listeners: Map<string, Set<(event: unknown) => void>> };
const hub = () => (globalThis as unknown as { __confabRuns: Hub }).__confabRuns;
const watching = () => hub().listeners.get(chatId)?.size ?? 0;

function open(id = chatId, signal?: AbortSignal): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/chats/${id}/events`, signal ? { signal } : {});
  return GET(request, { params: Promise.resolve({ id }) });
}

const readerOf = (response: Response) => (response.body as ReadableStream<Uint8Array>).getReader();

test('a snapshot first; the listener goes when the reader or the request goes', async () => {
  const leaving = new AbortController();
  const [one, two] = await Promise.all([open(), open(chatId, leaving.signal)]);
  const reader = readerOf(one);
  const first = new TextDecoder().decode((await reader.read()).value);
  expect(JSON.parse(first.slice('data: '.length))).toMatchObject({ type: 'snapshot', chat: { id: chatId } });
  expect(watching()).toBe(2);
  await reader.cancel();
  await vi.waitFor(() => expect(watching()).toBe(1));
  leaving.abort();
  expect(watching()).toBe(0);
  const rest = readerOf(two);
  await rest.read();
  expect((await rest.read()).done).toBe(true);
});

test('a browser that has gone before the stream began leaves nothing behind', async () => {
  await open(chatId, AbortSignal.abort());
  expect(watching()).toBe(0);
});

test('the stream ends when its login session was revoked', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const reader = readerOf(await open());
  await reader.read();
  vi.advanceTimersByTime(20_000);
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
  await endLoginSession(await database(), signedIn.user?.id ?? '', signedIn.sessionId, Date.now());
  vi.advanceTimersByTime(20_000);
  expect((await reader.read()).done).toBe(true);
  expect(watching()).toBe(0);
});

test('a reader that does not read is cut off', async () => {
  const response = await open();
  const event = { type: 'activity', text: 'x'.repeat(1024 * 1024) };
  for (let i = 0; i < 20; i++) for (const listener of hub().listeners.get(chatId) ?? []) listener(event);
  expect(watching()).toBe(0);
  await response.body?.cancel();
});

test('another person’s chat is not found', async () => {
  const { id } = await createChat(((await demoPeople())[1] as User).id);
  expect((await open(id)).status).toBe(404);
});
