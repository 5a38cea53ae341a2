import { expect, test } from 'vitest';
import { type Answer, send, startTest, tinyDemo } from '../test-site.ts';

async function site() {
  const { url } = await startTest({ demo: tinyDemo({ things: true }) });
  const ask = (method: string, path: string, body?: unknown, as = 'ada') =>
    send(`${url}/wiki/api/v2/${path}`, { as, method, body });
  return {
    url,
    ask,
    get: (path: string, as = 'ada') => ask('GET', path, undefined, as),
    put: (more: object, id = '100200', as = 'ada') =>
      ask(
        'PUT',
        `pages/${id}`,
        {
          id,
          status: 'current',
          title: 'API Guidelines',
          body: { representation: 'storage', value: '<p>new</p>' },
          version: { number: 3 },
          ...more,
        },
        as,
      ),
  };
}
const title = (answer: Answer) => (answer.body as { title: string }).title;
const why = (answer: Answer) => (answer.body as { errors: { title: string }[] }).errors[0]?.title;

test('trap: an update cannot carry a page to another space', async () => {
  const { put, get } = await site();
  const moved = await put({ spaceId: '1008' });
  expect([moved.status, why(moved)]).toEqual([400, expect.stringContaining('another space')]);
  expect((await put({ parentId: '200100' })).status).toBe(400);
  expect((await get('pages/100200')).body).toMatchObject({ spaceId: '1001', version: { number: 2 } });
});

test('trap: a draft is written with version number 1, and takes the place of the one before', async () => {
  const { put, get } = await site();
  const draft = { status: 'draft', title: 'First try' };
  expect((await put({ ...draft, version: { number: 3 } })).status).toBe(400);
  expect((await put({ ...draft, version: { number: 1 } })).status).toBe(200);
  expect((await put({ ...draft, title: 'Second try', version: { number: 1 } })).status).toBe(200);
  expect(title(await get('pages/100200?get-draft=true'))).toBe('Second try');
  expect(title(await get('pages/100200'))).toBe('API Guidelines');
});

test('trap: publishing may overwrite the open draft', async () => {
  const { put, get } = await site();
  await put({ status: 'draft', title: 'Half done', version: { number: 1 } });
  expect((await put({ title: 'Published' })).status).toBe(200);
  expect(title(await get('pages/100200?get-draft=true'))).toBe('Published');
});

test('trap: the open draft beside a page is for those who may edit it', async () => {
  const { ask, get } = await site();
  const body = { representation: 'storage', value: '<p>not yet said</p>' };
  const draft = { id: '100400', status: 'draft', title: 'Unsaid', body, version: { number: 1 } };
  expect((await ask('PUT', 'pages/100400', draft)).status).toBe(200);
  expect(title(await get('pages/100400?get-draft=true'))).toBe('Unsaid');
  const read = await get('pages/100400?get-draft=true&body-format=storage', 'ben');
  expect(read.body).toMatchObject({ status: 'current', title: 'Release process' });
  expect((await get('pages/100400?status=draft', 'ben')).status).toBe(404);
});

test('trap: minorEdit cannot be written through v2', async () => {
  const { put, get } = await site();
  expect((await put({ version: { number: 3, minorEdit: true, message: 'typo' } })).status).toBe(200);
  expect((await get('pages/100200/versions/3')).body).toMatchObject({ minorEdit: false, message: 'typo' });
});

test('trap: the value of a body is always a text; ADF as an object is refused', async () => {
  const { put } = await site();
  const adf = { version: 1, type: 'doc', content: [] };
  const asObject = await put({ body: { representation: 'atlas_doc_format', value: adf } });
  expect([asObject.status, why(asObject)]).toEqual([400, expect.stringContaining('must be a string')]);
  expect(
    (await put({ body: { representation: 'atlas_doc_format', value: JSON.stringify(adf) } })).status,
  ).toBe(200);
});

test('trap: purging needs a space administrator and a page that is in the trash', async () => {
  const { ask, get } = await site();
  expect((await ask('DELETE', 'pages/100210?purge=true')).status).toBe(400);
  expect((await ask('DELETE', 'pages/100210', undefined, 'ben')).status).toBe(204);
  expect((await ask('DELETE', 'pages/100210?purge=true', undefined, 'ben')).status).toBe(404);
  expect((await get('pages/100210')).body).toMatchObject({ status: 'trashed' });
  expect((await ask('DELETE', 'pages/100210?purge=true')).status).toBe(204);
  expect((await get('pages/100210')).status).toBe(404);
});

test('trap: places are null where nobody has put things in order, and so is the name of a rare media type', async () => {
  const { url, get } = await site();
  expect((await get('pages/100100')).body).toMatchObject({
    parentId: null,
    parentType: null,
    position: null,
  });
  expect((await get('pages/100200')).body).toMatchObject({ position: expect.any(Number) });
  const children = async (path: string) =>
    ((await get(path)).body as { results: { childPosition: number | null }[] }).results.map(
      (one) => one.childPosition,
    );
  expect((await children('folders/110100/direct-children')).every((one) => one === null)).toBe(true);
  expect((await children('pages/100100/direct-children')).every((one) => one !== null)).toBe(true);
  const form = new FormData();
  form.append('file', new Blob(['x'], { type: 'application/x-robot' }), 'arm.bot');
  form.append('minorEdit', 'true');
  await send(`${url}/wiki/rest/api/content/100200/child/attachment`, {
    as: 'ada',
    method: 'POST',
    body: form,
  });
  expect((await get('pages/100200/attachments?mediaType=application/x-robot')).body).toMatchObject({
    results: [{ title: 'arm.bot', mediaTypeDescription: null }],
  });
});

test('trap: storage is XML: named entities are known, CDATA that is split stays split, odd elements stay as they are', async () => {
  const { put, get } = await site();
  const value =
    '<p>a&nbsp;b &mdash; c</p><ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="k"><ac:plain-text-body><![CDATA[x]]]]><![CDATA[>y]]></ac:plain-text-body></ac:structured-macro><ac:adf-extension><ac:adf-node type="panel"><ac:adf-content><p>p</p></ac:adf-content></ac:adf-node></ac:adf-extension>';
  expect((await put({ body: { representation: 'storage', value } })).status).toBe(200);
  expect((await get('pages/100200?body-format=storage')).body).toMatchObject({
    body: { storage: { value } },
  });
  const unclosed = await put({
    version: { number: 4 },
    body: { representation: 'storage', value: '<p>a<br></p>' },
  });
  expect([unclosed.status, why(unclosed)]).toEqual([400, expect.stringContaining('Error parsing xhtml')]);
});

test('trap: a right to edit is no right to delete', async () => {
  const { url } = await startTest();
  const labs = `${url}/labs/wiki`;
  const { results } = (await send(`${labs}/api/v2/spaces/5001/permissions?limit=250`, { as: 'ada' }))
    .body as {
    results: { id: string; operation: { key: string; targetType: string } }[];
  };
  for (const { id, operation } of results.filter(
    ({ operation: one }) => one.key === 'delete' && one.targetType === 'page',
  )) {
    expect(operation.targetType).toBe('page');
    await send(`${labs}/rest/api/space/LAB/permission/${id}`, { as: 'ada', method: 'DELETE' });
  }
  const operations = await send(`${labs}/api/v2/pages/500100/operations`, { as: 'ada' });
  expect(operations.text).toContain('"update"');
  expect(operations.text).not.toContain('"delete"');
  expect((await send(`${labs}/api/v2/pages/500100`, { as: 'ada', method: 'DELETE' })).status).toBe(404);
});
