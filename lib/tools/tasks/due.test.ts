import { expect, test } from 'vitest';
import { dayStart, dueDay } from './due.ts';

// A Friday.
const now = new Date('2026-11-20T15:00:00Z');

test.each([
  ['2026-12-01', '2026-12-01'],
  ['2026/2/3', '2026-02-03'],
  ['today', '2026-11-20'],
  ['Tomorrow', '2026-11-21'],
  ['in 3 days', '2026-11-23'],
  ['next week', '2026-11-27'],
  ['friday', '2026-11-27'],
  ['next monday', '2026-11-23'],
])('%s', (given, day) => {
  expect(dueDay(given, now)).toBe(day);
});

test('days that do not exist and other words are refused', () => {
  expect(() => dueDay('2026-02-30', now)).toThrow('not a day');
  expect(() => dueDay('soon', now)).toThrow('not a day');
});

test('filters take days past too', () => {
  expect(new Date(dayStart('7d', now)).toISOString()).toBe('2026-11-13T00:00:00.000Z');
  expect(new Date(dayStart('2026-12-01', now)).toISOString()).toBe('2026-12-01T00:00:00.000Z');
});
