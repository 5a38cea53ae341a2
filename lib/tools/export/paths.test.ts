import { expect, test } from 'vitest';
import { segment, uniquePaths } from './paths.ts';
import { relative } from './source.ts';

test('titles become names that every file system takes', () => {
  expect(['../../etc/passwd', 'CON', ' .hidden. ', 'a\u202e/b\n', '', 'x'.repeat(200)].map(segment)).toEqual([
    'etc passwd',
    'page CON',
    'hidden',
    'a b',
    'page',
    'x'.repeat(80),
  ]);
});

test('two pages of one name get paths of their own', () => {
  const unique = uniquePaths();
  expect(['A', 'a', 'B.png', 'b.png'].map(unique)).toEqual(['A', 'a (2)', 'B.png', 'b (2).png']);
});

test('addresses between files of the archive', () => {
  expect(relative('A/B/c', 'A/B/d.html')).toBe('d.html');
  expect(relative('A/B/c', 'A/x y.html')).toBe('../x%20y.html');
  expect(relative('c', 'A/d.html')).toBe('A/d.html');
});
