import { expect, test } from 'vitest';
import { type Answer, send, startTest } from '../test-site.ts';

type Page = {
  id: string;
  title: string;
  status: string;
  parentId: string | null;
  version: { number: number; message: string; authorId: string };
  body: Record<string, { value: string }>;
};
const pageOf = (answer: Answer) => answer.body as Page;
const titles = (answer: Answer) =>
  (answer.body as { results: { title: string }[] }).results.map((one) => one.title);
const problem = (answer: Answer) => (answer.body as { errors: { title: string; code: string }[] }).errors[0];

async function site() {
  const { url } = await startTest();
  const v2 = `${url}/wiki/api/v2`;
  return {
    url,
    v2,
    get: (path: string, as: 'ada' | 'ben' = 'ada') => send(`${v2}${path}`, { as }),
    post: (path: string, body: unknown, as: 'ada' | 'ben' = 'ada') =>
      send(`${v2}${path}`, { as, method: 'POST', body }),
    put: (path: string, body: unknown, as: 'ada' | 'ben' = 'ada') =>
      send(`${v2}${path}`, { as, method: 'PUT', body }),
    remove: (path: string, as: 'ada' | 'ben' = 'ada') => send(`${v2}${path}`, { as, method: 'DELETE' }),
  };
}

const storage = (value: string) => ({ representation: 'storage', value });
const update = (id: string, title: string, number: number, value: string, more: object = {}) => ({
  id,
  status: 'current',
  title,
  body: storage(value),
  version: { number, message: 'm' },
  ...more,
});

test('a page is created under the homepage with an id from nine million on, and stored as sent but for ids', async () => {
  const { get, post } = await site();
  const sent =
    '<p local-id="x">A &amp; B&nbsp;<br /></p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a]]></ac:plain-text-body></ac:structured-macro>';
  const made = pageOf(
    await post('/pages', { spaceId: '1001', title: 'Auth V2 Architecture', body: storage(sent) }),
  );
  expect(Number(made.id)).toBeGreaterThanOrEqual(9_000_000);
  expect(made).toMatchObject({ parentId: '100100', version: { number: 1 }, status: 'current' });
  const read = pageOf(await get(`/pages/${made.id}?body-format=storage`, 'ben'));
  expect(read.body.storage?.value?.replace(/ ac:(?:schema-version|local-id|macro-id)="[^"]*"/g, '')).toBe(
    sent,
  );
  const next = pageOf(await post('/pages?root-level=true', { spaceId: 1001, title: 'Top' }));
  expect(Number(next.id)).toBeGreaterThan(Number(made.id));
  expect(next.parentId).toBeNull();
});

test('titles are unique in a space: archived pages hold theirs, trashed ones do not', async () => {
  const { post, remove } = await site();
  const create = (title: string) => post('/pages', { spaceId: '1001', title });
  const clash = await create('api guidelines');
  expect(clash.status).toBe(400);
  expect(problem(clash)?.title).toBe(
    'A page with this title already exists: A page already exists with the same TITLE in this space',
  );
  expect((await create('Old runbook')).status).toBe(400);
  await remove('/pages/100400');
  expect((await create('Release process')).status).toBe(200);
});

test('bodies that are not well-formed or unknown are refused', async () => {
  const { post } = await site();
  const create = (body: unknown) => post('/pages', { spaceId: '1001', title: 'T', body });
  const bad = await create(storage('<p>a<b>c</p>'));
  expect(bad.status).toBe(400);
  expect(problem(bad)?.title).toContain('Error parsing xhtml: Unexpected close tag </p>; expected </b>.');
  expect((await create(storage('<p>a & b</p>'))).status).toBe(400);
  expect((await create(storage('<p>&nope;</p>'))).status).toBe(400);
  expect((await create({ representation: 'wiki', value: 'h1. x' })).status).toBe(400);
  expect((await create({ representation: 'storage', value: 5 })).status).toBe(400);
});

test('more than 5 MB is a 413', async () => {
  const { post } = await site();
  const answer = await post('/pages', {
    spaceId: '1001',
    title: 'Big',
    body: storage(`<p>${'x'.repeat(5_300_000)}</p>`),
  });
  expect([answer.status, problem(answer)?.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
});

test('an update makes the next version; any other number is a 409 that tells both', async () => {
  const { get, put } = await site();
  const stale = await put('/pages/100200', update('100200', 'API Guidelines', 2, '<p>x</p>'));
  expect([stale.status, problem(stale)]).toMatchObject([
    409,
    {
      code: 'CONFLICT',
      title: 'Version must be incremented when updating a page. Current Version: [2]. Provided version: [2]',
    },
  ]);
  const done = pageOf(await put('/pages/100200', update('100200', 'API Rules', 3, '<p>new</p>'), 'ben'));
  expect(done).toMatchObject({
    title: 'API Rules',
    version: { number: 3, message: 'm', authorId: '712020:ben' },
  });
  const old = pageOf(await get('/pages/100200?version=1&body-format=storage'));
  expect([old.body.storage?.value, old.status]).toEqual(['<p>First rules</p>', 'historical']);
  const versions = (await get('/pages/100200/versions')).body as { results: { number: number }[] };
  expect(versions.results.map((one) => one.number)).toEqual([3, 2, 1]);
  expect((await get('/pages/100200/versions/2')).body).toMatchObject({
    number: 2,
    prevVersion: 1,
    nextVersion: 3,
  });
});

test('an update that is refused for its parent changes nothing', async () => {
  const { get, put } = await site();
  const answer = await put('/pages/100200', update('100200', 'X', 3, '<p>x</p>', { parentId: '100210' }));
  expect(answer.status).toBe(400);
  expect(pageOf(await get('/pages/100200'))).toMatchObject({
    title: 'API Guidelines',
    version: { number: 2 },
  });
});

test('parentId moves within the space', async () => {
  const { get, put } = await site();
  await put(
    '/pages/100210',
    update('100210', 'Datadog logging guidelines', 2, '<p>x</p>', { parentId: '100400' }),
  );
  expect(titles(await get('/pages/100400/direct-children'))).toEqual(['Datadog logging guidelines']);
  const ancestors = (await get('/pages/100210/ancestors')).body as { results: { id: string }[] };
  expect(ancestors.results.map((one) => one.id)).toEqual(['100100', '100400']);
});

test('a title-only update makes a version with the same body', async () => {
  const { get, put } = await site();
  expect(
    pageOf(await put('/pages/100400/title', { status: 'current', title: 'Releases' })).version.number,
  ).toBe(2);
  expect(pageOf(await get('/pages/100400?body-format=storage')).body.storage?.value).toBe(
    '<p>Only Ada edits</p>',
  );
});

test('delete goes to the trash, restore ignores the body, purge is for good', async () => {
  const { get, put, remove } = await site();
  expect((await remove('/pages/100400?purge=true')).status).toBe(400);
  expect((await remove('/pages/100400')).status).toBe(204);
  expect(pageOf(await get('/pages/100400')).status).toBe('trashed');
  expect(titles(await get('/spaces/1001/pages?status=trashed'))).toEqual(['Release process']);
  const back = pageOf(await put('/pages/100400', update('100400', 'Other', 2, '<p>ignored</p>')));
  expect(back).toMatchObject({ status: 'current', title: 'Release process', version: { number: 1 } });
  await remove('/pages/100400');
  expect((await remove('/pages/100400?purge=true')).status).toBe(204);
  expect((await get('/pages/100400')).status).toBe(404);
});

test('children of a deleted page stay behind, archived and without a parent', async () => {
  const { get, remove } = await site();
  await remove('/pages/100200');
  expect(pageOf(await get('/pages/100210'))).toMatchObject({ status: 'archived', parentId: null });
});

test('drafts: seen by their author alone, no status of a list, published with version 1', async () => {
  const { get, post, put, remove } = await site();
  const draft = pageOf(await post('/pages', { spaceId: '1001', status: 'draft' }));
  expect((await get(`/pages/${draft.id}`)).status).toBe(404);
  expect(pageOf(await get(`/pages/${draft.id}?get-draft=true`)).status).toBe('draft');
  expect((await get(`/pages/${draft.id}?status=draft`)).status).toBe(200);
  expect((await get(`/pages/${draft.id}?get-draft=true`, 'ben')).status).toBe(404);
  expect((await get('/pages?status=draft')).status).toBe(400);
  expect((await remove(`/pages/${draft.id}`)).status).toBe(400);
  const published = pageOf(await put(`/pages/${draft.id}`, update(draft.id, 'Now public', 1, '<p>x</p>')));
  expect(published).toMatchObject({ status: 'current', version: { number: 1 } });
  const beside = { ...update(draft.id, 'Draft title', 1, '<p>draft</p>'), status: 'draft' };
  expect(pageOf(await put(`/pages/${draft.id}`, beside)).status).toBe('draft');
  expect(pageOf(await get(`/pages/${draft.id}`)).title).toBe('Now public');
  expect(pageOf(await get(`/pages/${draft.id}?get-draft=true`)).title).toBe('Draft title');
  expect((await remove(`/pages/${draft.id}?draft=true`)).status).toBe(204);
  expect(pageOf(await get(`/pages/${draft.id}?get-draft=true`)).title).toBe('Now public');
});

test('what a person may not see is not there: spaces, restricted pages and all below them', async () => {
  const { get, put, remove, post } = await site();
  const keys = async (as: 'ada' | 'ben') =>
    ((await get('/spaces', as)).body as { results: { key: string }[] }).results.map((one) => one.key);
  expect(await keys('ada')).toEqual(['ENG', 'HR']);
  expect(await keys('ben')).toEqual(['ENG']);
  expect((await get('/spaces/1008', 'ben')).status).toBe(404);
  for (const id of ['200100', '100300', '100310']) {
    expect((await get(`/pages/${id}`, 'ada')).status).toBe(200);
    expect((await get(`/pages/${id}`, 'ben')).status).toBe(404);
  }
  expect(titles(await get('/pages', 'ben'))).not.toContain('Below secret');
  expect((await get('/pages/100400', 'ben')).status).toBe(200);
  expect((await put('/pages/100400', update('100400', 'X', 2, '<p/>'), 'ben')).status).toBe(404);
  expect((await remove('/pages/100400', 'ben')).status).toBe(404);
  const secret = pageOf(await post('/pages?private=true', { spaceId: '1001', title: 'Mine' }, 'ben'));
  expect((await get(`/pages/${secret.id}`, 'ada')).status).toBe(404);
});

test('lists: default statuses, exact titles, sorting, and cursors that lead to the end', async () => {
  const { url, get } = await site();
  expect(titles(await get('/spaces/1001/pages?status=current'))).not.toContain('Old runbook');
  expect(titles(await get('/pages?title=API%20guidelines&space-id=1001'))).toEqual(['API Guidelines']);
  expect(titles(await get('/pages?title=API'))).toEqual([]);
  expect(titles(await get('/pages?title='))).toEqual([]);
  expect((await get('/pages?limit=251')).status).toBe(400);
  const seen: string[] = [];
  let next: string | undefined = '/wiki/api/v2/spaces/1001/pages?limit=3&sort=-title';
  while (next) {
    const answer: Answer = await send(`${url}${next}`, { as: 'ada' });
    seen.push(...titles(answer));
    next = (answer.body as { _links: { next?: string } })._links.next;
    expect(answer.headers.get('link')?.includes('rel="next"') ?? false).toBe(next !== undefined);
  }
  expect(seen).toEqual([...seen].sort((a, b) => b.localeCompare(a)));
  expect(new Set(seen).size).toBe(7);
  expect((await get('/pages?cursor=zzz')).status).toBe(400);
});

test('bodies come as storage, ADF and view', async () => {
  const { get, post } = await site();
  const adf =
    pageOf(await get('/pages/100200?body-format=atlas_doc_format')).body.atlas_doc_format?.value ?? '';
  expect(JSON.parse(adf)).toMatchObject({
    version: 1,
    type: 'doc',
    content: [{ type: 'heading', attrs: { level: 2 } }, { type: 'paragraph' }, { type: 'panel' }],
  });
  const view = pageOf(await get('/pages/100200?body-format=view')).body.view?.value ?? '';
  expect(view).toContain('<div class="panel info"><p>Mind the webhook</p></div>');
  const made = pageOf(
    await post('/pages', {
      spaceId: '1001',
      title: 'From ADF',
      body: { representation: 'atlas_doc_format', value: adf },
    }),
  );
  expect(made.body.storage?.value).toMatch(/<h2 local-id="\w+">Rate limits<\/h2>/);
  expect((await get('/pages?body-format=view')).status).toBe(400);
});
