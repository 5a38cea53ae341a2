import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', 'e2e');
const delivered = JSON.parse(readFileSync(join(folder, 'delivered.json'), 'utf8')) as string[];

/** The titles of the tests of a spec file: of tests that run, not of skipped ones. */
function titlesIn(text: string): string[] {
  return [...text.matchAll(/^\s*test\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm)].map((match) => match[2] as string);
}

const specs = ['.', 'clients']
  .flatMap((part) => readdirSync(join(folder, part)).map((name) => join(part, name)))
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const titles = specs.flatMap(({ text }) => titlesIn(text));

test.each(delivered)('the delivered story %s has an end-to-end test that cites it', (id) => {
  expect(titles.filter((title) => new RegExp(`\\b${id}\\b`).test(title))).not.toEqual([]);
});

test('the list holds each story once, in order', () => {
  expect(delivered).toEqual([...new Set(delivered)].sort());
  expect(delivered.filter((id) => !/^[AB]\d\d$/.test(id))).toEqual([]);
});

test('no end-to-end test is skipped or set aside', () => {
  const aside = /\b(?:test|describe)\.(?:skip|fixme|fail|only)\b/;
  expect(specs.filter(({ text }) => aside.test(text)).map(({ name }) => name)).toEqual([]);
});
