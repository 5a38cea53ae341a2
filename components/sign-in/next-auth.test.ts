import { expect, test } from 'vitest';
import { ownPath } from './next-auth.ts';

test('only a path of this site is returned to', () => {
  expect(ownPath('/c/cht_1?x=1')).toBe('/c/cht_1?x=1');
  for (const bad of [
    null,
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
  ]) {
    expect(ownPath(bad), String(bad)).toBe('/');
  }
});
