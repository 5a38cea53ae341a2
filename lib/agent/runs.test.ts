import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { database } from '#db';
import { branch, claimAnswer, saveAnswer } from '#lib/chats';
import type { ChatEvent, Message, Part } from '#lib/wire';
import { ada, adaRow, decide, proposes, readResult, reset, source, state } from './fake-rooms.fixture.ts';
import { chatView, recoverRuns, retryTurn, startTurn, stopTurn, subscribe } from './index.ts';
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

test('one answer at a time', async () => {
  let free = () => {};
  play([
    {
      text: 'Slow',
      hold: new Promise((resolve) => {
        free = resolve;
      }),
    },
    { text: 'Next' },
  ]);
  const { chatId, answer } = await ask('one');
  await expect(startTurn(ada, chatId, { text: 'two', parentId: answer.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(retryTurn(ada, chatId, answer.id)).rejects.toMatchObject({ code: 'conflict' });
  free();
  await ended(chatId);
  await ask('two', chatId, answer.id);
  expect(texts(await ended(chatId))).toBe('Next');
});

test('stop ends the work, keeps what was said and settles cards', async () => {
  play([{ text: 'Half an answer', hold: new Promise(() => {}) }]);
  const { chatId } = await ask('go');
  await vi.waitFor(() => expect(texts(runOf(chatId)?.message as Message)).toContain('answer'));
  await stopTurn(ada, chatId);
  const stopped = await ended(chatId);
  expect([stopped.status, texts(stopped)]).toEqual(['stopped', 'Half an answer']);
  expect(state.stopped).toEqual([chatId]);
  expect(runOf(chatId)).toBeNull();
});

test('stop while an operation runs', async () => {
  play([{ calls: [{ name: 'read_page', input: {} }] }]);
  state.handlers.read_page = (o) =>
    new Promise((_resolve, reject) => o.signal.addEventListener('abort', () => reject(o.signal.reason)));
  const { chatId } = await ask('go');
  await vi.waitFor(() => expect(state.executed).toHaveLength(1));
  await stopTurn(ada, chatId);
  const stopped = await ended(chatId);
  expect(stopped.status).toBe('stopped');
  expect(stopped.parts).toMatchObject([{ type: 'tool', state: 'stopped' }]);
});

test('stop of a waiting answer', async () => {
  play([{ calls: [{ name: 'create_page', input: {} }] }]);
  state.handlers.create_page = proposes('chg_1');
  const { chatId } = await ask('create');
  await ended(chatId);
  await stopTurn(ada, chatId);
  expect((await branch(chatId)).at(-1)?.status).toBe('stopped');
  expect(state.stopped).toEqual([chatId]);
});

test('a failure keeps the partial text; retry answers as a sibling', async () => {
  const model = play([
    { text: 'Partly', fail: Object.assign(new Error('terminated'), { name: 'TypeError' }) },
    { text: 'Whole' },
  ]);
  const { chatId, userMessage, answer } = await ask('go');
  const failed = await ended(chatId);
  expect(failed.status).toBe('failed');
  expect(failed.parts).toMatchObject([
    { text: 'Partly' },
    { type: 'error', retryable: true, error: { code: 'model_unavailable' } },
  ]);
  await retryTurn(ada, chatId, answer.id);
  const again = await ended(chatId);
  expect([again.parentId, texts(again), again.id === answer.id]).toEqual([userMessage.id, 'Whole', false]);
  expect(model.seen[1]?.prompt.map((message) => message.role)).toEqual(['system', 'user']);
});

test('watchers see a snapshot and then events that add up to the stored answer', async () => {
  let free = () => {};
  play([
    { text: 'One two three', calls: [{ name: 'read_page', input: { page: '1' } }] },
    {
      text: 'Four five',
      hold: new Promise((resolve) => {
        free = resolve;
      }),
    },
  ]);
  state.handlers.read_page = () => readResult('read_page', 'x', [source('1', 'Page')]);
  const { chatId, answer } = await ask('go');
  await vi.waitFor(() => expect(texts(runOf(chatId)?.message as Message)).toContain('five'));
  let parts: Part[] = [];
  const events: ChatEvent[] = [];
  const stop = await subscribe(ada, chatId, (event) => {
    events.push(event);
    if (event.type === 'snapshot') parts = structuredClone(event.chat.messages.at(-1)?.parts ?? []);
    if (event.type === 'part') parts[event.index] = event.part;
    if (event.type === 'text') {
      const part = parts[event.index];
      if (part?.type === 'text') parts[event.index] = { type: 'text', text: part.text + event.delta };
    }
  });
  expect(events[0]).toMatchObject({ type: 'snapshot', chat: { id: chatId, activity: 'Writing…' } });
  free();
  const done = await ended(chatId);
  expect(parts).toEqual(done.parts);
  expect(events.at(-2)).toMatchObject({ type: 'status', messageId: answer.id, status: 'done' });
  expect(events.at(-1)).toEqual({ type: 'activity', text: null });
  stop();
  const view = await chatView(ada, chatId);
  expect([view.messages.length, view.activity]).toEqual([2, null]);
  await expect(chatView({ id: 'usr_ben', name: 'Ben' }, chatId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(subscribe({ id: 'usr_ben', name: 'Ben' }, chatId, () => {})).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a step of a change reaches the watchers of its chat', async () => {
  play([{ calls: [{ name: 'create_page', input: {} }] }]);
  state.handlers.create_page = proposes('chg_1');
  const { chatId } = await ask('create');
  await ended(chatId);
  const events: ChatEvent[] = [];
  const stop = await subscribe(ada, chatId, (event) => events.push(event));
  decide('chg_1', 'verified');
  await vi.waitFor(() =>
    expect(events.at(-1)).toMatchObject({ type: 'change', change: { id: 'chg_1', status: 'verified' } }),
  );
  stop();
});

test('after a restart a running answer is interrupted, a waiting one stays', async () => {
  play([{ text: 'x' }]);
  const { chatId, answer } = await ask('go');
  await ended(chatId);
  const tool: Part = {
    type: 'tool',
    callId: 'c',
    name: 'read_page',
    label: 'Reading',
    state: 'running',
    input: {},
    output: null,
    sources: [],
    error: null,
  };
  await saveAnswer(answer.id, { parts: [tool], status: 'running', usage: null });
  await recoverRuns();
  expect((await branch(chatId)).at(-1)).toMatchObject({
    status: 'interrupted',
    parts: [{ state: 'stopped' }],
  });
  await claimAnswer(answer.id, 'interrupted', 'waiting');
  await recoverRuns();
  expect((await branch(chatId)).at(-1)?.status).toBe('waiting');
});
