import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createConfluence } from '#lib/confluence';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, type Limits, noLimits } from '../operation.ts';
import { contextFor, startSite, type TestSite } from '../sandbox-context.fixture.ts';
import { type Completeness, completenessText, eachOf, scanPages, scopeOf, withinScope } from './index.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

/** A practice Confluence of its own, for tests that use up its quota. */
async function ownSite(): Promise<TestSite> {
  const own = await startSite(startSandbox);
  onTestFinished(() => own.stop());
  return own;
}

/** A context whose client stops with the call, as in the app. */
async function contextWith(
  on: TestSite,
  o: { signal?: AbortSignal; waits?: string[]; limits?: Limits; told?: string[]; who?: 'ada' | 'ben' } = {},
): Promise<Context> {
  const ctx = await contextFor(on, o.who ?? 'ada', o.limits ?? noLimits);
  const signal = o.signal ?? ctx.signal;
  const header = `Basic ${btoa(`${o.who ?? 'ada'}@halden.example:sandbox-token-${o.who ?? 'ada'}`)}`;
  const confluence = createConfluence({
    apiUrl: on.sandbox.url,
    site: ctx.confluence.site,
    via: 'site',
    credentials: async () => ({ header, scopes: null }),
    signal,
    onWait: ({ reason }) => void o.waits?.push(reason),
  });
  return { ...ctx, confluence, signal, progress: (text) => void o.told?.push(text) };
}

const control = (on: TestSite, path: string, body?: object, method = 'POST') =>
  fetch(`${on.sandbox.url}/_sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
async function requests(
  on: TestSite,
): Promise<{ method: string; path: string; query: string; status: number }[]> {
  const answer = await fetch(`${on.sandbox.url}/_sandbox/log`);
  const { requests: all } = (await answer.json()) as {
    requests: { method: string; path: string; query: string; status: number }[];
  };
  return all.filter(({ path }) => path.startsWith('/wiki/') || path.startsWith('/ex/'));
}
async function titles(ctx: Context, input: Parameters<typeof scopeOf>[1], maxPages = 1000) {
  const found: string[] = [];
  const scope = await scopeOf(ctx, input);
  const completeness = await scanPages(
    ctx,
    { scope, maxPages, bodies: false },
    (page) => void found.push(page.title),
  );
  return { found, completeness, words: scope.words };
}

describe('what it says', () => {
  const half: Completeness = { looked: 412, of: 1930, complete: false, stopped: null };
  test.each<[Completeness, string]>([
    [half, '412 of about 1,930 pages looked at; raise max_pages or narrow the scope to see the rest.'],
    [{ ...half, of: null }, '412 pages looked at; raise max_pages or narrow the scope to see the rest.'],
    // The estimate lags behind: what was seen is more than it says.
    [{ ...half, of: 400 }, '412 pages looked at; raise max_pages or narrow the scope to see the rest.'],
    [
      { ...half, stopped: 'The quota is gone.' },
      '412 of about 1,930 pages looked at; it stopped there: The quota is gone.',
    ],
    [
      { looked: 1930, of: 1930, complete: true, stopped: null },
      'All 1,930 pages visible to you were looked at.',
    ],
    [{ looked: 1, of: 1, complete: true, stopped: null }, 'The one page visible to you was looked at.'],
    [{ looked: 0, of: 0, complete: true, stopped: null }, 'No page there is visible to you.'],
  ])('%o', (completeness, text) => {
    expect(completenessText(completeness)).toBe(text);
  });
});

test('a whole site, complete and cut short; progress on the way', async () => {
  const told: string[] = [];
  const ctx = await contextWith(site, { told });
  const all = await titles(ctx, {});
  expect(all.completeness).toMatchObject({ complete: true, stopped: null });
  expect(all.found.length).toBeGreaterThan(300);
  expect(all.words).toBe('on this site');
  const cut = await titles(ctx, {}, 60);
  expect(cut.found).toHaveLength(60);
  expect(completenessText(cut.completeness)).toMatch(/^60 of about 3\d\d pages looked at; raise max_pages/);
  expect(told.some((text) => /^60 of about 3\d\d pages looked at$/.test(text))).toBe(true);
  // A scope that is one request long is cut just as honestly.
  const small = await titles(ctx, { space: 'ONB' }, 3);
  expect(small.completeness).toMatchObject({ looked: 3, complete: false, of: expect.any(Number) });
});

test('no more is asked for than max_pages needs', async () => {
  const ctx = await contextWith(site);
  await control(site, 'log', undefined, 'DELETE');
  await titles(ctx, { space: 'ENG' }, 3);
  const lists = (await requests(site)).filter(({ path }) => path.endsWith('/pages'));
  expect(lists.map(({ query }) => new URLSearchParams(query).get('limit'))).toEqual(['3']);
});

test('scopes: label, tree with its root, words, CQL; a query without a word is refused', async () => {
  const ctx = await contextWith(site);
  expect((await titles(ctx, { label: 'Policy' })).found.length).toBeGreaterThan(10);
  const tree = await titles(ctx, { under: 'Runbooks' });
  expect(tree.found).toContain('Runbooks');
  expect(tree.found).toContain('Runbook: Fleet gateway');
  expect(tree.words).toBe('in the tree of "Runbooks"');
  const cql = await titles(ctx, {
    query: 'title ~ "runbook order by" OR title = "API Guidelines" ORDER BY title asc',
  });
  expect(cql.found).toEqual(['API Guidelines']);
  expect((await titles(ctx, { query: 'what is in stock' })).completeness.complete).toBe(true);
  await expect(scopeOf(ctx, { query: '?!' })).rejects.toMatchObject({ code: 'invalid_input' });
  const scope = await scopeOf(ctx, { space: 'ENG', label: 'runbook' });
  const within = await withinScope(ctx, scope, 'queue');
  expect(within).toMatch(/^siteSearch ~ "queue" AND text ~ "queue" AND .* AND \(.*label = "runbook"\)$/);
});

test('a stopped call sends nothing more to Confluence', async () => {
  const stop = new AbortController();
  const ctx = await contextWith(site, { signal: stop.signal });
  await control(site, 'log', undefined, 'DELETE');
  const scope = await scopeOf(ctx, {});
  let seen = 0;
  const scan = scanPages(ctx, { scope, maxPages: 1000, bodies: true }, () => {
    seen += 1;
    if (seen === 70) stop.abort();
  });
  await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toBe(70);
  const then = (await requests(site)).length;
  await sleep(300);
  expect(await requests(site)).toHaveLength(then);
  expect((await requests(site)).filter(({ path }) => path.endsWith('/api/v2/pages'))).toHaveLength(2);
});

test('stopped in the middle of a request, it ends at once', async () => {
  const own = await ownSite();
  const stop = new AbortController();
  const ctx = await contextWith(own, { signal: stop.signal });
  await control(own, 'faults', { kind: 'slow', match: 'GET /wiki/api/v2/pages', delay_ms: 2500 });
  const began = performance.now();
  setTimeout(() => stop.abort(), 100);
  const scope = await scopeOf(ctx, {});
  await expect(scanPages(ctx, { scope, maxPages: 10, bodies: false }, () => {})).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(2000);
  // The practice site still holds the request; it must not outlive the test.
  await sleep(2600);
});

test('a short 429 is waited for, and nothing is lost', async () => {
  const own = await ownSite();
  const waits: string[] = [];
  const ctx = await contextWith(own, { waits });
  const before = (await titles(ctx, {})).found.length;
  await control(own, 'faults', { kind: '429', match: 'GET /wiki/api/v2/pages', count: 2, retry_after: 1 });
  const after = await titles(ctx, {});
  expect(after.found).toHaveLength(before);
  expect(after.completeness.complete).toBe(true);
  expect(waits).toContain('Atlassian asked to wait');
  expect((await requests(own)).filter(({ status }) => status === 429)).toHaveLength(2);
}, 20_000);

test('the quota runs out on the way: what was seen is kept, and it says until when', async () => {
  const own = await ownSite();
  const ctx = await contextWith(own);
  const scope = await scopeOf(ctx, {});
  let seen = 0;
  const found = await scanPages(ctx, { scope, maxPages: 1000, bodies: true }, async () => {
    seen += 1;
    if (seen === 10) await control(own, 'faults', { kind: '429', retry_after: 1800 });
  });
  expect(found).toMatchObject({ looked: 50, complete: false });
  expect(completenessText(found)).toMatch(
    /^50 of about 3\d\d pages looked at; it stopped there: Atlassian's request quota is used up until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/,
  );
  // Nothing was seen at all: that is an error, not an empty answer.
  await expect(scanPages(ctx, { scope, maxPages: 10, bodies: false }, () => {})).rejects.toMatchObject({
    code: 'rate_limited',
  });
});

test('the quota runs out while asking about many things: the rest is named', async () => {
  const own = await ownSite();
  const ctx = await contextWith(own);
  const asked: number[] = [];
  const { stopped, left } = await eachOf(
    ctx,
    Array.from({ length: 40 }, (_, at) => at),
    'things asked',
    async (at) => {
      if (at === 12) await control(own, 'faults', { kind: '429', retry_after: 1800, count: 0 });
      await ctx.confluence.sendRequest({ url: '/wiki/api/v2/spaces', method: 'GET' });
      asked.push(at);
    },
  );
  expect(stopped).toContain('quota');
  expect(left.length + asked.length).toBe(40);
  expect(asked.length).toBeLessThan(20);
});

test('a key limited to spaces sees those only, also where one of them is gone', async () => {
  const limits = { ...noLimits, spaces: ['2005', '999999'] };
  const ctx = await contextWith(site, { limits });
  const found = await titles(ctx, {});
  expect(found.words).toBe('in the spaces this access covers');
  expect(found.completeness.complete).toBe(true);
  const open = await titles(await contextWith(site), { space: 'ONB' });
  expect(found.found.toSorted()).toEqual(open.found.toSorted());
  expect((await titles(ctx, {}, 2)).completeness).toMatchObject({ looked: 2, of: expect.any(Number) });
  const labelled = await titles(ctx, { label: 'policy' });
  expect(labelled.found).toEqual([]);
  await expect(scopeOf(ctx, { space: 'ENG' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(scopeOf(ctx, { under: 'Runbooks' })).rejects.toMatchObject({ code: 'not_found' });
  const raw = await titles(ctx, { query: 'title = "API Guidelines" OR type = page' });
  expect(raw.found.toSorted()).toEqual(open.found.toSorted());
});

test('Ben sees less', async () => {
  const ada = await titles(await contextWith(site), {});
  const ben = await titles(await contextWith(site, { who: 'ben' }), {});
  expect(ben.found.length).toBeLessThan(ada.found.length);
  expect(ben.found).not.toContain('Hiring plan');
});
