import { ConfabError } from '#errors';
import { createBulkUserLookup } from '#lib/confluence';
import { memoryOf } from './memory.ts';
import type { Context } from './operation.ts';

const cache = new WeakMap<object, Map<string, string>>();
/** Accounts that no longer work here, and those Confluence knows nothing of, as far as they were asked for. */
const gone = new WeakMap<object, Map<string, 'deactivated' | 'unknown'>>();

/**
 * Display names by account id, up to 250 a request. People whose name cannot be had (no scope, deleted
 * account) are left out: a missing name must not fail a page that was read.
 */
export async function namesOf(
  ctx: Pick<Context, 'confluence' | 'connection' | 'log'>,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, string>> {
  const memory = memoryOf(ctx.confluence);
  const known = cache.get(memory) ?? new Map<string, string>();
  cache.set(memory, known);
  if (ctx.connection.account.name !== '') known.set(ctx.connection.account.id, ctx.connection.account.name);
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string' && id !== ''))].filter(
    (id) => !known.has(id),
  );
  const states = gone.get(memory) ?? new Map<string, 'deactivated' | 'unknown'>();
  gone.set(memory, states);
  for (let at = 0; at < wanted.length; at += 250) {
    const asked = wanted.slice(at, at + 250);
    try {
      const found = await createBulkUserLookup(ctx.confluence, { body: { accountIds: asked } });
      for (const id of asked) states.set(id, 'unknown');
      for (const user of found.results ?? []) {
        const name = user.displayName || user.publicName;
        if (!user.accountId) continue;
        states.delete(user.accountId);
        if (user.accountStatus === 'inactive' || user.accountStatus === 'closed')
          states.set(user.accountId, 'deactivated');
        if (name) known.set(user.accountId, name);
      }
    } catch (error) {
      if (
        !(error instanceof ConfabError) ||
        (error.code !== 'missing_scope' && error.code !== 'not_found' && error.code !== 'forbidden')
      )
        throw error;
      ctx.log.debug({ code: error.code }, 'names of people could not be read');
    }
  }
  return known;
}

/**
 * How people who are mentioned are shown, by account id: their name, with a word where the account does not work any
 * more or is not known to Confluence. Left out where names may not be read.
 */
export async function mentionNames(
  ctx: Pick<Context, 'confluence' | 'connection' | 'log'>,
  ids: readonly string[],
): Promise<Record<string, string>> {
  const names = await namesOf(ctx, ids);
  const states = gone.get(memoryOf(ctx.confluence));
  const shown = ids.flatMap((id): [string, string][] => {
    const name = names.get(id);
    const state = states?.get(id);
    if (state === 'deactivated') return [[id, `${name ?? 'someone'} (deactivated)`]];
    if (name !== undefined) return [[id, name]];
    return state === 'unknown' ? [[id, 'unknown person']] : [];
  });
  return Object.fromEntries(shown);
}
