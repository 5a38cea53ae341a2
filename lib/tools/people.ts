import { ConfabError } from '#errors';
import { createBulkUserLookup } from '#lib/confluence';
import { memoryOf } from './memory.ts';
import type { Context } from './operation.ts';

const cache = new WeakMap<object, Map<string, string>>();

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
  for (let at = 0; at < wanted.length; at += 250) {
    try {
      const found = await createBulkUserLookup(ctx.confluence, {
        body: { accountIds: wanted.slice(at, at + 250) },
      });
      for (const user of found.results ?? []) {
        const name = user.displayName || user.publicName;
        if (user.accountId && name) known.set(user.accountId, name);
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
