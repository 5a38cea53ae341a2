import { z } from 'zod';
import { getPages, getPagesInSpace, nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { type Document, documentOf, findDocument, itemWith } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { cursor, itemList, limit, text } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, sourceOf, wayOn } from '../render.ts';
import { resolveSpace, type Space, spacesById } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';

const input = z.object({
  space: text.optional(),
  status: z.enum(['current', 'archived', 'trashed', 'deleted', 'draft']).optional(),
  title: text.optional(),
  ids: z.array(text).max(250).optional(),
  depth: z.enum(['all', 'root']).optional(),
  sort: z.enum(['created', 'updated', 'title', 'id']).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;

export const sorts: Record<'created' | 'updated' | 'title' | 'id', string> = {
  created: '-created-date',
  updated: '-modified-date',
  title: 'title',
  id: 'id',
};

/** A list of pages or blog posts as an answer. */
export async function listResult(
  ctx: Context,
  found: readonly Document[],
  next: string | null,
  what: { one: string; many: string; head: string; note?: string },
): Promise<ReadResult> {
  const spaces = await spacesById(
    ctx,
    found.map((one) => one.spaceId),
  );
  const names = await namesOf(
    ctx,
    found.map((one) => one.versionBy),
  );
  const items = found.map((one) => itemWith(one, spaces.get(one.spaceId) ?? null, names));
  return {
    text: `${counted(items.length, what.one, what.many)}${what.head} visible to you.${what.note ?? ''}\n${items.map((item) => itemLine(item)).join('\n')}${wayOn(next)}`.trim(),
    data: { items, has_more: next !== null, cursor: next },
    sources: items.map(sourceOf),
    label: counted(items.length, what.one, what.many),
    untrusted: true,
  };
}

const draftNote =
  ' Atlassian offers no list of drafts: these are the drafts that were made or changed through Confab by you, each looked up now. Other drafts can be read by their id or link, and Confluence shows yours under Drafts.';

/** Drafts can only be found among the pages we know of (facts: the list refuses `status=draft`). */
async function drafts(ctx: Context, o: Input, space: Space | null): Promise<ReadResult> {
  const known = [...new Set([...(o.ids ?? []), ...((await ctx.knownPages?.()) ?? [])])].slice(0, 100);
  const found = (await Promise.all(known.map((id) => findDocument(ctx, 'page', id, { draft: true })))).filter(
    (one): one is Document =>
      one !== null && one.status === 'draft' && (space === null || one.spaceId === space.id),
  );
  const wanted = o.title?.toLowerCase();
  const fitting = found.filter((one) => wanted === undefined || one.title.toLowerCase() === wanted);
  const inSpace = space === null ? '' : ` in ${space.name}`;
  return listResult(ctx, fitting, null, { one: 'draft', many: 'drafts', head: inSpace, note: draftNote });
}

export const listPages = defineRead({
  name: 'list_pages',
  input,
  output: itemList,
  async run(ctx, o) {
    const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
    if (o.status === 'draft') return drafts(ctx, o, space);
    const shared = {
      status: o.status === undefined ? undefined : [o.status],
      title: o.title,
      sort: sorts[o.sort ?? 'updated'],
      limit: o.limit,
      cursor: o.cursor,
    };
    const ids = o.ids?.map(contentNumber);
    const page =
      space !== null && ids === undefined
        ? await getPagesInSpace(ctx.confluence, { id: contentNumber(space.id), depth: o.depth, ...shared })
        : await getPages(ctx.confluence, {
            id: ids,
            spaceId: space !== null ? [contentNumber(space.id)] : ctx.limits.spaces?.map(contentNumber),
            ...shared,
          });
    const found = (page.results ?? [])
      .map((raw) => documentOf(ctx, 'page', raw as Parameters<typeof documentOf>[2]))
      .filter((one) => spaceAllowed(ctx, one.spaceId));
    const head = `${o.status === undefined ? '' : ` (${o.status})`}${o.title === undefined ? '' : ` called "${o.title}"`}${space === null ? '' : ` in ${space.name}`}`;
    return listResult(ctx, found, nextCursor(page), { one: 'page', many: 'pages', head });
  },
});
