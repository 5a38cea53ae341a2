import { z } from 'zod';
import { UserError } from '#errors';
import {
  getAttachments,
  getBlogpostAttachments,
  getCustomContentAttachments,
  getLabelAttachments,
  getPageAttachments,
  nextCursor,
} from '#lib/confluence';
import { inAllowedSpaces } from '../content-space.ts';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, wayOn } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import {
  attachmentLine,
  attachmentOf,
  attachmentShape,
  attachmentSource,
  type RawAttachment,
} from './attachment-view.ts';

const input = z.object({
  id: text.optional(),
  content_type: z.enum(['page', 'blog_post', 'custom_content', 'label']).optional(),
  filename: text.optional(),
  media_type: text.optional(),
  min_size: text.optional(),
  unused: z.boolean().optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

/** Bytes of `5MB`, `200 kb`, `1024`. */
export function bytesOf(given: string): number {
  const found = /^([\d.]+)\s*(b|kb|mb|gb)?$/i.exec(given.trim());
  const factors: Record<string, number> = { b: 1, kb: 1000, mb: 1_000_000, gb: 1_000_000_000 };
  const value = Number(found?.[1]) * (factors[(found?.[2] ?? 'b').toLowerCase()] ?? 1);
  if (Number.isFinite(value)) return value;
  throw new UserError('invalid_input', `min_size: "${given}" is not a size.`, {
    next: 'Give a size such as 5MB.',
  });
}

type Place = { answer: Answer; title: string; storage: string | null };

async function read(ctx: Context, o: Input): Promise<Place> {
  const asked = { limit: o.limit, cursor: o.cursor, filename: o.filename, mediaType: o.media_type };
  const { confluence } = ctx;
  if (o.id === undefined)
    return { answer: await getAttachments(confluence, asked), title: 'the site', storage: null };
  if (o.content_type === 'label')
    return {
      answer: await getLabelAttachments(confluence, {
        id: contentNumber(o.id),
        limit: o.limit,
        cursor: o.cursor,
      }),
      title: `label ${o.id}`,
      storage: null,
    };
  if (o.content_type === 'custom_content')
    return {
      answer: await getCustomContentAttachments(confluence, { id: contentNumber(o.id), ...asked }),
      title: `custom content ${o.id}`,
      storage: null,
    };
  const found = await resolveDocument(
    ctx,
    o.id,
    o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type],
    o.unused === true ? { format: 'storage' } : {},
  );
  const parameters = { id: contentNumber(found.id), ...asked };
  const answer =
    found.kind === 'page'
      ? await getPageAttachments(confluence, parameters)
      : await getBlogpostAttachments(confluence, parameters);
  return { answer, title: found.title, storage: found.body };
}

const escaped = (name: string): string =>
  name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const listAttachments = defineRead({
  name: 'list_attachments',
  input,
  output: listOf(attachmentShape),
  async run(ctx, o) {
    if (
      o.unused === true &&
      (o.id === undefined || o.content_type === 'label' || o.content_type === 'custom_content')
    ) {
      throw new UserError(
        'invalid_input',
        'unused: Only for one page or blog post, whose text is searched for the file.',
        { next: 'Give the id of a page.' },
      );
    }
    const { answer, title, storage } = await read(ctx, o);
    const raw = (answer.results ?? []) as (RawAttachment & { pageId?: string; blogPostId?: string })[];
    const least = o.min_size === undefined ? 0 : bytesOf(o.min_size);
    const wanted = o.filename?.toLowerCase();
    const items = (await inAllowedSpaces(ctx, raw))
      .map((one) => attachmentOf(ctx, one))
      .filter(
        (file) =>
          file.size >= least &&
          (wanted === undefined || file.filename.toLowerCase() === wanted) &&
          (o.media_type === undefined || file.media_type.startsWith(o.media_type)),
      )
      .filter((file) => o.unused !== true || !(storage?.includes(`"${escaped(file.filename)}"`) ?? false));
    const next = nextCursor(answer);
    const kind = o.unused === true ? 'unused file' : 'file';
    return {
      text: `${counted(items.length, kind)} on "${title}" visible to you${next === null ? '' : ' on this page of the list'}.\n${items.map(attachmentLine).join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: items.map(attachmentSource),
      label: `${counted(items.length, kind)} on "${title}"`,
      untrusted: true,
    };
  },
});
