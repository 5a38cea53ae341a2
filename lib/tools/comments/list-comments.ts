import { z } from 'zod';
import { UserError } from '#errors';
import {
  getAttachmentById,
  getAttachmentComments,
  getBlogPostFooterComments,
  getBlogPostInlineComments,
  getCustomContentComments,
  getFooterComments,
  getInlineComments,
  getPageFooterComments,
  getPageInlineComments,
  nextCursor,
} from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { inAllowedSpaces } from '../content-space.ts';
import { defineRead } from '../define.ts';
import { findDocument } from '../documents.ts';
import { attachmentId, contentNumber } from '../ids.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, wayOn } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import {
  type CommentKind,
  commentLines,
  commentShape,
  commentSource,
  commentsOf,
  type RawComment,
} from './comment-view.ts';
import { withReplies } from './replies.ts';

const input = z.object({
  id: text.optional(),
  content_type: z.enum(['page', 'blog_post', 'attachment', 'custom_content']).optional(),
  kind: z.enum(['all', 'footer', 'inline']).optional(),
  resolution: z.enum(['open', 'reopened', 'resolved', 'dangling']).optional(),
  replies: z.boolean().optional(),
  sort: z.enum(['created', 'updated']).optional(),
  limit: limit(100),
  cursor,
});
type Input = z.output<typeof input>;
/** One page of a list of comments. */
export type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };
export type Asked = { limit: number; cursor?: string; sort: string; bodyFormat: string };
/** Whose comments. */
export type Place = {
  type: 'page' | 'blog_post' | 'attachment' | 'custom_content' | 'site';
  id: string;
  title: string;
  /** Of a file: the page or post it is attached to. */
  on?: { pageId?: string | null | undefined; blogPostId?: string | null | undefined };
};

/**
 * Whose comments are meant; the whole site without an id.
 * @throws UserError not_found, also for what lies outside the allowed spaces; forbidden for custom content under them.
 */
export async function placeOf(ctx: Context, o: Pick<Input, 'id' | 'content_type'>): Promise<Place> {
  if (o.id === undefined) return { type: 'site', id: '', title: 'the whole site' };
  if (o.content_type === 'attachment') {
    const id = attachmentId(o.id);
    const file = await getAttachmentById(ctx.confluence, { id });
    if ((await inAllowedSpaces(ctx, [file as { pageId?: string; blogPostId?: string }])).length === 0) {
      throw new UserError('not_found', `No attachment "${o.id}" is visible to you.`, {
        next: 'list_attachments shows the files of a page.',
      });
    }
    const on = { pageId: file.pageId, blogPostId: file.blogPostId };
    return { type: 'attachment', id, title: file.title ?? id, on };
  }
  if (o.content_type === 'custom_content') {
    refuseSiteWide(ctx, 'comments of custom content');
    return { type: 'custom_content', id: String(contentNumber(o.id)), title: `custom content ${o.id}` };
  }
  const found = await resolveDocument(
    ctx,
    o.id,
    o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type],
  );
  return { type: found.kind, id: found.id, title: found.title };
}

/** One page of the comments there, newest first by default. */
export function readComments(
  ctx: Context,
  place: Place,
  kind: CommentKind,
  asked: Asked,
  resolution: Input['resolution'],
): Promise<Answer> {
  const { confluence } = ctx;
  const id = place.type === 'site' || place.type === 'attachment' ? 0 : contentNumber(place.id);
  const inline = { ...asked, resolutionStatus: resolution === undefined ? undefined : [resolution] };
  const footer: Record<Place['type'], () => Promise<Answer>> = {
    page: () => getPageFooterComments(confluence, { id, ...asked }),
    blog_post: () => getBlogPostFooterComments(confluence, { id, ...asked }),
    attachment: () => getAttachmentComments(confluence, { id: place.id, ...asked }),
    custom_content: () => getCustomContentComments(confluence, { id, ...asked }),
    site: () => getFooterComments(confluence, asked),
  };
  const none = async (): Promise<Answer> => ({ results: [] });
  const inlined: Record<Place['type'], () => Promise<Answer>> = {
    page: () => getPageInlineComments(confluence, { id, ...inline }),
    blog_post: () => getBlogPostInlineComments(confluence, { id, ...inline }),
    attachment: none,
    custom_content: none,
    site: () => getInlineComments(confluence, asked),
  };
  return (kind === 'footer' ? footer : inlined)[place.type]();
}

/** A place as the target of a change. */
export async function placeTarget(ctx: Context, place: Place): Promise<ChangeTarget> {
  const held = place.type === 'attachment' ? (place.on ?? {}) : {};
  const kind = place.type === 'blog_post' || held.blogPostId ? 'blog_post' : 'page';
  const id = place.type === kind ? place.id : (held.pageId ?? held.blogPostId ?? null);
  const found = id === null ? null : await findDocument(ctx, kind, id);
  const page = found === null ? null : await documentTarget(ctx, found);
  if (place.type === kind && page !== null) return page;
  return {
    kind: place.type === 'attachment' ? 'attachment' : 'other',
    id: place.id,
    title: place.title,
    space: page?.space ?? null,
    url: page?.url ?? null,
  };
}

/** Footer comments first, then inline ones; the cursor says in which list to go on. */
async function collect(
  ctx: Context,
  place: Place,
  o: Input,
): Promise<{ rows: { kind: CommentKind; raw: RawComment }[]; cursor: string | null }> {
  const kinds: CommentKind[] =
    o.kind === 'footer'
      ? ['footer']
      : o.kind === 'inline' || o.resolution !== undefined
        ? ['inline']
        : ['footer', 'inline'];
  const [startKind, startCursor = ''] = (o.cursor ?? '').split(/:(.*)/s);
  const from = Math.max(0, kinds.indexOf(startKind as CommentKind));
  const rows: { kind: CommentKind; raw: RawComment }[] = [];
  for (let at = from; at < kinds.length; at++) {
    const kind = kinds[at] as CommentKind;
    const room = o.limit - rows.length;
    if (room <= 0) return { rows, cursor: `${kind}:` };
    const cursorHere = at === from && startCursor !== '' ? startCursor : undefined;
    const found = await readComments(
      ctx,
      place,
      kind,
      {
        limit: room,
        cursor: cursorHere,
        sort: o.sort === 'updated' ? '-modified-date' : '-created-date',
        bodyFormat: 'storage',
      },
      o.resolution,
    );
    const wanted = ((found.results ?? []) as RawComment[]).filter(
      (raw) =>
        kind === 'footer' ||
        o.resolution === undefined ||
        raw.resolutionStatus === undefined ||
        raw.resolutionStatus === o.resolution,
    );
    const seen =
      place.type === 'site'
        ? await inAllowedSpaces(ctx, wanted as (RawComment & { pageId?: string; blogPostId?: string })[])
        : wanted;
    rows.push(...seen.map((raw) => ({ kind, raw })));
    const next = nextCursor(found);
    if (next !== null) return { rows, cursor: `${kind}:${next}` };
  }
  return { rows, cursor: null };
}

export const listComments = defineRead({
  name: 'list_comments',
  input,
  output: listOf(commentShape),
  async run(ctx, o) {
    const place = await placeOf(ctx, o);
    const found = await collect(ctx, place, o);
    const of = (kind: CommentKind) =>
      commentsOf(
        ctx,
        kind,
        found.rows.filter((row) => row.kind === kind).map((row) => row.raw),
      );
    const plain = [...(await of('footer')), ...(await of('inline'))];
    const items = o.replies === true ? await withReplies(ctx, plain) : plain;
    const note =
      o.resolution !== undefined && o.kind !== 'inline'
        ? ' Only inline comments can be resolved, so footer comments are left out.'
        : '';
    const state = o.resolution === undefined ? '' : `${o.resolution} `;
    return {
      text: `${counted(items.length, `${state}comment`)} on "${place.title}" visible to you.${note}\n${items.map((one) => commentLines(one)).join('\n')}${wayOn(found.cursor)}`.trim(),
      data: { items, has_more: found.cursor !== null, cursor: found.cursor },
      sources: items.map(commentSource),
      label: `${counted(items.length, 'comment')} on "${place.title}"`,
      untrusted: true,
    };
  },
});
