import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../../scripts/stage.ts';
import { proposeOn } from './propose.fixture.ts';

let stage: Stage;
let approvals: typeof import('./index.ts');
let ada: { id: string; role: 'admin' };
let ben: { id: string; role: 'member' };
const key = { id: 'key_test', name: '=Claude' };

beforeAll(async () => {
  stage = await setStage();
  approvals = await import('./index.ts');
  ada = { id: stage.ada.id, role: 'admin' };
  ben = { id: stage.ben.id, role: 'member' };
});
afterAll(() => stage.close());

const apply = ({ id, hash }: { id: string; hash: string }) =>
  approvals.decide(stage.ada, id, { decision: 'apply', hash, confirmed: [] });
const create = (title: string, more: Parameters<typeof proposeOn>[3] = {}) =>
  proposeOn(stage, 'create_page', { space: 'ENG', title, body: 'Text.' }, more);

test('the ledger by chat, client and state, page by page; others’ changes keep their content', async () => {
  const one = await create('Ledger one', { chatId: 'cht_l' });
  await apply(one);
  const two = await create('Ledger two', { key });
  const three = await proposeOn(
    stage,
    'create_page',
    { space: 'ENG', title: 'Of Ben', body: 'x' },
    { user: stage.ben },
  );

  const ids = async (query: Partial<Parameters<typeof approvals.activity>[1]>, viewer = ada) =>
    (await approvals.activity(viewer, { limit: 50, ...query })).lines.map(({ id }) => id);
  expect(await ids({})).toEqual([two.id, one.id]);
  expect(await ids({ state: 'made' })).toEqual([one.id]);
  expect(await ids({ chat: 'cht_l' })).toEqual([one.id]);
  expect(await ids({ client: '=Claude' })).toEqual([two.id]);
  expect(await ids({ client: '' })).toEqual([one.id]);
  expect(await approvals.activityClients(ada.id)).toEqual(['=Claude']);

  const first = await approvals.activity(ada, { limit: 1 });
  expect(first.lines.map(({ id }) => id)).toEqual([two.id]);
  const rest = await approvals.activity(ada, { limit: 1, after: first.next ?? '' });
  expect([rest.lines.map(({ id }) => id), rest.next]).toEqual([[one.id], null]);
  await expect(approvals.activity(ada, { limit: 1, after: "1' or 1=1" })).rejects.toMatchObject({
    code: 'invalid_input',
  });

  await approvals.decide(stage.ben, three.id, { decision: 'apply', hash: three.hash, confirmed: [] });
  const { lines } = await approvals.activity(ada, { limit: 50, everyone: true });
  const his = lines.find(({ id }) => id === three.id);
  expect(his).toMatchObject({ person: { name: 'Ben Okafor' }, operationTitle: 'Create page', own: null });
  expect(JSON.stringify(his)).not.toContain('Of Ben');
  // What reading it back showed names pages and people: only how it ended is told.
  expect(his?.verification).toMatchObject({ ok: true, summary: 'as approved', version: null });
  await expect(approvals.activity(ben, { limit: 50, everyone: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await ids({}, { ...ben, role: 'admin' })).toEqual([three.id]);

  let csv = '';
  for await (const part of approvals.activityCsv(ada, { everyone: true })) csv += part;
  await expect(approvals.activityCsv(ben, { everyone: true }).next()).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(csv.split('\r\n')[0]).toBe(
    'time,person,operation,change,target,space,status,verified,version,asked_by,decided,url,id',
  );
  expect(csv.split('\r\n')).toHaveLength(lines.length + 2);
  expect(csv).toContain(",'=Claude,");
  expect(csv).toContain('"Create page ""Ledger one"" in Engineering"');
});

test('everything a chat has changed is taken back, the newest first; what cannot be is named', async () => {
  const chatId = 'cht_undo';
  const page = '5543210';
  const before = await stage.page(page);
  const edit = (markdown: string) =>
    proposeOn(stage, 'edit_page', { page, edits: [{ op: 'append', markdown }] }, { chatId });
  await apply(await edit('First.'));
  await apply(await edit('Second.'));
  await edit('Never decided.');
  const other = await create('Of another chat', { chatId: 'cht_other' });
  await apply(other);

  expect(await approvals.undoChat(stage.ada, chatId)).toEqual({ undone: 2, toReview: [], left: [] });
  expect((await stage.page(page)).storage).toBe(before.storage);
  expect((await approvals.viewChange(stage.ada, other.id)).status).toBe('verified');
  expect(await approvals.undoChat(stage.ada, chatId)).toEqual({ undone: 0, toReview: [], left: [] });
  // Another person has nothing in this chat.
  await apply(await edit('Third.'));
  expect((await approvals.undoChat(stage.ben, chatId)).undone).toBe(0);
});
