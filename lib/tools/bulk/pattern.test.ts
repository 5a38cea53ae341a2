import { describe, expect, test } from 'vitest';
import { nestsQuantifiers, patternOf } from './pattern.ts';

const regex = (find: string, replace = '') => patternOf({ find, replace, regex: true, caseSensitive: true });

describe('patterns that could take for ever', () => {
  test.each(['(a+)+', '(a|aa)*b', '((x*)y)+', '(\\d{2,})+', '(?:a|b)+'])('%s is refused', (source) => {
    expect(nestsQuantifiers(source)).toBe(true);
    expect(() => regex(source)).toThrow(/repeated group/);
  });

  test.each(['a+b*', '(foo|bar) baz', '[(+*]+', '(\\(\\+)+', 'x{2,4}', '(ab)+'])('%s is fine', (source) => {
    expect(nestsQuantifiers(source)).toBe(false);
  });

  test('one that still runs away is stopped', () => {
    const slow = regex('a*a*a*a*a*a*a*a*a*b');
    expect(() => slow.find('a'.repeat(5000))).toThrow(/too long/);
  });

  test.each(['a*', '(', '(a)\\1', 'x'.repeat(301)])('%s is refused', (source) => {
    expect(() => regex(source)).toThrow(/^find: /);
  });
});

test('groups in the replacement, as in JavaScript', () => {
  const [match] = regex('(?<day>\\d+)\\.(\\d+)', '$2/$<day> $& $$ $9').find('on 24.12 then');
  expect(match).toEqual({ from: 3, to: 8, with: '12/24 24.12 $ $9' });
});

test('plain text: its signs mean themselves, case and kinds of space do not matter', () => {
  const plain = patternOf({ find: 'a.b (c) d', replace: '$1', regex: false, caseSensitive: false });
  expect(plain.find('A.B\u00a0(C) d; aXb (c) d')).toEqual([{ from: 0, to: 9, with: '$1' }]);
});
