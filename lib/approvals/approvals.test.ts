import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Stage, setStage } from '../../scripts/stage.ts';
import { withoutIds } from '../../scripts/without-ids.ts';
import { proposeOn } from './propose.fixture.ts';

const page = '5543210';
let stage: Stage;
let approvals: typeof import('./index.ts');

beforeAll(async () => {
  stage = await setStage();
  approvals = await import('./index.ts');
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control('reset');
  await stage.control('limits', { index_lag_ms: 0 });
});

const propose = (name: string, input: Record<string, unknown>, chatId: string | null = null) =>
  proposeOn(stage, name, input, { chatId });

const append = (markdown: string) => ({ page, edits: [{ op: 'append', markdown }] });
const apply = (hash: string) => ({ decision: 'apply' as const, hash, confirmed: [] });

test('a proposal writes nothing; apply writes once, verifies, and undo gives the earlier bytes back', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('A line.'));
  expect(change).toMatchObject({
    status: 'proposed',
    mayDecide: true,
    mayUndo: false,
    baseVersion: before.version,
  });
  expect(await stage.page(page)).toEqual(before);

  const applied = await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect(applied).toMatchObject({
    status: 'verified',
    mayUndo: true,
    result: { version: before.version + 1 },
  });
  const { storage } = await stage.page(page);
  expect(storage.startsWith(before.storage)).toBe(true);
  expect(withoutIds(storage.slice(before.storage.length))).toBe('<p>A line.</p>');

  const undone = await approvals.undo(stage.ada, change.id);
  expect(undone).toMatchObject({ id: change.id, status: 'undone', mayUndo: false });
  expect(await stage.page(page)).toMatchObject({ storage: before.storage, version: before.version + 2 });
});

test('twenty parallel decisions make one write and all see its outcome', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('Once.'));
  const views = await Promise.all(
    Array.from({ length: 20 }, () => approvals.decide(stage.ada, change.id, apply(change.hash))),
  );
  expect(new Set(views.map(({ status }) => status))).toEqual(new Set(['verified']));
  expect((await stage.page(page)).version).toBe(before.version + 1);
});

test('twenty parallel undos make one write', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('Once.'));
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => approvals.undo(stage.ada, change.id)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  expect((await stage.page(page)).version).toBe(before.version + 2);
});

test('a decision on another revision, of another person, or after a rejection changes nothing', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('No.'));
  await expect(approvals.decide(stage.ada, change.id, apply('0'.repeat(64)))).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(approvals.decide(stage.ben, change.id, apply(change.hash))).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(approvals.viewChange(stage.ben, change.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(approvals.undo(stage.ben, change.id)).rejects.toMatchObject({ code: 'not_found' });
  const rejected = await approvals.decide(stage.ada, change.id, {
    decision: 'reject',
    hash: change.hash,
    reason: 'Not now.',
  });
  expect(rejected).toMatchObject({ status: 'rejected', reason: 'Not now.', mayDecide: false });
  expect((await approvals.decide(stage.ada, change.id, apply(change.hash))).status).toBe('rejected');
  expect(approvals.changeResultText(rejected)).toMatch(/declined.*Not now/s);
  expect(await stage.page(page)).toEqual(before);
});

test('an edited proposal is a new revision with its own hash; the old hash no longer counts', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('First words.'));
  const edited = await approvals.decide(stage.ada, change.id, {
    decision: 'edit',
    hash: change.hash,
    text: 'Words of *Ada*.',
  });
  expect(edited).toMatchObject({ status: 'proposed', revision: 2 });
  expect(edited.hash).not.toBe(change.hash);
  await expect(approvals.decide(stage.ada, change.id, apply(change.hash))).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await approvals.decide(stage.ada, change.id, apply(edited.hash))).status).toBe('verified');
  const { storage } = await stage.page(page);
  expect(storage.startsWith(before.storage)).toBe(true);
  expect(withoutIds(storage.slice(before.storage.length))).toBe('<p>Words of <em>Ada</em>.</p>');
});

test('B06 a colleague edits elsewhere: rebased, shown again, then applied with both edits in place', async () => {
  const before = await stage.page(page);
  const bens = '<p local-id="ben1">Ben was here.</p>';
  const change = await propose('edit_page', append('Mine.'));
  await stage.control('edit', { page_id: page, storage: `${bens}${before.storage}`, by: 'ben' });
  const rebased = await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect(rebased).toMatchObject({
    status: 'proposed',
    revision: 2,
    baseVersion: before.version + 1,
    rebasedFrom: before.version,
  });
  expect((await stage.page(page)).version).toBe(before.version + 1);
  expect((await approvals.decide(stage.ada, change.id, apply(rebased.hash))).status).toBe('verified');
  const { storage } = await stage.page(page);
  expect(storage.startsWith(`${bens}${before.storage}`)).toBe(true);
  expect(withoutIds(storage.slice(bens.length + before.storage.length))).toBe('<p>Mine.</p>');
});

test('B06 a colleague edits the same place: a conflict with both versions, nothing written', async () => {
  await stage.control('edit', { page_id: page, storage: '<p>The one line.</p>', by: 'ben' });
  const change = await propose('edit_page', {
    page,
    edits: [{ op: 'replace_text', target: { text: 'one' }, with: 'first' }],
  });
  await stage.control('edit', { page_id: page, storage: '<p>The only line.</p>', by: 'ben' });
  const conflicted = await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect(conflicted.status).toBe('conflicted');
  expect(conflicted.conflict?.yours).not.toBeNull();
  expect(conflicted.conflict?.theirs).not.toBeNull();
  expect(withoutIds((await stage.page(page)).storage)).toBe('<p>The only line.</p>');
});

const limits = (burst: string, window: string): string =>
  `<h2>Limits</h2><table><tbody><tr><th>Name</th><th>Value</th></tr><tr><td>Burst</td><td>${burst}</td></tr><tr><td>Window</td><td>${window}</td></tr></tbody></table><p>Far away</p>`;

test('B06 a colleague edits another row of the same table: both are kept, and the undo keeps theirs', async () => {
  const put = async (storage: string): Promise<string> => {
    await stage.control('edit', { page_id: page, storage, by: 'ben' });
    return (await stage.page(page)).storage;
  };
  const old = await put(limits('twenty', 'sixty'));
  const edits = [{ op: 'replace_text', target: { text: 'twenty' }, with: 'thirty' }];
  const change = await propose('edit_page', { page, edits });
  await put(old.replace('sixty', 'ninety'));
  const rebased = await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect(rebased).toMatchObject({ status: 'proposed', revision: 2 });
  expect((await approvals.decide(stage.ada, change.id, apply(rebased.hash))).status).toBe('verified');
  const both = old.replace('twenty', 'thirty').replace('sixty', 'ninety');
  expect((await stage.page(page)).storage).toBe(both);
  await put(both.replace('ninety', 'hundred'));
  expect((await approvals.undo(stage.ada, change.id)).status).toBe('undone');
  expect((await stage.page(page)).storage).toBe(old.replace('sixty', 'hundred'));
});

test('B06 the same cell: the text for a client shows both versions of the cell, once, and nothing else', async () => {
  await stage.control('edit', { page_id: page, storage: limits('twenty', 'sixty'), by: 'ben' });
  const edits = [{ op: 'replace_text', target: { text: 'twenty' }, with: 'thirty' }];
  const change = await propose('edit_page', { page, edits });
  await stage.control('edit', { page_id: page, storage: limits('fifty', 'sixty'), by: 'ben' });
  const conflicted = await approvals.decide(stage.ada, change.id, apply(change.hash));
  const text = approvals.changeResultText(conflicted);
  expect(text).toContain('Limits > table > row "Burst" > column "Value"');
  expect(text).toMatch(/there now:\n.*\n.*fifty[\s\S]*proposed here:\n.*\n.*thirty/);
  expect(text).not.toContain('Far away');
  expect(text.split('Nothing was written')).toHaveLength(2);
});

test('undo after a later edit by somebody else keeps that edit', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('To be undone.'));
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  const mine = await stage.page(page);
  await stage.control('edit', {
    page_id: page,
    storage: `<p local-id="ben1">Ben stays.</p>${mine.storage}`,
    by: 'ben',
  });
  const undone = await approvals.undo(stage.ada, change.id);
  expect(undone.status).toBe('undone');
  expect((await stage.page(page)).storage).toBe(`<p local-id="ben1">Ben stays.</p>${before.storage}`);
});

test('a dropped connection is settled by reading: applied exactly once, or waiting again', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('Over a bad line.'));
  await stage.control('faults', { kind: 'drop', match: '^PUT ', count: 1 });
  const settled = await approvals.decide(stage.ada, change.id, apply(change.hash));
  const after = await stage.page(page);
  const times = after.storage.split('Over a bad line.').length - 1;
  expect(times).toBe(settled.status === 'verified' ? 1 : 0);
  expect(['verified', 'proposed']).toContain(settled.status);
  expect(after.version).toBe(before.version + times);
  if (settled.status === 'proposed') {
    expect(settled.error?.message).toMatch(/not applied/);
    expect((await approvals.decide(stage.ada, change.id, apply(settled.hash))).status).toBe('verified');
  }
});

test('stopping a chat settles its open cards; expiry does so too', async () => {
  const change = await propose('edit_page', append('Never.'), 'chat_stop');
  await approvals.stopOpenChanges(stage.ada.id, 'chat_stop');
  const stopped = await approvals.viewChange(stage.ada, change.id);
  expect(stopped).toMatchObject({ status: 'stopped', mayDecide: false });
  expect((await approvals.decide(stage.ada, change.id, apply(change.hash))).status).toBe('stopped');
});

test('waiting for a decision ends with it', async () => {
  const change = await propose('edit_page', append('Waited for.'));
  const waiting = approvals.waitForDecision(stage.ada.id, change.id, 20, new AbortController().signal);
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect((await waiting).status).toBe('verified');
});

test('undo as an operation is a card of its own; applying it undoes the change', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('Here and gone.'));
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  const inverse = await propose('undo_change', { change_ids: [change.id] });
  expect(inverse).toMatchObject({ status: 'proposed', origin: { kind: 'undo' } });
  await approvals.decide(stage.ada, inverse.id, apply(inverse.hash));
  expect((await approvals.viewChange(stage.ada, change.id)).status).toBe('undone');
  expect((await stage.page(page)).storage).toBe(before.storage);
});

test('every write operation goes through the gate: a preview alone never writes', async () => {
  const inputs: Record<string, Record<string, unknown>> = {
    create_page: { space: 'ENG', title: 'Gate', body: 'x' },
    edit_page: append('x'),
    update_page: { page, title: 'Another title' },
    delete_page: { pages: [page] },
    add_label: { ids: [page], labels: ['gate'] },
    add_user_to_group: { group: 'Contractors', user: 'Jane Doe' },
    remove_user_from_group: { group: 'Contractors', user: 'John Smith' },
  };
  const writesBefore = (await stage.writes()).length;
  for (const [name, input] of Object.entries(inputs))
    expect((await propose(name, input)).status, name).toBe('proposed');
  expect((await stage.writes()).length).toBe(writesBefore);
});

test('an undo that would take along what others did waits for its tick', async () => {
  const change = await propose('create_page', { space: 'ENG', title: 'A parent soon', body: 'Text.' });
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  const made = await stage.rest<{ results: { id: string }[] }>('/api/v2/pages?title=A%20parent%20soon');
  const id = String(made.results[0]?.id);
  const child = await propose('create_page', { space: 'ENG', title: 'A child', parent: id, body: 'Text.' });
  await approvals.decide(stage.ada, child.id, apply(child.hash));

  const undoing = await approvals.undo(stage.ada, change.id);
  expect(undoing).toMatchObject({
    operation: 'delete_page',
    status: 'proposed',
    warnings: [{ code: 'leaves_children', mustConfirm: true }],
  });
  expect((await stage.page(id)).title).toBe('A parent soon');
  const confirmed = ['leaves_children'];
  await approvals.decide(stage.ada, undoing.id, { decision: 'apply', hash: undoing.hash, confirmed });
  expect((await approvals.viewChange(stage.ada, change.id)).status).toBe('undone');
});
