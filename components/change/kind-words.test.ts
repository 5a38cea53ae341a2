import { expect, test } from 'vitest';
import { blocksWord, kindWord } from './kind-words.ts';

test('kinds are named as people name them', () => {
  expect(kindWord('h3')).toBe('heading');
  expect(kindWord('paragraph')).toBe('paragraph');
  expect(kindWord('info')).toBe('info panel');
  expect(kindWord('profile-picture')).toBe('profile picture');
});

test('several blocks are counted', () => {
  expect(blocksWord(['h2'])).toBe('heading');
  expect(blocksWord(['h2', 'paragraph', 'list'])).toBe('3 blocks');
});
