import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '#lib/router';
import { noLimits } from '#lib/tools';
import { root } from '../../e2e/app.ts';
import { median, type Row } from './row.ts';

type Asked = { ask: string; operation: string | string[] };

const setOf = (name: string): Asked[] =>
  JSON.parse(readFileSync(join(root, 'lib/router/data', `${name}.json`), 'utf8')) as Asked[];

/** Where the right operation stands among what discovery gives, and how long it takes. */
export function discoveryRows(): Row[] {
  const rows: Row[] = [];
  for (const [name, words] of [
    ['asked', 'evaluation set'],
    ['asked-held-out', 'set never tuned on'],
  ] as const) {
    const set = setOf(name);
    const taken: number[] = [];
    let first = 0;
    let five = 0;
    discover('warm up', { limits: noLimits, scopes: null });
    for (const { ask, operation } of set) {
      const started = performance.now();
      const { hits } = discover(ask, { limits: noLimits, scopes: null });
      taken.push(performance.now() - started);
      const at = hits.findIndex((hit) => [operation].flat().includes(hit.name));
      if (at === 0) first += 1;
      if (at >= 0) five += 1;
    }
    const note = `${set.length} questions, ${words}`;
    rows.push(
      {
        name: 'discovery: right operation among five',
        value: (five / set.length) * 100,
        unit: '%',
        aim: '>= 97',
        note,
      },
      {
        name: 'discovery: right operation first',
        value: (first / set.length) * 100,
        unit: '%',
        aim: '>= 85',
        note,
      },
      { name: 'discovery: one question', value: median(taken), unit: 'ms', aim: '< 5', note: 'median' },
    );
  }
  return rows;
}
