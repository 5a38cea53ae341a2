import {
  getDatabaseDirectChildren,
  getFolderDirectChildren,
  getPageDirectChildren,
  getSmartLinkDirectChildren,
  getWhiteboardDirectChildren,
} from '#lib/confluence';
import type { Context } from '../operation.ts';
import type { NodeKind } from './node.ts';

export type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };
type Children = (
  ctx: Context,
  o: { id: number; limit: number; cursor?: string | undefined },
) => Promise<Answer>;

/** What stands directly below a page or another thing of the page tree, one page of the list. */
export const childrenOf: Record<'page' | NodeKind, Children> = {
  page: (ctx, o) => getPageDirectChildren(ctx.confluence, o),
  folder: (ctx, o) => getFolderDirectChildren(ctx.confluence, o),
  whiteboard: (ctx, o) => getWhiteboardDirectChildren(ctx.confluence, o),
  database: (ctx, o) => getDatabaseDirectChildren(ctx.confluence, o),
  smart_link: (ctx, o) => getSmartLinkDirectChildren(ctx.confluence, o),
};
