import { nextCursor, searchByCQL } from '#lib/confluence';
import type { Item } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { iso, oneLine, plainExcerpt } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';

/** A row of a content search. */
export type Row = Item & { excerpt: string };

const typeNames: Record<string, string> = {
  blogpost: 'blog_post',
  embed: 'smart_link',
  smartlink: 'smart_link',
};

/** CQL's names of our content types. */
export const cqlTypes: Record<string, string> = {
  page: 'page',
  blog_post: 'blogpost',
  comment: 'comment',
  attachment: 'attachment',
  whiteboard: 'whiteboard',
  database: 'database',
  folder: 'folder',
  smart_link: 'embed',
  space: 'space',
};

type RawRow = Awaited<ReturnType<typeof searchByCQL>>['results'][number];

function rowOf(ctx: Context, raw: RawRow): Row | null {
  const { content } = raw;
  const space = content?.space ?? raw.space;
  const spaceId = space?.id === undefined || space.id === null ? null : String(space.id);
  if (!spaceAllowed(ctx, spaceId)) return null;
  const named =
    space?.key && spaceId !== null ? { id: spaceId, key: space.key, name: space.name ?? space.key } : null;
  const id = content?.id ?? spaceId;
  if (id === null) return null;
  const version = content?.version;
  const webui = (content?._links as { webui?: unknown } | undefined)?.webui;
  return {
    id,
    type: content === undefined ? 'space' : (typeNames[content.type] ?? content.type),
    // The row's own title is HTML with highlight marks; the content's is the true one.
    title: content?.title ?? named?.name ?? plainExcerpt(raw.title),
    url: ctx.confluence.webUrl(raw.url || (typeof webui === 'string' ? webui : '')),
    space: named,
    version: version?.number ?? null,
    updated_at: iso(version?.when) ?? iso(raw.lastModified),
    updated_by: version?.by?.displayName ?? version?.by?.publicName ?? null,
    excerpt: plainExcerpt(raw.excerpt ?? '').slice(0, 400),
  };
}

/**
 * One page of a content search. Rows of spaces outside the limits are dropped, so a page may be short or
 * empty while more follow.
 */
export async function searchRows(
  ctx: Context,
  o: { cql: string; limit: number; cursor?: string },
): Promise<{ rows: Row[]; cursor: string | null }> {
  const found = await searchByCQL(ctx.confluence, {
    cql: o.cql,
    limit: o.limit,
    cursor: o.cursor,
    excerpt: 'indexed',
    expand: ['content.space', 'content.version'],
  });
  const rows = (found.results ?? []).map((raw) => rowOf(ctx, raw)).filter((row): row is Row => row !== null);
  return { rows, cursor: nextCursor(found) };
}

/** A row's excerpt as its second line. */
export const excerptLine = (row: Row): string => (row.excerpt === '' ? '' : `\n  > ${oneLine(row.excerpt)}`);
