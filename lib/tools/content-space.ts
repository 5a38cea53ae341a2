import { getBlogPosts, getPages } from '#lib/confluence';
import { contentNumber } from './ids.ts';
import type { Context } from './operation.ts';
import { spaceAllowed } from './spaces-limit.ts';

/** The page or blog post that a comment or file belongs to. */
export type Held = { pageId?: string | null; blogPostId?: string | null };

/** Keeps the rows whose page or blog post lies in an allowed space; all of them when there is no limit. */
export async function inAllowedSpaces<T extends Held>(ctx: Context, rows: readonly T[]): Promise<T[]> {
  if (ctx.limits.spaces === null) return [...rows];
  const spaceOf = new Map<string, string>();
  const ids = (pick: (row: T) => string | null | undefined) => [
    ...new Set(rows.map(pick).filter((id): id is string => typeof id === 'string')),
  ];
  const pages = ids((row) => row.pageId);
  const posts = ids((row) => row.blogPostId);
  for (let at = 0; at < pages.length; at += 250) {
    const found = await getPages(ctx.confluence, {
      id: pages.slice(at, at + 250).map(contentNumber),
      limit: 250,
    });
    for (const one of found.results ?? []) spaceOf.set(String(one.id), String(one.spaceId));
  }
  for (let at = 0; at < posts.length; at += 250) {
    const found = await getBlogPosts(ctx.confluence, {
      id: posts.slice(at, at + 250).map(contentNumber),
      limit: 250,
    });
    for (const one of found.results ?? []) spaceOf.set(String(one.id), String(one.spaceId));
  }
  return rows.filter((row) => spaceAllowed(ctx, spaceOf.get(row.pageId ?? row.blogPostId ?? '')));
}
