import { expect, test } from 'vitest';
import { type Answer, accountIds, send, startTest } from '../test-site.ts';
import { readDate } from './dates.ts';

type Results = {
  results: { title: string; excerpt: string; content?: { id: string; title: string } }[];
  totalSize: number;
  _links: { next?: string };
};
const bodyOf = (answer: Answer) => answer.body as Results;

async function searcher() {
  const { url } = await startTest();
  const ask = (cql: string, as: 'ada' | 'ben' = 'ada', more: Record<string, string> = {}) =>
    send(`${url}/wiki/rest/api/search?${new URLSearchParams({ cql, ...more })}`, { as });
  return {
    url,
    ask,
    ids: async (cql: string, as: 'ada' | 'ben' = 'ada') =>
      bodyOf(await ask(cql, as))
        .results.map((one) => one.content?.id)
        .sort(),
    why: async (cql: string) => {
      const answer = await ask(cql);
      return [answer.status, (answer.body as { message: string }).message] as const;
    },
  };
}

test('fields, operators and joins', async () => {
  const { ids } = await searcher();
  expect(await ids('title = "api guidelines"')).toEqual(['100200']);
  expect(await ids('title ~ "guide*" and type = page')).toEqual(['100200', '100210']);
  expect(await ids('label in (api, nothing)')).toEqual(['100200']);
  expect(await ids('space = ENG and type = blogpost')).toEqual(['100900']);
  expect(await ids('space = NOPE')).toEqual([]);
  expect(await ids('ancestor = 100200')).toContain('100210');
  expect(await ids('parent = 100200 and type = page')).toEqual(['100210']);
  expect(await ids('macro = info')).toEqual(['100200']);
  expect(await ids('text ~ "json datadog"')).toEqual(['100210']);
  expect(await ids('text ~ "\\"log in json\\""')).toEqual(['100210']);
  expect(await ids('text ~ "\\"json in log\\""')).toEqual([]);
  expect(await ids(`contributor = "${accountIds.ben}" and type = page`)).toEqual(['100200']);
  expect(await ids('creator = currentUser() and type = blogpost')).toEqual(['100900']);
  expect(await ids('type = attachment and title ~ limits')).toEqual(['att400100']);
  expect(await ids('type = comment and text ~ thanks')).toEqual(['300101']);
  expect(await ids('id in (100200, 100210) and not title ~ datadog')).toEqual(['100200']);
  expect(await ids('id = 100200 or id = 100210 and title ~ datadog')).toEqual(['100210']);
  expect(await ids('id = 100200 or (id = 100210 and title ~ datadog)')).toEqual(['100200', '100210']);
});

test("dates in the person's zone and date functions", async () => {
  const { ids } = await searcher();
  expect(await ids('type = page and lastmodified > now("-1w")')).toEqual(['100200']);
  expect(await ids('type = page and created < startOfDay("-40d")')).toEqual(['100200']);
  expect(await ids('type = page and lastmodified >= "2001-01-01 10:00" and id = 100400')).toEqual(['100400']);
  const day = readDate({ kind: 'text', text: '2026/03/29' }, 'Europe/Berlin', 0);
  expect([new Date(day.from).toISOString(), new Date(day.to).toISOString()]).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
  const now = Date.parse('2026-03-31T12:34:56.000Z');
  const at = (name: string, argument?: string) =>
    new Date(readDate({ kind: 'call', name, argument }, 'UTC', now).from).toISOString();
  expect(at('now', '-1M')).toBe('2026-02-28T12:34:56.000Z');
  expect(at('startOfWeek')).toBe('2026-03-30T00:00:00.000Z');
  expect(at('endOfMonth', '-1')).toBe('2026-02-28T23:59:59.999Z');
});

test('what the live service refuses is refused', async () => {
  const { why } = await searcher();
  expect(await why('status = draft')).toEqual([
    400,
    expect.stringContaining("No field exists with name : 'status'"),
  ]);
  expect((await why('user.fullname ~ ada'))[0]).toBe(400);
  expect(await why('title != "x" and space = ENG')).toEqual([
    400,
    expect.stringContaining('negative clause'),
  ]);
  expect((await why('not space = ENG'))[0]).toBe(400);
  expect((await why('text = "x"'))[0]).toBe(400);
  expect((await why('type = user'))[0]).toBe(400);
  expect((await why('space = ENG order by label'))[0]).toBe(400);
  expect((await why('title = "x'))[0]).toBe(400);
  expect((await why('created > "soon"'))[0]).toBe(400);
  expect((await why('siteSearch ~ ""'))[0]).toBe(500);
  expect((await why('title = "x" extra'))[0]).toBe(400);
  expect((await why(''))[0]).toBe(400);
});

test('siteSearch ranks, and counts only as first or last of the clauses', async () => {
  const { ask, ids } = await searcher();
  const ranked = bodyOf(await ask('siteSearch ~ "datadog logging guidelines" and type = page')).results;
  expect(ranked[0]?.content?.id).toBe('100210');
  expect(await ids('type = page and siteSearch ~ "datadog json" and space = ENG')).toHaveLength(6);
  expect(await ids('siteSearch ~ "datadog json" and type = page and space = ENG')).toEqual(['100210']);
  expect(await ids('type = page and space = ENG and siteSearch ~ "datadog json"')).toEqual(['100210']);
});

test('results carry clean and marked titles and excerpts', async () => {
  const { ask } = await searcher();
  const [hit] = bodyOf(await ask('text ~ "tokens"')).results;
  expect(hit).toMatchObject({ content: { title: 'API Guidelines' }, score: 0 });
  expect(hit?.excerpt).toContain('@@@hl@@@tokens@@@endhl@@@ &amp; retries');
  const [plain] = bodyOf(await ask('text ~ "tokens"', 'ada', { excerpt: 'indexed_unescaped' })).results;
  expect(plain?.excerpt).toContain('tokens & retries');
  const [expanded] = bodyOf(
    await ask('id = 100200', 'ada', {
      expand: 'content.body.storage,content.version,content.space,content.metadata.labels',
    }),
  ).results;
  expect(expanded?.content).toMatchObject({
    version: { number: 2 },
    space: { key: 'ENG' },
    metadata: { labels: { size: 2 } },
  });
});

test('archived pages and what a person may not see never come; a short page is not the end', async () => {
  const { url, ask, ids } = await searcher();
  expect(await ids('title = "Old runbook"')).toEqual([]);
  expect(await ids('text ~ webhook', 'ada')).toEqual(['100200', '100900', '200100']);
  expect(await ids('text ~ webhook', 'ben')).toEqual(['100200', '100900']);
  const seen: string[] = [];
  const sizes: number[] = [];
  let next: string | undefined =
    `/rest/api/search?${new URLSearchParams({ cql: 'type = page order by id', limit: '2', excerpt: 'none', start: '50' })}`;
  while (next) {
    const page: Results = bodyOf(await send(`${url}/wiki${next}`, { as: 'ben' }));
    sizes.push(page.results.length);
    seen.push(...page.results.map((one) => one.content?.id ?? ''));
    next = page._links.next;
    expect(next ?? '').not.toContain('excerpt');
  }
  expect(seen).toEqual(['100100', '100200', '100210', '100400']);
  expect(sizes).toContain(0);
  expect(bodyOf(await ask('type = page', 'ben')).totalSize).toBe(7);
});

test('a write is found only after the lag of the index', async () => {
  const { url, ids } = await searcher();
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { index_lag_ms: 300 } });
  await send(`${url}/wiki/api/v2/pages`, {
    as: 'ada',
    method: 'POST',
    body: { spaceId: '1001', title: 'Zebra crossing' },
  });
  expect(await ids('title ~ zebra')).toEqual([]);
  await expect.poll(() => ids('title ~ zebra'), { timeout: 5000 }).toHaveLength(1);
});
