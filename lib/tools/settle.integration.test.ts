import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { database, insertUser } from '#db';
import { saveFile } from '#lib/files';
import { startSandbox } from '../sandbox/index.ts';
import type { Context } from './operation.ts';
import {
  apply,
  contextFor,
  mustSendAs,
  preview,
  startSite,
  type TestSite,
  write,
} from './sandbox-context.fixture.ts';

/** What reading answers after the connection broke: never "not applied" of what may have happened, nor the reverse. */

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  await insertUser(await database(), {
    id: 'usr_ada',
    name: 'Ada',
    email: 'ada@halden.example',
    role: 'member',
    password_hash: null,
    atlassian_account_id: null,
    demo_key: null,
    created_at: 1,
    disabled_at: null,
  });
}, 60_000);
beforeEach(async () => {
  ada = await contextFor(site);
});
afterAll(() => site.stop());

const send = (method: string, path: string, body?: unknown) => mustSendAs(site, 'ada', method, path, body);

const make = async (title: string, more: Record<string, unknown> = {}): Promise<string> =>
  String(
    (await apply(ada, await preview(ada, 'create_page', { space: 'ONB', title, body: 'Text.', ...more })))
      .outcome.targetId,
  );

test('purge_page: what somebody restored from the trash was not removed for good', async () => {
  const id = await make('Trashed and back');
  await send('DELETE', `/wiki/api/v2/pages/${id}`);
  const proposal = await preview(ada, 'purge_page', { id, what: 'trashed' });
  await apply(ada, await preview(ada, 'restore_page', { id }));
  const purge = write('purge_page');
  expect(await purge.settle(ada, proposal)).toMatchObject({ kind: 'unknown' });
  const outcome = { targetId: id, title: '', url: null, version: null, receipt: {} };
  expect(await purge.verify(ada, proposal, outcome)).toMatchObject({ ok: false });
});

test('purge_page: a draft that was published was not discarded', async () => {
  const id = await make('Draft and out', { draft: true });
  const proposal = await preview(ada, 'purge_page', { id, what: 'draft' });
  await apply(ada, await preview(ada, 'publish_draft', { id }));
  expect(await write('purge_page').settle(ada, proposal)).toMatchObject({ kind: 'unknown' });
});

test('upload_attachment: the same bytes once more are a new version, or nothing happened', async () => {
  const page = await make('Files');
  const file = async () =>
    (
      await saveFile('usr_ada', {
        name: 'a.txt',
        mediaType: 'text/plain',
        bytes: new TextEncoder().encode('A'),
      })
    ).id;
  await apply(ada, await preview(ada, 'upload_attachment', { id: page, files: [await file()] }));
  const proposal = await preview(ada, 'upload_attachment', { id: page, files: [await file()] });
  expect(await write('upload_attachment').settle(ada, proposal)).toEqual({ kind: 'not_applied' });
  const { outcome } = await apply(ada, proposal);
  expect(outcome.targetId).toBe(page);
  expect(await write('upload_attachment').settle(ada, proposal)).toMatchObject({ kind: 'applied' });
});

test('create_footer_comment in ADF: another comment of the same person is not taken for it', async () => {
  const page = await make('Comments');
  const body = JSON.stringify({
    version: 1,
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'From ADF' }] }],
  });
  const proposal = await preview(ada, 'create_footer_comment', { id: page, body, body_format: 'adf' });
  expect(await write('create_footer_comment').settle(ada, proposal)).toEqual({ kind: 'not_applied' });
  await apply(ada, await preview(ada, 'create_footer_comment', { id: page, body: 'Something else.' }));
  expect(await write('create_footer_comment').settle(ada, proposal)).toMatchObject({
    kind: 'unknown',
    found: expect.stringContaining('Something else.'),
  });
});

test('a draft that is only to be retitled is not applied because its text is the same', async () => {
  const page = await make('Draft to rename', { draft: true });
  const published = await make('Has a draft');
  const proposal = await preview(ada, 'update_page', {
    page: published,
    title: 'Has a draft, renamed',
    status: 'draft',
  });
  expect(await write('update_page').settle(ada, proposal)).toMatchObject({ kind: 'not_applied' });
  await apply(ada, proposal);
  expect(await write('update_page').settle(ada, proposal)).toMatchObject({ kind: 'applied' });
  expect(page).toMatch(/^\d+$/);
});

test('update_page as a draft: a draft that was written on meanwhile is not written over', async () => {
  const page = await make('Two at one draft');
  const first = await preview(ada, 'update_page', { page, body: 'One.', status: 'draft' });
  const second = await preview(ada, 'update_page', { page, body: 'Two.', status: 'draft' });
  await apply(ada, first);
  expect((await write('update_page').rebase(ada, second)).kind).toBe('conflict');
});

test("restore_version: a title brought back is read back, and a colleague's rename is not taken for it", async () => {
  const page = await make('Old name');
  await apply(ada, await preview(ada, 'update_page', { page, title: 'New name' }));
  const proposal = await preview(ada, 'restore_version', { id: page, version: 1, restore_title: true });
  await apply(ada, await preview(ada, 'update_page', { page, title: 'Newest name' }));
  expect((await write('restore_version').settle(ada, proposal)).kind).toBe('unknown');
  const outcome = { targetId: page, title: '', url: null, version: 3, receipt: {} };
  expect(await write('restore_version').verify(ada, proposal, outcome)).toMatchObject({ ok: false });
});

test('create_custom_content: one of the same title elsewhere in the space is not the one that was made', async () => {
  const type = 'ac:com.halden.risk-register:risk';
  const [one, two] = [await make('Risks one'), await make('Risks two')];
  const at = (container: string) => ({ type, title: 'Fire', body: '<p>Hot.</p>', container });
  const proposal = await preview(ada, 'create_custom_content', at(one));
  await apply(ada, await preview(ada, 'create_custom_content', at(two)));
  expect(await write('create_custom_content').settle(ada, proposal)).toEqual({ kind: 'not_applied' });
});

test('create_folder at the top of a space: nobody can look there, so it is not known', async () => {
  const proposal = await preview(ada, 'create_folder', { space: 'ENG', title: 'Top' });
  const { send: request, ...rest } = proposal.request as { send: { post: Record<string, unknown> } };
  const { parentId: _, ...post } = request.post;
  const atTop = { ...proposal, request: { ...rest, send: { ...request, post, parentType: null } } };
  expect(await write('create_folder').settle(ada, atTop)).toMatchObject({ kind: 'unknown' });
});

test('create_comment_reply: a thread too long to be read through leaves it open', async () => {
  const page = await make('Long thread');
  const first = await apply(ada, await preview(ada, 'create_footer_comment', { id: page, body: 'Long.' }));
  const thread = String(first.outcome.targetId);
  for (let at = 0; at < 100; at += 1)
    await send('POST', '/wiki/api/v2/footer-comments', {
      parentCommentId: thread,
      body: { representation: 'storage', value: `<p>${at}</p>` },
    });
  const proposal = await preview(ada, 'create_comment_reply', { comment_id: thread, body: 'Last.' });
  expect(await write('create_comment_reply').settle(ada, proposal)).toMatchObject({ kind: 'unknown' });
});
