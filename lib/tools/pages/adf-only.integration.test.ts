import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import {
  apply,
  contextFor,
  preview,
  read,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
}, 60_000);
afterAll(() => site.stop());

const text = (words: string) => ({ type: 'text', text: words });
const document = (account: string) =>
  JSON.stringify({
    version: 1,
    type: 'doc',
    content: [
      { type: 'heading', attrs: { level: 2 }, content: [text('Prices & terms')] },
      { type: 'paragraph', content: [text('Ask '), { type: 'mention', attrs: { id: account, text: '@x' } }] },
      { type: 'syncBlock', attrs: { resourceId: 'shared-1' } },
      { type: 'heading', attrs: { level: 2 }, content: [text('Later')] },
      { type: 'paragraph', content: [text('More words.')] },
    ],
  });

async function make(title: string, o: { draft?: boolean; as?: string } = {}): Promise<string> {
  const proposal = await preview(ada, o.as ?? 'create_page', {
    space: 'ENG',
    title,
    body: document(ada.connection.account.id),
    body_format: 'adf',
    ...(o.draft === true ? { draft: true } : {}),
  });
  const { outcome, verification } = await apply(ada, proposal);
  expect(verification.ok).toBe(true);
  return String(outcome.targetId);
}

const adfOf = async (page: string, draft = false): Promise<unknown> =>
  JSON.parse(String((await read(ada, 'read_page', { page, format: 'adf', draft })).data.body));

describe('a page that only ADF holds', () => {
  test('is read as Markdown drawn from the ADF, and every format says what there is', async () => {
    const page = await make('Shared prices');
    const { data, text: shown } = await read(ada, 'read_page', { page });
    expect(data).toMatchObject({ source: 'adf', format: 'markdown', problem: null });
    expect(data.body).toBe(
      `## Prices & terms\n\nAsk @[Ada Moreno](user:${ada.connection.account.id})\n\n{{adf:syncBlock resourceId=shared-1}}\n\n## Later\n\nMore words.`,
    );
    expect(data.placeholders).toEqual([{ what: 'adf:syncBlock', count: 1 }]);
    expect(shown).toContain("Only Atlassian's document format (ADF) holds this body");
    expect((await read(ada, 'read_page', { page, section: 'Later' })).data.body).toBe(
      '## Later\n\nMore words.',
    );
    const storage = await read(ada, 'read_page', { page, format: 'storage' });
    expect(storage.data).toMatchObject({ body: '', source: 'adf' });
    expect(storage.text).toContain('read it with format adf');
    expect(storage.text).not.toContain('(The body is empty.)');
    expect(await adfOf(page)).toMatchObject({
      content: [{ type: 'heading' }, {}, { type: 'syncBlock' }, {}, {}],
    });
    expect((await read(ada, 'read_page', { page, format: 'outline' })).data).toMatchObject({ source: 'adf' });
  });

  test('a page that is empty is empty, and can be written', async () => {
    const made = await apply(
      ada,
      await preview(ada, 'create_page', { space: 'ENG', title: 'Nothing yet', body: '' }),
    );
    const page = String(made.outcome.targetId);
    expect((await read(ada, 'read_page', { page })).data).toMatchObject({ source: 'storage', body: '' });
    const proposal = await preview(ada, 'edit_page', { page, edits: [{ op: 'append', markdown: 'Words.' }] });
    expect((await apply(ada, proposal)).verification.ok).toBe(true);
  });

  test('edits through storage are refused with the reason and the way on', async () => {
    const page = await make('Not by storage');
    for (const [name, more] of [
      ['edit_page', { edits: [{ op: 'append', markdown: 'x' }] }],
      ['update_page', { body: 'x' }],
      ['update_page', { body: '<p>x</p>', body_format: 'storage' }],
    ] as const)
      await expect(preview(ada, name, { page, ...more })).rejects.toMatchObject({
        code: 'not_possible',
        message: expect.stringContaining('kept only in'),
        next: expect.stringContaining('body_format adf'),
      });
  });

  test('a new title, parent or owner leaves the body alone, and so does the undo', async () => {
    const page = await make('To be renamed');
    const before = await adfOf(page);
    const proposal = await preview(ada, 'update_page', { page, title: 'Renamed at last' });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await adfOf(page)).toEqual(before);
    await undo(ada, proposal, outcome);
    expect((await read(ada, 'read_page', { page })).data.title).toBe('To be renamed');
    expect(await adfOf(page)).toEqual(before);
  });

  test('the whole body can be replaced by ADF; that no undo knows the way back is said before', async () => {
    const page = await make('Replaced whole');
    const next = { version: 1, type: 'doc', content: [{ type: 'paragraph', content: [text('New.')] }] };
    const proposal = await preview(ada, 'update_page', {
      page,
      body: JSON.stringify(next),
      body_format: 'adf',
    });
    expect(proposal.undo).toMatchObject({ possible: false, why: expect.stringContaining('restore_version') });
    expect((await apply(ada, proposal)).verification.ok).toBe(true);
    expect((await read(ada, 'read_page', { page })).data).toMatchObject({ body: 'New.', source: 'storage' });
  });

  test('a draft of it is published with its body', async () => {
    const page = await make('Draft in ADF', { draft: true });
    const before = await adfOf(page, true);
    const proposal = await preview(ada, 'publish_draft', { id: page });
    expect((await write('publish_draft').rebase(ada, proposal)).kind).toBe('current');
    expect((await apply(ada, proposal)).verification.ok).toBe(true);
    expect(await adfOf(page)).toEqual(before);
  });

  test('blog posts too', async () => {
    const post = await make('ADF post', { as: 'create_blog_post' });
    expect((await read(ada, 'read_blog_post', { post })).data).toMatchObject({ source: 'adf' });
    const edits = [{ op: 'append', markdown: 'x' }];
    await expect(preview(ada, 'update_blog_post', { post, base_version: 1, edits })).rejects.toMatchObject({
      code: 'not_possible',
    });
    const renamed = await preview(ada, 'update_blog_post', {
      post,
      base_version: 1,
      title: 'ADF post, renamed',
    });
    expect((await apply(ada, renamed)).verification.ok).toBe(true);
    expect((await read(ada, 'read_blog_post', { post })).data.body).toContain('syncBlock');
  });
});

test('ADF that is given is checked first: the path of the wrong node, and its size', async () => {
  const wrong = JSON.stringify({
    version: 1,
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text' }] }],
  });
  const asked: [string, Record<string, unknown>][] = [
    ['create_page', { space: 'ENG', title: 'Wrong ADF' }],
    ['update_page', { page: '5543210' }],
    ['create_blog_post', { space: 'MKT', title: 'Wrong ADF' }],
    ['create_footer_comment', { id: '5543210' }],
  ];
  for (const [name, more] of asked)
    await expect(
      preview(ada, name, { ...more, body: wrong, body_format: 'adf' }),
      name,
    ).rejects.toMatchObject({
      code: 'invalid_input',
      data: { path: 'content[0].content[0]' },
    });
  const huge = JSON.stringify({
    version: 1,
    type: 'doc',
    content: [{ type: 'paragraph', content: [text('x'.repeat(5_000_001))] }],
  });
  await expect(
    preview(ada, 'create_page', { space: 'ENG', title: 'Huge ADF', body: huge, body_format: 'adf' }),
  ).rejects.toMatchObject({ code: 'too_large' });
});
