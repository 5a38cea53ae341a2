import { expect, test } from 'vitest';
import { readTasks, withTaskStatus } from '../rest/task-body.ts';
import { send, startTest, tinyDemo } from '../test-site.ts';

const v2 = '/wiki/api/v2';

async function site() {
  const { url } = await startTest({ demo: tinyDemo({ things: true }) });
  return (method: string, path: string, body?: unknown, as: 'ada' | 'ben' = 'ada') =>
    send(`${url}${path}`, { method, as, ...(body === undefined ? {} : { body }) });
}

test('trap: createdAt of a folder is a number, and its places are null at the top', async () => {
  const ask = await site();
  const made = await ask('POST', `${v2}/folders`, { spaceId: '1001', title: 'Top' });
  expect(made.body).toMatchObject({ parentId: null, parentType: null, position: null });
  expect(typeof (made.body as { createdAt: unknown }).createdAt).toBe('number');
  expect((await ask('GET', `${v2}/pages/110110`)).body).toMatchObject({
    parentId: '110100',
    parentType: 'folder',
  });
  expect((await ask('GET', `${v2}/pages/100200/properties?key=review`)).body).toMatchObject({
    results: [{ key: 'review', value: { due: 1 } }],
  });
});

test('trap: a folder and a page of the same title do not clash', async () => {
  const ask = await site();
  expect((await ask('POST', `${v2}/folders`, { spaceId: '1001', title: 'API Guidelines' })).status).toBe(200);
  const page = { spaceId: '1001', title: 'Retros', body: { representation: 'storage', value: '<p />' } };
  expect((await ask('POST', `${v2}/pages`, page)).status).toBe(200);
});

test('trap: a property whose key is there, or whose version is not the next, is a 409', async () => {
  const ask = await site();
  const root = `${v2}/pages/100200/properties`;
  expect((await ask('POST', root, { key: 'review', value: 1 })).status).toBe(409);
  const one = `${root}/1500000`;
  expect((await ask('PUT', one, { key: 'review', value: 1, version: { number: 1 } })).status).toBe(409);
  expect((await ask('PUT', one, { key: 'review', value: 1, version: { number: 2 } })).status).toBe(200);
  expect((await ask('DELETE', one)).status).toBe(204);
});

test('what a person may not see or change is 404 to them', async () => {
  const ask = await site();
  expect((await ask('GET', `${v2}/pages/100300/properties`, undefined, 'ben')).status).toBe(404);
  expect((await ask('POST', `${v2}/pages/100400/properties`, { key: 'k', value: 1 }, 'ben')).status).toBe(
    404,
  );
  expect((await ask('POST', `${v2}/folders`, { spaceId: '1008', title: 'X' }, 'ben')).status).toBe(404);
  const made = await ask('POST', `${v2}/databases?private=true`, { spaceId: '1001', title: 'Mine' });
  const id = (made.body as { id: string }).id;
  expect((await ask('GET', `${v2}/databases/${id}`, undefined, 'ben')).status).toBe(404);
  expect((await ask('GET', '/wiki/rest/api/template/none')).status).toBe(403);
  const template = {
    name: 'T',
    templateType: 'page',
    body: { storage: { value: '<p />', representation: 'storage' } },
  };
  expect((await ask('POST', '/wiki/rest/api/template', template, 'ben')).status).toBe(403);
});

test('a ticked task changes the body in that place and not the version', async () => {
  const ask = await site();
  const before = (await ask('GET', `${v2}/pages/110110?body-format=storage`)).body as {
    body: { storage: { value: string } };
  };
  const found = (await ask('GET', `${v2}/tasks?page-id=110110`)).body as { results: { id: string }[] };
  expect(found.results).toMatchObject([
    { assignedTo: '712020:ben', dueAt: '2026-12-24T00:00:00.000Z', status: 'incomplete' },
  ]);
  await ask('PUT', `${v2}/tasks/${found.results[0]?.id}`, { status: 'complete' }, 'ben');
  expect((await ask('GET', `${v2}/pages/110110?body-format=storage`)).body).toMatchObject({
    version: { number: 1 },
    body: { storage: { value: before.body.storage.value.replace('incomplete', 'complete') } },
  });
  expect((await ask('GET', `${v2}/tasks?completed-by=712020:ben`)).body).toMatchObject({
    results: [{ pageId: '110110' }],
  });
});

test('tasks are read past nesting, comments and code that looks like them', () => {
  const inner =
    '<ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>in</ac:task-body></ac:task>';
  const storage = `<![CDATA[<ac:task>]]><!-- <ac:task> --><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>out<ac:task-list>${inner}</ac:task-list></ac:task-body></ac:task></ac:task-list>`;
  expect(readTasks(storage).map(({ localId, status }) => [localId, status])).toEqual([
    ['2', 'complete'],
    ['1', 'incomplete'],
  ]);
  expect(withTaskStatus(storage, '1', 'complete')).toBe(storage.replace('>incomplete<', '>complete<'));
  expect(withTaskStatus(storage, '9', 'complete')).toBeNull();
});
