import { expect, test } from 'vitest';
import type { Context } from './operation.ts';
import { mentionNames, namesOf } from './people.ts';

/** A connection whose people are these. */
function knowing(results: object[]): Context {
  return {
    connection: { account: { id: 'me', name: '' } },
    confluence: { sendRequest: async () => ({ results }) },
    log: { debug: () => {} },
  } as unknown as Context;
}

test('people who are mentioned: those who left and those nobody knows are said to be so', async () => {
  const ctx = knowing([
    { accountId: 'a', displayName: 'Jane Doe', accountStatus: 'active' },
    { accountId: 'b', displayName: 'Old Hand', accountStatus: 'inactive' },
    { accountId: 'c', accountStatus: 'closed' },
  ]);
  expect(await mentionNames(ctx, ['a', 'b', 'c', 'd'])).toEqual({
    a: 'Jane Doe',
    b: 'Old Hand (deactivated)',
    c: 'someone (deactivated)',
    d: 'unknown person',
  });
  expect(Object.fromEntries(await namesOf(ctx, ['a', 'b', 'd']))).toEqual({ a: 'Jane Doe', b: 'Old Hand' });
});
