import { ConfabError } from '#errors';
import { getRestrictions } from '#lib/confluence';
import { findDocument } from '../documents.ts';
import { orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { findNode } from '../tree-nodes/node.ts';

type Named = { id: string; title: string };

/** Pages that limit who may view them, as far as could be read. `unread`: how many could not be looked at. */
export type Limiting = { pages: Named[]; unread: number };

const deepest = 30;
/** One request per page: more than these are not looked at. */
const mostAsked = 150;

/** True when the page itself may be viewed by some people only. Null: the connection may not ask. */
async function isLimited(ctx: Context, id: string): Promise<boolean | null> {
  const found = await mayAsk(orNull(getRestrictions(ctx.confluence, { id })));
  if (found === null) return null;
  const rows = (found.answer?.results ?? []) as { operation?: unknown; restrictions?: unknown }[];
  return rows
    .filter((row) => row.operation === 'read')
    .some((row) => {
      const { user, group } = (row.restrictions ?? {}) as Record<string, { results?: unknown[] } | undefined>;
      return (user?.results?.length ?? 0) > 0 || (group?.results?.length ?? 0) > 0;
    });
}

async function mayAsk<T>(answer: Promise<T>): Promise<{ answer: T } | null> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof ConfabError && (error.code === 'missing_scope' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}

/** Which of these pages limit who may view them. The first 150 are looked at. */
export async function limitingAmong(ctx: Context, pages: readonly Named[]): Promise<Limiting> {
  const limiting: Named[] = [];
  for (const [at, page] of pages.slice(0, mostAsked).entries()) {
    ctx.signal.throwIfAborted();
    if (at > 0 && at % 10 === 0) ctx.progress(`Restrictions of ${at} of ${pages.length} pages read`);
    const limited = await isLimited(ctx, page.id);
    if (limited === null) return { pages: limiting, unread: pages.length - at };
    if (limited) limiting.push(page);
  }
  return { pages: limiting, unread: Math.max(0, pages.length - mostAsked) };
}

/** The page with this id and the pages above it, nearest first. */
async function lineOf(ctx: Context, id: string | null): Promise<Named[]> {
  const line: Named[] = [];
  let at = id;
  for (let steps = 0; at !== null && steps < deepest; steps += 1) {
    const page = await findDocument(ctx, 'page', at);
    if (page !== null) line.push({ id: page.id, title: page.title });
    at = page === null ? ((await findNode(ctx, 'folder', at))?.parentId ?? null) : page.parentId;
  }
  return line;
}

/** The pages whose limits hold for everything put under `parentId`: that page itself and those above it. */
export async function limitingAbove(ctx: Context, parentId: string | null): Promise<Limiting> {
  return limitingAmong(ctx, await lineOf(ctx, parentId));
}

/** Those of the first that are not among the others. */
export const without = (pages: readonly Named[], others: readonly Named[]): Named[] =>
  pages.filter((page) => !others.some((other) => other.id === page.id));
