import { expect, test } from 'vitest';
import { UserError } from '#errors';
import { scopesOfBundles } from '#lib/connections';
import { accessNeeded, bundlesFor, certainScopes, explainMissingScope, scopeGaps } from './access.ts';
import { type CatalogueEntry, entries, entryOf } from './define.ts';

/** The cases of an operation, each with all the scopes it needs. */
const casesOf = (entry: CatalogueEntry): { when: string; scopes: string[] }[] => [
  { when: 'default', scopes: entry.scopes },
  ...Object.entries(entry.conditional).map(([when, one]) => ({
    when,
    scopes: one.replaces_base ? one.scopes : [...entry.scopes, ...one.scopes],
  })),
];

/** Which case of `delete_content` takes back what an operation made. */
const madeBy: Record<string, string> = {
  create_whiteboard: 'default',
  create_database: 'content_type=database',
  create_folder: 'content_type=folder',
  create_smart_link: 'content_type=smart_link',
  create_custom_content: 'content_type=custom_content',
};

test.each(entries.filter(({ inverse }) => inverse.length > 0).map((entry) => [entry.name, entry] as const))(
  'what %s does can be taken back with the permissions that did it',
  (name, entry) => {
    for (const { when, scopes } of casesOf(entry)) {
      const carried = scopesOfBundles(bundlesFor(scopes));
      for (const back of new Set(entry.inverse)) {
        const cases = casesOf(entryOf(back));
        const wanted = back === 'delete_content' ? madeBy[name] : when;
        // The same case where the inverse has one of that name, else its default.
        const needed = cases.find((one) => one.when === wanted) ?? cases[0];
        expect(
          needed?.scopes.filter((scope) => !carried.includes(scope)),
          `${name} (${when}) -> ${back} (${needed?.when})`,
        ).toEqual([]);
      }
    }
  },
);

test('the input tells which case a call is; where it does not, what all cases need is certain', () => {
  expect(certainScopes('read_page', { page: '1' })).toEqual(['read:page:confluence']);
  expect(certainScopes('delete_content', { content_type: 'folder' })).toContain('delete:folder:confluence');
  expect(certainScopes('add_label', { page: '1' })).toEqual([
    'read:label:confluence',
    'write:label:confluence',
  ]);
});

test('a permission that only a further case needs is named with its case', () => {
  const reader = scopesOfBundles(['reader']);
  expect(scopeGaps('read_page', reader)).toEqual({ missing: [], cases: [] });
  const { missing, cases } = scopeGaps('create_page', [...reader, 'write:page:confluence']);
  expect(missing).toEqual([]);
  expect(cases).toContainEqual({ when: 'labels', scopes: ['write:label:confluence'] });
});

test('an error of Confluence is explained from our own table: operations, bundle, link', () => {
  const bare = new UserError('missing_scope', 'no', { data: { scopes: ['write:label:confluence'] } });
  const told = explainMissingScope(bare, 'add_label') as UserError;
  expect(told.message).toContain('write:label:confluence');
  expect(told.message).toContain('"Write"');
  expect(told.data?.access).toMatchObject({
    scopes: ['write:label:confluence'],
    operations: expect.arrayContaining([entryOf('add_label').title, entryOf('create_page').title]),
    bundles: ['Write'],
    path: '/connect?returnTo=/settings/connections&bundles=reader,editor&scopes=write:label:confluence',
  });
  expect(explainMissingScope(told, 'add_label')).toBe(told);
  const other = new UserError('not_found', 'x');
  expect(explainMissingScope(other, 'add_label')).toBe(other);
  expect(accessNeeded(['read:unheard:confluence'], null)).toMatchObject({ bundles: [], operationCount: 0 });
});
