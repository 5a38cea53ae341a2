import { expect, test } from 'vitest';
import type { ChangeView } from '#lib/wire';
import { countsLine, isNewer, keptLine, lookOf, shortWord, statusSentence } from './words.ts';

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
  expect(countsLine(counts)).toBe('26 blocks kept, 2 changed, 5 macros kept, 1 inline comment lost');
});

test('what moved and what became of comments is counted', () => {
  const counts = {
    kept: 3,
    changed: 0,
    added: 0,
    removed: 0,
    moved: 2,
    macrosKept: 0,
    macrosLost: 1,
    commentMarkersLost: 0,
    commentsAffected: 1,
    commentsKept: 4,
  };
  expect(countsLine(counts)).toBe(
    '3 blocks kept, 2 moved, 1 macro lost, 4 inline comments kept, 1 inline comment on changed text',
  );
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

test('what was written but not found as approved never looks like success', () => {
  const differs: ChangeView = {
    ...base,
    status: 'applied',
    verification: { ok: false, summary: '3 blocks kept, 1 lost', version: 4, details: ['x'] },
  };
  expect(statusSentence(differs)).toBe('Applied, but not as approved · version 4 · 3 blocks kept, 1 lost');
  expect([lookOf(differs), shortWord(differs)]).toEqual(['bad', 'Not as approved']);
  const unread: ChangeView = {
    ...differs,
    verification: { ok: false, unread: true, summary: 'It could not be read back.', version: 4, details: [] },
  };
  expect(statusSentence(unread)).toMatch(/^Applied, but not verified/);
  expect([lookOf(unread), shortWord(unread)]).toEqual(['warn', 'Not verified']);
  expect([lookOf({ ...base, status: 'verified' }), shortWord({ ...base, status: 'verified' })]).toEqual([
    'good',
    'Applied and verified',
  ]);
  // Still being read back.
  expect(lookOf({ ...base, status: 'applied' })).toBe('busy');
});
