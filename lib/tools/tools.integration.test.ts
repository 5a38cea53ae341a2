import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffStorage } from '#lib/content';
import { type Limits, noLimits } from './index.ts';
import { apply, colleagueEdits, contextFor, operation, preview, read, startSite, storageOf, type TestSite, undo, write } from './testing/sandbox-context.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.stop());

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
const idOf = async (title: string): Promise<string> => String((await read(await contextFor(site), 'read_page', { page: title, format: 'outline' })).data.id);

describe('reads', () => {
  test('A01: the right page first, with title, space, link and last edit', async () => {
    const { data, text, sources } = await read(await contextFor(site), 'search_content', { query: 'Q3 marketing roadmap' });
    const [first] = data.items as Record<string, unknown>[];
    expect(first).toMatchObject({ title: 'Q3 Marketing Roadmap', type: 'page', space: { key: 'MKT', name: 'Marketing' }, updated_by: 'Chloé Laurent' });
    expect(text).toContain('/wiki/spaces/MKT/pages/');
    expect(sources[0]).toMatchObject({ kind: 'page', title: 'Q3 Marketing Roadmap' });
  });

  test('A02: a page by id, by link, by tiny link, by SPACE:Title and by title', async () => {
    const ctx = await contextFor(site);
    const byId = await read(ctx, 'read_page', { page: '987654321', max_chars: 100_000 });
    expect(byId.data).toMatchObject({ title: 'Platform Operations Handbook', version: 4 });
    expect(byId.text).toContain('{{macro:toc');
    for (const page of [String(byId.data.url), 'PLAT:Platform Operations Handbook', 'the Platform Operations Handbook page', `${site.sandbox.url}/wiki/pages/viewpage.action?pageId=987654321`]) {
      expect((await read(ctx, 'read_page', { page, format: 'outline' })).data.id, page).toBe('987654321');
    }
  });

  test('formats, sections and paging of a long page', async () => {
    const ctx = await contextFor(site);
    const part = await read(ctx, 'read_page', { page: '987654321', max_chars: 1000 });
    expect(part.data.has_more).toBe(true);
    expect(part.text).toContain('Its headings:');
    const rest = await read(ctx, 'read_page', { page: '987654321', max_chars: 1000, cursor: part.data.cursor });
    expect(rest.data.body).not.toBe(part.data.body);
    expect((await read(ctx, 'read_page', { page: '5543210', format: 'storage' })).data.body).toContain('<h2>');
    expect(JSON.parse(String((await read(ctx, 'read_page', { page: '5543210', format: 'adf' })).data.body)).type).toBe('doc');
    const section = await read(ctx, 'read_page', { page: '5543210', section: 'What to watch' });
    expect(section.data.body).toContain('Signal');
    expect(section.data.body).not.toContain('Announce in');
    const old = await read(ctx, 'read_page', { page: '5543210', version: 1 });
    expect(old.data.version).toBe(1);
  });

  test('A05, A06, A08, A10: spaces, people, groups, authors', async () => {
    const ctx = await contextFor(site);
    const spaces = await read(ctx, 'list_spaces', { query: 'engineering spaces', status: 'current' });
    expect((spaces.data.items as { key: string }[]).map(({ key }) => key)).toEqual(['ENG', 'PLAT']);
    const people = await read(ctx, 'search_users', { query: 'Jane Doe' });
    expect(people.data.items).toMatchObject([{ name: 'Jane Doe', email: 'jane@halden.example' }]);
    const member = await read(ctx, 'list_group_members', { group: 'the contractors group', user: 'John Smith' });
    expect(member.data).toMatchObject({ is_member: true, group: { name: 'Contractors' } });
    const logging = await read(ctx, 'search_content', { query: 'Datadog logging guidelines', spaces: ['Engineering'] });
    const found = await read(ctx, 'read_page', { page: String((logging.data.items as { id: string }[])[0]?.id) });
    expect(found.data.title).toBe('Datadog logging guidelines');
    expect(found.text).toMatch(/created .* by \p{Lu}/u);
  });

  test('A11: drafts are those we know of, and the limit is said', async () => {
    const ctx = await contextFor(site);
    const made = await apply(ctx, await preview(ctx, 'create_page', { space: 'ENG', title: 'Half a thought', body: 'x', draft: true }));
    expect(made.verification.ok).toBe(true);
    const { data, text } = await read({ ...ctx, knownPages: async () => [String(made.outcome.targetId), '5543210'] }, 'list_pages', { space: 'Engineering', status: 'draft' });
    expect(data.items).toMatchObject([{ title: 'Half a thought', status: 'draft' }]);
    expect(text).toContain('Atlassian offers no list of drafts');
  });

  test('trees, comments, labels, files, versions', async () => {
    const ctx = await contextFor(site);
    const path = await read(ctx, 'list_ancestors', { id: '5543210' });
    expect((path.data.items as { title: string }[]).map(({ title }) => title)).toEqual(['Engineering Home', 'Deployment']);
    const below = await read(ctx, 'list_descendants', { id: 'Engineering Home', depth: 3, limit: 100 });
    expect((below.data.items as { depth: number }[]).some(({ depth }) => depth === 2)).toBe(true);
    const comments = await read(ctx, 'list_comments', { id: 'API Guidelines', replies: true });
    const inline = (comments.data.items as { id: string; kind: string; anchor: string }[]).find(({ kind }) => kind === 'inline');
    expect(inline?.anchor).not.toBe('');
    const one = await read(ctx, 'get_comment', { comment_id: String(inline?.id) });
    expect(one.data).toMatchObject({ id: inline?.id, kind: 'inline' });
    expect((await read(ctx, 'list_labels', { of: 'page', id: 'API Guidelines' })).data.items).toContainEqual(expect.objectContaining({ name: 'api' }));
    const files = await read(ctx, 'list_attachments', { limit: 2 });
    const [file] = files.data.items as { id: string; filename: string }[];
    expect((await read(ctx, 'get_attachment', { attachment: String(file?.id) })).data.filename).toBe(file?.filename);
    const versions = await read(ctx, 'list_versions', { id: 'API Guidelines' });
    expect(versions.data.items).toHaveLength(5);
    const compared = await read(ctx, 'compare_versions', { id: 'API Guidelines', from: 3 });
    expect(compared.data.diff).toContain('Rate limits');
    const page1 = await read(ctx, 'list_pages', { space: 'ENG', limit: 2 });
    const page2 = await read(ctx, 'list_pages', { space: 'ENG', limit: 2, cursor: page1.data.cursor });
    expect(page2.data.items).not.toEqual(page1.data.items);
  });

  test('unknown spaces, pages and people are said, with near names', async () => {
    const ctx = await contextFor(site);
    await expect(read(ctx, 'search_content', { query: 'x', spaces: ['Enginering'] })).rejects.toMatchObject({ code: 'not_found', data: { near: [{ key: 'ENG' }, expect.anything(), expect.anything()] } });
    await expect(read(ctx, 'read_page', { page: '111222333' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(ctx, 'list_group_members', { group: 'Contractors', user: 'Nobody Atall' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(ctx, 'search_content', { cql: 'type = page AND status = draft' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(read(ctx, 'search_content', {})).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a person sees what their account may see', async () => {
    const ben = await contextFor(site, 'ben');
    expect((await read(ben, 'list_spaces', {})).text).not.toContain('key HR');
    await expect(read(ben, 'get_space', { space: 'HR' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('check_connection tries every ability', async () => {
    const { data } = await read(await contextFor(site), 'check_connection', {});
    expect((data.results as { ok: boolean }[]).filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('limits.spaces', () => {
  test('what lies in another space does not exist, on reads and writes alike', async () => {
    const ctx = await contextFor(site, 'ada', only('1001'));
    const rows = await read(ctx, 'search_content', { query: 'roadmap planning billing' });
    expect((rows.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(true);
    const raw = await read(ctx, 'search_content', { cql: 'type = page', limit: 50 });
    expect((raw.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(true);
    expect((await read(ctx, 'list_spaces', {})).data.items).toMatchObject([{ id: '1001' }]);
    const unknown = await read(ctx, 'read_page', { page: '111222333' }).catch((error: Error) => error.message);
    const outside = await read(ctx, 'read_page', { page: '987654321' }).catch((error: Error) => error.message);
    expect(outside).toBe(String(unknown).replace('111222333', '987654321'));
    await expect(read(ctx, 'get_space', { space: 'MKT' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(ctx, 'read_page', { page: 'Q3 Marketing Roadmap' })).rejects.toMatchObject({ code: 'not_found' });
    const roadmap = await idOf('Q3 Marketing Roadmap');
    for (const [name, input] of [
      ['edit_page', { page: roadmap, edits: [{ op: 'append', markdown: 'x' }] }],
      ['update_page', { page: roadmap, title: 'x' }],
      ['delete_page', { pages: [roadmap] }],
      ['move_page', { pages: ['5543210'], target: roadmap }],
      ['add_label', { ids: [roadmap], labels: ['x'] }],
      ['restore_version', { id: roadmap, version: 1 }],
      ['create_page', { space: 'MKT', title: 'x' }],
    ] as const) await expect(preview(ctx, name, input), name).rejects.toMatchObject({ code: 'not_found' });
    for (const [name, input] of [
      ['list_comments', { id: roadmap }], ['list_versions', { id: roadmap }], ['list_attachments', { id: roadmap }], ['list_children', { id: roadmap }],
      ['list_descendants', { id: roadmap }], ['list_ancestors', { id: roadmap }], ['list_labels', { of: 'page', id: roadmap }],
      ['compare_versions', { id: roadmap, from: 1 }], ['get_version', { id: roadmap, version: 1 }],
    ] as const) await expect(read(ctx, name, input), name).rejects.toMatchObject({ code: 'not_found' });
    for (const name of ['list_comments', 'list_attachments'] as const) {
      const { data } = await read(ctx, name, { limit: 100 });
      const all = await read(await contextFor(site), name, { limit: 100 });
      expect((data.items as unknown[]).length).toBeLessThan((all.data.items as unknown[]).length);
    }
    await expect(read(ctx, 'list_labels', { of: 'site' })).rejects.toMatchObject({ code: 'forbidden' });
    const pages = await read(ctx, 'list_pages', { limit: 250 });
    expect((pages.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(true);
  });
});

describe('writes', () => {
  test('A03, A07, A13: create, verify, undo to the trash', async () => {
    const ctx = await contextFor(site);
    const body = '# Q4 Launch Plan\n\n## Goals\n\n- Ship\n\n## Timelines\n\n1. Now\n2. Later\n\n## Risks\n\nNone.';
    const proposal = await preview(ctx, 'create_page', { space: 'the Product Ops space', title: 'Q4 Launch Plan', body, labels: ['Launch Plan'] });
    expect(proposal).toMatchObject({ title: 'Create page "Q4 Launch Plan" in Product Ops', target: { space: { key: 'PROD' } }, editable: { text: expect.stringMatching(/^## Goals/) } });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    const saved = await storageOf(ctx, String(outcome.targetId));
    expect(saved).toContain('<h2>Goals</h2>');
    expect((await read(ctx, 'list_labels', { of: 'page', id: String(outcome.targetId) })).data.items).toMatchObject([{ name: 'launch-plan' }]);
    expect(await write('create_page').settle(ctx, proposal)).toMatchObject({ kind: 'applied', outcome: { targetId: outcome.targetId } });
    await expect(preview(ctx, 'create_page', { space: 'PROD', title: 'q4 launch plan' })).rejects.toMatchObject({ code: 'title_taken', data: { existing: { id: outcome.targetId }, suggestion: 'q4 launch plan (2)' } });
    expect((await write('create_page').rebase(ctx, proposal)).kind).toBe('conflict');
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.verification.ok).toBe(true);
    expect(await write('create_page').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
  });

  test('the person\'s own text replaces the proposed one', async () => {
    const ctx = await contextFor(site);
    const proposal = await preview(ctx, 'create_page', { space: 'ONB', title: 'Edited before apply', body: 'one' });
    const edited = await write('create_page').edit?.(ctx, proposal, 'two **words**');
    expect(edited?.request).toMatchObject({ post: { body: { value: '<p>two <strong>words</strong></p>' } } });
    const change = await preview(ctx, 'edit_page', { page: '5543210', edits: [{ op: 'append', markdown: '## One' }] });
    const mine = await write('edit_page').edit?.(ctx, change, '## Two');
    expect(JSON.stringify(mine?.request)).toContain('<h2>Two</h2>');
    expect(JSON.stringify(mine?.request)).not.toContain('<h2>One</h2>');
  });

  test('bad storage, a missing title and an unknown parent never reach Confluence', async () => {
    const ctx = await contextFor(site);
    await expect(preview(ctx, 'create_page', { space: 'ENG', title: 'Bad', body: '<p>open', body_format: 'storage' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(preview(ctx, 'create_page', { space: 'ENG', body: 'x' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(preview(ctx, 'create_page', { space: 'ENG', title: 'Orphan', parent: '987654321' })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('A04, A12: only what was edited differs; undo gives the page back byte for byte', async () => {
    const ctx = await contextFor(site);
    const before = await storageOf(ctx, '5543210');
    const proposal = await preview(ctx, 'edit_page', { page: '5543210', base_version: 3, edits: [{ op: 'append', markdown: '## Rollback Procedures\n\n1. Stop the rollout' }] });
    expect(proposal.title).toBe('Add section "Rollback Procedures" to "Deploying the Billing Engine"');
    expect(proposal.editable?.text).toContain('Rollback Procedures');
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, version: 4 });
    const after = await storageOf(ctx, '5543210');
    expect(after.startsWith(before)).toBe(true);
    expect(await write('edit_page').settle(ctx, proposal)).toMatchObject({ kind: 'applied', outcome: { version: 4 } });
    const again = await write('edit_page').preview(ctx, operation('edit_page').input.parse({ page: '5543210', edits: [{ op: 'append', markdown: '## Rollback Procedures\n\n1. Stop the rollout' }] }));
    expect(again).toMatchObject({ noChange: true });
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.verification).toMatchObject({ ok: true, version: 5 });
    expect(await storageOf(ctx, '5543210')).toBe(before);
  });

  test('an edit is rebased onto another section, conflicts on the same one, and its undo keeps later edits', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Datadog logging guidelines');
    const start = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'edit_page', { page, edits: [{ op: 'append', markdown: 'Our new last line.' }] });
    await colleagueEdits(site, page, `<p>A colleague's first line.</p>${start}`);
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
    expect(await storageOf(ctx, page)).toBe(`<p>Changed again.</p>${start}`);
    const mine = await preview(ctx, 'edit_page', { page, edits: [{ op: 'replace_text', target: { text: 'Changed again.' }, with: 'Mine.' }] });
    await colleagueEdits(site, page, `<p>Theirs.</p>${start}`);
    const clash = await write('edit_page').rebase(ctx, mine);
    expect(clash).toMatchObject({ kind: 'conflict', yours: { counts: { changed: 1 } }, theirs: { counts: { changed: 1 } } });
  });

  test('an edit made on an old version is merged onto the newest, or refused', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Q3 Billing Engine PRD');
    const start = await storageOf(ctx, page);
    const { version } = (await read(ctx, 'read_page', { page })).data;
    await colleagueEdits(site, page, `<p>On top.</p>${start}`);
    const merged = await preview(ctx, 'edit_page', { page, base_version: version, edits: [{ op: 'append', markdown: 'Stripe webhook note.' }] });
    expect(merged.baseVersion).toBe(Number(version) + 1);
    expect(merged.warnings.map(({ code }) => code)).toContain('moved_on');
    await expect(preview(ctx, 'edit_page', { page, base_version: 99, edits: [{ op: 'append', markdown: 'x' }] })).rejects.toMatchObject({ code: 'conflict' });
    await expect(preview(ctx, 'edit_page', { page, edits: [{ op: 'replace', target: { heading: 'No such heading' }, markdown: 'x' }] })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('update_page: rename, whole body, parent and owner, and back', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('API Changelog');
    const before = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'update_page', { page, title: 'API change log', body: 'All new.', owner: 'Priya Raman', message: 'Fresh start' });
    expect(proposal.warnings.length).toBeGreaterThan(0);
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect((await read(ctx, 'list_versions', { id: page })).data.items).toContainEqual(expect.objectContaining({ message: 'Fresh start' }));
    expect((await read(ctx, 'read_page', { page })).data).toMatchObject({ title: 'API change log', owner: 'Priya Raman' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
    expect((await read(ctx, 'read_page', { page })).data.title).toBe('API Changelog');
  });

  test('delete and restore, with the children named', async () => {
    const ctx = await contextFor(site);
    const parent = await idOf('Runbooks');
    expect((await preview(ctx, 'delete_page', { pages: [parent] })).warnings).toMatchObject([{ code: 'leaves_children', mustConfirm: true }]);
    const page = await idOf('Orders API Reference');
    const before = await storageOf(ctx, page);
    const proposal = await preview(ctx, 'delete_page', { pages: [page] });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await write('delete_page').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect((await read(ctx, 'list_pages', { space: 'ENG', status: 'trashed' })).text).toContain('Orders API Reference');
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.inverse.operation).toBe('restore_page');
    expect(undone.verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
  });

  test('move under another parent, into another space, and back to the same place', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('Observability');
    const order = async () => ((await read(ctx, 'list_children', { id: 'Engineering Home' })).data.items as { id: string }[]).map(({ id }) => id);
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
    const names = async () => ((await read(ctx, 'list_labels', { of: 'page', id: 'Q3 Planning' })).data.items as { name: string }[]).map(({ name }) => name).sort();
    const before = await names();
    const proposal = await preview(ctx, 'add_label', { ids: ['Q3 Planning'], labels: ['Urgent', before[0] ?? 'urgent'] });
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
    const proposal = await preview(ctx, 'remove_user_from_group', { group: 'Contractors', user: 'John Smith' });
    expect(proposal).toMatchObject({ title: 'Remove John Smith from the group "Contractors"', undo: { possible: true } });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    const again = await write('remove_user_from_group').preview(ctx, { group: 'Contractors', user: 'John Smith' });
    expect(again).toMatchObject({ noChange: true });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect((await read(ctx, 'list_group_members', { group: 'Contractors', user: 'John Smith' })).data.is_member).toBe(true);
  });

  test('restore_version puts an old text on top, and its undo puts the newer one back', async () => {
    const ctx = await contextFor(site);
    const page = await idOf('API Guidelines');
    const before = await storageOf(ctx, page);
    const third = await storageOf(ctx, page, 3);
    const proposal = await preview(ctx, 'restore_version', { id: page, version: 3 });
    expect(proposal.diff.body).toEqual(JSON.parse(JSON.stringify(diffStorage(before, third))));
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(third);
    expect(await write('restore_version').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ctx, page)).toBe(before);
    await expect(preview(ctx, 'restore_version', { id: page, version: 99 })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
