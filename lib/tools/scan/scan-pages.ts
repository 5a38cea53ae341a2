import { ConfabError } from '#errors';
import { getPages, getPagesInSpace, nextCursor, searchByCQL } from '#lib/confluence';
import { buildCql } from '../cql.ts';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { spaceKeys } from '../search/filters.ts';
import { searchRows } from '../search/rows.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { type Completeness, progressText, stoppedBy } from './completeness.ts';
import type { Scope } from './scope.ts';

export type ScanOptions = {
  scope: Scope;
  maxPages: number;
  /** Storage bodies too (`document.body`): 50 pages a request instead of 250. */
  bodies: boolean;
};

type RawPage = Parameters<typeof documentOf>[2];
type Batch = { pages: Document[]; more: boolean };

const sizes = { withBodies: 50, plain: 250, searched: 100 };
/** After this many pages of one batch it says how far it is, for pages that each take a while. */
const sayAfter = 25;

const sizeOf = (o: ScanOptions, plain: number): number =>
  Math.min(o.bodies ? sizes.withBodies : plain, o.maxPages);

/** A cursor that came before would lead round in a circle. */
function onward(next: string | null, seen: Set<string>): string | undefined {
  if (next === null || seen.has(next)) return undefined;
  seen.add(next);
  return next;
}

/** Pages of a space, or of every space the caller may see, list page by list page. */
async function* listed(ctx: Context, o: ScanOptions): AsyncGenerator<Batch> {
  const spaces = o.scope.space === null ? (ctx.limits.spaces ?? [null]) : [o.scope.space.id];
  for (const [at, space] of spaces.entries()) {
    const cursors = new Set<string>();
    let cursor: string | undefined;
    do {
      const asked = {
        limit: sizeOf(o, sizes.plain),
        cursor,
        status: ['current' as const],
        bodyFormat: o.bodies ? ('storage' as const) : undefined,
      };
      // A key may be limited to a space that its owner no longer sees: that one has no pages.
      const found =
        space === null
          ? await getPages(ctx.confluence, asked)
          : await orNull(getPagesInSpace(ctx.confluence, { id: contentNumber(space), ...asked }));
      cursor = found === null ? undefined : onward(nextCursor(found), cursors);
      const more = cursor !== undefined || at < spaces.length - 1;
      yield { pages: documents(ctx, found?.results, o), more };
    } while (cursor !== undefined);
  }
}

/** Pages that a search finds; their rows lead to the pages themselves, read many at a time. */
async function* searched(ctx: Context, cql: string, o: ScanOptions): AsyncGenerator<Batch> {
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    const found = await searchRows(ctx, {
      cql,
      limit: sizeOf(o, sizes.searched),
      ...(cursor === undefined ? {} : { cursor }),
    });
    cursor = onward(found.cursor, cursors);
    const ids = found.rows.map((row) => row.id);
    const answer =
      ids.length === 0
        ? { results: [] }
        : await getPages(ctx.confluence, {
            id: ids.map(contentNumber),
            limit: sizes.plain,
            status: ['current'],
            bodyFormat: o.bodies ? 'storage' : undefined,
          });
    const byId = new Map(documents(ctx, answer.results, o).map((page) => [page.id, page]));
    const pages = ids.map((id) => byId.get(id)).filter((page) => page !== undefined);
    yield { pages, more: cursor !== undefined };
  } while (cursor !== undefined);
}

function documents(ctx: Context, raw: readonly unknown[] | null | undefined, o: ScanOptions): Document[] {
  return (raw ?? [])
    .map((one) => documentOf(ctx, 'page', one as RawPage, o.bodies ? 'storage' : undefined))
    .filter((page) => spaceAllowed(ctx, page.spaceId));
}

/**
 * How many pages there may be in all: Atlassian's estimate, asked only when not all were looked at. Null where the
 * connection may list pages but not search.
 */
async function estimate(ctx: Context, { space, cql }: Scope): Promise<number | null> {
  const keys = space === null ? await spaceKeys(ctx, undefined) : [space.key];
  const query = cql ?? buildCql({ types: ['page'], ...(keys === undefined ? {} : { spaceKeys: keys }) });
  try {
    const found = await searchByCQL(ctx.confluence, { cql: query, limit: 1 });
    return typeof found.totalSize === 'number' ? found.totalSize : null;
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== 'missing_scope') throw error;
    ctx.log.debug({ code: error.code }, 'no estimate of how many pages there are');
    return null;
  }
}

/**
 * Looks at the pages of a scope one after the other, newest first where a search finds them. Says how far it is through
 * `ctx.progress`, ends at once when the call is cancelled, and, when Atlassian's quota is used up on the way, keeps what was seen.
 * @param visit is given each page once; a page counts as looked at when it has ended.
 * @returns how many pages were looked at, of how many.
 * @throws AtlassianError when not even the first page could be had.
 */
export async function scanPages(
  ctx: Context,
  o: ScanOptions,
  visit: (page: Document) => void | Promise<void>,
): Promise<Completeness> {
  const seen = new Set<string>();
  const batches = o.scope.cql === null ? listed(ctx, o) : searched(ctx, o.scope.cql, o);
  let total: number | null = null;
  try {
    for await (const { pages, more } of batches) {
      const fresh = pages.filter((page) => !seen.has(page.id));
      const full = () => seen.size >= o.maxPages;
      if (more || seen.size + fresh.length > o.maxPages) total ??= await estimate(ctx, o.scope);
      for (const [at, page] of fresh.entries()) {
        ctx.signal.throwIfAborted();
        if (full()) return { looked: seen.size, of: total, complete: false, stopped: null };
        await visit(page);
        seen.add(page.id);
        if (at % sayAfter === sayAfter - 1 && at < fresh.length - 1)
          ctx.progress(progressText(seen.size, total));
      }
      ctx.signal.throwIfAborted();
      if (!more) break;
      ctx.progress(progressText(seen.size, total));
      if (full()) return { looked: seen.size, of: total, complete: false, stopped: null };
    }
  } catch (error) {
    if (seen.size === 0) throw error;
    return { looked: seen.size, of: total, complete: false, stopped: stoppedBy(error) };
  }
  return { looked: seen.size, of: seen.size, complete: true, stopped: null };
}
