import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withoutIds } from '../../scripts/without-ids.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { Context } from './operation.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  mustSendAs,
  preview,
  read,
  startSite,
  type TestSite,
  undo,
  write,
} from './sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
beforeEach(async () => {
  ada = await contextFor(site);
});
afterAll(() => site.stop());

/** Sends a request of its own, as a colleague. */
const send = (method: string, path: string, body?: unknown, who: 'ada' | 'ben' = 'ben') =>
  mustSendAs(site, who, method, path, body);

async function make(title: string, parent?: string): Promise<string> {
  const proposal = await preview(ada, 'create_page', {
    space: 'ONB',
    title,
    body: `About ${title}.`,
    ...(parent === undefined ? {} : { parent }),
  });
  return String((await apply(ada, proposal)).outcome.targetId);
}

const pageOf = (id: string) => send('GET', `/wiki/api/v2/pages/${id}`, undefined, 'ada');
const parentOf = async (id: string) => (await pageOf(id)).parentId;
const childrenOf = async (id: string) =>
  (
    (await send('GET', `/wiki/api/v2/pages/${id}/direct-children?limit=50`, undefined, 'ada')).results as {
      id: string;
    }[]
  ).map((one) => one.id);
const inverseOf = async (proposal: Parameters<typeof apply>[1], outcome: Parameters<typeof undo>[2]) => {
  const inverse = await write(proposal.operation).inverse(ada, proposal, outcome);
  return JSON.parse(JSON.stringify(inverse)) as typeof inverse;
};

test('update_page: a page that a colleague has moved on since stays where it is', async () => {
  const [first, second, page] = [await make('Home one'), await make('Home two'), await make('Moved about')];
  const proposal = await preview(ada, 'update_page', { page, parent: first, title: 'Moved about, renamed' });
  const { outcome } = await apply(ada, proposal);
  await send('PUT', `/wiki/rest/api/content/${page}/move/append/${second}`);
  await undo(ada, proposal, outcome);
  expect(await pageOf(page)).toMatchObject({ title: 'Moved about', parentId: second });
});

test('update_page: a page without a parent cannot be put back to the top, and the card says so', async () => {
  const parent = await make('Below here');
  const { id } = await send(
    'POST',
    '/wiki/api/v2/pages?root-level=true',
    {
      spaceId: String((await pageOf(parent)).spaceId),
      status: 'current',
      title: 'At the top',
      body: { representation: 'storage', value: '' },
    },
    'ada',
  );
  const proposal = await preview(ada, 'update_page', { page: String(id), parent });
  expect(proposal.undo).toMatchObject({ possible: false });
});

test('move_page: neighbours that were moved together come back, in their order', async () => {
  const parent = await make('Row');
  const ids = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push(await make(`Row ${name}`, parent));
  const [, b, c] = ids as [string, string, string, string];
  const goal = await make('Elsewhere');
  for (const moved of [[b, c], [c, b], [ids[0], b], [c, ids[3]], ids]) {
    const proposal = await preview(ada, 'move_page', { pages: moved, target: goal });
    const { outcome } = await apply(ada, proposal);
    expect(await childrenOf(goal)).toHaveLength(moved.length);
    const { verification } = await undo(ada, proposal, outcome);
    expect(verification.ok).toBe(true);
    expect(await childrenOf(parent)).toEqual(ids);
  }
});

test('move_page: a neighbour that went elsewhere since does not take the page along', async () => {
  const parent = await make('Shelf');
  const [left, page] = [await make('Shelf left', parent), await make('Shelf right', parent)];
  const goal = await make('Other shelf');
  const proposal = await preview(ada, 'move_page', { pages: [page, page], target: goal });
  expect(proposal.diff.fields).toHaveLength(1);
  const { outcome } = await apply(ada, proposal);
  await send('PUT', `/wiki/rest/api/content/${left}/move/append/${goal}`);
  expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
  expect(await parentOf(page)).toBe(parent);
});

test('move_page: a target that has gone to another place is a conflict', async () => {
  const [goal, page] = [await make('Goal'), await make('Goes there')];
  const proposal = await preview(ada, 'move_page', { pages: [page], target: goal });
  const elsewhere = '5543210';
  await send('PUT', `/wiki/rest/api/content/${goal}/move/append/${elsewhere}`, undefined, 'ada');
  expect((await write('move_page').rebase(ada, proposal)).kind).toBe('conflict');
});

test('restore_page: what a colleague wrote since is shown before the undo trashes it', async () => {
  const page = await make('Back and forth');
  await send('DELETE', `/wiki/api/v2/pages/${page}`, undefined, 'ada');
  const proposal = await preview(ada, 'restore_page', { id: page });
  const { outcome } = await apply(ada, proposal);
  await colleagueEdits(site, page, '<p>Theirs.</p>');
  const inverse = await inverseOf(proposal, outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  expect((await write(inverse.operation).rebase(ada, inverse)).kind).toBe('rebased');
});

test('create_space: a blog post of a colleague keeps the space from being deleted by an undo', async () => {
  const proposal = await preview(ada, 'create_space', { name: 'Undo me not' });
  const { outcome } = await apply(ada, proposal);
  await send(
    'POST',
    '/wiki/api/v2/blogposts',
    {
      spaceId: outcome.targetId,
      status: 'current',
      title: 'News',
      body: { representation: 'storage', value: '<p>News.</p>' },
    },
    'ada',
  );
  expect(await inverseOf(proposal, outcome)).toMatchObject({
    impossible: expect.stringContaining('put into the space since'),
  });
});

test('restore_version: what was saved just before the restore comes back with its undo', async () => {
  const page = await make('Versions');
  await colleagueEdits(site, page, '<p>Two.</p>');
  const proposal = await preview(ada, 'restore_version', { id: page, version: 1 });
  await colleagueEdits(site, page, '<p>Three.</p>');
  // Saved between the check and the restore, which asks for no version.
  const outcome = await write('restore_version').apply(ada, proposal);
  expect((await write('restore_version').verify(ada, proposal, outcome)).details.join(' ')).toContain(
    'version 3',
  );
  await undo(ada, proposal, outcome);
  const now = await read(ada, 'read_page', { page, format: 'storage' });
  expect(withoutIds(String(now.data.body))).toBe('<p>Three.</p>');
});

test('labels: undo and rebase touch on each page only what was changed there', async () => {
  const [one, two] = [await make('Labels one'), await make('Labels two')];
  await apply(ada, await preview(ada, 'add_label', { ids: [two], labels: ['kept'] }));
  const proposal = await preview(ada, 'add_label', { ids: [one, two], labels: ['kept', 'fresh'] });
  const { outcome } = await apply(ada, proposal);
  const inverse = await inverseOf(proposal, outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  expect(inverse.diff.fields.at(-1)).toEqual({
    label: 'Labels of "Labels two"',
    before: 'kept, fresh',
    after: 'kept',
  });
  await send('DELETE', `/wiki/rest/api/content/${one}/label?name=fresh`, undefined, 'ada');
  const rebased = await write('remove_label').rebase(ada, inverse);
  if (rebased.kind !== 'rebased') throw new Error(rebased.kind);
  expect(rebased.proposal.diff.fields.map(({ after }) => after)).toEqual([null, 'kept']);
});

test('labels of a file: the card knows the space', async () => {
  const proposal = await preview(ada, 'add_label', {
    ids: ['att764424641'],
    content_type: 'attachment',
    labels: ['form'],
  });
  expect(proposal.target.space).toMatchObject({ key: 'ONB' });
});

test('set_restrictions: an undo that has been overtaken does not come back as the change itself', async () => {
  const page = await make('Limited');
  const set = (operation: string, users: string[]) => ({ id: page, mode: 'replace', operation, users });
  await apply(ada, await preview(ada, 'set_restrictions', set('read', ['me', 'Ben Okafor'])));
  await apply(ada, await preview(ada, 'set_restrictions', set('update', ['me'])));
  const proposal = await preview(ada, 'set_restrictions', {
    id: page,
    mode: 'replace',
    users: ['me', 'Jane Doe'],
  });
  const { outcome } = await apply(ada, proposal);
  const inverse = await inverseOf(proposal, outcome);
  if ('impossible' in inverse) throw new Error(inverse.impossible);
  await apply(ada, await preview(ada, 'set_restrictions', set('read', ['me'])));
  expect((await write('set_restrictions').rebase(ada, inverse)).kind).toBe('conflict');
});

test('update_attachment: a rebased rename leaves the comment a colleague wrote meanwhile', async () => {
  const attachment = 'att764424641';
  const proposal = await preview(ada, 'update_attachment', { attachment, filename: 'first-day-plan.pdf' });
  await apply(ada, await preview(ada, 'update_attachment', { attachment, comment: 'Theirs' }));
  const state = await write('update_attachment').rebase(ada, proposal);
  if (state.kind !== 'rebased' && state.kind !== 'current') throw new Error(state.kind);
  const now = state.kind === 'rebased' ? state.proposal : proposal;
  expect(now.diff.fields.map(({ label }) => label)).toEqual(['File name']);
});

test('update_template: blanks that became variables are words again after the undo', async () => {
  const made = await apply(
    ada,
    await preview(ada, 'create_template', {
      space: 'ENG',
      name: 'With words',
      body: '<p>For {{project}}.</p>',
      body_format: 'storage',
    }),
  );
  const id = String(made.outcome.targetId);
  const bodyNow = async () =>
    withoutIds(String((await read(ada, 'get_template', { template_id: id, format: 'storage' })).data.body));
  expect(await bodyNow()).toBe('<p>For {{project}}.</p>');
  const proposal = await preview(ada, 'update_template', {
    template_id: id,
    variables: [{ name: 'project' }],
  });
  const { outcome } = await apply(ada, proposal);
  expect(await bodyNow()).toContain('<at:var');
  await undo(ada, proposal, outcome);
  expect(await bodyNow()).toBe('<p>For {{project}}.</p>');
});

test('delete_content: an item edited meanwhile is shown again before it goes', async () => {
  const type = 'ac:com.halden.risk-register:risk';
  const list = await read(ada, 'list_custom_content', { type, container_type: 'space', id: 'ENG' });
  const [item] = list.data.items as [{ id: string }];
  const proposal = await preview(ada, 'delete_content', { id: item.id, content_type: 'custom_content' });
  const old = await send(
    'GET',
    `/wiki/api/v2/custom-content/${item.id}?body-format=storage`,
    undefined,
    'ada',
  );
  await send(
    'PUT',
    `/wiki/api/v2/custom-content/${item.id}`,
    {
      id: item.id,
      type: old.type,
      status: 'current',
      title: old.title,
      body: { representation: 'storage', value: '<p>Newer.</p>' },
      version: { number: Number((old.version as { number: number }).number) + 1 },
    },
    'ada',
  );
  expect((await write('delete_content').rebase(ada, proposal)).kind).toBe('rebased');
});
