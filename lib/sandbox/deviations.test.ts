import { expect, test } from 'vitest';
import { deviations } from './deviations.ts';
import { routeTable } from './rest/serve.ts';

test('whatever endpoint the list of differences names is one that is offered here', () => {
  const offered = routeTable.routes.map(({ path }) => path.replace(/\{[^}]*\}/g, '{}'));
  const named = deviations.flatMap(({ where }) =>
    [...where.matchAll(/\/wiki\/(?:api|rest)\/[\w./{}-]*/g)].map(([path]) =>
      path.replace(/\{[^}]*\}/g, '{}').replace(/[/.]+$/, ''),
    ),
  );
  expect(named.filter((path) => !offered.some((one) => one.startsWith(path)))).toEqual([]);
  expect(named.length).toBeGreaterThan(40);
});

test('no difference is told twice', () => {
  const told = deviations.map(({ where, what }) => `${where}: ${what}`);
  expect(new Set(told).size).toBe(told.length);
});
