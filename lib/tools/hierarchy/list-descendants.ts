import { z } from 'zod';
import {
  getDatabaseDescendants,
  getFolderDescendants,
  getPageDescendants,
  getSmartLinkDescendants,
  getWhiteboardDescendants,
  nextCursor,
} from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, wayOn } from '../render.ts';
import { type ContainerType, resolveContainer } from './container.ts';
import { nested, type RawTreeRow, treeItems, treeLines, treeList, treeSources } from './tree-rows.ts';

type Paging = { limit: number; depth: number; cursor?: string };
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

const readers: Record<ContainerType, (ctx: Context, id: number, o: Paging) => Promise<Answer>> = {
  page: (ctx, id, o) => getPageDescendants(ctx.confluence, { id, ...o }),
  folder: (ctx, id, o) => getFolderDescendants(ctx.confluence, { id, ...o }),
  whiteboard: (ctx, id, o) => getWhiteboardDescendants(ctx.confluence, { id, ...o }),
  database: (ctx, id, o) => getDatabaseDescendants(ctx.confluence, { id, ...o }),
  smart_link: (ctx, id, o) => getSmartLinkDescendants(ctx.confluence, { id, ...o }),
};

export const listDescendants = defineRead({
  name: 'list_descendants',
  input: z.object({
    id: text,
    content_type: z.enum(['page', 'folder', 'whiteboard', 'database', 'smart_link']).optional(),
    depth: z.int().min(1).max(10).default(2),
    limit: limit(250),
    cursor,
  }),
  output: treeList,
  async run(ctx, o) {
    const root = await resolveContainer(ctx, o.id, o.content_type);
    const found = await readers[root.type as ContainerType](ctx, root.number, {
      limit: o.limit,
      depth: o.depth,
      cursor: o.cursor,
    });
    const items = nested(
      await treeItems(ctx, (found.results ?? []) as RawTreeRow[], {
        spaceId: root.spaceId,
        parentId: root.id,
      }),
      root.id,
    );
    const next = nextCursor(found);
    return {
      text: `${counted(items.length, 'item')} below "${root.title}" (to depth ${o.depth}) visible to you.\n${treeLines(items)}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: treeSources(items),
      label: `${counted(items.length, 'item')} below "${root.title}"`,
      untrusted: true,
    };
  },
});
