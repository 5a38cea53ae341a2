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

async function make(ctx: Context, title: string, more: Record<string, unknown> = {}): Promise<string> {
  const proposal = await preview(ctx, 'create_page', { space: 'ENG', title, body: 'Text.', ...more });
  return String((await apply(ctx, proposal)).outcome.targetId);
}

/** Changes of a published page that are not published. */
async function writeDraft(ctx: Context, id: string, body: string): Promise<void> {
  await apply(ctx, await preview(ctx, 'update_page', { page: id, body, status: 'draft' }));
}

describe('publish_draft', () => {
  test('a draft never published becomes version 1; undo moves it to the trash', async () => {
    const ctx = await contextFor(site);
    const id = await make(ctx, 'Untold', { draft: true });
    const proposal = await preview(ctx, 'publish_draft', { id, message: 'Ready' });
    expect(proposal).toMatchObject({ title: 'Publish the draft "Untold"', undo: { possible: true } });
    expect(await write('publish_draft').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true, version: 1 });
    expect(outcome.url).toContain(`/spaces/ENG/pages/${id}/`);
    expect(await write('publish_draft').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect((await write('publish_draft').rebase(ctx, proposal)).kind).toBe('conflict');
    const undone = await undo(ctx, proposal, outcome);
    expect(undone.inverse.operation).toBe('delete_page');
  });

  test('unpublished changes of a page: diff, next version, and an undo that keeps later edits', async () => {
    const ctx = await contextFor(site);
    const id = await make(ctx, 'Twofold', { body: 'One.\n\nTwo.' });
    await writeDraft(ctx, id, 'One.\n\nTwo and a half.');
    const proposal = await preview(ctx, 'publish_draft', { id });
    expect(proposal).toMatchObject({
      title: 'Publish the unpublished changes of "Twofold"',
      baseVersion: 1,
      diff: { body: { counts: { changed: 1 } } },
    });
    // The person writes on: what is approved is what was shown.
    await writeDraft(ctx, id, 'One.\n\nThree.');
    const state = await write('publish_draft').rebase(ctx, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    const { outcome, verification } = await apply(ctx, state.proposal);
    expect(verification).toMatchObject({ ok: true, version: 2 });
    const same = await write('publish_draft').preview(ctx, operation('publish_draft').input.parse({ id }));
    expect(same).toMatchObject({ noChange: true });
    await colleagueEdits(site, id, '<p>Zero.</p><p>One.</p><p>Three.</p>');
    expect((await undo(ctx, state.proposal, outcome)).verification.ok).toBe(true);
    expect(bare(await storageOf(ctx, id))).toBe('<p>Zero.</p><p>One.</p><p>Two.</p>');
  });

  test('a draft without a title needs one that is free; a draft of Ada is not there for Ben', async () => {
    const ctx = await contextFor(site);
    const made = await preview(ctx, 'create_page', { space: 'ENG', body: 'x', draft: true });
    const id = String((await apply(ctx, made)).outcome.targetId);
    await expect(preview(ctx, 'publish_draft', { id })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(preview(ctx, 'publish_draft', { id, title: 'API Guidelines' })).rejects.toMatchObject({
      code: 'title_taken',
    });
    expect(await preview(ctx, 'publish_draft', { id, title: 'Named at last' })).toMatchObject({
      request: { put: { title: 'Named at last', version: { number: 1 } } },
    });
    for (const other of [await contextFor(site, 'ben'), await contextFor(site, 'ada', limited(['2005']))])
      await expect(preview(other, 'publish_draft', { id, title: 'x' })).rejects.toMatchObject({
        code: 'not_found',
      });
  });
});

describe('purge_page', () => {
  test('from the trash for good: confirmed, kept in the record, without undo', async () => {
    const ctx = await contextFor(site);
    const id = await make(ctx, 'Never again', { body: 'Secret words.' });
    await expect(preview(ctx, 'purge_page', { id, what: 'trashed' })).rejects.toMatchObject({
      code: 'not_possible',
    });
    await apply(ctx, await preview(ctx, 'delete_page', { pages: [id] }));
    const proposal = await preview(ctx, 'purge_page', { id, what: 'trashed' });
    expect(proposal).toMatchObject({
      warnings: [{ code: 'permanent', mustConfirm: true }],
      undo: { possible: false },
      request: {
        kept: { title: 'Never again', storage: expect.stringMatching(/^<p[^>]*>Secret words\.<\/p>$/) },
      },
    });
    const { verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect(await write('purge_page').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    await expect(read(ctx, 'read_page', { page: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(preview(ctx, 'purge_page', { id, what: 'trashed' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('unpublished changes go, the page stays; Ben is no space admin', async () => {
    const ctx = await contextFor(site);
    const id = await make(ctx, 'Kept', { body: 'Kept.' });
    await expect(preview(ctx, 'purge_page', { id, what: 'draft' })).rejects.toMatchObject({
      code: 'not_possible',
    });
    await writeDraft(ctx, id, 'Thrown away.');
    const proposal = await preview(ctx, 'purge_page', { id, what: 'draft' });
    expect(proposal.title).toBe('Discard the draft "Kept" for good');
    await writeDraft(ctx, id, 'Thrown away, later.');
    const state = await write('purge_page').rebase(ctx, proposal);
    if (state.kind !== 'rebased') throw new Error(state.kind);
    expect((await apply(ctx, state.proposal)).verification.ok).toBe(true);
    expect(bare(await storageOf(ctx, id))).toBe('<p>Kept.</p>');
    await apply(ctx, await preview(ctx, 'delete_page', { pages: [id] }));
    const ben = await contextFor(site, 'ben');
    const his = await preview(ben, 'purge_page', { id, what: 'trashed' });
    await expect(write('purge_page').apply(ben, his)).rejects.toMatchObject({ code: 'not_found' });
    const few = await contextFor(site, 'ada', limited(['2005']));
    await expect(preview(few, 'purge_page', { id, what: 'trashed' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('content states', () => {
  const stateOf = async (ctx: Context, id: string) =>
    (await read(ctx, 'get_content_state', { id })).data.state as { name: string } | null;

  test('set, changed by a colleague, cleared and undone; the text stays', async () => {
    const ctx = await contextFor(site);
    const [one, two] = [await make(ctx, 'Reviewed one'), await make(ctx, 'Reviewed two')];
    expect((await read(ctx, 'get_content_state', { id: one })).text).toContain('has no status');
    const proposal = await preview(ctx, 'set_content_state', { ids: [one, two], state: 'ready for review' });
    expect(proposal).toMatchObject({
      title: 'Set the status of 2 pages to "Ready for review"',
      diff: { fields: [{ before: 'none', after: 'Ready for review (#57d9a3)' }, {}] },
    });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect(await stateOf(ctx, two)).toMatchObject({ name: 'Ready for review' });
    expect((await read(ctx, 'read_page', { page: one })).data.version).toBe(2);
    expect(bare(await storageOf(ctx, one))).toBe('<p>Text.</p>');
    expect(await write('set_content_state').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    const same = await write('set_content_state').preview(
      ctx,
      operation('set_content_state').input.parse({ ids: [one], state: '2' }),
    );
    expect(same).toMatchObject({ noChange: true });
    const clearing = await preview(ctx, 'set_content_state', { ids: [one] });
    expect(clearing.title).toBe('Take the status off "Reviewed one"');
    const cleared = await apply(ctx, clearing);
    expect(cleared.verification.ok).toBe(true);
    expect(await stateOf(ctx, one)).toBeNull();
    expect((await undo(ctx, clearing, cleared.outcome)).verification.ok).toBe(true);
    expect(await stateOf(ctx, one)).toMatchObject({ name: 'Ready for review' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect([await stateOf(ctx, one), await stateOf(ctx, two)]).toEqual([null, null]);
  });

  test('a state that another person set since is seen before undo takes it away', async () => {
    const ctx = await contextFor(site);
    const ben = await contextFor(site, 'ben');
    const id = await make(ctx, 'Two opinions');
    const proposal = await preview(ctx, 'set_content_state', { ids: [id], state: 'Verified' });
    const { outcome } = await apply(ctx, proposal);
    await apply(ben, await preview(ben, 'set_content_state', { ids: [id], state: 'In progress' }));
    const inverse = await write('set_content_state').inverse(ctx, proposal, outcome);
    if ('impossible' in inverse) throw new Error(inverse.impossible);
    expect(await write('set_content_state').rebase(ctx, inverse)).toMatchObject({
      kind: 'rebased',
      proposal: { diff: { fields: [{ before: 'In progress (#2684ff)', after: 'none' }] } },
    });
  });

  test('an own state needs a colour, its name is offered again; unknown ones name what there is', async () => {
    const ctx = await contextFor(site);
    const id = await make(ctx, 'Coloured');
    await expect(preview(ctx, 'set_content_state', { ids: [id], state: 'In review' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('"Rough draft"'),
    });
    const proposal = await preview(ctx, 'set_content_state', { ids: [id], state: 'In review', color: 'red' });
    expect((await apply(ctx, proposal)).verification.ok).toBe(true);
    const shown = await read(ctx, 'get_content_state', { id, available: true });
    expect(shown.text).toContain('has the status "In review" (#ff7452)');
    expect(shown.data.available).toMatchObject({ custom: [{ name: 'In review' }] });
    expect((await read(ctx, 'get_content_state', { id: 'API Guidelines' })).data.state).toMatchObject({
      name: 'Verified',
    });
    const found = await read(ctx, 'search_content', { cql: 'type = page AND pageStatus = "Verified"' });
    expect(found.text).toContain('API Guidelines');
    // Client Docs allows the space's own states only.
    const client = String((await read(ctx, 'read_page', { page: 'CLI:Client Docs Home' })).data.id);
    const refused = await preview(ctx, 'set_content_state', { ids: [client], state: 'Mine', color: 'red' });
    await expect(write('set_content_state').apply(ctx, refused)).rejects.toMatchObject({
      message: expect.stringContaining('not allowed in this space'),
    });
    const few = await contextFor(site, 'ada', limited(['2005']));
    for (const [name, input] of [
      ['get_content_state', { id }],
      ['set_content_state', { ids: [id] }],
    ] as const)
      await expect(
        name === 'get_content_state' ? read(few, name, input) : preview(few, name, input),
      ).rejects.toMatchObject({ code: 'not_found' });
  });
});
