import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { database } from '#db';
import { branch } from '#lib/chats';
import type { ChatEvent } from '#lib/wire';
import { ada, adaRow, decide, proposes, reset, state } from './fake-rooms.fixture.ts';
import { retryTurn, startTurn, subscribe, switchBranch } from './index.ts';
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

const shown = async (chatId: string) => (await branch(chatId)).map(texts);

test('an earlier question asked in other words is a branch of its own; the first one comes back whole', async () => {
  const model = play([{ text: 'One.' }, { text: 'Two.' }, { text: 'Other.' }]);
  const { chatId, userMessage, answer } = await ask('first');
  await ended(chatId);
  await ask('second', chatId, answer.id);
  await ended(chatId);
  const edited = await ask('first, in other words', chatId, userMessage.parentId);
  await ended(chatId);
  expect(await shown(chatId)).toEqual(['first, in other words', 'Other.']);
  expect(JSON.stringify(model.seen[2]?.prompt)).not.toContain('second');
  expect(edited.userMessage.siblings).toEqual([userMessage.id, edited.userMessage.id]);

  const events: ChatEvent[] = [];
  const stop = await subscribe(ada, chatId, (event) => events.push(event));
  await switchBranch(ada, chatId, userMessage.id);
  stop();
  expect(await shown(chatId)).toEqual(['first', 'One.', 'second', 'Two.']);
  const last = events.at(-1);
  expect(last?.type === 'snapshot' ? last.chat.messages.map(texts) : []).toEqual([
    'first',
    'One.',
    'second',
    'Two.',
  ]);
});

test('nobody leafs through a chat that is being answered', async () => {
  let free = () => {};
  play([{ text: 'Slow', hold: new Promise((resolve) => (free = () => resolve(undefined))) }]);
  const { chatId, userMessage } = await ask('go');
  await expect(switchBranch(ada, chatId, userMessage.id)).rejects.toMatchObject({ code: 'conflict' });
  free();
  await ended(chatId);
  await switchBranch(ada, chatId, userMessage.id);
  const elsewhere = { id: 'usr_other', name: 'Other' };
  await expect(switchBranch(elsewhere, chatId, userMessage.id)).rejects.toMatchObject({ code: 'not_found' });
  // The place is free again after a refusal.
  play([{ text: 'Next' }]);
  await startTurn(ada, chatId, { text: 'more', parentId: (await branch(chatId)).at(-1)?.id ?? null });
  expect(texts(await ended(chatId))).toBe('Next');
});

test('an answer given again is told what the first one wrote', async () => {
  const model = play([
    { calls: [{ name: 'create_page', input: {} }] },
    { text: 'Written.' },
    { text: 'It stands there already.' },
  ]);
  state.handlers.create_page = proposes('chg_done', 'Create page "Plan"');
  const { chatId, answer } = await ask('make a page');
  await ended(chatId);
  decide('chg_done', 'verified');
  const { continueTurn } = await import('./index.ts');
  await continueTurn(ada, chatId);
  await runOf(chatId)?.ended;
  expect(JSON.stringify(model.seen[1]?.prompt[0])).not.toContain('Already applied');
  await retryTurn(ada, chatId, answer.id);
  await ended(chatId);
  const system = JSON.stringify(model.seen[2]?.prompt[0]);
  expect(system).toContain('Already applied');
  expect(system).toContain('Create page');
  expect(JSON.stringify(model.seen[2]?.prompt.slice(1))).not.toContain('chg_done');
});
