import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idToTiny, readReference, tinyToId } from './reference.ts';

const site = 'https://halden.atlassian.net';

test('tiny links decode, and every id survives the way there and back', () => {
  expect(tinyToId('ZQGBfg')).toBe('2122383717');
  fc.assert(
    fc.property(fc.bigInt(1n, 999_999_999_999_999n), (id) => {
      expect(tinyToId(idToTiny(String(id)))).toBe(String(id));
    }),
  );
  // Confluence writes - for / and _ for +, the other way round than base64url.
  expect(tinyToId('_AozKw')).toBe(String(0x2b330af8));
  expect(tinyToId('-w')).toBe('255');
  expect(tinyToId('not a code')).toBeNull();
});

test.each([
  ['987654321', { kind: 'id', id: '987654321', type: null }],
  [`${site}/wiki/spaces/ENG/pages/12/A+title`, { kind: 'id', id: '12', type: 'page' }],
  [`${site}/wiki/spaces/ENG/pages/edit-v2/12?draftShareId=x`, { kind: 'id', id: '12', type: 'page' }],
  [`${site}/wiki/pages/viewpage.action?pageId=12`, { kind: 'id', id: '12', type: null }],
  [`${site}/wiki/spaces/MKT/blog/2026/01/02/34/News`, { kind: 'id', id: '34', type: 'blog_post' }],
  [`${site}/wiki/spaces/ENG/folder/56`, { kind: 'id', id: '56', type: 'folder' }],
  [`${site}/wiki/x/ZQGBfg`, { kind: 'id', id: '2122383717', type: null }],
  ['/wiki/x/ZQGBfg', { kind: 'id', id: '2122383717', type: null }],
  ['/x/ZQGBfg', { kind: 'id', id: '2122383717', type: null }],
  [`${site}/wiki/spaces/ENG/pages/12/T?focusedCommentId=99`, { kind: 'comment', id: '99', contentId: '12' }],
  [`${site}/wiki/display/ENG/API+Guidelines`, { kind: 'titled', space: 'ENG', title: 'API Guidelines' }],
  [`${site}/wiki/spaces/ENG/overview`, { kind: 'home', spaceKey: 'ENG' }],
  ['ENG:API Guidelines', { kind: 'titled', space: 'ENG', title: 'API Guidelines' }],
  ['ADR 12: Kafka', { kind: 'titled', space: null, title: 'ADR 12: Kafka' }],
  ['API Guidelines', { kind: 'titled', space: null, title: 'API Guidelines' }],
])('%s', (given, expected) => {
  expect(readReference(given, site)).toEqual(expected);
});

test('a link of another site is refused with its name', () => {
  expect(() => readReference('https://other.atlassian.net/wiki/spaces/A/pages/1', site)).toThrow(
    'other.atlassian.net',
  );
  expect(
    readReference('http://127.0.0.1:3001/wiki/spaces/A/pages/1/x', 'http://localhost:3001'),
  ).toMatchObject({ id: '1' });
});
