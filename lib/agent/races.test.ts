import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { database } from '#db';
import { branch, claimAnswer, deleteChat, saveAnswer, waitingChats } from '#lib/chats';
import { ada, adaRow, connected, decide, proposes, readResult, reset, state } from './fake-rooms.fixture.ts';
import { continueTurn, recoverRuns, startTurn, stopTurn } from './index.ts';
import { runOf } from './registry.ts';
import { ask, ended, play, texts } from './turn.fixture.ts';

vi.mock('#lib/router', async () => (await import('./fake-rooms.fixture.ts')).router);
vi.mock('#lib/approvals', async () => (await import('./fake-rooms.fixture.ts')).approvals);
vi.mock('#lib/connections', async () => (await import('./fake-rooms.fixture.ts')).connections);
vi.mock('./models.ts', async (original) => {
  const { state: rooms } = await import('./fake-rooms.fixture.ts');
  return { ...(await original<object>()), currentModel: () => rooms.model };
});

beforeAll(async () => {
  await (await database()).insertInto('users').values(adaRow).execute();
});
beforeEach(reset);

/** What the start of the server does with answers that wait. */
async function resumeWaiting(): Promise<void> {
  for (const { chatId } of await waitingChats()) await continueTurn(ada, chatId);
}

const leaf = async (chatId: string) => (await branch(chatId)).at(-1);

/** A handler that answers when it is told to. */
function held(answer: () => unknown): { handler: () => Promise<unknown>; free: () => void } {
  const gate = Promise.withResolvers<void>();
  return { handler: () => gate.promise.then(answer), free: gate.resolve };
}

test('a card decided while another call of the answer still runs: the answer goes on when the run rests', async () => {
  const model = play([
    {
      calls: [
        { name: 'create_page', input: {} },
        { name: 'read_page', input: {} },
      ],
    },
    { text: 'Both are done.' },
  ]);
  const slow = held(() => readResult('read_page', 'x'));
  state.handlers = { create_page: proposes('chg_1'), read_page: slow.handler };
  const { chatId } = await ask('both');
  await vi.waitFor(() => expect(state.changes.has('chg_1')).toBe(true));
  decide('chg_1', 'verified');
  await continueTurn(ada, chatId);
  slow.free();
  await vi.waitFor(async () => expect((await leaf(chatId))?.status).toBe('done'));
  expect(texts((await leaf(chatId)) as never)).toBe('Both are done.');
  expect(model.seen).toHaveLength(2);
});

test('a connection made while another call of the answer still runs: the answer goes on when the run rests', async () => {
  const model = play([
    {
      calls: [
        { name: 'read_page', input: {} },
        { name: 'search_content', input: {} },
      ],
    },
    { text: 'Read.' },
  ]);
  const { UserError } = await import('#errors');
  const slow = held(() => readResult('search_content', 'x'));
  state.handlers = {
    read_page: () => {
      throw new UserError('needs_connection', 'Not connected.', { data: { reason: 'not_connected' } });
    },
    search_content: slow.handler,
  };
  const { chatId } = await ask('read');
  await vi.waitFor(() =>
    expect(runOf(chatId)?.message.parts.some((part) => part.type === 'connect')).toBe(true),
  );
  state.connection = { ...connected, connectedAt: Date.now() + 1 };
  await continueTurn(ada, chatId);
  slow.free();
  await vi.waitFor(async () => expect((await leaf(chatId))?.status).toBe('done'));
  expect(model.seen).toHaveLength(2);
});

test('a connection that is refused again and again does not make the answer go on by itself', async () => {
  const model = play(Array.from({ length: 5 }, () => ({ calls: [{ name: 'read_page', input: {} }] })));
  const { UserError } = await import('#errors');
  state.connection = { ...connected, connectedAt: Date.now() - 60_000 };
  state.handlers.read_page = () => {
    throw new UserError('reconnect', 'Refused.', { data: { reason: 'revoked' } });
  };
  const { chatId } = await ask('read');
  expect((await ended(chatId)).status).toBe('waiting');
  await new Promise((later) => setTimeout(later, 50));
  expect(model.seen).toHaveLength(1);
});

test('stop in the moment in which an answer is being started stops it', async () => {
  play([{ text: 'Never to be seen whole', hold: new Promise(() => {}) }]);
  const { createChat } = await import('#lib/chats');
  const { id } = await createChat(ada.id);
  const starting = startTurn(ada, id, { text: 'go', parentId: null });
  await vi.waitFor(async () => expect((await branch(id)).length).toBeGreaterThan(0), { interval: 1 });
  await stopTurn(ada, id);
  await starting;
  await vi.waitFor(async () => expect((await leaf(id))?.status).toBe('stopped'));
  expect(runOf(id)).toBeNull();
});

test('stop and a decision at once: a stopped answer does not go on', async () => {
  const model = play([{ calls: [{ name: 'create_page', input: {} }] }, { text: 'No.' }]);
  state.handlers.create_page = proposes('chg_1');
  const { chatId } = await ask('create');
  await ended(chatId);
  // The card is settled by Stop itself: whoever hears of it must find the answer stopped.
  state.whenStopping = async () => {
    decide('chg_1', 'stopped');
    await continueTurn(ada, chatId);
  };
  await stopTurn(ada, chatId);
  await runOf(chatId)?.ended;
  expect((await leaf(chatId))?.status).toBe('stopped');
  expect(model.seen).toHaveLength(1);
});

test('after a restart an answer whose last card was decided just before goes on', async () => {
  const model = play([{ calls: [{ name: 'create_page', input: {} }] }, { text: 'I see.' }, { text: 'No' }]);
  state.handlers.create_page = proposes('chg_1');
  const { chatId } = await ask('create');
  await ended(chatId);
  await resumeWaiting();
  expect(model.seen).toHaveLength(1);
  decide('chg_1', 'rejected', 'no');
  await resumeWaiting();
  await vi.waitFor(async () => expect((await leaf(chatId))?.status).toBe('done'));
  expect(texts((await leaf(chatId)) as never)).toBe('I see.');
});

test('a waiting answer of a deleted chat is left alone after a restart', async () => {
  const model = play([{ calls: [{ name: 'create_page', input: {} }] }, { text: 'No.' }]);
  state.handlers.create_page = proposes('chg_1');
  const { chatId } = await ask('create');
  await ended(chatId);
  await deleteChat(ada.id, chatId);
  decide('chg_1', 'stopped');
  await resumeWaiting();
  expect(model.seen).toHaveLength(1);
});

test('recovery does not touch an answer that ended meanwhile', async () => {
  play([{ text: 'Whole.' }]);
  const { chatId, answer } = await ask('go');
  const done = await ended(chatId);
  await saveAnswer(answer.id, { parts: [], status: 'running', usage: null });
  const recovering = recoverRuns();
  // Another part of the start finished it in the meantime.
  await claimAnswer(answer.id, 'running', 'done');
  await saveAnswer(answer.id, { parts: done.parts, status: 'done', usage: null });
  await recovering;
  expect(await leaf(chatId)).toMatchObject({ status: 'done', parts: done.parts });
});
