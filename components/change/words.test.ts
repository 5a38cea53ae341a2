import { expect, test } from 'vitest';
import type { ChangeView } from '#lib/wire';
import { countsLine, isNewer, keptLine, statusSentence } from './words.ts';

const base = {
  revision: 1,
  status: 'proposed',
  verification: null,
  result: null,
  mayDecide: true,
} as ChangeView;

test('the status line of an applied change begins with Applied and names the version', () => {
  const change: ChangeView = {
    ...base,
    status: 'verified',
    verification: {
      ok: true,
      summary: '26 blocks kept, 1 changed as approved, 0 lost',
      version: 4,
      details: [],
    },
  };
  expect(statusSentence(change)).toBe(
    'Applied and verified · version 4 · 26 blocks kept, 1 changed as approved, 0 lost',
  );
  expect(statusSentence({ ...base, status: 'applied' })).toMatch(/^Applied/);
  expect(statusSentence({ ...base, status: 'undone' })).toMatch(/^Undone/);
});

test('counts leave out what is zero', () => {
  const counts = {
    kept: 26,
    changed: 2,
    added: 0,
    removed: 0,
    macrosKept: 5,
    macrosLost: 0,
    commentMarkersLost: 1,
  };
  expect(countsLine(counts)).toBe('26 blocks kept, 2 changed, 5 macros kept, 1 comment marker lost');
});

test('a new page keeps nothing', () => {
  const counts = {
    kept: 0,
    changed: 0,
    added: 5,
    removed: 0,
    macrosKept: 0,
    macrosLost: 0,
    commentMarkersLost: 0,
  };
  expect(countsLine(counts)).toBe('5 blocks added');
  expect(countsLine({ ...counts, added: 0 })).toBe('0 blocks kept');
});

test('a folded run names at most two headings', () => {
  expect(keptLine(1, [])).toBe('1 block unchanged');
  expect(keptLine(12, ['A', 'B', 'C', 'D'])).toBe('12 blocks unchanged under “A”, “B” and 2 more');
});

test('a late message does not turn a settled card back', () => {
  const verified: ChangeView = { ...base, status: 'verified' };
  expect(isNewer(verified, { ...base, status: 'applying' })).toBe(false);
  expect(isNewer(verified, { ...base, status: 'undone' })).toBe(true);
  expect(isNewer({ ...base, status: 'approved' }, { ...base, revision: 2 })).toBe(true);
  expect(isNewer({ ...base, revision: 2 }, base)).toBe(false);
  expect(isNewer({ ...base, status: 'unknown' }, { ...base, status: 'approved' })).toBe(true);
});
