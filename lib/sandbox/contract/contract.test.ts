import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildDemo } from '../demo/index.ts';
import type { Route } from '../rest/route.ts';
import { routeTable } from '../rest/serve.ts';
import { accountIds, send, startTest } from '../test-site.ts';
import { type Document, type Operation, SchemaCheck } from './schema-check.ts';

const folder = join(process.cwd(), '..', 'shared', 'atlassian');
const present = existsSync(folder);
if (!present)
  console.warn(
    "Atlassian's OpenAPI documents are not beside this project: answers are not checked against them.",
  );

type Spec = {
  document: Document;
  check: SchemaCheck;
  operation: (route: Pick<Route, 'method' | 'path'>) => Operation | undefined;
};

function spec(name: string, prefix: string): Spec {
  const document = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Document;
  // Parameters are called differently here and there, so only their places count.
  const shape = (path: string) => path.replace(/\{[^}]+\}/g, '{}');
  const paths = new Map(
    Object.entries(document.paths).map(([path, methods]) => [shape(prefix + path), methods]),
  );
  return {
    document,
    check: new SchemaCheck(document),
    operation: ({ method, path }) => paths.get(shape(path))?.[method.toLowerCase()],
  };
}

const specOf = (() => {
  const made = new Map<string, Spec>();
  return (path: string): Spec => {
    const isV2 = path.startsWith('/wiki/api/v2');
    const key = isV2 ? 'confluence-v2.openapi.json' : 'confluence-v1.openapi.json';
    const known = made.get(key) ?? spec(key, isV2 ? '/wiki/api/v2' : '');
    made.set(key, known);
    return known;
  };
})();

const name = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`;
// Answered though not (any more) in the document; see the deviations.
const undocumented = (route: Route) =>
  route.scopes.length === 0 || name(route) === 'GET /wiki/rest/api/content/{id}/label';

test.skipIf(!present)('every endpoint is in the document and asks for its granular scopes', () => {
  for (const route of routeTable.routes.filter((one) => !undocumented(one))) {
    const operation = specOf(route.path).operation(route);
    expect(operation, name(route)).toBeTruthy();
    const sets = (operation?.['x-atlassian-oauth2-scopes'] ?? []).map((one) => ({
      state: one.state,
      scopes: [...one.scopes].sort(),
    }));
    const granular = sets.find((one) => one.state === 'Beta') ?? sets[0];
    expect([...route.scopes].sort(), name(route)).toEqual(granular?.scopes);
    if (route.classic)
      expect([...route.classic].sort(), name(route)).toEqual(
        sets.find((one) => one.state === 'Current')?.scopes,
      );
  }
});

const includes =
  'include-labels=true&include-properties=true&include-operations=true&include-likes=true&include-versions=true&include-favorited-by-current-user-status=true';
const draft = { representation: 'storage', value: '<p>x</p>' };
type Ask = { method: string; path: string; body?: unknown };
const get = (path: string): Ask => ({ method: 'GET', path });
const v2 = '/wiki/api/v2';
const v1 = '/wiki/rest/api';
const expand =
  'content.body.storage,content.body.view,content.version,content.history,content.space,content.ancestors,content.metadata.labels';

const asks: Ask[] = [
  ...[
    '/spaces',
    '/spaces?description-format=plain&include-icon=true',
    `/spaces/1001?${includes.replace(/include-(likes|versions|favorited[\w-]*)=true&?/g, '')}`,
  ].map((path) => get(v2 + path)),
  ...[
    '/spaces/1001/operations',
    '/spaces/1001/labels',
    '/spaces/1001/pages?limit=2',
    '/spaces/1001/blogposts',
  ].map((path) => get(v2 + path)),
  ...[
    '/pages?body-format=storage',
    '/pages?status=trashed',
    '/blogposts?body-format=atlas_doc_format',
    '/labels',
  ].map((path) => get(v2 + path)),
  ...['pages/100200', 'blogposts/100900'].flatMap((root) =>
    [
      `?body-format=storage&${includes}`,
      '?body-format=view',
      '/labels',
      '/versions?body-format=storage',
      '/versions/1',
      '/operations',
      '/attachments',
      '/footer-comments?body-format=storage',
      '/inline-comments',
      '/likes/count',
      '/likes/users',
    ].map((path) => get(`${v2}/${root}${path}`)),
  ),
  ...['direct-children', 'children', 'descendants', 'ancestors'].map((path) =>
    get(`${v2}/pages/100200/${path}`),
  ),
  ...[
    '/footer-comments',
    '/footer-comments/300100?body-format=storage',
    '/footer-comments/300100/children',
    '/inline-comments',
    '/inline-comments/300300?body-format=view',
    '/inline-comments/300200/children',
  ].map((path) => get(v2 + path)),
  ...['/attachments', '/attachments/att400100'].map((path) => get(v2 + path)),
  { method: 'POST', path: `${v2}/users-bulk`, body: { accountIds: [accountIds.ada, accountIds.john] } },
  { method: 'POST', path: `${v2}/content/convert-ids-to-types`, body: { contentIds: ['100200', '300200'] } },
  { method: 'POST', path: `${v2}/pages`, body: { spaceId: '1001', title: 'C', body: draft } },
  {
    method: 'PUT',
    path: `${v2}/pages/100400`,
    body: { id: '100400', status: 'current', title: 'D', body: draft, version: { number: 2 } },
  },
  { method: 'PUT', path: `${v2}/pages/100400/title`, body: { status: 'current', title: 'E' } },
  ...[
    `?cql=type=page&expand=${expand}`,
    '?cql=type in (comment, attachment)',
    '?cql=type=space',
    '/user?cql=type=user',
  ].map((path) => get(`${v1}/search${path}`)),
  ...[
    '/user/current',
    `/user?accountId=${accountIds.ben}`,
    `/user/bulk?accountId=${accountIds.ben}`,
    `/user/memberof?accountId=${accountIds.john}`,
  ].map((path) => get(v1 + path)),
  ...[
    '/group',
    '/group/by-id?id=g-hr',
    '/group/picker?query=hr&shouldReturnTotalSize=true',
    '/group/g-hr/membersByGroupId',
  ].map((path) => get(v1 + path)),
  { method: 'DELETE', path: `${v1}/group/userByGroupId?groupId=g-contractors&accountId=${accountIds.john}` },
  {
    method: 'POST',
    path: `${v1}/group/userByGroupId?groupId=g-contractors`,
    body: { accountId: accountIds.john },
  },
  { method: 'POST', path: `${v1}/content/100200/label`, body: [{ prefix: 'global', name: 'new' }] },
  { method: 'DELETE', path: `${v1}/content/100200/label?name=new` },
  { method: 'DELETE', path: `${v1}/content/100200/label/api` },
  { method: 'PUT', path: `${v1}/content/100210/move/append/100400` },
  {
    method: 'POST',
    path: `${v1}/content/100200/version`,
    body: { operationKey: 'restore', params: { versionNumber: 1, message: '' } },
  },
  ...[
    '/content/100300/restriction',
    '/content/100300/restriction/byOperation',
    '/content/100200/child/attachment/att400100/download',
  ].map((path) => get(v1 + path)),
  {
    method: 'POST',
    path: `${v1}/content/100200/permission/check`,
    body: { subject: { type: 'user', identifier: accountIds.ben }, operation: 'read' },
  },
  get(`${v1}/longtask/1`),
  { method: 'DELETE', path: `${v2}/pages/100200` },
];

// Departures: null at the top of a space, as seen on live sites; and the document's schema of byOperation, which
// nests `properties` inside `additionalProperties` and so describes no possible answer.
const deviates = (problem: string) =>
  /\.(?:parentId|parentType): is null$/.test(problem) || problem.includes('/restriction/byOperation: ');

test('the checker itself finds unknown keys, wrong types, missing parts and nulls', () => {
  const check = new SchemaCheck({
    paths: {},
    components: {
      schemas: {
        A: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
        },
      },
    },
  });
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/A' },
      { type: 'object', properties: { n: { type: 'integer', nullable: true } } },
    ],
  };
  expect(check.problems(schema, { id: 'a', at: '2026-01-01T00:00:00.000Z', n: null })).toEqual([]);
  expect(check.problems(schema, { at: 'soon', n: 'x', more: 1 })).toHaveLength(4);
  expect(check.problems(schema, { id: null })).toEqual(['$.id: is null']);
});

test.skipIf(!present)('every answer conforms to its schema', async () => {
  const { url } = await startTest();
  const asked = new Set<string>();
  const wrong: string[] = [];
  const labels = (await send(`${url}${v2}/labels`, { as: 'ada' })).body as { results: { id: string }[] };
  const byLabel = ['pages', 'blogposts'].map((kind) => get(`${v2}/labels/${labels.results[0]?.id}/${kind}`));
  for (const ask of [...byLabel, ...asks]) {
    const path = ask.path.split('?')[0] ?? '';
    const route = routeTable.find(ask.method, path)?.route;
    expect(route, `${ask.method} ${ask.path}`).toBeTruthy();
    if (!route) continue;
    asked.add(name(route));
    const answer = await send(`${url}${ask.path}`, { as: 'ada', method: ask.method, body: ask.body });
    const { check, operation } = specOf(route.path);
    const documented = operation(route)?.responses[String(answer.status)];
    if (!documented)
      wrong.push(
        `${ask.method} ${ask.path}: status ${answer.status} is not in the document. ${answer.text.slice(0, 200)}`,
      );
    const schema = documented?.content?.['application/json']?.schema;
    if (!schema) continue;
    const problems = check
      .problems(schema, answer.body)
      .map((problem) => `${ask.method} ${ask.path}: ${problem}`);
    wrong.push(...problems.filter((problem) => !deviates(problem)));
  }
  expect([...new Set(wrong)]).toEqual([]);
  const never = routeTable.routes
    .filter((route) => !undocumented(route) && !asked.has(name(route)))
    .map(name);
  expect(never).toEqual([]);
});

test('every page of the built-in demo is answered in every body format', async () => {
  const demo = buildDemo();
  const { url } = await startTest({ demo });
  let next: string | undefined =
    `${v2}/pages?limit=250&status=current&status=archived&body-format=atlas_doc_format`;
  const ids: string[] = [];
  while (next) {
    const answer = await send(`${url}${next}`, { as: 'ada' });
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    const body = answer.body as { results: { id: string }[]; _links: { next?: string } };
    ids.push(...body.results.map((one) => one.id));
    next = body._links.next;
  }
  expect(ids.length).toBeGreaterThan(100);
  for (const id of ids) {
    const answer = await send(`${url}${v2}/pages/${id}?body-format=view`, { as: 'ada' });
    expect([id, answer.status]).toEqual([id, 200]);
  }
}, 30_000);
