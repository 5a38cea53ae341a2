import { beforeAll, expect, test } from 'vitest';
import { database } from '#db';
import {
  addAnswer,
  addUserMessage,
  branch,
  chooseBranch,
  claimAnswer,
  createChat,
  deleteChat,
  listChats,
  ownChat,
  renameChat,
  restoreChat,
  saveAnswer,
  setPinned,
} from './index.ts';
import { titleOf } from './title.ts';

beforeAll(async () => {
  const db = await database();
  for (const name of ['Ada', 'Ben']) {
    await db
      .insertInto('users')
      .values({
        id: `usr_${name}`,
        name,
        email: `${name}@x.example`.toLowerCase(),
        role: 'member',
        password_hash: null,
        atlassian_account_id: null,
        demo_key: null,
        created_at: 1,
        disabled_at: null,
      })
      .execute();
  }
});

const say = (chatId: string, text: string, parentId: string | null) =>
  addUserMessage('usr_Ada', chatId, { text, parentId });
const texts = async (chatId: string) =>
  (await branch(chatId)).map((m) => m.parts.map((p) => (p.type === 'text' ? p.text : p.type)).join());

test('a chat is named after its first message, cut at a word', async () => {
  const { id } = await createChat('usr_Ada');
  const first = await say(
    id,
    'Find the Q3 Billing Engine PRD in Confluence and read the current requirements aloud',
    null,
  );
  expect(first.author).toEqual({ id: 'usr_Ada', name: 'Ada' });
  expect((await ownChat('usr_Ada', id)).title).toBe(
    'Find the Q3 Billing Engine PRD in Confluence and read the…',
  );
  await say(id, 'Another thing', first.id);
  expect((await ownChat('usr_Ada', id)).title).toMatch(/^Find/);
  expect(titleOf('   ')).toBe('New chat');
  expect(titleOf('x'.repeat(90))).toHaveLength(61);
});

test('a name given by a person stays', async () => {
  const { id } = await createChat('usr_Ada', { title: 'Mine' });
  await say(id, 'Hello', null);
  expect((await ownChat('usr_Ada', id)).title).toBe('Mine');
});

test('every version of a message is one step away, and its branch is as it was left', async () => {
  const { id } = await createChat('usr_Ada');
  const one = await say(id, 'one', null);
  const two = await say(id, 'two', one.id);
  await say(id, 'three', two.id);
  const deux = await say(id, 'deux', one.id);
  expect(await texts(id)).toEqual(['one', 'deux']);
  expect(deux.siblings).toEqual([two.id, deux.id]);
  expect((await branch(id)).map(({ siblings }) => siblings.length)).toEqual([1, 2]);

  await chooseBranch('usr_Ada', id, two.id);
  expect(await texts(id)).toEqual(['one', 'two', 'three']);
  await say(id, 'un', null);
  expect(await texts(id)).toEqual(['un']);
  await chooseBranch('usr_Ada', id, one.id);
  // The newest branch below: the question that was asked last.
  expect(await texts(id)).toEqual(['one', 'deux']);

  await expect(chooseBranch('usr_Ben', id, two.id)).rejects.toMatchObject({ code: 'not_found' });
  const other = await createChat('usr_Ada');
  await expect(chooseBranch('usr_Ada', other.id, two.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('messages form a tree; the branch follows the newest leaf', async () => {
  const { id } = await createChat('usr_Ada');
  const first = await say(id, 'one', null);
  const answer = await addAnswer(id, first.id, 'demo');
  await saveAnswer(answer.id, {
    parts: [{ type: 'text', text: 'two' }],
    status: 'failed',
    usage: { inputTokens: 3, outputTokens: 4 },
  });
  await say(id, 'three', answer.id);
  expect(await texts(id)).toEqual(['one', 'two', 'three']);
  const again = await addAnswer(id, first.id, 'demo');
  await saveAnswer(again.id, { parts: [{ type: 'text', text: 'deux' }], status: 'done', usage: null });
  expect(await texts(id)).toEqual(['one', 'deux']);
  await say(id, 'eins', null);
  expect(await texts(id)).toEqual(['eins']);
});

test('what an answer says is found once it is complete, and as it was said last', async () => {
  const { id } = await createChat('usr_Ada');
  const first = await say(id, 'question', null);
  const answer = await addAnswer(id, first.id, 'demo');
  const saved = (text: string, status: 'running' | 'done') =>
    saveAnswer(answer.id, { parts: [{ type: 'text', text }], status, usage: null });
  const found = async (query: string) => (await listChats('usr_Ada', { query })).map((chat) => chat.id);
  await saved('Armadillo', 'running');
  expect(await found('armadillo')).toEqual([]);
  await saved('Armadillo', 'done');
  expect(await found('armadillo')).toEqual([id]);
  await saved('Pangolin', 'done');
  expect([await found('armadillo'), await found('pangolin')]).toEqual([[], [id]]);
});

test('a parent of another chat is refused', async () => {
  const a = await createChat('usr_Ada');
  const b = await createChat('usr_Ada');
  const first = await say(a.id, 'one', null);
  await expect(say(b.id, 'two', first.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(addAnswer(b.id, first.id, 'demo')).rejects.toMatchObject({ code: 'not_found' });
});

test('another person’s chat looks like none', async () => {
  const { id } = await createChat('usr_Ada');
  for (const attempt of [
    ownChat('usr_Ben', id),
    renameChat('usr_Ben', id, 'x'),
    deleteChat('usr_Ben', id),
    restoreChat('usr_Ben', id),
    setPinned('usr_Ben', id, true),
    addUserMessage('usr_Ben', id, { text: 'x', parentId: null }),
    ownChat('usr_Ada', 'cht_none'),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await listChats('usr_Ben')).toEqual([]);
});

test('only one of many claims a waiting answer', async () => {
  const { id } = await createChat('usr_Ada');
  const first = await say(id, 'one', null);
  const answer = await addAnswer(id, first.id, 'demo');
  await saveAnswer(answer.id, { parts: [], status: 'waiting', usage: null });
  expect((await listChats('usr_Ada')).find((chat) => chat.id === id)?.waiting).toBe(true);
  const claims = await Promise.all(
    Array.from({ length: 20 }, () => claimAnswer(answer.id, 'waiting', 'running')),
  );
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test('list: newest first, pinned lead, search looks at titles and texts only, delete and restore', async () => {
  const old = await createChat('usr_Ada', { title: 'Pinned 100% sure' });
  const told = await createChat('usr_Ada', { title: 'Plain' });
  await say(told.id, 'the "quoted" Wombat', null);
  await setPinned('usr_Ada', old.id, true);
  const all = await listChats('usr_Ada');
  expect(all[0]).toMatchObject({ id: old.id, pinned: true });
  expect(all[1]?.id).toBe(told.id);
  const found = async (query: string) => (await listChats('usr_Ada', { query })).map((chat) => chat.id);
  expect(await found('"quoted" wombat')).toEqual([told.id]);
  expect(await found('100%')).toEqual([old.id]);
  expect(await found('10_%')).toEqual([]);
  expect(await found('"type"')).toEqual([]);
  // All words, in any order and also inside other words, of any script; in one message.
  expect(await found('WOMB quot')).toEqual([told.id]);
  expect(await found('wombat sure')).toEqual([]);
  const tokyo = await createChat('usr_Ada', { title: 'Tokyo' });
  await say(tokyo.id, '来週の会議の議事録をÜbersicht', null);
  expect(await found('会議')).toEqual([tokyo.id]);
  expect(await found('議事録')).toEqual([tokyo.id]);
  expect(await found('übersicht')).toEqual([tokyo.id]);
  expect((await listChats('usr_Ada', { query: '議事録' }))[0]?.snippet).toContain('会議の議事録');
  expect((await listChats('usr_Ada', { query: 'tokyo' }))[0]).not.toHaveProperty('snippet');
  expect(await listChats('usr_Ben', { query: '議事録' })).toEqual([]);
  await deleteChat('usr_Ada', told.id);
  expect(await found('wombat')).toEqual([]);
  await restoreChat('usr_Ada', told.id);
  expect(await found('wombat')).toEqual([told.id]);
  await renameChat('usr_Ada', told.id, '  Marsupials ');
  expect((await ownChat('usr_Ada', told.id)).title).toBe('Marsupials');
  await expect(renameChat('usr_Ada', told.id, '  ')).rejects.toMatchObject({ code: 'invalid_input' });
  const [first] = await listChats('usr_Ada', { before: all[1]?.updatedAt ?? 0 });
  expect(first?.pinned).toBe(false);
});
