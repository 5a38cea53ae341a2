import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCql, checkCql, meaningfulWords, quote } from './cql.ts';

test('values are escaped, so that none can add a clause', () => {
  expect(quote('a "b" \\ c')).toBe('"a \\"b\\" \\\\ c"');
  expect(quote('x" OR type = page')).toBe('"x\\" OR type = page"');
  fc.assert(
    fc.property(fc.string(), (value) => {
      const inner = quote(value).slice(1, -1);
      expect(inner.replace(/\\[\\"]/g, '')).not.toMatch(/["\\\n]/);
    }),
  );
});

test('siteSearch stands first, and only when results are ranked by relevance', () => {
  const filters = { query: 'rate limits', types: ['page'], spaceKeys: ['ENG'] };
  expect(buildCql(filters)).toBe(
    'siteSearch ~ "rate limits" AND text ~ "rate limits" AND type = page AND space = "ENG"',
  );
  expect(buildCql({ ...filters, sort: 'updated' })).toBe(
    'text ~ "rate limits" AND type = page AND space = "ENG" ORDER BY lastmodified desc',
  );
});

test('all filters', () => {
  expect(
    buildCql({
      types: ['page', 'blogpost'],
      spaceKeys: ['A', '~b'],
      labels: ['x', 'y'],
      creator: '1:2',
      contributors: ['3', '4'],
      createdAfter: '"2026-01-01"',
      updatedBefore: 'now("-4w")',
      ancestor: '12',
      macro: 'toc',
      sort: 'title',
    }),
  ).toBe(
    'type in (page, blogpost) AND space in ("A", "~b") AND label = "x" AND label = "y" AND creator = "1:2" AND contributor in ("3", "4") AND created >= "2026-01-01" AND lastmodified < now("-4w") AND ancestor = 12 AND macro = "toc" ORDER BY title asc',
  );
});

test('signs that mean something in a full-text query are taken out', () => {
  expect(buildCql({ query: 'what? (a+b) "c" d:e*' })).toBe(
    'siteSearch ~ "what a b c d e" AND text ~ "what a b c d e"',
  );
  expect(meaningfulWords('Where is the API for our billing?')).toEqual(['api', 'billing']);
});

test('raw CQL passes, its traps do not', () => {
  for (const fine of [
    'type = page',
    'title ~ "status = draft"',
    'siteSearch ~ "x" AND type = page AND space = "A"',
    'type = page AND NOT label = "x"',
    'text ~ "it\\"s"',
    'title ~ "a) or (b"',
    'label in ("a", "b") order by created',
  ])
    expect(checkCql(` ${fine} `)).toBe(fine);
  for (const [trap, hint] of [
    ['type = page AND status = draft', 'list_pages'],
    ['user.fullname ~ "Ann"', 'search_users'],
    ['type = user', 'search_users'],
    ['NOT type = page', 'positive clause'],
    ['type = page AND siteSearch ~ "x" AND space = "A"', 'first'],
    ['(type = page', 'parenthesis'],
    ['type = page) or (space = "HR"', 'parenthesis'],
    ['title ~ "x', 'quotation mark'],
  ] as const) {
    const error = (() => {
      try {
        return checkCql(trap);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error, trap).toMatchObject({ code: 'invalid_input', next: expect.stringContaining(hint) });
  }
});
