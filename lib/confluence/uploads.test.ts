import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachFiles, createConfluence } from './index.ts';
import { drop, json, type Loopback, raw, startLoopback } from './loopback.fixture.ts';

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

const confluence = () =>
  createConfluence({
    apiUrl: server.url,
    site: { id: 'cloud-up', name: 'Halden', url: 'https://halden.atlassian.net' },
    credentials: async () => ({ header: 'Bearer one', scopes: null }),
  });
const files = [
  {
    name: 'a "plan".csv',
    mediaType: 'text/csv',
    bytes: new TextEncoder().encode('a,b\r\n'),
    comment: 'für Ben',
  },
];
const send = () => attachFiles(confluence(), { contentId: '7', files, minorEdit: true });

test('the form carries the file, minorEdit and a comment that says it is UTF-8', async () => {
  server.next(json({ results: [{ id: 'att1', type: 'attachment', title: 'a', version: { number: 3 } }] }));
  expect(await send()).toEqual([{ id: 'att1', title: 'a', version: 3 }]);
  const [request] = server.seen;
  expect(request).toMatchObject({
    method: 'PUT',
    url: expect.stringContaining('/content/7/child/attachment'),
  });
  expect(request?.headers).toMatchObject({ 'x-atlassian-token': 'no-check' });
  const mark = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1];
  expect(request?.body).toBe(
    [
      `--${mark}`,
      'Content-Disposition: form-data; name="file"; filename="a %22plan%22.csv"',
      'Content-Type: text/csv',
      '',
      'a,b\r\n',
      `--${mark}`,
      'Content-Disposition: form-data; name="minorEdit"',
      '',
      'true',
      `--${mark}`,
      'Content-Disposition: form-data; name="comment"',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'für Ben',
      `--${mark}--`,
      '',
    ].join('\r\n'),
  );
});

test('after a 429 the whole form goes out again; after a lost answer it never does', async () => {
  server.next(raw(429, { 'retry-after': '0' }), json({ results: [{ id: 'att1', title: 'a' }] }));
  expect(await send()).toHaveLength(1);
  expect(server.seen).toHaveLength(2);
  expect(server.seen[1]?.body.length).toBe(server.seen[0]?.body.length);
  server.next(drop);
  await expect(send()).rejects.toMatchObject({ data: { outcomeUnknown: true } });
  expect(server.seen).toHaveLength(3);
});
