import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, type Limits, noLimits } from '../index.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  preview,
  read,
  startSite,
  storageOf,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

const page = '481960453';
const thread = '546450039';
const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
type Row = { id: string; resolution: string | null; body: string; author: string; replies?: Row[] };

let site: TestSite;
let ada: Context;
let ben: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
beforeEach(async () => {
  await fetch(`${site.sandbox.url}/_sandbox/reset`, { method: 'POST' });
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
});
afterAll(() => site.stop());

const listed = async (ctx: Context, input: Record<string, unknown>): Promise<Row[]> =>
  (await read(ctx, 'list_comments', { replies: true, ...input })).data.items as Row[];
const get = async (id: string): Promise<Row> =>
  (await read(ada, 'get_comment', { comment_id: id })).data as unknown as Row;

test('A19: unresolved comments are found by resolution, answered and resolved on request, and all of it taken back', async () => {
  const open = await listed(ada, { id: 'API Guidelines', resolution: 'open' });
  expect(open.map(({ id }) => id)).toContain(thread);
  expect(await listed(ada, { id: 'API Guidelines', resolution: 'resolved' })).toEqual([]);
  const reply = await preview(ada, 'create_comment_reply', {
    comment_id: thread,
    body: 'Yes, **opaque** it stays. @[Jane Doe], please note it.',
  });
  const asker = open.find(({ id }) => id === thread)?.author;
  expect(reply.title).toBe(`Reply to ${asker} on "API Guidelines"`);
  const fields = reply.diff.fields.map(({ label }) => label);
  expect(fields.slice(0, 2)).toEqual(['On', 'About']);
  expect(fields).toHaveLength(4);
  expect(reply.diff.fields.every(({ before, after }) => before === after)).toBe(true);
  const replied = await apply(ada, reply);
  expect(replied.verification).toMatchObject({ ok: true });
  expect((await get(thread)).replies?.at(-1)?.body).toMatch(/^Yes, \*\*opaque\*\* it stays. @\[Jane Doe\]/);

  const resolve = await preview(ada, 'resolve_inline_comment', { comment_id: thread });
  expect(resolve.diff.fields[0]).toEqual({ label: 'Thread', before: 'open', after: 'resolved' });
  const resolved = await apply(ada, resolve);
  expect(resolved.verification.ok).toBe(true);
  expect((await listed(ada, { id: page, resolution: 'resolved' })).map(({ id }) => id)).toEqual([thread]);
  await expect(preview(ada, 'resolve_inline_comment', { comment_id: thread })).rejects.toThrow(/already/);

  expect((await undo(ada, resolve, resolved.outcome)).verification.ok).toBe(true);
  expect((await get(thread)).resolution).toBe('reopened');
  const back = await undo(ada, reply, replied.outcome);
  expect(back.inverse).toMatchObject({ operation: 'delete_comment', undo: { possible: false } });
  expect((await get(thread)).replies).toHaveLength(1);
});

test('comments are the same for a caller limited to the space, and are nobody’s elsewhere', async () => {
  const space = await read(ada, 'get_space', { space: 'ENG' });
  const limited = await contextFor(site, 'ada', only(String(space.data.id)));
  expect(await listed(limited, { id: page, resolution: 'open' })).toHaveLength(2);
  const proposal = await preview(limited, 'create_comment_reply', { comment_id: thread, body: 'Fine.' });
  expect(proposal.target.space?.key).toBe('ENG');
  const reply = (await get(thread)).replies?.[0]?.id ?? '';
  expect((await read(limited, 'get_comment', { comment_id: reply })).data.id).toBe(reply);
  const away = await contextFor(site, 'ada', only('1'));
  for (const [name, input] of [
    ['create_comment_reply', { comment_id: thread, body: 'x' }],
    ['update_comment', { comment_id: thread, body: 'x' }],
    ['resolve_inline_comment', { comment_id: thread }],
    ['delete_comment', { comment_id: thread }],
    ['create_footer_comment', { id: page, body: 'x' }],
    ['create_inline_comment', { id: page, text: 'Identifiers', body: 'x' }],
  ] as const)
    await expect(preview(away, name, input), name).rejects.toMatchObject({ code: 'not_found' });
});

test('footer comments are written with mentions, edited on the card, found again after a crash, and taken back', async () => {
  const before = await listed(ada, { id: page, kind: 'footer' });
  const input = { id: 'API Guidelines', body: 'Looks good, @Jane Doe.', mentions: ['Jane Doe', 'ben'] };
  const first = await preview(ada, 'create_footer_comment', input);
  expect(first.editable?.text).toBe('Looks good, @Jane Doe.');
  const edited = await write('create_footer_comment').edit?.(ada, first, 'Ship it, @Jane Doe!');
  const proposal = JSON.parse(JSON.stringify(edited)) as typeof first;
  expect(await write('create_footer_comment').settle(ada, proposal)).toEqual({ kind: 'not_applied' });
  const { outcome, verification } = await apply(ada, proposal);
  expect(verification.ok).toBe(true);
  expect(await write('create_footer_comment').settle(ada, proposal)).toMatchObject({
    kind: 'applied',
    outcome: { targetId: outcome.targetId },
  });
  expect((await get(String(outcome.targetId))).body).toMatch(
    /^@\[Ben Okafor\]\(user:[^)]+\) Ship it, @\[Jane Doe\]\(user:[^)]+\)!$/,
  );
  expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
  expect(await listed(ada, { id: page, kind: 'footer' })).toEqual(before);
});

test('they go onto blog posts and files, in storage and ADF', async () => {
  const adf = {
    version: 1,
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'From ADF' }] }],
  };
  const post = await preview(ada, 'create_footer_comment', {
    id: 'Robots speak MQTT 5',
    content_type: 'blog_post',
    body: JSON.stringify(adf),
    body_format: 'adf',
  });
  expect(post.diff.body).toBeNull();
  const made = await apply(ada, post);
  expect(made.verification.ok).toBe(true);
  expect((await get(String(made.outcome.targetId))).body).toBe('From ADF');
  const file = await preview(ada, 'create_footer_comment', {
    id: 'att764424641',
    content_type: 'attachment',
    body: '<p>Page 1 is old.</p>',
    body_format: 'storage',
  });
  expect(file.target).toMatchObject({ kind: 'attachment', space: { key: 'ONB' } });
  const about = await apply(ada, file);
  expect(about.verification.ok).toBe(true);
  expect(await listed(ada, { id: 'att764424641', content_type: 'attachment', kind: 'footer' })).toHaveLength(
    1,
  );
  expect((await undo(ada, file, about.outcome)).verification.ok).toBe(true);
  for (const [body, body_format] of [
    ['{"type":"paragraph"}', 'adf'],
    ['<p>open', 'storage'],
  ])
    await expect(
      preview(ada, 'create_footer_comment', { id: page, body, body_format }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
});

test('an answer to the comment meanwhile: undo asks again before it takes that along', async () => {
  const proposal = await preview(ada, 'create_footer_comment', { id: page, body: 'Question?' });
  const { outcome } = await apply(ada, proposal);
  await apply(
    ben,
    await preview(ben, 'create_comment_reply', { comment_id: outcome.targetId, body: 'Answer.' }),
  );
  const inverse = await write('create_footer_comment').inverse(ada, proposal, outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  expect(inverse.warnings).toMatchObject([{ code: 'drops_replies', mustConfirm: true }]);
  expect(await write('delete_comment').rebase(ada, inverse)).toMatchObject({ kind: 'rebased' });
});

test('inline comments mark their words in the page and nothing else, and leave it as it was when taken back', async () => {
  const before = await storageOf(ada, page);
  const proposal = await preview(ada, 'create_inline_comment', {
    id: 'API Guidelines',
    text: 'Identifiers  are opaque',
    body: 'Say why.',
  });
  expect(proposal.diff.fields.map(({ label }) => label)).toEqual(['On', 'About']);
  const { outcome, verification } = await apply(ada, proposal);
  expect(verification.ok).toBe(true);
  const marked = await storageOf(ada, page);
  expect(marked).not.toBe(before);
  expect(marked.replace(/<\/?ac:inline-comment-marker[^>]*>/g, '')).toBe(
    before.replace(/<\/?ac:inline-comment-marker[^>]*>/g, ''),
  );
  expect(await get(String(outcome.targetId))).toMatchObject({
    anchor: 'Identifiers are opaque',
    resolution: 'open',
  });
  expect(await write('create_inline_comment').settle(ada, proposal)).toMatchObject({ kind: 'applied' });
  expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
  expect(await storageOf(ada, page)).toBe(before);
});

test('trap: words that are not there, or there more than once, are refused with the places', async () => {
  await expect(
    preview(ada, 'create_inline_comment', { id: page, text: 'no such words', body: 'x' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  const error = await preview(ada, 'create_inline_comment', { id: page, text: 'the', body: 'x' }).catch(
    (thrown: unknown) => thrown as { code: string; data: { candidates: { match: number; of: number }[] } },
  );
  if (!('data' in error)) throw new Error('was proposed');
  expect(error.code).toBe('ambiguous');
  const { of } = error.data.candidates[0] ?? { of: 0 };
  expect(of).toBeGreaterThan(1);
  const last = await preview(ada, 'create_inline_comment', { id: page, text: 'the', match: of, body: 'x' });
  expect(last.diff.fields.at(-1)).toEqual({
    label: 'Occurrence',
    before: `${of} of ${of}`,
    after: `${of} of ${of}`,
  });
  expect((await apply(ada, last)).verification.ok).toBe(true);
  await expect(
    preview(ada, 'create_inline_comment', { id: page, text: 'the', match: of + 1, body: 'x' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a colleague puts the same words in before: the place is shown again', async () => {
  const proposal = await preview(ada, 'create_inline_comment', {
    id: page,
    text: 'Identifiers are opaque',
    body: 'Why?',
  });
  await colleagueEdits(site, page, `<p>Identifiers are opaque.</p>${await storageOf(ada, page)}`);
  const state = await write('create_inline_comment').rebase(ada, proposal);
  expect(state.kind).toBe('rebased');
});

test('trap: a dangling comment cannot be changed, and says so', async () => {
  await colleagueEdits(site, page, '<p>All new.</p>');
  expect((await listed(ada, { id: page, resolution: 'dangling' })).map(({ id }) => id)).toContain(thread);
  for (const [name, input] of [
    ['resolve_inline_comment', { comment_id: thread }],
    ['update_comment', { comment_id: thread, body: 'x' }],
  ] as const)
    await expect(preview(ada, name, input)).rejects.toMatchObject({ code: 'not_possible' });
});

test('an edit keeps the old words for the undo, and notices a later edit', async () => {
  const own = await apply(
    ben,
    await preview(ben, 'create_footer_comment', { id: page, body: 'First *draft*.' }),
  );
  const id = String(own.outcome.targetId);
  const proposal = await preview(ben, 'update_comment', { comment_id: id, body: 'Second draft.' });
  expect(proposal.diff.body?.counts.changed).toBe(1);
  const { outcome, verification } = await apply(ben, proposal);
  expect(verification.ok).toBe(true);
  expect((await undo(ben, proposal, outcome)).verification.ok).toBe(true);
  expect((await get(id)).body).toBe('First *draft*.');

  const again = await preview(ben, 'update_comment', { comment_id: id, body: 'Third draft.' });
  const done = await apply(ben, again);
  await apply(ada, await preview(ada, 'update_comment', { comment_id: id, body: 'Ada was here.' }));
  const inverse = await write('update_comment').inverse(ben, again, done.outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  expect(await write('update_comment').rebase(ben, inverse)).toMatchObject({ kind: 'rebased' });
  await expect(preview(ada, 'update_comment', { comment_id: id, body: 'Ada was here.' })).rejects.toThrow(
    /already/,
  );
});

test('trap: of two edits of one version the second is worked out anew, and a lost answer is settled by reading', async () => {
  const made = await apply(ben, await preview(ben, 'create_footer_comment', { id: page, body: 'One.' }));
  const comment_id = String(made.outcome.targetId);
  const mine = await preview(ben, 'update_comment', { comment_id, body: 'Two.' });
  await apply(ada, await preview(ada, 'update_comment', { comment_id, body: 'Three.' }));
  await expect(write('update_comment').apply(ben, mine)).rejects.toMatchObject({ code: 'conflict' });
  const state = await write('update_comment').rebase(ben, mine);
  if (state.kind !== 'rebased') throw new Error(state.kind);
  expect(state.proposal.baseVersion).toBe(2);
  expect(await write('update_comment').settle(ben, state.proposal)).toEqual({ kind: 'not_applied' });
  await apply(ben, JSON.parse(JSON.stringify(state.proposal)));
  expect(await write('update_comment').settle(ben, state.proposal)).toMatchObject({ kind: 'applied' });
});

test('deleting is for good: the card says so and names the replies', async () => {
  const footer = '186467869';
  const proposal = await preview(ada, 'delete_comment', { comment_id: footer });
  expect(proposal.title).toMatch(/for good$/);
  expect(proposal.undo).toMatchObject({ possible: false });
  expect(proposal.warnings).toMatchObject([{ mustConfirm: true }]);
  const { outcome, verification } = await apply(ada, proposal);
  expect(verification.ok).toBe(true);
  expect(await write('delete_comment').settle(ada, proposal)).toMatchObject({ kind: 'applied' });
  expect(await write('delete_comment').inverse(ada, proposal, outcome)).toHaveProperty('impossible');
  await expect(read(ada, 'get_comment', { comment_id: footer })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await write('delete_comment').rebase(ada, proposal)).toMatchObject({ kind: 'conflict' });
});

test('Ben changes and deletes no words of others, and sees nothing of a space that is not his', async () => {
  const own = await preview(ben, 'update_comment', { comment_id: '862343680', body: 'My own words.' });
  expect((await apply(ben, own)).verification.ok).toBe(true);
  const foreign = await preview(ben, 'delete_comment', { comment_id: thread });
  await expect(write('delete_comment').apply(ben, foreign)).rejects.toMatchObject({ code: 'not_found' });
  const [hidden] = (await listed(ada, { id: 'HR:Hiring plan', kind: 'footer' })) as [Row];
  for (const [name, input] of [
    ['create_comment_reply', { comment_id: hidden.id, body: 'x' }],
    ['delete_comment', { comment_id: hidden.id }],
    ['create_footer_comment', { id: 'HR:Hiring plan', body: 'x' }],
  ] as const)
    await expect(preview(ben, name, input), name).rejects.toMatchObject({ code: 'not_found' });
});
