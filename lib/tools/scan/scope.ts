import { z } from 'zod';
import { UserError } from '#errors';
import { buildCql, checkCql, withoutStrings } from '../cql.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { resolvePage } from '../resolve/page.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { spaceKeys } from '../search/filters.ts';

/** The inputs with which every operation over many pages says which pages are meant. */
export const scopeInputs = {
  space: text.optional(),
  label: text.optional(),
  under: text.optional(),
  query: text.optional(),
  max_pages: z.int().min(1).max(5000).default(200),
};

export type ScopeInput = {
  space?: string | undefined;
  label?: string | undefined;
  under?: string | undefined;
  query?: string | undefined;
};

/** Which pages to look at. `cql` is null when a plain list of the space (or the whole site) is enough. */
export type Scope = {
  space: Space | null;
  cql: string | null;
  /** In words, for the answer: `in Engineering with the label "policy"`. */
  words: string;
};

const looksLikeCql =
  /(^|[\s(])(type|space|label|title|text|ancestor|parent|creator|contributor|created|lastmodified|macro|siteSearch|id)(\.\w+)?\s*(=|!=|~|!~|>|<|(in|not\s+in)\s*\()/i;

/** The CQL without its ORDER BY; the words of a quoted value are no ORDER BY. */
function unordered(cql: string): string {
  const at = withoutStrings(cql).search(/\s+order\s+by\s/i);
  return at < 0 ? cql : cql.slice(0, at);
}

/**
 * Works out which pages are meant. The tree of `under` is that page and everything below it.
 * @throws UserError for an unknown space or page, CQL that cannot work, or a query without a word in it.
 */
export async function scopeOf(ctx: Context, o: ScopeInput, more: { labels?: string[] } = {}): Promise<Scope> {
  const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
  const under = o.under === undefined ? null : await resolvePage(ctx, o.under);
  const labels = [...(o.label === undefined ? [] : [o.label.toLowerCase()]), ...(more.labels ?? [])];
  const everywhere = ctx.limits.spaces === null ? 'on this site' : 'in the spaces this access covers';
  const words = [
    space === null ? (under === null ? everywhere : '') : `in ${space.name} (${space.key})`,
    under === null ? '' : `in the tree of "${under.title}"`,
    labels.length === 0 ? '' : `with the label ${labels.map((one) => `"${one}"`).join(' and ')}`,
    o.query === undefined ? '' : `found with "${o.query}"`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  if (under === null && labels.length === 0 && o.query === undefined) return { space, cql: null, words };
  const keys = space === null ? await spaceKeys(ctx, undefined) : [space.key];
  const filters = { types: ['page'], ...(keys === undefined ? {} : { spaceKeys: keys }), labels };
  const tree = under === null ? '' : ` AND (id = ${under.id} OR ancestor = ${under.id})`;
  const newest = ' ORDER BY lastmodified desc';
  if (o.query !== undefined && looksLikeCql.test(withoutStrings(o.query))) {
    const raw = unordered(checkCql(o.query));
    return { space, cql: checkCql(`(${raw}) AND ${buildCql(filters)}${tree}${newest}`), words };
  }
  if (o.query !== undefined && !/[\p{L}\p{N}]/u.test(o.query)) {
    throw new UserError('invalid_input', `"${o.query}" has no word to search for.`, {
      next: 'Give words that the pages contain, or CQL.',
    });
  }
  const found = unordered(
    buildCql({ ...filters, sort: 'updated', ...(o.query === undefined ? {} : { query: o.query }) }),
  );
  return { space, cql: `${found}${tree}${newest}`, words };
}

/** The pages of a scope that also hold these words, by relevance: CQL for one more search within it. */
export async function withinScope(ctx: Context, scope: Scope, query: string): Promise<string> {
  const keys = scope.space === null ? await spaceKeys(ctx, undefined) : [scope.space.key];
  const found = buildCql({ query, types: ['page'], ...(keys === undefined ? {} : { spaceKeys: keys }) });
  return scope.cql === null ? found : `${found} AND (${unordered(scope.cql)})`;
}
