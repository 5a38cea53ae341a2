import { expect, test } from 'vitest';
import { scopeWords } from './scope-words.ts';

test('scopes in words', () => {
  expect(scopeWords('write:page:confluence')).toBe('Create and change pages');
  expect(scopeWords('read:content.metadata:confluence')).toBe('Read content metadata');
  expect(scopeWords('read:me')).toBe('Read your profile');
  expect(scopeWords('offline_access')).toBe('Stay connected while you are away');
});
