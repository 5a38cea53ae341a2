import { UserError } from '#errors';
import { getPageDescendants, getPages, nextCursor } from '#lib/confluence';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { spaceAllowed } from '../spaces-limit.ts';

/** A row of a page tree. `depth`: 1 for children of the root. */
export type TreeRow = {
  id: string;
  type: string;
  title: string;
  status: string;
  parentId: string;
  depth: number;
};

/** More than this cannot be named on a card, nor be read back. */
const mostRows = 2000;
/** Atlassian tells of ten levels below a page at most. */
const deepest = 10;

type Raw = {
  id?: unknown;
  type?: unknown;
  title?: unknown;
  status?: unknown;
  parentId?: unknown;
  depth?: unknown;
};

async function level(ctx: Context, rootId: string, above: number, found: TreeRow[]): Promise<void> {
  const edge: TreeRow[] = [];
  let cursor: string | undefined;
  do {
    ctx.signal.throwIfAborted();
    const answer = await getPageDescendants(ctx.confluence, {
      id: contentNumber(rootId),
      depth: deepest,
      limit: 250,
      cursor,
    });
    for (const raw of (answer.results ?? []) as Raw[]) {
      const depth = Number(raw.depth ?? 1);
      const row: TreeRow = {
        id: String(raw.id),
        type: String(raw.type ?? 'page'),
        title: String(raw.title ?? ''),
        status: String(raw.status ?? 'current'),
        parentId: String(raw.parentId ?? rootId),
        depth: above + depth,
      };
      found.push(row);
      if (depth === deepest && row.type === 'page') edge.push(row);
      if (found.length > mostRows)
        throw new UserError('not_possible', `More than ${mostRows} pages lie below this page.`, {
          next: 'Take its branches one by one.',
        });
    }
    cursor = nextCursor(answer) ?? undefined;
  } while (cursor !== undefined);
  for (const row of edge) await level(ctx, row.id, row.depth, found);
}

/**
 * Everything below a page that the person sees, parents before children.
 * @throws UserError not_possible for more than 2,000 items.
 */
export async function treeBelow(ctx: Context, rootId: string): Promise<TreeRow[]> {
  const found: TreeRow[] = [];
  await level(ctx, rootId, 0, found);
  return found.sort((a, b) => a.depth - b.depth);
}

const anyStatus = ['current', 'archived', 'trashed'] as const;

/** Pages by id, 250 a request, whatever their status; those that are not visible are missing. */
export async function pagesById(ctx: Context, ids: readonly string[]): Promise<Map<string, Document>> {
  const found = new Map<string, Document>();
  for (let at = 0; at < ids.length; at += 250) {
    ctx.signal.throwIfAborted();
    const answer = await getPages(ctx.confluence, {
      id: ids.slice(at, at + 250).map(contentNumber),
      status: [...anyStatus],
      limit: 250,
    });
    for (const raw of answer.results ?? []) {
      const page = documentOf(ctx, 'page', raw as Parameters<typeof documentOf>[2]);
      if (spaceAllowed(ctx, page.spaceId)) found.set(page.id, page);
    }
  }
  return found;
}
