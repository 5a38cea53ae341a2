import { afterAll, beforeAll, expect, test } from 'vitest';
import { database, insertUser } from '#db';
import { UserError } from '#errors';
import { startSandbox } from '../sandbox/index.ts';
import { type Limits, noLimits } from './index.ts';
import { sampled, sampleFor } from './samples.fixture.ts';
import { contextFor, read, startSite, type TestSite } from './sandbox-context.fixture.ts';

/** Every read with access limited to one space: whatever is asked, nothing of another space may come back. */

let site: TestSite;
const onlyEng: Limits = { ...noLimits, spaces: ['1001'] };

beforeAll(async () => {
  site = await startSite(startSandbox);
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

/** Says nothing about content: people, groups, the connection, lists of the whole organisation. */
const aboutNoContent = new Set([
  'get_connection',
  'list_sites',
  'check_connection',
  'get_current_user',
  'get_anonymous_user',
  'search_users',
  'get_user',
  'list_groups',
  'list_group_members',
  'list_user_groups',
  'list_classification_levels',
  'get_admin_key',
]);

/** Keys of spaces that an answer links to or names as data. */
function spacesIn(result: unknown): string[] {
  const text = JSON.stringify(result);
  const keys = [
    ...[...text.matchAll(/\/spaces\/([A-Z~][\w~]*)/g)].map((match) => match[1]),
    ...[...text.matchAll(/"space":\{[^}]*"key":"([^"]+)"/g)].map((match) => match[1]),
  ];
  return [...new Set(keys.filter((key): key is string => key !== undefined))];
}

/** The same question about everything, and about a space outside the limit. */
function variants(input: Record<string, unknown>): Record<string, unknown>[] {
  const { space, spaces, ...wide } = input;
  const outside = [
    ...(space === undefined ? [] : [{ ...wide, space: 'HR' }]),
    ...(spaces === undefined ? [] : [{ ...wide, spaces: ['HR'] }]),
  ];
  return [wide, ...outside];
}

test.each(sampled.filter((name) => !aboutNoContent.has(name)))('%s stays within the space', async (name) => {
  for (const input of variants(await sampleFor(site, name))) {
    const ctx = await contextFor(site, 'ada', onlyEng);
    const answer = await read(ctx, name, input).catch((error: unknown) => {
      // Refused, or the input cannot do without a space.
      if (error instanceof UserError || (error as Error).name === 'ZodError')
        return { refused: (error as Error).message };
      throw error;
    });
    expect(
      spacesIn(answer).filter((key) => key !== 'ENG'),
      JSON.stringify(input),
    ).toEqual([]);
  }
});

test('without the limit the same check finds other spaces, so it can fail', async () => {
  const answer = await read(await contextFor(site), 'list_recent_changes', { since: '90d', limit: 50 });
  expect(spacesIn(answer).filter((key) => key !== 'ENG').length).toBeGreaterThan(0);
});
