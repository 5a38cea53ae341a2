import { z } from 'zod';
import { getLabelAttachments, getLabelBlogPosts, getLabelPages, nextCursor } from '#lib/confluence';
import { type AttachmentView, attachmentOf, type RawAttachment } from '../attachments/attachment-view.ts';
import { inAllowedSpaces } from '../content-space.ts';
import { quote } from '../cql.ts';
import { defineRead } from '../define.ts';
import { documentOf, itemWith } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import { cursor, type Item, itemList, limit, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, oneLine, sourceOf, wayOn } from '../render.ts';
import { resolveSpace, type Space, spacesById } from '../resolve/space.ts';
import { spaceKeys } from '../search/filters.ts';
import { cqlTypes, searchRows } from '../search/rows.ts';
import { spaceAllowed } from '../spaces-limit.ts';

const kinds = ['page', 'blog_post', 'attachment'] as const;
type Kind = (typeof kinds)[number];

const input = z.object({
  label: text,
  types: z.array(z.enum(kinds)).min(1).optional(),
  space: text.optional(),
  limit: limit(100),
  cursor,
});
type Input = z.output<typeof input>;
type Found = { items: Item[]; cursor: string | null };
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

/** By name, through the search index. */
async function byName(ctx: Context, o: Input, name: string): Promise<Found> {
  const types = (o.types ?? kinds).map((type) => cqlTypes[type]);
  const keys = await spaceKeys(ctx, o.space === undefined ? undefined : [o.space]);
  const cql = [
    `label = ${quote(name)}`,
    `type in (${types.join(', ')})`,
    ...(keys === undefined ? [] : [`space in (${keys.map(quote).join(', ')})`]),
  ].join(' AND ');
  const { rows, cursor: next } = await searchRows(ctx, {
    cql: `${cql} ORDER BY lastmodified desc`,
    limit: o.limit,
    ...(o.cursor === undefined ? {} : { cursor: o.cursor }),
  });
  return { items: rows.map(({ excerpt: _excerpt, ...item }) => item), cursor: next };
}

type Asked = { id: number; limit: number; cursor?: string; spaceId?: number[] };

async function documents(ctx: Context, kind: 'page' | 'blog_post', answer: Answer): Promise<Item[]> {
  const found = (answer.results ?? [])
    .map((raw) => documentOf(ctx, kind, raw as Parameters<typeof documentOf>[2]))
    .filter((one) => spaceAllowed(ctx, one.spaceId));
  const spaces = await spacesById(
    ctx,
    found.map((one) => one.spaceId),
  );
  const names = await namesOf(
    ctx,
    found.map((one) => one.versionBy),
  );
  return found.map((one) => itemWith(one, spaces.get(one.spaceId) ?? null, names));
}

const fileItem = (file: AttachmentView): Item => ({
  id: file.id,
  type: 'attachment',
  title: file.filename,
  url: file.url,
  version: file.version,
  updated_at: file.updated_at,
});

async function files(ctx: Context, answer: Answer, space: Space | null): Promise<Item[]> {
  const raw = (answer.results ?? []) as (RawAttachment & { pageId?: string; blogPostId?: string })[];
  const limits = space === null ? ctx.limits : { ...ctx.limits, spaces: [space.id] };
  return (await inAllowedSpaces({ ...ctx, limits }, raw)).map((one) => fileItem(attachmentOf(ctx, one)));
}

/** By id, through the label's own lists, one kind after the other; the cursor says in which to go on. */
async function byId(ctx: Context, o: Input, id: string): Promise<Found | null> {
  const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
  const wanted = kinds.filter((kind) => o.types?.includes(kind) ?? true);
  const [, startKind, startCursor = ''] = /^id:(\w+):(.*)$/s.exec(o.cursor ?? '') ?? [];
  const readers: Record<Kind, (asked: Asked) => Promise<Item[] | { more: string; items: Item[] } | null>> = {
    page: async (asked) => paged(ctx, await orNull<Answer>(getLabelPages(ctx.confluence, asked)), 'page'),
    blog_post: async (asked) =>
      paged(ctx, await orNull<Answer>(getLabelBlogPosts(ctx.confluence, asked)), 'blog_post'),
    attachment: async ({ spaceId: _spaceId, ...asked }) => {
      const answer = await orNull<Answer>(getLabelAttachments(ctx.confluence, asked));
      return answer === null ? null : withMore(await files(ctx, answer, space), answer);
    },
  };
  const items: Item[] = [];
  for (const kind of wanted.slice(Math.max(0, wanted.indexOf(startKind as Kind)))) {
    const room = o.limit - items.length;
    if (room <= 0) return { items, cursor: `id:${kind}:` };
    const from = kind === startKind ? startCursor : '';
    const found = await readers[kind]({
      id: contentNumber(id),
      limit: room,
      ...(from === '' ? {} : { cursor: from }),
      ...(space === null ? {} : { spaceId: [contentNumber(space.id)] }),
    });
    if (found === null) return null;
    items.push(...(Array.isArray(found) ? found : found.items));
    if (!Array.isArray(found)) return { items, cursor: `id:${kind}:${found.more}` };
  }
  return { items, cursor: null };
}

function withMore(items: Item[], answer: Answer): Item[] | { more: string; items: Item[] } {
  const more = nextCursor(answer);
  return more === null ? items : { items, more };
}

async function paged(ctx: Context, answer: Answer | null, kind: 'page' | 'blog_post') {
  return answer === null ? null : withMore(await documents(ctx, kind, answer), answer);
}

async function find(ctx: Context, o: Input, name: string): Promise<Found> {
  if (o.cursor?.startsWith('id:')) return (await byId(ctx, o, name)) ?? { items: [], cursor: null };
  const found = await byName(ctx, o, name);
  // Digits may be the id of a label; a label may also be called 2026.
  if (found.items.length > 0 || found.cursor !== null || !/^\d+$/.test(name)) return found;
  return (await byId(ctx, o, name)) ?? found;
}

export const listContentByLabel = defineRead({
  name: 'list_content_by_label',
  input,
  output: itemList,
  async run(ctx, o) {
    const name = o.label.replace(/^#/, '').trim().toLowerCase();
    const { items, cursor: next } = await find(ctx, o, name);
    const where = o.space === undefined ? '' : ` in "${oneLine(o.space)}"`;
    const what = `${counted(items.length, 'item')} with the label "${oneLine(name)}"${where}`;
    return {
      text: `${what} visible to you${next === null ? '' : ' on this page of the list'}. A label set in the last minute may be missing.\n${items.map((item) => itemLine(item)).join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: items.map(sourceOf),
      label: what,
      untrusted: true,
    };
  },
});
