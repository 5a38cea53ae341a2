import { expect, test } from 'vitest';
import { colourOf, fieldRows, isData, isLong } from './field-rows.ts';

const added = (label: string, after: string) => ({ label, before: null, after });

test('values of one label stand in one row', () => {
  const rows = fieldRows([added('Under', 'Home'), added('New page', 'A'), added('New page', 'A › B')]);
  expect(rows.map(({ label, fields }) => [label, fields.length])).toEqual([
    ['Under', 1],
    ['New page', 2],
  ]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
});

test('a colour is told from words in brackets', () => {
  expect(colourOf('Ready for review (#57d9a3)')).toEqual({ words: 'Ready for review', colour: '#57d9a3' });
  expect(colourOf('Engineering (ENG)')).toBeNull();
});

test('several lines are compared by line; data is told from words', () => {
  expect(isLong({ label: 'x', before: '{\n}', after: null })).toBe(true);
  expect(isLong(added('x', 'one line'))).toBe(false);
  expect(isData({ label: 'x', before: '{\n}', after: null })).toBe(true);
  expect(isData(added('x', 'two\nlines'))).toBe(false);
});
