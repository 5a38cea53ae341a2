import { expect, test } from 'vitest';
import {
  type BundleName,
  bundleNames,
  bundleOf,
  bundles,
  grantedInWords,
  scopesOfBundles,
} from './bundles.ts';
import { connectLink, connectPath } from './connect-link.ts';
import { mostScopes, scopesNeeded, scopesToAsk } from './scopes.ts';

/** Every choice there is. */
const choices: BundleName[][] = Array.from({ length: 2 ** bundleNames.length }, (_, bits) =>
  bundleNames.filter((_name, index) => bits & (1 << index)),
);

test('a scope is in one bundle, and to write needs to read', () => {
  const all = bundleNames.flatMap((name) => bundles[name].scopes);
  expect(new Set(all).size).toBe(all.length);
  expect(scopesOfBundles(['editor'])).toEqual(expect.arrayContaining([...bundles.reader.scopes]));
  expect(bundleOf('write:group:confluence')).toBe('admin');
  expect(bundleOf('write:anything:confluence')).toBeNull();
});

test.each(choices)('a consent asks for fewer than 50 scopes: %s %s %s %s', (...names) => {
  const chosen = names.filter((name) => name !== undefined);
  const { scopes, leftOut } = scopesToAsk({ bundles: chosen });
  expect(scopes.length).toBeLessThan(50);
  expect(scopes).toEqual(expect.arrayContaining(['offline_access', 'read:me']));
  const all = scopesOfBundles(chosen);
  expect([...scopes, ...leftOut].filter((scope) => scope.includes(':confluence')).sort()).toEqual(
    [...all].sort(),
  );
  if (chosen.filter((name) => name !== 'reader').length < 3) expect(leftOut).toEqual([]);
});

test('with all four chosen, Smart Links and writing databases are left out, and only they', () => {
  const { scopes, leftOut } = scopesToAsk({ bundles: bundleNames });
  expect(scopes).toHaveLength(mostScopes);
  expect(leftOut.sort()).toEqual([
    'delete:database:confluence',
    'delete:embed:confluence',
    'read:embed:confluence',
    'write:database:confluence',
    'write:embed:confluence',
  ]);
});

test('what is asked for by name stays, with what removes it again; something else is left out', () => {
  const { scopes, leftOut } = scopesToAsk({ bundles: bundleNames, scopes: ['write:embed:confluence'] });
  expect(scopes.length).toBeLessThan(50);
  expect(scopes).toEqual(expect.arrayContaining(['write:embed:confluence', 'delete:embed:confluence']));
  expect(leftOut).toContain('write:database:confluence');
  expect(leftOut).not.toContain('read:embed:confluence');
});

test('old and new scopes are asked together; unknown old ones go first when it is too much', () => {
  const old = ['write:group:confluence', 'read:me'];
  expect(scopesToAsk({ bundles: ['reader'], already: old }).scopes).toContain('write:group:confluence');
  const unknown = Array.from({ length: 60 }, (_, i) => `read:thing-${i}:confluence`);
  const asked = scopesToAsk({ bundles: ['reader', 'editor'], already: unknown });
  expect(asked.scopes).toEqual([...scopesNeeded]);
});

test('what is granted, in words', () => {
  expect(grantedInWords([...bundles.reader.scopes, 'write:group:confluence'])).toMatch(
    /^Allowed: Read; partly: Administer \(lacks .*\); not allowed: Write, Further content$/,
  );
  expect(grantedInWords([])).toMatch(/^Allowed: no bundle as a whole; not allowed: Read,/);
});

test('links are readable and stay within this app', () => {
  expect(connectPath()).toBe('/connect?returnTo=/settings/connections');
  expect(connectLink({ bundles: ['reader', 'admin'], userId: 'usr_1' })).toBe(
    'http://localhost:3000/connect?returnTo=/settings/connections&bundles=reader,admin&for=usr_1',
  );
  expect(connectPath({ returnTo: '/c/1?a=b&c', scopes: ['write:page:confluence'] })).toBe(
    '/connect?returnTo=/c/1%3Fa%3Db%26c&scopes=write:page:confluence',
  );
});
