import { expect, test } from 'vitest';
import { buildDemo } from '../demo/index.ts';
import type { Route } from '../rest/route.ts';
import { routeTable } from '../rest/serve.ts';
import { send, startTest, tinyDemo } from '../test-site.ts';
import { type Ask, get, groups, v2 } from './asks/index.ts';
import { deviates } from './deviates.fixture.ts';
import { copyOf, freshCopyOf, operationOf, originalsPresent, specOf } from './documents.fixture.ts';
import { SchemaCheck } from './schema-check.ts';

const name = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`;
// Answered though not (any more) in the document; see the deviations.
const undocumented = (route: Route) => route.scopes.length === 0;

test('every endpoint is in the document and asks for its granular scopes', () => {
  for (const route of routeTable.routes.filter((one) => !undocumented(one))) {
    const operation = operationOf(route);
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

test.skipIf(!originalsPresent)(
  "the project's copy of what is needed of Atlassian's documents is up to date",
  () => {
    for (const version of ['v1', 'v2'] as const)
      expect(copyOf(version), 'run: node lib/sandbox/contract/refresh.fixture.ts <their folder>').toEqual(
        freshCopyOf(version),
      );
  },
);

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

async function wrongAnswers(asks: readonly Ask[], asked: Set<string>): Promise<string[]> {
  const { url } = await startTest({ demo: tinyDemo({ things: true }) });
  const wrong: string[] = [];
  const labels = (await send(`${url}${v2}/labels`, { as: 'ada' })).body as { results: { id: string }[] };
  const byLabel = ['pages', 'blogposts'].map((kind) => get(`${v2}/labels/${labels.results[0]?.id}/${kind}`));
  for (const ask of [...byLabel, ...asks]) {
    const path = ask.path.split('?')[0] ?? '';
    const route = routeTable.find(ask.method, path)?.route;
    if (!route) {
      wrong.push(`${ask.method} ${ask.path}: is not offered`);
      continue;
    }
    asked.add(name(route));
    const body = ask.form === undefined ? ask.body : ask.form();
    const answer = await send(`${url}${ask.path}`, {
      as: 'ada',
      method: ask.method,
      body,
      headers: ask.headers ?? {},
    });
    const { check } = specOf(route.path);
    const documented = operationOf(route)?.responses[String(answer.status)];
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
  return [...new Set(wrong)];
}

test('every answer conforms to its schema', async () => {
  const asked = new Set<string>();
  const wrong: string[] = [];
  for (const asks of Object.values(groups)) wrong.push(...(await wrongAnswers(asks, asked)));
  expect(wrong).toEqual([]);
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
