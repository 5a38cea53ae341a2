import { expect, test } from 'vitest';
import { LEVELS } from '../demo/classification.ts';
import type { Route } from '../rest/route.ts';
import { routeTable } from '../rest/serve.ts';
import { send, startTest } from '../test-site.ts';
import { bodyOf, bodyWrites } from './bodies.fixture.ts';
import { hiddenPaths } from './paths.fixture.ts';
import { hiddenDemo, marker, secret } from './site.fixture.ts';

const name = (route: Route) => `${route.method} ${route.path}`;
const headers = { 'x-atlassian-token': 'no-check' };

async function site() {
  const { url } = await startTest({ demo: hiddenDemo() });
  await send(`${url}/_sandbox/limits`, { method: 'POST', body: { index_lag_ms: 0, task_step_ms: 0 } });
  const put = (path: string, body?: object) =>
    send(`${url}/wiki/${path}`, { as: 'ada', method: 'PUT', ...(body ? { body } : {}) });
  await put('api/v2/spaces/1008/classification-level/default', { id: LEVELS[1]?.id });
  await put('rest/api/content/200200/restriction/byOperation/read/byGroupId/g-hr');
  return url;
}

// What the endpoints without an object in their address are asked with.
const queries: Record<string, string[]> = {
  '/wiki/api/v2/pages': ['?status=current&status=archived&status=trashed&body-format=storage&limit=250'],
  '/wiki/api/v2/blogposts': ['?status=current&status=trashed&body-format=storage'],
  '/wiki/api/v2/custom-content': ['?type=ac:app:risk&body-format=storage', '?type=ac:app:risk&space-id=1008'],
  '/wiki/api/v2/tasks': ['?body-format=storage', '?space-id=1008'],
  '/wiki/api/v2/footer-comments': ['?body-format=storage'],
  '/wiki/api/v2/inline-comments': ['?body-format=storage'],
  '/wiki/api/v2/spaces': ['?description-format=plain', '?keys=HR', '?ids=1008'],
  '/wiki/api/v2/space-roles': ['?space-id=1008', '?space-id=5001'],
  '/wiki/rest/api/template/page': [
    '',
    '?spaceKey=HR&expand=body.storage',
    '?spaceKey=ENG&expand=body.storage',
  ],
  '/wiki/rest/api/search': [
    'type=page',
    'space=HR',
    'type=space',
    `text~${marker}`,
    `siteSearch~"${marker}"`,
    `label=${marker}-label`,
    'type in (comment, attachment, blogpost, folder, whiteboard, database, embed)',
    'id in (100300, 100310, 200100)',
    'ancestor=100300',
    'parent=200100',
    'title~"zyx*"',
    'order by created',
  ].map(
    (cql) =>
      `?${new URLSearchParams({ cql, limit: '50', excerpt: 'indexed', expand: 'content.body.storage,content.ancestors,content.space' })}`,
  ),
};

test('no list that Ben or a guest may ask for holds anything hidden', async () => {
  const url = await site();
  const told: string[] = [];
  for (const as of ['ben', 'gia'])
    for (const route of routeTable.routes.filter((one) => one.method === 'GET' && !one.path.includes('{')))
      for (const query of queries[route.path] ?? ['']) {
        const answer = await send(`${url}${route.path}${query}`, { as });
        // The query is repeated in the answer of a search.
        const text = answer.text.replace(/"cqlQuery":"(?:[^"\\]|\\.)*"|"(?:self|next)":"[^"]*"/g, '');
        if (text.includes(marker)) told.push(`${as}: ${name(route)}${query}`);
        if (answer.status >= 500 && answer.status !== 501) told.push(`${as}: ${name(route)} ${answer.text}`);
      }
  expect(told).toEqual([]);
});

test('whatever address names something hidden: Ada is answered, Ben and a guest are refused without a word of it', async () => {
  const url = await site();
  const told: string[] = [];
  let paths = 0;
  for (const route of routeTable.routes.filter((one) => one.method === 'GET' && one.scopes.length > 0))
    for (const path of hiddenPaths(route)) {
      paths += 1;
      for (const as of ['ben', 'gia']) {
        const answer = await send(
          `${url}${path}?get-draft=true&type=ac:app:risk&accountId=712020:ada&state-id=1`,
          {
            as,
          },
        );
        if (![403, 404].includes(answer.status) || answer.text.includes(marker))
          told.push(`${as}: GET ${path}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
  expect(told).toEqual([]);
  expect(paths).toBeGreaterThan(300);
});

test('every endpoint that names a thing is walked, and the walk reaches what is there for Ada', async () => {
  const url = await site();
  const walked = routeTable.routes.filter((one) => hiddenPaths(one).length > 0);
  const others = routeTable.routes.filter(
    (one) => one.path.includes('{') && one.scopes.length > 0 && !walked.includes(one),
  );
  expect([...new Set(others.map((one) => one.path))].sort()).toEqual([
    '/wiki/api/v2/labels/{id}/attachments',
    '/wiki/api/v2/labels/{id}/blogposts',
    '/wiki/api/v2/labels/{id}/pages',
    '/wiki/api/v2/space-roles/{id}',
    '/wiki/api/v2/tasks/{id}',
    '/wiki/rest/api/group/{groupId}/membersByGroupId',
    '/wiki/rest/api/longtask/{id}',
    '/wiki/rest/api/user/watch/label/{labelName}',
  ]);
  const never: string[] = [];
  for (const route of walked.filter((one) => one.method === 'GET' && one.scopes.length > 0)) {
    const answers = await Promise.all(
      hiddenPaths(route).map((path) =>
        send(`${url}${path}?type=ac:app:risk&accountId=712020:ada&get-draft=true&state-id=1`, { as: 'ada' }),
      ),
    );
    if (!answers.some((answer) => answer.status < 400)) never.push(name(route));
  }
  expect(never).toEqual([]);
});

test('labels, tasks and long tasks: a label of hidden things leads to nothing, a task of a hidden page is not there', async () => {
  const url = await site();
  type List = { results: { id: string; name?: string }[] };
  const read = async (path: string, as: string) => (await send(`${url}${path}`, { as })).body as List;
  const label = (await read('/wiki/api/v2/labels', 'ada')).results.find((one) =>
    one.name?.startsWith(marker),
  );
  for (const kind of ['pages', 'blogposts', 'attachments'])
    expect((await read(`/wiki/api/v2/labels/${label?.id}/${kind}`, 'ben')).results).toEqual([]);
  const tasks = (await read('/wiki/api/v2/tasks', 'ada')).results;
  const own = (await read('/wiki/api/v2/tasks', 'ben')).results.map((one) => one.id);
  for (const { id } of tasks.filter((one) => !own.includes(one.id)))
    for (const method of ['GET', 'PUT'])
      expect(
        (
          await send(`${url}/wiki/api/v2/tasks/${id}`, {
            as: 'ben',
            method,
            ...(method === 'PUT' ? { body: { status: 'complete' } } : {}),
          })
        ).status,
      ).toBe(404);
  expect(tasks.length - own.length).toBe(5);
  const convert = await send(`${url}/wiki/api/v2/content/convert-ids-to-types`, {
    as: 'ben',
    method: 'POST',
    body: { contentIds: ['100600', '200100', '2001001', '2001004', '230100', '210100'] },
  });
  expect(Object.values((convert.body as { results: object }).results)).toEqual(Array(6).fill(null));
});

test('writes on hidden things are refused, tell nothing and change nothing', async () => {
  const url = await site();
  const seen = async () =>
    (
      await Promise.all(
        ['200100', '200200', '100300', '100310', '200900'].map((id) =>
          send(`${url}/wiki/api/v2/${id === '200900' ? 'blogposts' : 'pages'}/${id}?body-format=storage`, {
            as: 'ada',
          }),
        ),
      )
    ).map((answer) => answer.text);
  const before = await seen();
  const told: string[] = [];
  for (const route of routeTable.routes.filter((one) => one.method !== 'GET' && one.scopes.length > 0))
    for (const path of hiddenPaths(route))
      for (const body of bodyOf(route, path))
        for (const as of ['ben', 'gia']) {
          const answer = await send(`${url}${path}?accountId=712020:ben&name=x&status=current`, {
            as,
            method: route.method,
            headers,
            body,
          });
          // Restoring a version says 400 for content that is not there.
          const refusals = path.endsWith('/version') ? [400] : [403, 404];
          if (!refusals.includes(answer.status) || answer.text.includes(marker))
            told.push(`${as}: ${route.method} ${path}: ${answer.status} ${answer.text.slice(0, 160)}`);
        }
  expect(told).toEqual([]);
  expect(await seen()).toEqual(before);
}, 60_000);

test('writes that name hidden things in their body are refused likewise', async () => {
  const url = await site();
  const told: string[] = [];
  for (const { method, path, body } of bodyWrites) {
    const answer = await send(`${url}/wiki/${path}`, { as: 'ben', method, body });
    if (![400, 403, 404].includes(answer.status) || answer.text.includes(marker))
      told.push(`${method} ${path} ${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 120)}`);
  }
  expect(told).toEqual([]);
  const all = await send(`${url}/wiki/api/v2/pages?title=Of%20Ben`, { as: 'ada' });
  expect((all.body as { results: object[] }).results).toEqual([]);
});

test('the pages for people in a browser keep silent too', async () => {
  const url = await site();
  const signIn = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person: 'ben', query: '/wiki' }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const things = [...secret.pages, secret.post, ...secret.folder, ...secret.whiteboard];
  const paths = [
    '',
    '/spaces/HR',
    '/spaces/ENG',
    '/spaces/ENG?show=blog',
    '/spaces/ENG/pages/100100',
    `/search?text=${marker}`,
    ...things.flatMap((id) => [
      `/spaces/HR/pages/${id}`,
      `/pages/viewpage.action?pageId=${id}`,
      `/pages/resumedraft.action?draftId=${id}`,
      `/download/attachments/${id}/${marker}.png`,
    ]),
  ];
  for (const path of paths) {
    const text = await (await fetch(`${url}/wiki${path}`, { headers: { cookie } })).text();
    // The words that were searched for stand in the box again.
    expect(text.replace(`value="${marker}"`, ''), path).not.toContain(marker);
  }
});

test('who brings no credentials, or does not belong to the site, gets nothing at all', async () => {
  const url = await site();
  for (const route of routeTable.routes) {
    const [path = route.path.replace(/\{[^}]+\}/g, '1')] = hiddenPaths(route);
    const anonymous = await send(`${url}${path}`, { method: route.method });
    expect([route.path, anonymous.status]).toEqual([route.path, 401]);
    const stranger = await send(`${url}/labs${path}`, { method: route.method, as: 'ben' });
    expect([route.path, stranger.status]).toEqual([route.path, 403]);
  }
});
