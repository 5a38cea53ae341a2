import { getBlogPostsInSpace, getPageDescendants, getPagesInSpace, nextCursor } from '#lib/confluence';
import { type DocumentKind, documentOf } from '../documents.ts';
import { type RawTreeRow, type TreeItem, treeItems } from '../hierarchy/tree-rows.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import type { Space } from '../resolve/space.ts';

/** One source of a list that is made of several, each with a cursor of its own. */
export type Section = (
  limit: number,
  cursor: string | undefined,
) => Promise<{ items: TreeItem[]; cursor: string | null }>;

type RawPage = Parameters<typeof documentOf>[2];

function itemOf(ctx: Context, kind: DocumentKind, raw: unknown): TreeItem {
  const found = documentOf(ctx, kind, raw as RawPage);
  return {
    id: found.id,
    type: kind,
    title: found.title,
    url: found.url,
    status: found.status,
    parent_id: found.parentId,
    depth: 1,
  };
}

/** The pages of a space, all of them or those at its top. */
export function pagesSection(ctx: Context, space: Space, depth: 'all' | 'root'): Section {
  return async (limit, cursor) => {
    const answer = await getPagesInSpace(ctx.confluence, {
      id: contentNumber(space.id),
      depth,
      limit,
      cursor,
    });
    return {
      items: (answer.results ?? []).map((raw) => itemOf(ctx, 'page', raw)),
      cursor: nextCursor(answer),
    };
  };
}

/** The blog posts of a space, newest first. */
export function postsSection(ctx: Context, space: Space): Section {
  return async (limit, cursor) => {
    const answer = await getBlogPostsInSpace(ctx.confluence, {
      id: contentNumber(space.id),
      sort: '-created-date',
      limit,
      cursor,
    });
    return {
      items: (answer.results ?? []).map((raw) => itemOf(ctx, 'blog_post', raw)),
      cursor: nextCursor(answer),
    };
  };
}

/** Everything below one page, to a depth, kept where `wanted`; as many rows as Atlassian gives for the limit. */
export function belowSection(
  ctx: Context,
  space: Space,
  rootId: string,
  o: { depth: number; wanted: (type: string) => boolean; indent: number },
): Section {
  return async (limit, cursor) => {
    const answer = await getPageDescendants(ctx.confluence, {
      id: contentNumber(rootId),
      depth: o.depth,
      limit,
      cursor,
    });
    const rows = (answer.results ?? []) as RawTreeRow[];
    const items = await treeItems(ctx, rows, { spaceId: space.id, parentId: rootId });
    return {
      items: items
        .filter((item) => o.wanted(item.type))
        .map((item) => ({ ...item, depth: item.depth + o.indent })),
      cursor: nextCursor(answer),
    };
  };
}

/** A section that is known already. */
export const givenSection =
  (items: TreeItem[]): Section =>
  async () => ({ items, cursor: null });

/** Where in the sections a list goes on: `2:abc` is the third one at its cursor `abc`. */
function placeOf(cursor: string | undefined): { at: number; inner: string | undefined } {
  const found = /^(\d{1,4}):(.*)$/s.exec(cursor ?? '0:');
  return { at: Number(found?.[1] ?? 0), inner: found?.[2] === '' ? undefined : found?.[2] };
}

/** Reads sections one after the other until there are about `limit` items. The cursor tells where to go on. */
export async function readSections(
  ctx: Context,
  sections: readonly Section[],
  limit: number,
  cursor: string | undefined,
): Promise<{ items: TreeItem[]; cursor: string | null }> {
  const items: TreeItem[] = [];
  let { at, inner } = placeOf(cursor);
  for (let section = sections[at]; section !== undefined; section = sections[at]) {
    ctx.signal.throwIfAborted();
    const left = limit - items.length;
    if (left <= 0) return { items, cursor: `${at}:${inner ?? ''}` };
    const found = await section(left, inner);
    items.push(...found.items);
    if (found.cursor === null) at += 1;
    inner = found.cursor ?? undefined;
  }
  return { items, cursor: null };
}
