import { expect, test } from 'vitest';
import { blocksWord, kindOf, kindWord } from './kind-words.ts';

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

test('several blocks are counted', () => {
  expect(blocksWord(['h2'])).toBe('heading');
  expect(blocksWord(['h2', 'paragraph', 'list'])).toBe('3 blocks');
});
