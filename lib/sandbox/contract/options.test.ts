import { expect, test } from 'vitest';
import { routeTable } from '../rest/serve.ts';
import { send, startTest, tinyDemo } from '../test-site.ts';
import { groups } from './asks/index.ts';
import { deviates } from './deviates.fixture.ts';
import { operationOf, specOf } from './documents.fixture.ts';
import { optionsOf } from './options.fixture.ts';

/** A request of each GET endpoint that the untouched test site answers with 200, most without a query. */
async function plainAsks(url: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const paths = Object.values(groups).flatMap((asks) =>
    asks.filter((ask) => ask.method === 'GET').map((ask) => ask.path),
  );
  for (const path of paths.toSorted((a, b) => a.length - b.length)) {
    const route = routeTable.find('GET', path.split('?')[0] ?? '')?.route;
    if (!route || found.has(route.path)) continue;
    if ((await send(`${url}${path}`, { as: 'ada' })).status === 200) found.set(route.path, path);
  }
  return found;
}

test('every value of every optional parameter is answered, and conforms', async () => {
  const { url } = await startTest({ demo: tinyDemo({ things: true }) });
  const wrong: string[] = [];
  let asked = 0;
  for (const [routePath, path] of await plainAsks(url)) {
    const route = routeTable.routes.find((one) => one.method === 'GET' && one.path === routePath);
    if (!route) throw new Error(`There is no route ${routePath}`);
    for (const option of optionsOf(route)) {
      const [name = ''] = option.split('=');
      if (path.includes(`${name}=`)) continue;
      const at = `GET ${path}${path.includes('?') ? '&' : '?'}${option}`;
      const answer = await send(`${url}${at.slice('GET '.length)}`, { as: 'ada' });
      asked += 1;
      const documented = operationOf(route)?.responses[String(answer.status)];
      if (answer.status >= 400 && !refused(at))
        wrong.push(`${at}: ${answer.status} ${answer.text.slice(0, 150)}`);
      const schema = documented?.content?.['application/json']?.schema;
      if (!schema) continue;
      const problems = specOf(route.path).check.problems(schema, answer.body);
      wrong.push(...problems.map((one) => `${at}: ${one}`).filter((one) => !deviates(one)));
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
  expect(asked).toBeGreaterThan(300);
}, 60_000);

/** A status that the content has not is a 404; so says the document of the endpoints for one page or post. */
function refused(at: string): boolean {
  return /\/(?:pages|blogposts)\/\d+\?(?:\S*&)?status=(?!current)/.test(at);
}
