import { expect, test } from 'vitest';
import { parseWhen } from './when.ts';

const now = new Date('2026-11-20T12:00:00Z');

test.each([
  ['2026-11-01', '"2026-11-01"'],
  ['2026/11/1', '"2026-11-01"'],
  ['2026-11', '"2026-11-01"'],
  ['2026-11-01T10:30:00Z', '"2026-11-01 10:30"'],
  ['2026-11-01T10:30:00+02:00', '"2026-11-01 08:30"'],
  ['4w', 'now("-4w")'],
  ['7d', 'now("-7d")'],
  ['3M', 'now("-3M")'],
  ['yesterday', 'startOfDay("-1d")'],
  ['today', 'startOfDay()'],
  ['last week', 'now("-1w")'],
  ['the last 2 weeks', 'now("-2w")'],
  ['3 months ago', 'now("-3M")'],
  ['a year ago', 'now("-1y")'],
  ['this month', 'startOfMonth()'],
])('%s', (given, cql) => {
  expect(parseWhen(given, now).cql).toBe(cql);
});

test.each(['soon', '2026-13-01', 'week', '', '"); DROP'])('"%s" is no date', (given) => {
  expect(() => parseWhen(given, now)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
