import { expect, test } from 'vitest';
import { parseWhen } from './when.ts';
import { parseAge, parsePeriod } from './when-span.ts';

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
  ['this quarter', '"2026-10-01"'],
  ['last quarter', '"2026-07-01"'],
  ['since Monday', '"2026-11-16"'],
  ['Friday', '"2026-11-20"'],
  ['last Friday', '"2026-11-13"'],
  ['1 November', '"2026-11-01"'],
  ['Nov 1st', '"2026-11-01"'],
  ['December', '"2025-12-01"'],
  ['3rd of May 2025', '"2025-05-03"'],
  ['seit Montag', '"2026-11-16"'],
  ['seit letztem Freitag', '"2026-11-13"'],
  ['diesen Monat', 'startOfMonth()'],
  ['letzte Woche', 'now("-1w")'],
  ['vor 3 Wochen', 'now("-3w")'],
  ['vor einem Monat', 'now("-1M")'],
  ['seit dem 1. November', '"2026-11-01"'],
  ['gestern', 'startOfDay("-1d")'],
  ['desde el lunes', '"2026-11-16"'],
  ['este mes', 'startOfMonth()'],
  ['el mes pasado', 'now("-1M")'],
  ['hace 2 semanas', 'now("-2w")'],
])('%s', (given, cql) => {
  expect(parseWhen(given, now).cql).toBe(cql);
});

test.each(['soon', '2026-13-01', 'week', '', '"); DROP'])('"%s" is no date', (given) => {
  expect(() => parseWhen(given, now)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('the instant is the start of what was named, in UTC', () => {
  const at = (given: string) => parseWhen(given, now).at.toISOString().slice(0, 10);
  expect(['today', 'this week', 'this month', 'this year'].map(at)).toEqual([
    '2026-11-20',
    '2026-11-16',
    '2026-11-01',
    '2026-01-01',
  ]);
});

test.each([
  ['this month', '2026-11-01', '2026-11-20', 'November 2026'],
  ['last month', '2026-10-01', '2026-11-01', 'October 2026'],
  ['letzten Monat', '2026-10-01', '2026-11-01', 'October 2026'],
  ['2026-09', '2026-09-01', '2026-10-01', 'September 2026'],
  ['October', '2026-10-01', '2026-11-01', 'October 2026'],
  ['dezember', '2025-12-01', '2026-01-01', 'December 2025'],
  ['last quarter', '2026-07-01', '2026-10-01', 'Q3 2026'],
  ['Q4', '2026-10-01', '2026-11-20', 'Q4 2026'],
  ['2025-Q4', '2025-10-01', '2026-01-01', 'Q4 2025'],
  ['2025', '2025-01-01', '2026-01-01', '2025'],
  ['last week', '2026-11-09', '2026-11-16', 'the week from 2026-11-09'],
  ['30d', '2026-10-21', '2026-11-20', 'since 2026-10-21'],
])('the period %s', (given, from, to, words) => {
  const period = parsePeriod(given, now);
  const day = (at: Date) => at.toISOString().slice(0, 10);
  expect([day(period.from.at), day(period.to.at), period.words]).toEqual([from, to, words]);
});

test.each([
  ['12m', 365, '12 months'],
  ['6M', 183, '6 months'],
  ['90d', 90, '90 days'],
  ['2 years', 731, '2 years'],
  ['half a year', 183, '6 months'],
  ['ein Jahr', 365, '1 year'],
  ['6 Monate', 183, '6 months'],
])('the length %s, in which m is months', (given, days, words) => {
  expect(parseAge(given, now)).toMatchObject({ days, words });
});

test('"a while" is no length of time', () => {
  expect(() => parseAge('a while', now)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
