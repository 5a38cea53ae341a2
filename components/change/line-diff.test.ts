import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

const shown = (before: string | null, after: string | null) =>
  lineDiff(before, after).map(({ op, text }) => `${op}${text}`);

test('only the lines that differ are marked', () => {
  expect(shown('{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 3,\n  "c": 4\n}')).toEqual([
    ' {',
    '   "a": 1,',
    '-  "b": 2',
    '+  "b": 3,',
    '+  "c": 4',
    ' }',
  ]);
});

test('a text that comes or goes is one side only', () => {
  expect(shown(null, 'a\nb')).toEqual(['+a', '+b']);
  expect(shown('a', null)).toEqual(['-a']);
});

test('very long texts are not compared', () => {
  const long = Array.from({ length: 500 }, (_, at) => `${at}`).join('\n');
  expect(lineDiff(long, `${long}\nend`)).toHaveLength(1001);
});
