import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import {
  apply,
  contextFor,
  mustSendAs,
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

const rich =
  '<p>See <ac:link><ri:page ri:content-title="API Guidelines" /></ac:link>.</p>' +
  '<ac:structured-macro ac:name="jira" ac:schema-version="1"><ac:parameter ac:name="key">ENG-7</ac:parameter></ac:structured-macro>' +
  '<p>It <span style="color: red;">must</span> work.</p><p>Last words.</p>';

/** A comment of Ada's with this body; what Confluence made of it comes back. */
async function make(value: string): Promise<{ id: string; storage: string }> {
  const made = await mustSendAs(site, 'ada', 'POST', '/wiki/api/v2/footer-comments', {
    pageId: '5543210',
    body: { representation: 'storage', value },
  });
  return { id: String(made.id), storage: await storageOf(String(made.id)) };
}

async function storageOf(id: string): Promise<string> {
  const found = await mustSendAs(
    site,
    'ada',
    'GET',
    `/wiki/api/v2/footer-comments/${id}?body-format=storage`,
  );
  return (found.body as { storage: { value: string } }).storage.value;
}

const sentBody = (proposal: { request: Record<string, unknown> }): string =>
  (proposal.request as { send: { body: { value: string } } }).send.body.value;

describe('the text of a comment', () => {
  test('changed as Markdown keeps the bytes of what was not changed; undone, it is as before', async () => {
    const { id, storage } = await make(rich);
    const markdown = String((await read(ada, 'get_comment', { comment_id: id })).data.body);
    expect(markdown).toContain('{{macro:jira key=ENG-7');
    const proposal = await preview(ada, 'update_comment', {
      comment_id: id,
      body: markdown.replace('Last words.', 'Other words.'),
    });
    expect(sentBody(proposal)).toBe(storage.replace('Last words.', 'Other words.'));
    expect(proposal.warnings).toEqual([]);
    expect(proposal.diff.body?.counts).toMatchObject({ changed: 1, kept: 3 });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(id)).toBe(storage);
  });

  test('that drops a macro says so and is to be ticked', async () => {
    const { id } = await make(rich);
    const { warnings } = await preview(ada, 'update_comment', {
      comment_id: id,
      body: 'Only this is left of it.',
    });
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'drops_macro',
        mustConfirm: true,
        message: expect.stringContaining('jira'),
      }),
    );
  });

  test('a placeholder that stands for nothing there is refused', async () => {
    const { id } = await make(rich);
    await expect(
      preview(ada, 'update_comment', { comment_id: id, body: 'Look: {{macro:jira key=ENG-9 #zzzzzz}}' }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/not_found|invalid_input/) });
  });

  test('the same text again is no change; a change of storage that Markdown cannot show is one, and is verified', async () => {
    const { id, storage } = await make(rich);
    const markdown = String((await read(ada, 'get_comment', { comment_id: id })).data.body);
    await expect(preview(ada, 'update_comment', { comment_id: id, body: markdown })).rejects.toThrow(
      'already',
    );
    const proposal = await preview(ada, 'update_comment', {
      comment_id: id,
      body: storage.replace('color: red', 'color: green'),
      body_format: 'storage',
    });
    expect((await apply(ada, proposal)).verification.ok).toBe(true);
    expect(await storageOf(id)).toContain('color: green');
  });

  test('a colleague in between: worked out anew on the new text, never over it unseen', async () => {
    const { id } = await make('<p>One.</p><p>Two.</p>');
    const proposal = await preview(ada, 'update_comment', { comment_id: id, body: 'One.\n\nTwo!' });
    await mustSendAs(site, 'ada', 'PUT', `/wiki/api/v2/footer-comments/${id}`, {
      version: { number: 2 },
      body: { representation: 'storage', value: '<p>One.</p><p>Two.</p><p>Three.</p>' },
    });
    const state = await write('update_comment').rebase(ada, proposal);
    expect(state.kind).toBe('rebased');
    if (state.kind !== 'rebased') return;
    expect(state.proposal.diff.body?.counts).toMatchObject({ removed: 1 });
  });
});

describe('mentions in new Markdown', () => {
  test('names become accounts in comments, pages, edits and posts; in code they stay words', async () => {
    const body = 'Ask @[Jane Doe]. `@[Nobody Atall]`';
    const proposals = [
      await preview(ada, 'create_footer_comment', { id: '5543210', body }),
      await preview(ada, 'create_page', { space: 'ENG', title: 'Who to ask', body }),
      await preview(ada, 'edit_page', { page: '5543210', edits: [{ op: 'append', markdown: body }] }),
      await preview(ada, 'update_page', { page: '5543210', body }),
      await preview(ada, 'create_blog_post', { space: 'MKT', title: 'Who to ask', body }),
    ];
    for (const { request, operation } of proposals) {
      expect(JSON.stringify(request), operation).toMatch(/<ri:user ri:account-id=\\"[\w:-]+\\" \/>/);
      expect(JSON.stringify(request), operation).toContain('<code>@[Nobody Atall]</code>');
    }
  });

  test('a name that nobody has is refused with the reason', async () => {
    for (const [name, more] of [
      ['create_page', { space: 'ENG', title: 'Nobody', body: 'Ask @[Nobody Atall].' }],
      ['edit_page', { page: '5543210', edits: [{ op: 'append', markdown: 'Ask @[Nobody Atall].' }] }],
    ] as const)
      await expect(preview(ada, name, more)).rejects.toMatchObject({ code: 'not_found' });
  });
});
