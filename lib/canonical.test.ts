import { expect, test } from 'vitest';
import { canonicalText } from './canonical.ts';

test('equal values give equal text, whatever the order of their keys; the order of lists counts', () => {
  expect(canonicalText({ b: [{ d: 1, c: null }], a: undefined })).toBe('{"b":[{"c":null,"d":1}]}');
  expect(canonicalText({ x: 1, y: { p: 1, q: 2 } })).toBe(canonicalText({ y: { q: 2, p: 1 }, x: 1 }));
  expect(canonicalText([1, 2])).not.toBe(canonicalText([2, 1]));
});
