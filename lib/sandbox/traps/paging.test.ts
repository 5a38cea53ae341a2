import { expect, test } from 'vitest';
import { buildDemo } from '../demo/index.ts';
import { accountIds, send, startTest, tinyDemo } from '../test-site.ts';

type List = {
  results: { title?: string; content?: { id: string; title: string }; excerpt?: string }[];
  limit: number;
  start: number;
  _links: { next?: string };
};

async function site(options: Parameters<typeof startTest>[0] = {}) {
  const { url } = await startTest(options);
  const ask = (path: string, as = 'ada') => send(`${url}/wiki${path}`, { as });
  const list = async (path: string, as = 'ada') => (await ask(path, as)).body as List;
  const search = (cql: string, more: Record<string, string> = {}, as = 'ada') =>
    list(`/rest/api/search?${new URLSearchParams({ cql, ...more })}`, as);
  return { url, ask, list, search };
}

test('trap: v2 goes on by cursor, in a header and in the body; the link begins with /wiki/api/v2', async () => {
  const { ask } = await site();
  const first = await ask('/api/v2/pages?limit=2&status=current');
  const { next = '' } = (first.body as List)._links;
  expect(next).toMatch(/^\/wiki\/api\/v2\/pages\?.*cursor=/);
  expect(first.headers.get('link')).toContain(`<${next}>; rel="next"`);
  expect(new URLSearchParams(next.split('?')[1]).get('status')).toBe('current');
  expect((await ask('/api/v2/pages?cursor=made-up')).status).toBe(400);
  const end = await ask('/api/v2/pages?limit=250');
  expect([end.headers.get('link'), (end.body as List)._links.next]).toEqual([null, undefined]);
});

test('trap: ancestors have no cursor', async () => {
  const { ask } = await site();
  const { headers, body } = await ask('/api/v2/pages/100210/ancestors?limit=1');
  expect(headers.get('link')).toBeNull();
  expect(body).toMatchObject({ results: [{ id: '100200' }] });
  expect((body as List)._links.next).toBeUndefined();
});

test('trap: v1 lists go on by start and limit; their next link lacks /wiki', async () => {
  const { ask, list } = await site();
  const first = await list('/rest/api/group?limit=1');
  const { next = '' } = first._links;
  expect(next).toMatch(/^\/rest\/api\/group\?/);
  expect(new URLSearchParams(next.split('?')[1]).get('start')).toBe('1');
  expect((await list(next)).start).toBe(1);
  expect((await list(next))._links.next).toBeUndefined();
  expect((await ask('/rest/api/group?start=-1')).status).toBe(400);
});

test('trap: v1 search ignores start and goes on by cursor; the next link drops excerpt', async () => {
  const { search, list } = await site();
  const cql = 'type = page order by id';
  const ids = (page: List) => page.results.map((one) => one.content?.id);
  const first = await search(cql, { limit: '2', excerpt: 'none' });
  expect(ids(await search(cql, { limit: '2', start: '4' }))).toEqual(ids(first));
  const { next = '' } = first._links;
  expect(next).toMatch(/^\/rest\/api\/search\?.*cursor=/);
  expect(next).not.toContain('excerpt');
  expect(first.results[0]?.excerpt).toBe('');
  const second = await list(next);
  expect(ids(second)).not.toEqual(ids(first));
  expect(second.results[0]?.excerpt).not.toBe('');
});

test('trap: search gives fewer rows when bodies are expanded: 50, 25 for rendered ones, 200 with other parts', async () => {
  const { search } = await site({ demo: buildDemo() });
  const most = async (expand?: string) => {
    const found = await search('type = page', { limit: '1000', ...(expand ? { expand } : {}) });
    expect(found.results.length).toBeLessThanOrEqual(found.limit);
    return found.limit;
  };
  expect(await most('content.body.storage')).toBe(50);
  expect(await most('content.body.export_view')).toBe(25);
  expect(await most('content.version,content.body.styled_view')).toBe(25);
  expect(await most('content.space')).toBe(200);
  expect(await most()).toBe(1000);
});

test('trap: cqlcontext is no filter', async () => {
  const { search } = await site();
  const ids = (page: List) => page.results.map((one) => one.content?.id);
  const cqlcontext = JSON.stringify({ spaceKey: 'HR' });
  expect(ids(await search('type = page', { cqlcontext }))).toEqual(ids(await search('type = page')));
});

test('trap: the title of a row is escaped and marked; that of its content is clean', async () => {
  const demo = tinyDemo();
  const home = demo.sites[0]?.spaces[0]?.homepage;
  home?.children?.push({
    id: '100800',
    title: 'Robots & <arms>',
    versions: [{ storage: '<p>Robots &lt;b&gt;</p>', author: 'ada', at: 2 }],
  });
  const { search } = await site({ demo });
  const [row] = (await search('title ~ robots')).results;
  expect(row?.title).toBe('@@@hl@@@Robots@@@endhl@@@ &amp; &lt;arms&gt;');
  expect(row?.content?.title).toBe('Robots & <arms>');
  expect(row?.excerpt).toContain('&lt;b&gt;');
});

test('trap: dates in CQL are meant in the time zone of who asks', async () => {
  const { list, search } = await site();
  const { results } = await list('/api/v2/pages?id=100400');
  const at = new Date((results[0] as unknown as { version: { createdAt: string } }).version.createdAt);
  // The minute of the edit as the clock in Berlin shows it, where Ada is; Ben is in London, an hour behind.
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  const cql = `id = 100400 and lastmodified = "${shown}"`;
  expect((await search(cql)).results).toHaveLength(1);
  expect((await search(cql, {}, 'ben')).results).toEqual([]);
});

test('trap: people are named by account id, never by name; a quote in a value must be escaped', async () => {
  const { ask, search } = await site();
  expect((await search('creator = "ada"')).results).toEqual([]);
  expect((await search('creator = "Ada Moreno"')).results).toEqual([]);
  expect((await search(`creator = "${accountIds.ada}" and type = blogpost`)).results).toHaveLength(1);
  const injected = 'x" or type = "page';
  expect((await search(`title = "${injected}"`)).results.length).toBeGreaterThan(1);
  expect((await search(`title = "${injected.replaceAll('"', '\\"')}"`)).results).toEqual([]);
  const user = `/rest/api/search/user?${new URLSearchParams({ cql: 'user.fullname = "Ada Moreno"' })}`;
  expect((await ask(user)).status).toBe(400);
});
