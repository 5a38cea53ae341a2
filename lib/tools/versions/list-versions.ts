import { z } from 'zod';
import {
  getAttachmentVersions,
  getBlogPostVersions,
  getCustomContentVersions,
  getFooterCommentVersions,
  getInlineCommentVersions,
  getPageVersions,
  nextCursor,
} from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, day, iso, oneLine, sourceOf, wayOn } from '../render.ts';
import { resolveVersioned, type VersionedType, versionedTypes } from './versioned.ts';

export const versionShape = z.object({
  number: z.number(),
  at: z.string().nullable(),
  by: z.string().nullable(),
  message: z.string(),
  minor: z.boolean(),
});
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };
type Paging = { limit: number; cursor?: string };

const readers: Record<VersionedType, (ctx: Context, id: string, o: Paging) => Promise<Answer>> = {
  page: (ctx, id, o) => getPageVersions(ctx.confluence, { id: contentNumber(id), ...o }),
  blog_post: (ctx, id, o) => getBlogPostVersions(ctx.confluence, { id: contentNumber(id), ...o }),
  attachment: (ctx, id, o) => getAttachmentVersions(ctx.confluence, { id, ...o }),
  custom_content: (ctx, id, o) =>
    getCustomContentVersions(ctx.confluence, { customContentId: contentNumber(id), ...o }),
  footer_comment: (ctx, id, o) => getFooterCommentVersions(ctx.confluence, { id: contentNumber(id), ...o }),
  inline_comment: (ctx, id, o) => getInlineCommentVersions(ctx.confluence, { id: contentNumber(id), ...o }),
};

export type RawVersion = {
  number?: unknown;
  createdAt?: unknown;
  authorId?: unknown;
  message?: unknown;
  minorEdit?: unknown;
};

/** Versions in our own shape, with the names of who saved them. */
export async function versionsOf(
  ctx: Context,
  rows: readonly RawVersion[],
): Promise<z.output<typeof versionShape>[]> {
  const names = await namesOf(
    ctx,
    rows.map((row) => (typeof row.authorId === 'string' ? row.authorId : null)),
  );
  return rows.map((row) => ({
    number: Number(row.number),
    at: iso(row.createdAt),
    by: typeof row.authorId === 'string' ? (names.get(row.authorId) ?? row.authorId) : null,
    message: typeof row.message === 'string' ? row.message : '',
    minor: row.minorEdit === true,
  }));
}

export const listVersions = defineRead({
  name: 'list_versions',
  input: z.object({ id: text, content_type: z.enum(versionedTypes).optional(), limit: limit(250), cursor }),
  output: listOf(versionShape),
  async run(ctx, o) {
    const one = await resolveVersioned(ctx, o.id, o.content_type);
    const found = await readers[one.type](ctx, one.id, { limit: o.limit, cursor: o.cursor });
    const items = await versionsOf(ctx, (found.results ?? []) as RawVersion[]);
    const next = nextCursor(found);
    const lines = items.map(
      (version) =>
        `- version ${version.number} · ${version.at?.slice(0, 16).replace('T', ' ') ?? day(null)} UTC · ${oneLine(version.by ?? 'unknown')}${version.message === '' ? '' : ` · "${oneLine(version.message)}"`}${version.minor ? ' · minor' : ''}`,
    );
    return {
      text: `${counted(items.length, 'version')} of "${one.title}", newest first.\n${lines.join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: [
        sourceOf({
          id: one.id,
          type: one.type,
          title: one.title,
          url: one.url,
          version: items[0]?.number ?? null,
          updated_at: items[0]?.at ?? null,
          updated_by: items[0]?.by ?? null,
        }),
      ],
      label: `${counted(items.length, 'version')} of "${one.title}"`,
      untrusted: true,
    };
  },
});
