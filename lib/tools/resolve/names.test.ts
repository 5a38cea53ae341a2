import { expect, test } from 'vitest';
import type { Context } from '../operation.ts';
import { resolveGroup } from './group.ts';
import { resolvePerson } from './person.ts';

/** A connection that finds these groups and people, whatever is asked. */
function knowing(o: { groups?: string[]; people?: { name: string; email?: string }[] }): Context {
  const results = [
    ...(o.groups ?? []).map((name, at) => ({ type: 'group', id: `g${at}`, name })),
    ...(o.people ?? []).map(({ name, email }, at) => ({
      user: { type: 'known', accountId: `p${at}`, displayName: name, email },
    })),
  ];
  return {
    connection: { account: { id: 'me', name: 'Me', email: 'me@x.example' } },
    confluence: {
      webUrl: (path: string) => path,
      sendRequest: async () => ({ results, start: 0, limit: 50, size: results.length, _links: {} }),
    },
  } as unknown as Context;
}

test('of two groups that fit alike none is picked in silence', async () => {
  const two = knowing({ groups: ['dev-team', 'Dev Group'] });
  await expect(resolveGroup(two, 'the dev group')).rejects.toMatchObject({ code: 'ambiguous' });
  expect((await resolveGroup(two, 'dev-team')).name).toBe('dev-team');
  expect((await resolveGroup(two, 'Dev Group')).name).toBe('Dev Group');
  expect((await resolveGroup(knowing({ groups: ['dev-team', 'devops'] }), 'the dev team')).name).toBe(
    'dev-team',
  );
});

test('an email names nobody whose address is another one', async () => {
  const known = knowing({ people: [{ name: 'Jane Doe', email: 'jane.doe@x.example' }] });
  await expect(resolvePerson(known, 'jane.doe@y.example')).rejects.toMatchObject({ code: 'not_found' });
  expect((await resolvePerson(known, 'Jane.Doe@x.example')).name).toBe('Jane Doe');
  const hidden = knowing({ people: [{ name: 'Jane Doe' }] });
  expect((await resolvePerson(hidden, 'jane.doe@y.example')).name).toBe('Jane Doe');
  expect((await resolvePerson(hidden, '@Jane Doe')).name).toBe('Jane Doe');
});
