import { z } from 'zod';
import { listOf } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { link, sourceOf } from '../render.ts';
import { type Space, spaceById } from '../resolve/space.ts';

export const treeItem = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  status: z.string(),
  parent_id: z.string().nullable(),
  depth: z.number(),
});
export type TreeItem = z.output<typeof treeItem>;
export const treeList = listOf(treeItem);

const paths: Record<string, string> = {
  page: 'pages',
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  smart_link: 'embed',
  blog_post: 'blog',
};

/** The link of an item of the tree; rows carry none. */
export function treeUrl(
  ctx: Pick<Context, 'confluence'>,
  space: Space | null,
  type: string,
  id: string,
): string {
  const path = paths[type];
  return ctx.confluence.webUrl(
    space === null || path === undefined
      ? `/pages/viewpage.action?pageId=${id}`
      : `/spaces/${encodeURIComponent(space.key)}/${path}/${id}`,
  );
}

export type RawTreeRow = {
  id?: unknown;
  type?: unknown;
  title?: unknown;
  status?: unknown;
  parentId?: unknown;
  depth?: unknown;
  spaceId?: unknown;
};

/** Rows of children or descendants in our own shape. */
export async function treeItems(
  ctx: Context,
  rows: readonly RawTreeRow[],
  o: { spaceId: string | null; parentId: string },
): Promise<TreeItem[]> {
  const spaceId = o.spaceId ?? (typeof rows[0]?.spaceId === 'string' ? rows[0].spaceId : null);
  const space = await spaceById(ctx, spaceId);
  return rows.map((row) => {
    const type =
      row.type === undefined ? 'page' : String(row.type) === 'embed' ? 'smart_link' : String(row.type);
    const id = String(row.id);
    return {
      id,
      type,
      title: String(row.title ?? ''),
      url: treeUrl(ctx, space, type, id),
      status: String(row.status ?? 'current'),
      parent_id: row.parentId === undefined || row.parentId === null ? o.parentId : String(row.parentId),
      depth: Number(row.depth ?? 1),
    };
  });
}

/** Nested lines, two spaces a level. */
export function treeLines(items: readonly TreeItem[]): string {
  return items
    .map(
      (item) =>
        `${'  '.repeat(Math.max(0, item.depth - 1))}- ${link(item.title || 'Untitled', item.url)} · ${item.type.replace('_', ' ')} · id ${item.id}${item.status === 'current' ? '' : ` · ${item.status}`}`,
    )
    .join('\n');
}

/** Depth-first order of rows that came level by level; rows whose parent is not among them keep their place. */
export function nested(items: readonly TreeItem[], rootId: string): TreeItem[] {
  const below = Map.groupBy(items, (item) => item.parent_id ?? rootId);
  const known = new Set(items.map((item) => item.id));
  const walk = (id: string): TreeItem[] => (below.get(id) ?? []).flatMap((item) => [item, ...walk(item.id)]);
  const orphans = items.filter((item) => item.parent_id !== rootId && !known.has(item.parent_id ?? rootId));
  return [...walk(rootId), ...orphans.flatMap((item) => [item, ...walk(item.id)])];
}

export const treeSources = (items: readonly TreeItem[]) =>
  items.map((item) => sourceOf({ id: item.id, type: item.type, title: item.title, url: item.url }));
