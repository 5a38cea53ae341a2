import { afterAll, beforeAll, expect, test } from 'vitest';

import { database, insertUser } from '#db';
import { startSandbox } from '../sandbox/index.ts';
import { entryOf, noLimits, operations } from './index.ts';
import { sampled, sampleFor } from './samples.fixture.ts';
import { contextFor, read, startSite, type TestSite } from './sandbox-context.fixture.ts';

let site: TestSite;

beforeAll(async () => {
  site = await startSite(startSandbox);
  // Exports are kept for their person.
  await insertUser(await database(), {
    id: 'usr_ada',
    name: 'Ada Moreno',
    email: 'ada@halden.example',
    role: 'member',
    password_hash: null,
    atlassian_account_id: null,
    demo_key: null,
    created_at: 1,
    disabled_at: null,
  });
});
afterAll(() => site.stop());

test('there is a sample for every read operation', () => {
  const names = operations.filter(({ tier }) => tier === 'read').map(({ name }) => name);
  expect([...sampled, ...Object.keys(refused)].toSorted()).toEqual(names.toSorted());
});

/** Used by all operations to turn what a person named into an id, and ids into names (see the notes of the catalogue). */
const resolving = [
  'GET /wiki/api/v2/spaces',
  'GET /wiki/api/v2/spaces/{}',
  'GET /wiki/api/v2/pages',
  'GET /wiki/api/v2/pages/{}',
  'GET /wiki/api/v2/blogposts',
  'GET /wiki/api/v2/blogposts/{}',
  'POST /wiki/api/v2/users-bulk',
  'POST /wiki/api/v2/content/convert-ids-to-types',
  'GET /wiki/rest/api/search',
  'GET /wiki/rest/api/search/user',
  'GET /wiki/rest/api/group/picker',
  'GET /wiki/rest/api/group/by-id',
];

/** The endpoints that the catalogue allows an operation, with `{}` for parameters. */
function endpointsOf(name: string): string[] {
  return [...resolving, ...entryOf(name).endpoints].map((one) => one.replace(/\{[^}]*\}/g, '{}'));
}

/** Atlassian tells these to apps only, so the API token of this test is refused, plainly. */
const refused = { get_data_policies: {} };

test.each(Object.entries(refused))('%s says why it is refused', async (name, sample) => {
  await expect(read(await contextFor(site), name, sample)).rejects.toMatchObject({ code: 'not_possible' });
});

/** Answered from our own store, with the person's connection in our database. */
const ownStore = new Set(['get_connection', 'list_sites', 'check_connection']);

test.each(sampled.filter((name) => !ownStore.has(name)))(
  '%s answers, fits its own schema, asks no endpoint but the catalogue’s, and nothing drifts from the schemas of confluence.js',
  async (name) => {
    const input = await sampleFor(site, name);
    const ctx = await contextFor(site, 'ada', noLimits);
    site.asked.length = 0;
    const result = await read(ctx, name, input);
    const named = new Set(endpointsOf(name));
    expect([...new Set(site.asked)].filter((one) => !named.has(one))).toEqual([]);
    expect(result.text.length).toBeGreaterThan(0);
    expect(result.text.length, 'short by default').toBeLessThan(40_000);
    expect(result.label.length).toBeLessThan(200);
    expect([...site.drift]).toEqual([]);
  },
);
