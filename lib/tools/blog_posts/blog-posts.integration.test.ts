import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import {
  apply,
  bare,
  colleagueEdits,
  contextFor,
  operation,
  preview,
  read,
  startSite,
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

async function bodyOf(id: string): Promise<string> {
  const ctx = await contextFor(site);
  const post = await read(ctx, 'read_blog_post', { post: id, format: 'storage', max_chars: 200_000 });
  return String(post.data.body);
}

async function make(title: string, body = 'One.\n\nTwo.'): Promise<string> {
  const ctx = await contextFor(site);
  const proposal = await preview(ctx, 'create_blog_post', { space: 'MKT', title, body });
  return String((await apply(ctx, proposal)).outcome.targetId);
}

describe('blog posts', () => {
  test('A15: a summary of the team meeting notes becomes a post in Marketing, with its source linked', async () => {
    const ctx = await contextFor(site);
    const found = await read(ctx, 'search_content', { query: 'team meeting notes', space: 'MKT' });
    const [source] = found.data.items as { title: string; url: string }[];
    const proposal = await preview(ctx, 'create_blog_post', {
      space: 'Marketing',
      title: 'What we decided this week',
      body: `# What we decided this week\n\n- The film is done.\n\nSource: [${source?.title}](${source?.url})`,
      labels: ['Team News'],
    });
    expect(proposal).toMatchObject({
      title: 'Create blog post "What we decided this week" in Marketing',
      target: { kind: 'blog_post', space: { key: 'MKT' } },
      undo: { possible: true },
      editable: { text: expect.stringMatching(/^- The film/) },
    });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, version: 1 });
    expect(await bodyOf(String(outcome.targetId))).toContain(`href="${source?.url}"`);
    expect(outcome.url).toContain('/spaces/MKT/blog/');
    expect(
      (await read(ctx, 'list_labels', { of: 'blog_post', id: String(outcome.targetId) })).data.items,
    ).toMatchObject([{ name: 'team-news' }]);
    expect((await read(ctx, 'list_blog_posts', { space: 'MKT' })).text).toContain(
      'What we decided this week',
    );
    expect(await write('create_blog_post').settle(ctx, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: outcome.targetId },
    });
    await expect(
      preview(ctx, 'create_blog_post', { space: 'MKT', title: 'what we decided this week', body: 'x' }),
    ).rejects.toMatchObject({ code: 'title_taken' });
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.inverse.operation).toBe('delete_blog_post');
    expect(undone.verification.ok).toBe(true);
    expect(await write('create_blog_post').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    // Undo of the undo: out of the trash again.
    const again = await undo(ctx, undone.inverse, undone.outcome);
    expect(again.verification.ok).toBe(true);
    expect((await read(ctx, 'read_blog_post', { post: String(outcome.targetId) })).data.status).toBe(
      'current',
    );
  });

  test("the person's own words replace the proposed ones", async () => {
    const ctx = await contextFor(site);
    const proposal = await preview(ctx, 'create_blog_post', { space: 'MKT', title: 'Mine', body: 'theirs' });
    const edited = await write('create_blog_post').edit?.(ctx, proposal, '**mine**');
    expect(edited?.request).toMatchObject({
      post: { body: { value: '<p><strong>mine</strong></p>' } },
    });
  });

  test('update: edits leave the rest byte for byte, are merged with a colleague, and undone', async () => {
    const ctx = await contextFor(site);
    const id = await make('To be edited');
    const before = await bodyOf(id);
    const proposal = await preview(ctx, 'update_blog_post', {
      post: id,
      base_version: 1,
      edits: [{ op: 'append', markdown: '## Three\n\nMore.' }],
    });
    expect(proposal.title).toBe('Add section "Three" to "To be edited"');
    await colleagueEdits(site, id, `<p local-id="z1">Zero.</p>${before}`);
    const state = await write('update_blog_post').rebase(ctx, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    const { outcome, verification } = await apply(ctx, state.proposal);
    expect(verification).toMatchObject({ ok: true, version: 3 });
    expect(bare(await bodyOf(id)).startsWith(bare(`<p local-id="z1">Zero.</p>${before}`))).toBe(true);
    expect(await write('update_blog_post').settle(ctx, state.proposal)).toMatchObject({ kind: 'applied' });
    const undone = await undo(ctx, state.proposal, outcome);
    expect(undone.inverse).toMatchObject({ operation: 'update_blog_post', input: { post: id } });
    expect(undone.verification.ok).toBe(true);
    expect(bare(await bodyOf(id))).toBe(bare(`<p local-id="z1">Zero.</p>${before}`));
  });

  test('update: the same place is a conflict, a new title must be free, nothing to do is said', async () => {
    const ctx = await contextFor(site);
    const id = await make('Contested');
    const mine = await preview(ctx, 'update_blog_post', {
      post: id,
      base_version: 1,
      body: 'Mine.\n\nTwo.',
    });
    await colleagueEdits(site, id, '<p>Theirs.</p><p>Two.</p>');
    expect((await write('update_blog_post').rebase(ctx, mine)).kind).toBe('conflict');
    await expect(
      preview(ctx, 'update_blog_post', { post: id, base_version: 2, title: 'Four days in Nagoya' }),
    ).rejects.toMatchObject({ code: 'title_taken' });
    const same = await write('update_blog_post').preview(
      ctx,
      operation('update_blog_post').input.parse({ post: id, base_version: 2, title: 'Contested' }),
    );
    expect(same).toMatchObject({ noChange: true });
    await expect(preview(ctx, 'update_blog_post', { post: id, base_version: 2 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(
      preview(ctx, 'update_blog_post', { post: 'Q3 Planning', base_version: 1, title: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('delete and restore; a deletion after a later edit is shown again', async () => {
    const ctx = await contextFor(site);
    const id = await make('Short-lived');
    const before = await bodyOf(id);
    const proposal = await preview(ctx, 'delete_blog_post', { posts: [id] });
    expect(proposal).toMatchObject({ title: 'Delete "Short-lived"', warnings: [] });
    await colleagueEdits(site, id, '<p>Later.</p>');
    expect(await write('delete_blog_post').rebase(ctx, proposal)).toMatchObject({
      kind: 'rebased',
      proposal: { baseVersion: 2 },
    });
    await colleagueEdits(site, id, before);
    const fresh = await preview(ctx, 'delete_blog_post', { posts: [id] });
    const { outcome, verification } = await apply(ctx, fresh);
    expect(verification.summary).toBe('1 blog post is in the trash.');
    expect((await read(ctx, 'list_blog_posts', { space: 'MKT', status: 'trashed' })).text).toContain(
      'Short-lived',
    );
    const undone = await undo(ctx, fresh, outcome);
    expect(undone.inverse.operation).toBe('restore_page');
    expect(undone.verification.ok).toBe(true);
    expect(await bodyOf(id)).toBe(before);
  });

  test('drafts: published, with undo; or discarded for good', async () => {
    const ctx = await contextFor(site);
    const made = await preview(ctx, 'create_blog_post', {
      space: 'MKT',
      title: 'Half a post',
      body: 'Half.',
      draft: true,
    });
    const { outcome } = await apply(ctx, made);
    const publishing = await preview(ctx, 'publish_draft', { id: String(outcome.targetId) });
    expect(publishing.title).toBe('Publish the draft "Half a post"');
    const published = await apply(ctx, publishing);
    expect(published.verification).toMatchObject({ ok: true, version: 1 });
    expect((await undo(ctx, publishing, published.outcome)).inverse.operation).toBe('delete_blog_post');
    const other = await preview(ctx, 'create_blog_post', { space: 'MKT', body: 'x', draft: true });
    const draft = await apply(ctx, other);
    const discarded = await undo(ctx, other, draft.outcome);
    expect(discarded.inverse).toMatchObject({ operation: 'purge_page', undo: { possible: false } });
    expect(discarded.verification).toMatchObject({ ok: true, summary: 'The draft is gone.' });
  });

  test('rights and limits: Ben may not write in HR, a limited key sees its spaces only', async () => {
    const ben = await contextFor(site, 'ben');
    await expect(
      preview(ben, 'create_blog_post', { space: 'HR', title: 'x', body: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const id = await make('Out of reach');
    const eng = await contextFor(site, 'ada', limited(['1001']));
    for (const [name, input] of [
      ['create_blog_post', { space: 'MKT', title: 'x', body: 'x' }],
      ['update_blog_post', { post: id, base_version: 1, title: 'x' }],
      ['delete_blog_post', { posts: [id] }],
    ] as const)
      await expect(preview(eng, name, input), name).rejects.toMatchObject({ code: 'not_found' });
  });
});
