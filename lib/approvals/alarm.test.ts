import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alarmOf } from '#lib/wire';
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
  await fetch(`${stage.url}/_sandbox/faults`, { method: 'DELETE' });
  await stage.control('reset');
  await stage.control('limits', { index_lag_ms: 0 });
});

const propose = (name: string, input: Record<string, unknown>) => proposeOn(stage, name, input);

const append = (markdown: string) => ({ page, edits: [{ op: 'append', markdown }] });
const applied = async (name: string, input: Record<string, unknown>) => {
  const { id, hash } = await propose(name, input);
  return approvals.decide(stage.ada, id, { decision: 'apply', hash, confirmed: [] });
};
const damage = (how: string) =>
  stage.control('faults', {
    kind: 'damage',
    damage: how,
    match: '^(?:PUT|POST) .*/(?:pages|blogposts|footer-comments)',
  });

test.each([
  ['drop-macro', /Not on the saved page as approved: code|Not as approved: .*list/],
  ['lose-paragraph', /Not (?:as approved|on the saved page)/],
  ['change-text', /Not as approved: heading "Before you start": approved "Before you start", there "erofeB/],
  ['truncate', /Not on the saved page as approved/],
])(
  'Confluence damages the page on save (%s): an alarm, and one click brings the version before back',
  async (how, detail) => {
    const before = await stage.page(page);
    await damage(how);
    const change = await applied('edit_page', append('A line.'));
    expect(change).toMatchObject({
      status: 'applied',
      verification: { ok: false },
      restore: { version: before.version },
      mayUndo: true,
    });
    expect(alarmOf(change)).toBe('differs');
    expect(change.verification?.details.join('\n')).toMatch(detail);
    expect(change.verification?.diff?.entries.some(({ op }) => op !== 'keep')).toBe(true);

    const text = approvals.changeText(change);
    expect(text).toContain('ALARM: this was written, but what Confluence has now is NOT what was approved');
    expect(text).toContain(`Restore version ${before.version}`);
    expect(text).toContain('What was approved (-) and what is there (+)');

    const undone = await approvals.undo(stage.ada, change.id);
    expect(undone).toMatchObject({ id: change.id, status: 'undone', restore: null });
    expect(await stage.page(page)).toMatchObject({ storage: before.storage, version: before.version + 2 });
  },
);

test('a whole page raises no alarm, however Confluence rewrites it', async () => {
  const change = await applied(
    'edit_page',
    append(
      '## New\n\n- one\n- two\n\n| a | b |\n|---|---|\n| café | “x” |\n\n- [ ] do it\n\n:::info\nMind\n:::\n\n```js\na && b ]]> c\n```',
    ),
  );
  expect(change).toMatchObject({
    status: 'verified',
    verification: { ok: true, details: [] },
    restore: null,
  });
  expect(change.verification?.summary).toMatch(/^\d+ blocks kept, \d+ added, 0 lost$/);
  expect(alarmOf(change)).toBeNull();
});

test('the restore is damaged too: it raises an alarm itself, and the next click puts everything back', async () => {
  const before = await stage.page(page);
  await damage('change-text');
  const change = await applied('edit_page', append('A line.'));
  await damage('lose-paragraph');
  const inverse = await approvals.undo(stage.ada, change.id);
  expect(inverse).toMatchObject({ status: 'applied', origin: { kind: 'undo' }, restore: null });
  expect(alarmOf(inverse)).toBe('differs');
  expect(await approvals.viewChange(stage.ada, change.id)).toMatchObject({
    status: 'applied',
    restore: { version: before.version },
  });
  expect((await approvals.undo(stage.ada, change.id)).status).toBe('undone');
  expect((await stage.page(page)).storage).toBe(before.storage);
});

test('with an edit of a colleague since, the restore keeps it', async () => {
  const before = await stage.page(page);
  await damage('change-text');
  const change = await applied('edit_page', append('A line.'));
  const there = await stage.page(page);
  await stage.control('edit', {
    page_id: page,
    storage: `<p local-id="b1">Ben adds.</p>${there.storage}`,
    by: 'ben',
  });
  expect((await approvals.undo(stage.ada, change.id)).status).toBe('undone');
  expect((await stage.page(page)).storage).toBe(`<p local-id="b1">Ben adds.</p>${before.storage}`);
});

/** Applies an edit that Confluence saves, but whose base cannot be read afterwards. */
async function unseen(markdown: string) {
  const { version } = await stage.page(page);
  const change = await propose('edit_page', append(markdown));
  // Only reading back asks for the version before.
  await stage.control('faults', { kind: '503', match: `^GET .*version=${version}`, count: 0 });
  return approvals.decide(stage.ada, change.id, { decision: 'apply', hash: change.hash, confirmed: [] });
}
const back = () => fetch(`${stage.url}/_sandbox/faults`, { method: 'DELETE' });

test('Confluence fails while it is read back: not taken for success, and can be checked again', async () => {
  const view = await unseen('Unseen.');
  expect(view).toMatchObject({
    status: 'applied',
    verification: { ok: false, unread: true },
    restore: null,
    mayUndo: true,
  });
  expect(alarmOf(view)).toBe('unread');
  expect(approvals.changeResultText(view)).toContain('Written, but NOT verified');
  expect(await approvals.checkAgain(stage.ada, view.id)).toMatchObject({ verification: { unread: true } });
  await back();
  expect(await approvals.checkAgain(stage.ada, view.id)).toMatchObject({
    status: 'verified',
    verification: { ok: true },
  });
  // Nothing is read or written for a change that is verified.
  expect(await approvals.checkAgain(stage.ada, view.id)).toMatchObject({ status: 'verified' });
  await expect(approvals.checkAgain(stage.ben, view.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a colleague saves before it is read back: the version that was written is compared, not theirs', async () => {
  const view = await unseen('Mine.');
  await stage.control('edit', { page_id: page, storage: '<p>All mine.</p>', by: 'ben', title: 'Renamed' });
  await back();
  expect(await approvals.checkAgain(stage.ada, view.id)).toMatchObject({
    status: 'verified',
    verification: { ok: true, version: view.result?.version },
  });
});

test('Confluence answers slowly, with an error now and then: verified all the same', async () => {
  const change = await propose('edit_page', append('Patience.'));
  await stage.control('faults', { kind: 'slow', match: '^GET .*/pages/', delay_ms: 300, count: 3 });
  await stage.control('faults', { kind: '502', match: '^GET .*/pages/', count: 1 });
  const view = await approvals.decide(stage.ada, change.id, {
    decision: 'apply',
    hash: change.hash,
    confirmed: [],
  });
  expect(view).toMatchObject({ status: 'verified', verification: { ok: true } });
});

test('what is new is verified too: a page, a post, a comment, and their damage is told', async () => {
  const body = '## Goals\n\n- one\n- two\n\nText with **weight**.';
  const page = { space: 'ENG', title: 'Verified', body };
  const made = await applied('create_page', page);
  expect(made).toMatchObject({
    status: 'verified',
    verification: { summary: 'The page was read back and is as approved: all 3 blocks are there.' },
  });
  await damage('lose-paragraph');
  const lost = await applied('create_page', { ...page, title: 'Damaged' });
  expect(lost).toMatchObject({ status: 'applied', restore: null, mayUndo: true });
  expect(lost.verification?.summary).toContain('differs from what was approved: 2 blocks added');
  expect((await approvals.undo(stage.ada, lost.id)).status).toBe('undone');
  expect((await applied('create_blog_post', { space: 'MKT', title: 'Post', body })).status).toBe('verified');
  const comment = { id: '5543210', body: 'Two words and [a link](https://a.example).' };
  expect((await applied('create_footer_comment', comment)).status).toBe('verified');
  await damage('change-text');
  const other = await applied('create_footer_comment', { ...comment, body: 'Other words here.' });
  expect(other.status).toBe('applied');
  expect(other.verification?.details[0]).toContain('approved "Other words here."');
});

test('ADF is read back as ADF', async () => {
  const doc = (text: string) =>
    JSON.stringify({
      version: 1,
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
        { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'strong' }] }] },
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] },
          ],
        },
        {
          type: 'panel',
          attrs: { panelType: 'info' },
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'in' }] }],
        },
      ],
    });
  const made = await applied('create_page', {
    space: 'ENG',
    title: 'As ADF',
    body: doc('bold'),
    body_format: 'adf',
  });
  expect(made.verification).toMatchObject({ ok: true, details: [] });
  expect(made.verification?.summary).toContain('all 5 blocks are there');
  const id = (await stage.rest<{ results: { id: string }[] }>('/api/v2/pages?title=As%20ADF')).results[0]?.id;
  const change = { page: id, body: doc('bolder'), body_format: 'adf', base_version: 1 };
  expect((await applied('update_page', change)).verification).toMatchObject({
    ok: true,
    summary: '4 blocks kept, 1 changed as approved, 0 lost',
  });
  await damage('change-text');
  const broken = await applied('update_page', { ...change, body: doc('boldest'), base_version: 2 });
  expect(broken).toMatchObject({ status: 'applied', restore: { version: 2 } });
  expect(broken.verification?.details[0]).toContain('approved "Head"');
  expect(withoutIds((await stage.page(String(id))).storage)).toContain('daeH4');
});
