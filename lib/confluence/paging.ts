/** An answer that may have a successor, as v2 lists and v1 search give it. */
type Paged = { _links?: { next?: unknown } | null };

/**
 * The cursor of the following page, or null at the end. Only the cursor is taken from `_links.next`; the
 * host and path in it are never followed.
 */
export function nextCursor(page: Paged): string | null {
  const next = page._links?.next;
  if (typeof next !== 'string') return null;
  const mark = next.indexOf('?');
  const cursor = mark < 0 ? null : new URLSearchParams(next.slice(mark + 1)).get('cursor');
  return cursor === '' ? null : cursor;
}

/**
 * Pages of a cursor list, one request each, as far as the caller iterates. A cursor that comes again ends it.
 * @param fetchPage fetches the page at a cursor; the first call gets undefined.
 */
export async function* pages<P extends Paged>(
  fetchPage: (cursor: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  while (true) {
    const page = await fetchPage(cursor);
    yield page;
    const next = nextCursor(page);
    if (next === null || seen.has(next)) return;
    seen.add(next);
    cursor = next;
  }
}
