import { expect, test } from 'vitest';
import { scopesInSentence, scopeWords } from './scope-words.ts';

test('scopes in words', () => {
  expect(scopeWords('write:page:confluence')).toBe('Create and change pages');
  expect(scopeWords('read:content.metadata:confluence')).toBe('Read metadata of content');
  expect(scopeWords('read:me')).toBe('Read your profile');
  expect(scopeWords('offline_access')).toBe('Stay connected while you are away');
});

test('scopes in a sentence', () => {
  expect(scopesInSentence(['read:page:confluence', 'delete:embed:confluence'])).toBe(
    'read pages, delete Smart Links',
  );
});
