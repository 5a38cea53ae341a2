import { expect, test } from 'vitest';
import { send, startTest } from '../test-site.ts';

type As = 'ada' | 'ben';
const words = (value: string) => ({ representation: 'storage', value: `<p>${value}</p>` });

async function site() {
  const { url } = await startTest();
  const ask =
    (method: string, root: string) =>
    (path: string, body?: unknown, as: As = 'ada') =>
      send(`${url}${root}${path}`, { as, method, body });
  const v2 = '/wiki/api/v2';
  const files = '/wiki/rest/api/content/100200/child/attachment';
  const get = ask('GET', v2);
  return {
    url,
    get,
    post: ask('POST', v2),
    put: ask('PUT', v2),
    del: ask('DELETE', v2),
    files: { post: ask('POST', files), put: ask('PUT', files), get: ask('GET', files) },
    storage: async () =>
      ((await get('/pages/100200?body-format=storage')).body as { body: { storage: { value: string } } }).body
        .storage.value,
    limits: (body: object) => send(`${url}/_sandbox/limits`, { method: 'POST', body }),
  };
}

function form(name: string, text: string, more: Record<string, string> = {}): FormData {
  const made = new FormData();
  made.append('file', new Blob([text], { type: 'text/plain' }), name);
  for (const [key, value] of Object.entries(more)) made.append(key, value);
  return made;
}

test('an inline comment is held against the words of the page, and marks them without a new version', async () => {
  const { post, del, storage, get } = await site();
  const before = await storage();
  const inline = (
    textSelectionMatchCount: number,
    textSelectionMatchIndex: number,
    textSelection = 'tokens & retries',
  ) =>
    post('/inline-comments', {
      pageId: '100200',
      body: words('x'),
      inlineCommentProperties: { textSelection, textSelectionMatchCount, textSelectionMatchIndex },
    });
  expect((await inline(2, 0)).status).toBe(400);
  expect((await inline(1, 1)).status).toBe(400);
  expect((await inline(0, 0, 'not there')).status).toBe(400);
  const made = await inline(1, 0);
  expect(made).toMatchObject({ status: 201, body: { resolutionStatus: 'open', pageId: '100200' } });
  const { id, properties } = made.body as { id: string; properties: { inlineMarkerRef: string } };
  expect(await storage()).toContain(`ac:ref="${properties.inlineMarkerRef}"`);
  expect((await get('/pages/100200')).body).toMatchObject({ version: { number: 2 } });
  expect((await get('/pages/100200/versions')).body).toMatchObject({ results: { length: 2 } });
  expect((await del(`/inline-comments/${id}`)).status).toBe(204);
  expect(await storage()).toBe(before);
});

test('a comment is changed by version: 409 for another number, resolved and reopened, never while dangling', async () => {
  const { put, get } = await site();
  const change = (number: number, more: object) =>
    put('/inline-comments/300200', { version: { number }, ...more });
  expect((await change(5, { resolved: true })).status).toBe(409);
  expect((await change(2, { resolved: true })).body).toMatchObject({
    resolutionStatus: 'resolved',
    resolutionLastModifierId: '712020:ada',
  });
  expect((await change(3, { resolved: false })).body).toMatchObject({ resolutionStatus: 'reopened' });
  await put('/pages/100200', {
    id: '100200',
    status: 'current',
    title: 'API Guidelines',
    body: words('All new'),
    version: { number: 3 },
  });
  expect((await get('/inline-comments/300200')).body).toMatchObject({ resolutionStatus: 'dangling' });
  expect((await change(4, { resolved: true })).status).toBe(400);
  expect((await get('/inline-comments/300200/versions?body-format=storage')).body).toMatchObject({
    results: [{ number: 3 }, { number: 2 }, { number: 1, comment: { id: '300200' } }],
  });
});

test('words are their author’s; a deleted comment takes its thread along for good', async () => {
  const { put, del, get, post } = await site();
  const body = { version: { number: 2 }, body: words('mine') };
  expect((await put('/footer-comments/300101', body, 'ben')).status).toBe(404);
  expect((await put('/footer-comments/300100', body, 'ben')).status).toBe(200);
  expect((await del('/footer-comments/300101', undefined, 'ben')).status).toBe(404);
  const reply = await post('/footer-comments', { parentCommentId: '300101', body: words('deeper') }, 'ben');
  expect(reply.body).toMatchObject({ parentCommentId: '300101' });
  expect((await del('/footer-comments/300100', undefined, 'ben')).status).toBe(204);
  for (const id of ['300100', '300101', (reply.body as { id: string }).id])
    expect((await get(`/footer-comments/${id}`)).status).toBe(404);
  for (const onto of [{ pageId: '200100' }, { pageId: '100300' }, { pageId: '100200', blogPostId: '100900' }])
    expect((await post('/footer-comments', { ...onto, body: words('x') }, 'ben')).status).toBeGreaterThan(
      399,
    );
});

test('trap: POST refuses a name that is taken, PUT makes the next version, and old bytes stay', async () => {
  const { files, get, url } = await site();
  const taken = await files.post('', form('limits.txt', 'eleven'));
  expect(taken).toMatchObject({ status: 400 });
  expect(taken.text).toContain('Cannot add a new attachment with same file name');
  const put = await files.put('', form('limits.txt', 'eleven', { comment: 'née', minorEdit: 'true' }));
  expect(put.body).toMatchObject({ results: [{ id: 'att400100', version: { number: 2 } }], size: 1 });
  expect((await get('/attachments/att400100')).body).toMatchObject({
    comment: 'née',
    fileSize: 6,
    version: { number: 2, minorEdit: true },
  });
  const bytes = async (path: string) => {
    const hop = await files.get(`/att400100/download${path}`);
    return (await send(hop.headers.get('location') ?? '')).text;
  };
  expect([await bytes(''), await bytes('?version=1')]).toEqual(['eleven', 'ten']);
  expect((await files.get('/att400100/download?version=9')).status).toBe(400);
  const thumbnail = await get('/attachments/att400200/thumbnail/download');
  expect(thumbnail.status).toBe(302);
  expect((await get('/attachments/att400100/thumbnail/download')).status).toBe(404);
  expect((await send(`${url}/wiki/download/attachments/100200/limits.txt`, { as: 'ada' })).status).toBe(401);
});

test('trap: without X-Atlassian-Token an upload is blocked; one that is too large is a 404', async () => {
  const { files, url, limits } = await site();
  const blocked = await fetch(`${url}/wiki/rest/api/content/100200/child/attachment`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('ada@halden.example:sandbox-token-ada')}` },
    body: form('a.txt', 'a'),
  });
  expect(blocked.status).toBe(403);
  await limits({ attachment_bytes: 10 });
  expect((await files.post('', form('a.txt', 'more than ten bytes'))).status).toBe(404);
  expect(await files.post('', form('a.txt', 'ten bytes'))).toMatchObject({ status: 200 });
  expect((await files.post('', 'not a form')).status).toBe(403);
  // Six megabytes are too much for JSON, not for a file.
  await limits({ attachment_bytes: 100 * 1024 * 1024 });
  expect((await files.post('', form('big.txt', 'x'.repeat(6 * 1024 * 1024)))).status).toBe(200);
  const ben = await files.post('', form('b.txt', 'b'), 'ben');
  expect(ben.status).toBe(200);
  const forbidden = await send(`${url}/wiki/rest/api/content/100400/child/attachment`, {
    as: 'ben',
    method: 'POST',
    body: form('b.txt', 'b'),
  });
  expect(forbidden.status).toBe(403);
});

test('properties: a name and a page that are free, the version number that is there', async () => {
  const { files, get } = await site();
  const change = (body: object, as: As = 'ada') =>
    files.put('/att400100', { id: 'att400100', type: 'attachment', version: { number: 1 }, ...body }, as);
  expect((await change({ title: 'x.txt', version: { number: 2 } })).status).toBe(409);
  expect((await change({ title: 'evil.svg' })).status).toBe(400);
  expect((await change({ container: { id: '100400', type: 'page' } }, 'ben')).status).toBe(403);
  expect((await change({ title: 'x.txt', container: { id: '100900', type: 'blogpost' } })).status).toBe(200);
  expect((await get('/attachments/att400100')).body).toMatchObject({
    title: 'x.txt',
    blogPostId: '100900',
    version: { number: 1 },
  });
});

test('a deleted file is in the trash, its name free; only from there can it be purged', async () => {
  const { del, get, files } = await site();
  expect((await del('/attachments/att400100?purge=true')).status).toBe(400);
  expect((await del('/attachments/att400100')).status).toBe(204);
  const named = async (query: string) =>
    ((await get(`/pages/100200/attachments?filename=limits.txt${query}`)).body as { results: unknown[] })
      .results;
  expect(await named('')).toEqual([]);
  expect(await named('&status=trashed')).toMatchObject([{ id: 'att400100', status: 'trashed' }]);
  expect((await files.post('', form('limits.txt', 'new'))).status).toBe(200);
  expect((await del('/attachments/att400100?purge=true', undefined, 'ben')).status).toBe(404);
  expect((await del('/attachments/att400100?purge=true')).status).toBe(204);
  expect((await get('/attachments/att400100')).status).toBe(404);
});
