import { expect, test } from 'vitest';
import { requestProblems } from './request-check.fixture.ts';

const ask = (method: string, path: string, query = '', body?: unknown, contentType = 'application/json') =>
  requestProblems({
    method,
    path,
    query: new URLSearchParams(query),
    contentType: body === undefined ? '' : contentType,
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  });

test('a request as the document has it passes', () => {
  expect(ask('GET', '/wiki/api/v2/pages', 'id=1,2&status=current&limit=25&body-format=storage')).toEqual([]);
  const body = { representation: 'storage', value: '<p/>' };
  expect(ask('POST', '/wiki/api/v2/pages', 'private=true', { spaceId: '1', title: 'T', body })).toEqual([]);
});

test('unknown, missing and wrong parts are named', () => {
  expect(ask('GET', '/wiki/api/v2/pages', 'depth=3')).toEqual([
    'GET /wiki/api/v2/pages: query depth is not in the document',
  ]);
  expect(ask('GET', '/wiki/api/v2/pages', 'status=draft&limit=many')).toHaveLength(2);
  expect(ask('GET', '/wiki/rest/api/search')).toEqual(['GET /wiki/rest/api/search: query cql is missing']);
  expect(ask('POST', '/wiki/api/v2/footer-comments', '', { pageId: 1, text: 'x' }).length).toBeGreaterThan(0);
  expect(ask('DELETE', '/wiki/api/v2/pages/1', '', { a: 1 })).toEqual([
    'DELETE /wiki/api/v2/pages/{}: a body is not in the document',
  ]);
  expect(ask('GET', '/wiki/api/v2/nothing')).toEqual(['GET /wiki/api/v2/nothing is not in the document']);
});
