import { expect, test } from 'vitest';
import type { ChangeView, ChatEvent, Message } from '#lib/wire';
import { applyEvents, type ChatState, emptyChat, isRunning, looseChanges } from './chat-state.ts';

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  chatId: 'cht_1',
  parentId: null,
  siblings: [id],
  role: 'assistant',
  author: null,
  parts: [],
  status: 'running',
  model: 'demo',
  usage: null,
  createdAt: 0,
  ...more,
});

const change = (id: string, more: Partial<ChangeView> = {}) =>
  ({ id, revision: 1, status: 'proposed', ...more }) as ChangeView;

const after = (events: ChatEvent[], state: ChatState = emptyChat) => applyEvents(state, events);

test('text deltas grow one part and leave other messages untouched', () => {
  const start = after([
    { type: 'message', message: message('m1', { status: 'done', parts: [{ type: 'text', text: 'Hi' }] }) },
    { type: 'message', message: message('m2', { parentId: 'm1' }) },
  ]);
  const state = after(
    [
      { type: 'text', messageId: 'm2', index: 0, delta: 'Ra' },
      { type: 'text', messageId: 'm2', index: 0, delta: 'te' },
    ],
    start,
  );
  expect(state.messages[1]?.parts).toEqual([{ type: 'text', text: 'Rate' }]);
  expect(state.messages[0]).toBe(start.messages[0]);
  expect(isRunning(state)).toBe(true);
});

test('a part replaces the one at its index and status ends the run', () => {
  const tool = {
    type: 'tool',
    callId: 'c',
    name: 'search_content',
    label: 'Searching',
    state: 'running',
    input: {},
    output: null,
    sources: [],
    error: null,
  } as const;
  const state = after([
    { type: 'message', message: message('m1') },
    { type: 'part', messageId: 'm1', index: 0, part: { ...tool, sources: [] } },
    {
      type: 'part',
      messageId: 'm1',
      index: 0,
      part: { ...tool, sources: [], state: 'done', label: 'Searched' },
    },
    { type: 'status', messageId: 'm1', status: 'done', usage: { inputTokens: 1, outputTokens: 2 } },
  ]);
  expect(state.messages[0]?.parts).toHaveLength(1);
  expect(state.messages[0]?.parts[0]).toMatchObject({ label: 'Searched', state: 'done' });
  expect(state.messages[0]?.usage).toEqual({ inputTokens: 1, outputTokens: 2 });
  expect(isRunning(state)).toBe(false);
});

test('a snapshot replaces everything but keeps the identity of equal messages', () => {
  const start = after([{ type: 'message', message: message('m1', { status: 'done' }) }]);
  const view = {
    id: 'cht_1',
    title: 'T',
    messages: [message('m1', { status: 'done' }), message('m2')],
    changes: [change('g1')],
    activity: 'Searching',
  };
  const state = after([{ type: 'snapshot', chat: view }], start);
  expect(state.messages[0]).toBe(start.messages[0]);
  expect(state.messages).toHaveLength(2);
  expect(state.activity).toBe('Searching');
  expect(state.changes.get('g1')?.status).toBe('proposed');
});

test('what POST answers does not overwrite what events brought meanwhile', () => {
  const question = message('m0', { role: 'user' });
  const answer = message('m1', { parentId: 'm0' });
  const start = after([
    { type: 'message', message: question },
    { type: 'message', message: answer },
    { type: 'text', messageId: 'm1', index: 0, delta: 'more' },
  ]);
  const state = applyEvents(start, [{ type: 'sent', messages: [question, answer] }]);
  expect(state.messages.find(({ id }) => id === 'm1')?.parts).toEqual([{ type: 'text', text: 'more' }]);
});

test('a late event does not turn a settled change back', () => {
  const state = after([
    { type: 'change', change: change('g1', { status: 'verified' }) },
    { type: 'change', change: change('g1', { status: 'applying' }) },
  ]);
  expect(state.changes.get('g1')?.status).toBe('verified');
});

test('open changes no message refers to are loose', () => {
  const state = after([
    { type: 'message', message: message('m1', { parts: [{ type: 'change', callId: 'c', changeId: 'g1' }] }) },
    { type: 'change', change: change('g1') },
    { type: 'change', change: change('g2') },
    { type: 'change', change: change('g3', { status: 'verified' }) },
  ]);
  expect(looseChanges(state).map(({ id }) => id)).toEqual(['g2']);
});

test('events about an unknown message change nothing', () => {
  const state = after([{ type: 'text', messageId: 'nobody', index: 0, delta: 'x' }]);
  expect(state).toEqual(emptyChat);
});

test('a new answer to the same question takes the place of the old one, and of what came below it', () => {
  const failed = after([
    { type: 'message', message: message('q', { role: 'user', status: 'done' }) },
    { type: 'message', message: message('a1', { parentId: 'q', status: 'failed' }) },
  ]);
  const state = after(
    [
      { type: 'message', message: message('a2', { parentId: 'q' }) },
      { type: 'text', messageId: 'a2', index: 0, delta: 'Now it works.' },
    ],
    failed,
  );
  expect(state.messages.map(({ id }) => id)).toEqual(['q', 'a2']);
});
