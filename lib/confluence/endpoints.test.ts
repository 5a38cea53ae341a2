import { expect, test } from 'vitest';
import { nextCursor, pages } from './paging.ts';
import { granularScopes, scopesFor } from './scopes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

/** Gives `1` for every parameter, and itself for every object that a function looks into. */
const file = { filename: 'a.txt', content: 'a', file: 'a' };
const given: Record<string, unknown> = { body: {}, attachments: [file], attachment: file };
const anything: unknown = new Proxy({}, { get: (_target, name) => given[String(name)] ?? '1' });

test('every function that is re-exported has its endpoint in the table, and none is there in vain', async () => {
  const seen = new Set<string>();
  const missing: string[] = [];
  for (const [name, call] of Object.entries({ ...v1, ...v2 })) {
    const client = {
      sendRequest: async (options: { url: string; method?: string }) => {
        const found = scopesFor(options.method ?? 'GET', options.url);
        if (found === null) missing.push(`${name}: ${options.method} ${options.url}`);
        else seen.add(found.endpoint);
      },
    };
    await (call as (client: unknown, parameters: unknown) => Promise<unknown>)(client, anything);
  }
  expect(missing).toEqual([]);
  const { endpoints } = await import('./data/endpoints.ts');
  expect(Object.keys(endpoints).filter((endpoint) => !seen.has(endpoint))).toEqual([]);
});

test('a literal segment wins over a placeholder', () => {
  expect(scopesFor('GET', '/wiki/rest/api/user/current')?.scopes).toEqual([
    'read:content-details:confluence',
  ]);
  expect(scopesFor('GET', '/wiki/api/v2/pages/12/versions/3')?.scopes).toEqual(['read:page:confluence']);
  expect(scopesFor('GET', '/wiki/api/v2/nothing')).toBeNull();
  expect(granularScopes.every((scope) => /^(read|write|delete):[a-z.-]+:confluence$/.test(scope))).toBe(true);
});

test('only the cursor of the next link is followed', async () => {
  expect(
    nextCursor({ _links: { next: 'https://evil.example/wiki/api/v2/pages?limit=2&cursor=a%2Bb%3D' } }),
  ).toBe('a+b=');
  expect(nextCursor({ _links: {} })).toBeNull();
  expect(nextCursor({})).toBeNull();
  const asked: (string | undefined)[] = [];
  const got: number[] = [];
  const answers = [
    { n: 1, _links: { next: '/x?cursor=c1' } },
    { n: 2, _links: { next: '/x?cursor=c2' } },
    { n: 3, _links: { next: '/x?cursor=c1' } },
  ];
  for await (const page of pages(async (cursor) => {
    asked.push(cursor);
    return answers[asked.length - 1] as (typeof answers)[number];
  })) {
    got.push(page.n);
  }
  expect(asked).toEqual([undefined, 'c1', 'c2']);
  expect(got).toEqual([1, 2, 3]);
});
