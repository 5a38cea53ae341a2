import { getDatabaseById, getFolderById, getSmartLinkById, getWhiteboardById } from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { textOr } from '../raw.ts';
import { iso } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export type NodeKind = 'folder' | 'whiteboard' | 'database' | 'smart_link';

/** What stands in the page tree besides pages. */
export type Node = {
  kind: NodeKind;
  id: string;
  title: string;
  status: string;
  spaceId: string;
  parentId: string | null;
  authorId: string | null;
  /** ISO; null where the answer holds no date. */
  createdAt: string | null;
  /** Of Smart Links. */
  embedUrl: string | null;
  url: string;
};

export const nodeWords: Record<NodeKind, string> = {
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  smart_link: 'Smart Link',
};

const readers: Record<NodeKind, (ctx: Pick<Context, 'confluence'>, id: number) => Promise<unknown>> = {
  folder: (ctx, id) => getFolderById(ctx.confluence, { id }),
  whiteboard: (ctx, id) => getWhiteboardById(ctx.confluence, { id }),
  database: (ctx, id) => getDatabaseById(ctx.confluence, { id }),
  smart_link: (ctx, id) => getSmartLinkById(ctx.confluence, { id }),
};

/** An answer about one of them in our own shape. Folders carry epoch milliseconds as `createdAt` (facts: the two files). */
export function nodeOf(ctx: Pick<Context, 'confluence'>, kind: NodeKind, answer: unknown): Node {
  const raw = answer as Record<string, unknown>;
  const links = raw._links as { webui?: unknown } | null | undefined;
  return {
    kind,
    id: String(raw.id),
    title: String(raw.title ?? ''),
    status: String(raw.status ?? 'current'),
    spaceId: String(raw.spaceId ?? ''),
    parentId: textOr(raw.parentId),
    authorId: textOr(raw.authorId),
    createdAt: iso(raw.createdAt),
    embedUrl: textOr(raw.embedUrl),
    url: ctx.confluence.webUrl(
      typeof links?.webui === 'string' ? links.webui : `/pages/viewpage.action?pageId=${String(raw.id)}`,
    ),
  };
}

/** One of them by id, or null: missing, not visible, or outside the allowed spaces (all look alike). */
export async function findNode(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  kind: NodeKind,
  id: string,
): Promise<Node | null> {
  const raw = await orNull(readers[kind](ctx, contentNumber(id)));
  if (raw === null || raw === undefined) return null;
  const node = nodeOf(ctx, kind, raw);
  return spaceAllowed(ctx, node.spaceId) ? node : null;
}
