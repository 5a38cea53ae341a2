import { expect, test } from 'vitest';
import { apiRootOf } from './api-token.ts';

test.each([
  'http://halden.atlassian.net',
  'https://halden.atlassian.net.evil.example',
  'https://evil.example',
  'https://atlassian.net',
  'https://a.b.atlassian.net',
  'https://halden.atlassian.net:8443',
  'https://user@halden.atlassian.net',
  'https://127.0.0.1',
  'file:///etc/passwd',
  'nonsense',
])('the token of a person never goes to %s', (site) => {
  expect(() => apiRootOf(site)).toThrow(/atlassian\.net/);
});

test('it goes to Atlassian and to the sandbox', () => {
  expect(apiRootOf('https://halden.atlassian.net/wiki')).toBe('https://halden.atlassian.net');
  expect(apiRootOf('http://localhost:3001')).toBe('http://localhost:3001');
  expect(apiRootOf('http://localhost:3001/labs')).toBe('http://localhost:3001/labs');
});
