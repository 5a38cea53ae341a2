import { expect, test } from 'vitest';
import { kindWord } from '#lib/wire';
import { awayWords, blocksWord, kindOf, moveWords, placeWords, turnedWords } from './kind-words.ts';

test('kinds are named as people name them', () => {
  expect(kindWord('h3')).toBe('heading');
  expect(kindWord('paragraph')).toBe('paragraph');
  expect(kindWord('info')).toBe('info panel');
  expect(kindWord('profile-picture')).toBe('profile picture');
});

test('an app block is named by what it is', () => {
  const rendered = [{ tag: 'macro' as const, at: { kind: 'panel' } }];
  expect(kindOf({ kind: 'extension', rendered })).toBe('panel');
  expect(kindOf({ kind: 'extension', rendered: ['text'] })).toBe('extension');
  expect(kindOf({ kind: 'table', rendered })).toBe('table');
});

test('several blocks are counted, a section and a container are named with what they hold', () => {
  const one = (kind: string, count?: number, drawn = 1) => ({
    kind,
    rendered: Array.from({ length: drawn }, () => 'x'),
    ...(count === undefined ? {} : { count }),
  });
  expect(blocksWord([one('h2')])).toBe('heading');
  expect(blocksWord([one('h2'), one('paragraph'), one('list')])).toBe('3 blocks');
  expect(blocksWord([one('h2', 5, 5)])).toBe('section of 5 blocks');
  expect(blocksWord([one('info', 3)])).toBe('info panel with 2 blocks');
  expect(blocksWord([one('paragraph', 2, 2)])).toBe('2 blocks');
  expect(blocksWord([{ ...one('info'), frame: true }])).toBe('info panel (its frame)');
});

test('what a block was, where it lies and whence it came is said', () => {
  const change = { op: 'change' as const, kind: 'h3', path: [], rendered: [], lines: [] };
  expect(turnedWords({ ...change, was: 'h2' })).toBe('heading 2 → heading 3');
  expect(turnedWords({ ...change, kind: 'list', was: 'paragraph' })).toBe('paragraph → list');
  expect(turnedWords({ ...change, kind: 'paragraph', shape: 'split' })).toBe('paragraph, split in several');
  expect(turnedWords(change)).toBe(null);
  expect(placeWords({ path: ['A', 'B'], within: [{ kind: 'info', title: 'Note' }] })).toBe(
    'A › B › info panel “Note”',
  );
  const limits = { path: ['Limits'], after: 'One' };
  const errors = { path: ['Errors'], after: null };
  expect(moveWords(limits, errors)).toBe('from “Limits” to “Errors”, first');
  expect(moveWords(limits, { ...limits, after: 'Two' })).toBe('stood after “One”, now after “Two”');
  expect(awayWords({ path: [], after: 'x' })).toBe('now under the top of the page, after “x”');
});
