import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffStorage } from '#lib/content';
import { withoutIds } from '../../scripts/without-ids.ts';
import { startSandbox } from '../sandbox/index.ts';
import {
  apply,
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
} from './sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const idOf = async (title: string): Promise<string> =>
  String((await read(await contextFor(site), 'read_page', { page: title, format: 'outline' })).data.id);

describe('writes', () => {
  test('A03, A07, A13: create, verify, undo to the trash', async () => {
    const ctx = await contextFor(site);
    const body =
      '# Q4 Launch Plan\n\n## Goals\n\n- Ship\n\n## Timelines\n\n1. Now\n2. Later\n\n## Risks\n\nNone.';
    const proposal = await preview(ctx, 'create_page', {
      space: 'the Product Ops space',
      title: 'Q4 Launch Plan',
      body,
      labels: ['Launch Plan'],
    });
    expect(proposal).toMatchObject({
      title: 'Create page "Q4 Launch Plan" in Product Ops',
      target: { space: { key: 'PROD' } },
      editable: { text: expect.stringMatching(/^## Goals/) },
    });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    const saved = await storageOf(ctx, String(outcome.targetId));
    expect(withoutIds(saved)).toContain('<h2>Goals</h2>');
    expect(
      (await read(ctx, 'list_labels', { of: 'page', id: String(outcome.targetId) })).data.items,
    ).toMatchObject([{ name: 'launch-plan' }]);
    expect(await write('create_page').settle(ctx, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: outcome.targetId },
    });
    await expect(
      preview(ctx, 'create_page', { space: 'PROD', title: 'q4 launch plan' }),
    ).rejects.toMatchObject({
      code: 'title_taken',
      data: { existing: { id: outcome.targetId }, suggestion: 'q4 launch plan (2)' },
    });
    expect((await write('create_page').rebase(ctx, proposal)).kind).toBe('conflict');
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.verification.ok).toBe(true);
    expect(await write('create_page').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
  });

  test("the person's own text replaces the proposed one", async () => {
    const ctx = await contextFor(site);
    const proposal = await preview(ctx, 'create_page', {
      space: 'ONB',
      title: 'Edited before apply',
      body: 'one',
    });
    const edited = await write('create_page').edit?.(ctx, proposal, 'two **words**');
    expect(edited?.request).toMatchObject({ post: { body: { value: '<p>two <strong>words</strong></p>' } } });
    const change = await preview(ctx, 'edit_page', {
      page: '5543210',
      edits: [{ op: 'append', markdown: '## One' }],
    });
    const mine = await write('edit_page').edit?.(ctx, change, '## Two');
    expect(JSON.stringify(mine?.request)).toContain('<h2>Two</h2>');
    expect(JSON.stringify(mine?.request)).not.toContain('<h2>One</h2>');
  });

  test('bad storage, a missing title and an unknown parent never reach Confluence', async () => {
    const ctx = await contextFor(site);
    await expect(
      preview(ctx, 'create_page', { space: 'ENG', title: 'Bad', body: '<p>open', body_format: 'storage' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(preview(ctx, 'create_page', { space: 'ENG', body: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(
      preview(ctx, 'create_page', { space: 'ENG', title: 'Orphan', parent: '987654321' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('A04, A12: only what was edited differs; undo gives the page back byte for byte', async () => {
    const ctx = await contextFor(site);
    const before = await storageOf(ctx, '5543210');
    const proposal = await preview(ctx, 'edit_page', {
      page: '5543210',
      base_version: 3,
      edits: [{ op: 'append', markdown: '## Rollback Procedures\n\n1. Stop the rollout' }],
    });
    expect(proposal.title).toBe('Add section "Rollback Procedures" to "Deploying the Billing Engine"');
    expect(proposal.editable?.text).toContain('Rollback Procedures');
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, version: 4 });
    const after = await storageOf(ctx, '5543210');
    expect(after.startsWith(before)).toBe(true);
    expect(await write('edit_page').settle(ctx, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { version: 4 },
    });
    const again = await write('edit_page').preview(
      ctx,
      operation('edit_page').input.parse({
        page: '5543210',
        edits: [{ op: 'append', markdown: '## Rollback Procedures\n\n1. Stop the rollout' }],
      }),
    );
    expect(again).toMatchObject({ noChange: true });
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.verification).toMatchObject({ ok: true, version: 5 });
    expect(await storageOf(ctx, '5543210')).toBe(before);
  });

  test('an edit is rebased onto another section, conflicts on the same one, and its undo keeps later edits', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Datadog logging guidelines');
    const start = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'edit_page', {
      page,
      edits: [{ op: 'append', markdown: 'Our new last line.' }],
    });
    await colleagueEdits(site, page, `<p local-id="c1">A colleague's first line.</p>${start}`);
    const state = await write('edit_page').rebase(ctx, proposal);
    expect(state.kind).toBe('rebased');
    if (state.kind !== 'rebased') return;
    expect(await write('edit_page').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    const { outcome, verification } = await apply(ctx, state.proposal);
    expect(verification.ok).toBe(true);
    const both = await storageOf(ctx, page);
    expect(both).toContain("A colleague's first line.");
    expect(both).toContain('Our new last line.');
    await colleagueEdits(site, page, both.replace("A colleague's first line.", 'Changed again.'));
    const undone = await undo(ctx, state.proposal, outcome);
    expect(undone.verification.ok).toBe(true);
    expect(undone.inverse.baseVersion).not.toBe(outcome.version);
    expect(await storageOf(ctx, page)).toBe(`<p local-id="c1">Changed again.</p>${start}`);
    const mine = await preview(ctx, 'edit_page', {
      page,
      edits: [{ op: 'replace_text', target: { text: 'Changed again.' }, with: 'Mine.' }],
    });
    await colleagueEdits(site, page, `<p>Theirs.</p>${start}`);
    const clash = await write('edit_page').rebase(ctx, mine);
    expect(clash).toMatchObject({
      kind: 'conflict',
      yours: { counts: { changed: 1 } },
      theirs: { counts: { changed: 1 } },
    });
  });

  test('an edit made on an old version is merged onto the newest, or refused', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Q3 Billing Engine PRD');
    const start = await storageOf(ctx, page);
    const { version } = (await read(ctx, 'read_page', { page })).data;
    await colleagueEdits(site, page, `<p>On top.</p>${start}`);
    const merged = await preview(ctx, 'edit_page', {
      page,
      base_version: version,
      edits: [{ op: 'append', markdown: 'Stripe webhook note.' }],
    });
    expect(merged.baseVersion).toBe(Number(version) + 1);
    expect(merged.warnings.map(({ code }) => code)).toContain('moved_on');
    await expect(
      preview(ctx, 'edit_page', { page, base_version: 99, edits: [{ op: 'append', markdown: 'x' }] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      preview(ctx, 'edit_page', {
        page,
        edits: [{ op: 'replace', target: { heading: 'No such heading' }, markdown: 'x' }],
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('update_page: rename, whole body, parent and owner, and back', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('API Changelog');
    const before = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'update_page', {
      page,
      title: 'API change log',
      body: 'All new.',
      owner: 'Priya Raman',
      message: 'Fresh start',
    });
    expect(proposal.warnings.length).toBeGreaterThan(0);
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect((await read(ctx, 'list_versions', { id: page })).data.items).toContainEqual(
      expect.objectContaining({ message: 'Fresh start' }),
    );
    expect((await read(ctx, 'read_page', { page })).data).toMatchObject({
      title: 'API change log',
      owner: 'Priya Raman',
    });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
    expect((await read(ctx, 'read_page', { page })).data.title).toBe('API Changelog');
  });

  test('delete and restore, with the children named', async () => {
    const ctx = await contextFor(site);
    const parent = await idOf('Runbooks');
    expect((await preview(ctx, 'delete_page', { pages: [parent] })).warnings).toMatchObject([
      { code: 'leaves_children', mustConfirm: true },
    ]);
    const page = await idOf('Orders API Reference');
    const before = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'delete_page', { pages: [page] });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await write('delete_page').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect((await read(ctx, 'list_pages', { space: 'ENG', status: 'trashed' })).text).toContain(
      'Orders API Reference',
    );
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.inverse.operation).toBe('restore_page');
    expect(undone.verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
  });

  test('move under another parent, into another space, and back to the same place', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Observability');
    const order = async () =>
      ((await read(ctx, 'list_children', { id: 'Engineering Home' })).data.items as { id: string }[]).map(
        ({ id }) => id,
      );
    const before = await order();
    for (const target of ['API Documentation', 'Archive']) {
      const proposal = await preview(ctx, 'move_page', { pages: [page], target });
      expect(proposal.warnings.length).toBe(target === 'Archive' ? 1 : 0);
      const { outcome, verification } = await apply(ctx, proposal);
      expect(verification.ok, target).toBe(true);
      expect(await order()).not.toContain(page);
      expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
      expect(await order()).toEqual(before);
    }
  });

  test('A14: a label on and off; only what was added is taken away', async () => {
    const ctx = await contextFor(site);
    const names = async () =>
      ((await read(ctx, 'list_labels', { of: 'page', id: 'Q3 Planning' })).data.items as { name: string }[])
        .map(({ name }) => name)
        .sort();
    const before = await names();
    const proposal = await preview(ctx, 'add_label', {
      ids: ['Q3 Planning'],
      labels: ['Urgent', before[0] ?? 'urgent'],
    });
    expect(proposal.title).toBe('Add label "urgent" to "Q3 Planning"');
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await names()).toContain('urgent');
    expect((await write('add_label').rebase(ctx, proposal)).kind).toBe('conflict');
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await names()).toEqual(before);
  });

  test('A08: a person out of a group and in again', async () => {
    const ctx = await contextFor(site);
    const proposal = await preview(ctx, 'remove_user_from_group', {
      group: 'Contractors',
      user: 'John Smith',
    });
    expect(proposal).toMatchObject({
      title: 'Remove John Smith from the group "Contractors"',
      undo: { possible: true },
    });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    const again = await write('remove_user_from_group').preview(ctx, {
      group: 'Contractors',
      user: 'John Smith',
    });
    expect(again).toMatchObject({ noChange: true });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(
      (await read(ctx, 'list_group_members', { group: 'Contractors', user: 'John Smith' })).data.is_member,
    ).toBe(true);
  });

  test('restore_version puts an old text on top, and its undo puts the newer one back', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('API Guidelines');
    const before = await storageOf(ctx, page);
    const third = await storageOf(ctx, page, 3);
    const proposal = await preview(ctx, 'restore_version', { id: page, version: 3 });
    // The drawing names the people mentioned, which the storage alone cannot.
    const stored = ({ counts, entries }: ReturnType<typeof diffStorage>) =>
      JSON.parse(
        JSON.stringify({ counts, entries: entries.map((one) => ({ ...one, rendered: undefined })) }),
      );
    expect(proposal.diff.body === null ? null : stored(proposal.diff.body)).toEqual(
      stored(diffStorage(before, third)),
    );
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(third);
    expect(await write('restore_version').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
    await expect(preview(ctx, 'restore_version', { id: page, version: 99 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
