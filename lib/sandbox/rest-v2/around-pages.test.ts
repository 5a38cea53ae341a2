import { expect, test } from 'vitest';
import { send, startTest } from '../test-site.ts';

async function site() {
  const { url } = await startTest();
  const v2 = `${url}/wiki/api/v2`;
  return {
    url,
    get: (path: string) => send(`${v2}${path}`, { as: 'ada' }),
    post: (path: string, body: unknown, as: 'ada' | 'ben' = 'ada') =>
      send(`${v2}${path}`, { as, method: 'POST', body }),
  };
}

test('comments: footer and inline, resolution, dangling, replies', async () => {
  const { get } = await site();
  const results = async (path: string) =>
    ((await get(path)).body as { results: Record<string, unknown>[] }).results;
  expect(await results('/pages/100200/footer-comments?body-format=storage')).toMatchObject([
    { id: '300100', pageId: '100200', body: { storage: { value: '<p>Nice</p>' } } },
  ]);
  expect(await results('/footer-comments/300100/children')).toMatchObject([
    { id: '300101', parentCommentId: '300100' },
  ]);
  const open = await results('/pages/100200/inline-comments?resolution-status=open');
  expect(open).toMatchObject([
    { id: '300200', properties: { inlineMarkerRef: 'ref-1', inlineOriginalSelection: 'Ten a second' } },
  ]);
  expect((await get('/inline-comments/300300')).body).toMatchObject({ resolutionStatus: 'resolved' });
});

test('attachments are listed, and downloaded through a signed address without credentials', async () => {
  const { url, get } = await site();
  const files = (await get('/pages/100200/attachments?filename=limits.txt')).body as {
    results: { id: string; fileSize: number }[];
  };
  expect(files.results).toMatchObject([{ id: 'att400100', fileSize: 3, mediaType: 'text/plain' }]);
  const hop = await send(`${url}/wiki/rest/api/content/100200/child/attachment/att400100/download`, {
    as: 'ben',
  });
  expect(hop.status).toBe(302);
  const location = hop.headers.get('location') ?? '';
  expect((await send(location)).text).toBe('ten');
  expect((await send(location.replace(/sig=.{4}/, 'sig=xxxx'))).status).toBe(403);
  expect((await send(`${url}/wiki/download/attachments/100200/limits.txt`, { as: 'ada' })).status).toBe(401);
});

test('ids become types, people are found by account id', async () => {
  const { post } = await site();
  const types = await post(
    '/content/convert-ids-to-types',
    { contentIds: ['100200', 300200, '100900', '100300', '1'] },
    'ben',
  );
  expect(types.body).toEqual({
    results: {
      '100200': 'page',
      '300200': 'inline-comment',
      '100900': 'blogpost',
      '100300': null,
      '1': null,
    },
  });
  const users = await post('/users-bulk', { accountIds: ['712020:john', 'nobody'] });
  expect(users.body).toMatchObject({ results: [{ displayName: 'John Smith' }] });
});

test('an endpoint that is not offered says so', async () => {
  const { url, get } = await site();
  expect((await get('/app/properties')).status).toBe(501);
  expect((await send(`${url}/wiki/rest/api/content/100200`, { as: 'ada' })).status).toBe(410);
});
