import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import {
  apply,
  bare,
  colleagueEdits,
  contextFor,
  operation,
  preview,
  read,
  startSite,
  storageOf,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const limited = (spaces: string[]) => ({
  tiers: ['read', 'write', 'destructive'] as const,
  operations: null,
  tags: null,
  spaces,
});

async function make(ctx: Context, title: string, parent?: string, body = `About ${title}.`): Promise<string> {
  const proposal = await preview(ctx, 'create_page', {
    space: 'ONB',
    title,
    body,
    ...(parent === undefined ? {} : { parent }),
  });
  return String((await apply(ctx, proposal)).outcome.targetId);
}

/** A page with two below it, one of them with one more. */
async function makeTree(ctx: Context, name: string): Promise<string[]> {
  const root = await make(ctx, name);
  const first = await make(ctx, `${name}: first`, root);
  return [root, first, await make(ctx, `${name}: deep`, first), await make(ctx, `${name}: second`, root)];
}

const statusOf = async (ctx: Context, id: string) =>
  String((await read(ctx, 'read_page', { page: id, format: 'outline' })).data.status);

async function setting(values: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${site.sandbox.url}/_sandbox/limits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

describe('copy_page', () => {
  test('a copy with labels and files, a title of its own, and undo', async () => {
    const ctx = await contextFor(site);
    const proposal = await preview(ctx, 'copy_page', { page: 'API Guidelines', destination: 'Onboarding' });
    expect(proposal).toMatchObject({
      title: 'Copy "API Guidelines" to the homepage of Onboarding',
      target: { space: { key: 'ONB' }, otherSpaces: ['1001'] },
      request: { title: 'API Guidelines', parts: ['attachments', 'labels', 'properties', 'custom_contents'] },
    });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, version: 1 });
    const id = String(outcome.targetId);
    expect(await storageOf(ctx, id)).toBe(await storageOf(ctx, String(proposal.input.page)));
    const labels = async (page: string) =>
      ((await read(ctx, 'list_labels', { of: 'page', id: page })).data.items as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await labels(id)).toEqual(await labels(String(proposal.input.page)));
    expect(await write('copy_page').settle(ctx, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: id },
    });
    expect((await write('copy_page').rebase(ctx, proposal)).kind).toBe('conflict');
    const again = await preview(ctx, 'copy_page', { page: 'ENG:API Guidelines', destination: 'ONB' });
    expect(again.request).toMatchObject({ title: 'Copy of API Guidelines' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await statusOf(ctx, id)).toBe('trashed');
  });

  test('an edit by a colleague after the copy: undo waits for another look', async () => {
    const ctx = await contextFor(site);
    const source = await make(ctx, 'Copied once');
    const proposal = await preview(ctx, 'copy_page', { page: source, destination: 'ONB', title: 'Twice' });
    await colleagueEdits(site, source, '<p>Newer.</p>');
    const state = await write('copy_page').rebase(ctx, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    const { outcome } = await apply(ctx, state.proposal);
    const id = String(outcome.targetId);
    expect(bare(await storageOf(ctx, id))).toBe('<p>Newer.</p>');
    await colleagueEdits(site, id, '<p>Theirs.</p>');
    const inverse = await write('copy_page').inverse(ctx, state.proposal, outcome);
    if ('impossible' in inverse) throw new Error(inverse.impossible);
    expect(await write('delete_page').rebase(ctx, inverse)).toMatchObject({
      kind: 'rebased',
      proposal: { title: inverse.title, baseVersion: 2 },
    });
  });

  test('restrictions that do not go along must be confirmed; a taken title and a strange place are refused', async () => {
    const ctx = await contextFor(site);
    const restricted = await make(ctx, 'For my eyes');
    const limiting = await fetch(`${site.sandbox.url}/wiki/rest/api/content/${restricted}/restriction`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('ada@halden.example:sandbox-token-ada')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify([
        {
          operation: 'read',
          restrictions: { user: [{ type: 'known', accountId: ctx.connection.account.id }] },
        },
      ]),
    });
    expect(limiting.status, await limiting.text()).toBe(200);
    const proposal = await preview(ctx, 'copy_page', { page: restricted, destination: 'ENG' });
    expect(proposal.warnings).toContainEqual(
      expect.objectContaining({ code: 'drops_restrictions', mustConfirm: true }),
    );
    await expect(
      preview(ctx, 'copy_page', { page: restricted, destination: 'ENG', title: 'API Guidelines' }),
    ).rejects.toMatchObject({ code: 'title_taken' });
    await expect(
      preview(ctx, 'copy_page', { page: restricted, destination: 'Nowhere at all' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const ben = await contextFor(site, 'ben');
    await expect(preview(ben, 'copy_page', { page: restricted, destination: 'ENG' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const eng = await contextFor(site, 'ada', limited(['1001']));
    await expect(
      preview(eng, 'copy_page', { page: 'API Guidelines', destination: 'ONB' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('copy_page_tree', () => {
  test('same space without a prefix is refused; with one the tree is copied, read back and undone', async () => {
    const ctx = await contextFor(site);
    const [root = ''] = await makeTree(ctx, 'Team kit');
    await expect(preview(ctx, 'copy_page_tree', { page: root, destination: 'ONB' })).rejects.toMatchObject({
      code: 'title_taken',
    });
    await expect(
      preview(ctx, 'copy_page_tree', { page: root, destination: 'Team kit: deep', title_prefix: 'x ' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    const proposal = await preview(ctx, 'copy_page_tree', {
      page: root,
      destination: 'ONB',
      title_search: 'Team',
      title_replace: 'Crew',
    });
    expect(proposal.title).toBe('Copy "Team kit" and the 3 pages below it to the homepage of Onboarding');
    expect(proposal.diff.fields.map((field) => field.after)).toContain('Crew kit: first › Crew kit: deep');
    expect(await write('copy_page_tree').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    const said: string[] = [];
    const { outcome, verification } = await apply({ ...ctx, progress: (line) => said.push(line) }, proposal);
    expect(said.some((line) => /^Copying 4 pages: \d+%$/.test(line))).toBe(true);
    expect(verification).toMatchObject({ ok: true, details: [] });
    const tree = await read(ctx, 'list_descendants', { id: String(outcome.targetId), depth: 5 });
    expect((tree.data.items as { title: string }[]).map(({ title }) => title)).toEqual([
      'Crew kit: first',
      'Crew kit: deep',
      'Crew kit: second',
    ]);
    const task = await read(ctx, 'get_long_task', { task_id: String(outcome.receipt.taskId) });
    expect(task.data.items).toMatchObject([{ finished: true, successful: true, percent: 100 }]);
    expect(await write('copy_page_tree').settle(ctx, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: outcome.targetId },
    });
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.inverse.operation).toBe('delete_page_tree');
    expect(undone.verification).toMatchObject({ ok: true, summary: '4 pages are in the trash.' });
  });

  test('a page added below the copy since: undo waits for another look', async () => {
    const ctx = await contextFor(site);
    const [root = ''] = await makeTree(ctx, 'Grown');
    const proposal = await preview(ctx, 'copy_page_tree', {
      page: root,
      destination: 'ONB',
      title_prefix: 'New ',
    });
    const { outcome } = await apply(ctx, proposal);
    await make(ctx, 'Added by a colleague', String(outcome.targetId));
    const inverse = await write('copy_page_tree').inverse(ctx, proposal, outcome);
    if ('impossible' in inverse) throw new Error(inverse.impossible);
    const state = await write('delete_page_tree').rebase(ctx, inverse);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    expect(state.proposal.title).toBe(inverse.title);
    expect(JSON.stringify(state.proposal.diff)).toContain('Added by a colleague');
  });
});

describe('delete_page_tree', () => {
  test('the whole tree goes and comes back in its shape', async () => {
    const ctx = await contextFor(site);
    const [root = '', first = '', deep = '', second = ''] = await makeTree(ctx, 'Retreat');
    const proposal = await preview(ctx, 'delete_page_tree', { page: root });
    expect(proposal.title).toBe('Delete "Retreat" and the 3 pages below it');
    expect(proposal.diff.fields.map((field) => field.label)).toEqual([
      'Retreat',
      '› Retreat: first',
      '› Retreat: second',
      '› › Retreat: deep',
    ]);
    await colleagueEdits(site, deep, '<p>Meanwhile.</p>');
    const state = await write('delete_page_tree').rebase(ctx, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    const { outcome, verification } = await apply(ctx, state.proposal);
    expect(verification).toMatchObject({ ok: true });
    for (const id of [root, first, deep, second]) expect(await statusOf(ctx, id)).toBe('trashed');
    expect(await write('delete_page_tree').settle(ctx, state.proposal)).toMatchObject({ kind: 'applied' });
    const undone = await undo(ctx, state.proposal, outcome);
    expect(undone.verification).toMatchObject({ ok: true, details: [] });
    const tree = await read(ctx, 'list_descendants', { id: root, depth: 5 });
    expect(
      (tree.data.items as { id: string; parent_id: string }[]).map((one) => [one.id, one.parent_id]),
    ).toEqual([
      [first, root],
      [deep, first],
      [second, root],
    ]);
    expect(bare(await storageOf(ctx, deep))).toBe('<p>Meanwhile.</p>');
  });

  test('a limited key does not reach a tree; delete_page says how to delete it all', async () => {
    const ctx = await contextFor(site);
    const [root = ''] = await makeTree(ctx, 'Left behind');
    const [note] = (await preview(ctx, 'delete_page', { pages: [root] })).warnings;
    expect(note).toMatchObject({ code: 'leaves_children', mustConfirm: true });
    expect(note?.message).toContain('with all pages below it');
    const few = await contextFor(site, 'ada', limited(['1001']));
    await expect(preview(few, 'delete_page_tree', { page: root })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('archive_pages', () => {
  test('A24: archived pages leave search and stay readable; no undo, and the card says why', async () => {
    const ctx = await contextFor(site);
    await setting({ index_lag_ms: 0 });
    const [root = '', first = '', deep = '', second = ''] = await makeTree(ctx, 'Zeppelin handbook');
    const proposal = await preview(ctx, 'archive_pages', { pages: [root, first], note: 'Too old' });
    expect(proposal).toMatchObject({
      title: 'Archive 2 pages',
      undo: { possible: false, why: expect.stringContaining('copy them to a live place') },
    });
    expect(proposal.warnings.map(({ code }) => code)).toEqual([
      'leaves_children',
      'keeps_title',
      'note_not_sent',
    ]);
    expect(await write('archive_pages').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    const { verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, summary: '2 pages are archived.' });
    expect(await write('archive_pages').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect(await statusOf(ctx, root)).toBe('archived');
    // Those not listed moved up; they are current and under the homepage.
    expect(await statusOf(ctx, deep)).toBe('current');
    const above = await read(ctx, 'list_ancestors', { id: deep });
    expect((above.data.items as { id: string }[]).map(({ id }) => id)).not.toContain(root);
    const hits = await read(ctx, 'search_content', { query: 'Zeppelin handbook', limit: 20 });
    const ids = (hits.data.items as { id: string }[]).map(({ id }) => id);
    expect(ids).not.toContain(root);
    expect(ids).toContain(second);
    const listed = await read(ctx, 'list_pages', { space: 'ONB', status: 'archived' });
    expect((listed.data.items as { id: string }[]).map(({ id }) => id).sort()).toEqual([root, first].sort());
    // Trap: an archived page holds its title.
    await expect(
      preview(ctx, 'create_page', { space: 'ONB', title: 'Zeppelin handbook' }),
    ).rejects.toMatchObject({ code: 'title_taken' });
    expect(await write('archive_pages').inverse(ctx, proposal, {} as never)).toHaveProperty('impossible');
    const again = await write('archive_pages').preview(
      ctx,
      operation('archive_pages').input.parse({ pages: [root, first] }),
    );
    expect(again).toMatchObject({ noChange: true });
    expect((await preview(ctx, 'archive_pages', { pages: [root, second] })).warnings).toContainEqual(
      expect.objectContaining({ code: 'skipped' }),
    );
  });

  test('a colleague archives first; Ben and a limited key do not reach it', async () => {
    const ctx = await contextFor(site);
    const page = await make(ctx, 'Raced');
    const proposal = await preview(ctx, 'archive_pages', { pages: [page] });
    await apply(ctx, await preview(ctx, 'archive_pages', { pages: [page] }));
    expect((await write('archive_pages').rebase(ctx, proposal)).kind).toBe('conflict');
    const few = await contextFor(site, 'ada', limited(['1001']));
    await expect(preview(few, 'archive_pages', { pages: [page] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const ben = await contextFor(site, 'ben');
    const hidden = String((await read(ctx, 'read_page', { page: 'HR:HR Home' })).data.id);
    await expect(preview(ben, 'archive_pages', { pages: [hidden] })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

// Last: what they start is never finished.
describe('long tasks', () => {
  test('a task that outlasts the wait is told as such, and found by get_long_task', async () => {
    const ctx = await contextFor(site);
    const [root = ''] = await makeTree(ctx, 'Slow');
    const proposal = await preview(ctx, 'delete_page_tree', { page: root });
    await setting({ task_step_ms: 100_000 });
    try {
      const impatient = { ...ctx, signal: AbortSignal.timeout(700) };
      const outcome = await write('delete_page_tree').apply(impatient, proposal);
      expect(outcome.receipt).toMatchObject({ finished: false, percent: 0 });
      const verification = await write('delete_page_tree').verify(ctx, proposal, outcome);
      expect(verification).toMatchObject({ ok: false, summary: '4 of 4 pages are still there.' });
      expect(verification.details.join(' ')).toContain('get_long_task');
      expect(await write('delete_page_tree').settle(ctx, proposal)).toMatchObject({ kind: 'unknown' });
      const open = await read(ctx, 'get_long_task', {});
      expect(open.text).toContain(`Task ${String(outcome.receipt.taskId)}`);
      // What a task says may name pages anywhere.
      const few = await contextFor(site, 'ada', limited(['1001']));
      await expect(read(few, 'get_long_task', {})).rejects.toMatchObject({ code: 'forbidden' });
    } finally {
      await setting({ task_step_ms: 40 });
    }
    const ben = await contextFor(site, 'ben');
    await expect(read(ben, 'get_long_task', { task_id: '1' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(ctx, 'get_long_task', { task_id: '../user' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect((await read(ben, 'get_long_task', {})).data.items).toEqual([]);
  });

  test('trap: one archive job at a time, and Atlassian says so', async () => {
    const ctx = await contextFor(site);
    await setting({ task_step_ms: 100_000 });
    try {
      const [one, two] = [await make(ctx, 'Busy one'), await make(ctx, 'Busy two')];
      const slow = await preview(ctx, 'archive_pages', { pages: [one] });
      await write('archive_pages').apply({ ...ctx, signal: AbortSignal.timeout(300) }, slow);
      const next = await preview(ctx, 'archive_pages', { pages: [two] });
      await expect(write('archive_pages').apply(ctx, next)).rejects.toMatchObject({
        message: expect.stringContaining('already running'),
      });
    } finally {
      await setting({ task_step_ms: 40 });
    }
  });
});
