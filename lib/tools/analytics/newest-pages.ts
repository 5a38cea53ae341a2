import { buildCql } from '../cql.ts';
import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { type Completeness, type Scope, type ScopeInput, scanPages, scopeOf } from '../scan/index.ts';
import { spaceKeys } from '../search/filters.ts';

const order = /\s+order\s+by\s.*$/is;

/**
 * The scope as a search, so that pages come in an order that means something.
 * @param more a further clause, such as `lastmodified < "2026-01-01"`.
 */
export async function searchScope(
  ctx: Context,
  o: ScopeInput,
  by: { more?: string; oldestFirst?: boolean } = {},
): Promise<Scope & { cql: string }> {
  const scope = await scopeOf(ctx, o);
  const keys = scope.space === null ? await spaceKeys(ctx, undefined) : [scope.space.key];
  const base = scope.cql ?? buildCql({ types: ['page'], ...(keys === undefined ? {} : { spaceKeys: keys }) });
  const bare = base.replace(order, '');
  const clauses = by.more === undefined ? bare : `${bare} AND ${by.more}`;
  return { ...scope, cql: `${clauses} ORDER BY lastmodified ${by.oldestFirst ? 'asc' : 'desc'}` };
}

/** The pages of a scope, at most `maxPages`, and how complete that is. */
export async function pagesOf(
  ctx: Context,
  scope: Scope,
  maxPages: number,
): Promise<{ pages: Document[]; completeness: Completeness }> {
  const pages: Document[] = [];
  const completeness = await scanPages(ctx, { scope, maxPages, bodies: false }, (page) => {
    pages.push(page);
  });
  return { pages, completeness };
}
