import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import traps from '../data/traps.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const source = (file: string) => readFileSync(join(root, file), 'utf8');
const names = (file: string) =>
  [...source(file).matchAll(/^test\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

test('each trap of the live service that is played here has a test that shows it', () => {
  const missing = traps.played.filter(({ file, test: name }) => !names(file).includes(name));
  expect(missing).toEqual([]);
  const facts = [...traps.played, ...traps.notPlayed].map(({ fact }) => fact);
  expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
});

test('each test that names a trap stands in the list', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const named = files.flatMap((file) => names(file).filter((name) => name.startsWith('trap:')));
  const listed = new Set(traps.played.map((one) => one.test));
  expect(named.filter((name) => !listed.has(name))).toEqual([]);
  expect(named.length).toBeGreaterThan(35);
});
