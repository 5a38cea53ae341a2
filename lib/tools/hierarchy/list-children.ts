import { z } from 'zod';
import {
  getChildCustomContent,
  getDatabaseDirectChildren,
  getFolderDirectChildren,
  getPageDirectChildren,
  getSmartLinkDirectChildren,
  getWhiteboardDirectChildren,
  nextCursor,
} from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, wayOn } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { type Container, resolveContainer } from './container.ts';
import { type RawTreeRow, treeItems, treeLines, treeList, treeSources } from './tree-rows.ts';

type Paging = { limit: number; cursor?: string };
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

const readers: Record<Container['type'], (ctx: Context, id: number, o: Paging) => Promise<Answer>> = {
  page: (ctx, id, o) => getPageDirectChildren(ctx.confluence, { id, ...o }),
  folder: (ctx, id, o) => getFolderDirectChildren(ctx.confluence, { id, ...o }),
  whiteboard: (ctx, id, o) => getWhiteboardDirectChildren(ctx.confluence, { id, ...o }),
  database: (ctx, id, o) => getDatabaseDirectChildren(ctx.confluence, { id, ...o }),
  smart_link: (ctx, id, o) => getSmartLinkDirectChildren(ctx.confluence, { id, ...o }),
  custom_content: (ctx, id, o) => getChildCustomContent(ctx.confluence, { id, ...o }),
};

export const listChildren = defineRead({
  name: 'list_children',
  input: z.object({
    id: text,
    content_type: z
      .enum(['page', 'folder', 'whiteboard', 'database', 'smart_link', 'custom_content'])
      .optional(),
    limit: limit(250),
    cursor,
  }),
  output: treeList,
  async run(ctx, o) {
    const parent = await resolveContainer(ctx, o.id, o.content_type);
    const found = await readers[parent.type](ctx, parent.number, { limit: o.limit, cursor: o.cursor });
    const rows = (found.results ?? []) as RawTreeRow[];
    const allowed = rows.filter((row) =>
      spaceAllowed(ctx, parent.spaceId ?? (row.spaceId === undefined ? null : String(row.spaceId))),
    );
    const items = await treeItems(ctx, allowed, { spaceId: parent.spaceId, parentId: parent.id });
    const next = nextCursor(found);
    return {
      text: `${counted(items.length, 'child', 'children')} of "${parent.title}" visible to you.\n${treeLines(items)}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: treeSources(items),
      label: `${counted(items.length, 'child', 'children')} of "${parent.title}"`,
      untrusted: true,
    };
  },
});
