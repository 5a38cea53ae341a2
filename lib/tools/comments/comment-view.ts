import { z } from 'zod';
import type { Context } from '../operation.ts';
import { mentionNames, namesOf } from '../people.ts';
import { textOr } from '../raw.ts';
import { mentionsIn, readableMarkdown } from '../readable-body.ts';
import { day, iso, link, oneLine } from '../render.ts';

export type CommentKind = 'footer' | 'inline';

const base = z.object({
  id: z.string(),
  kind: z.enum(['footer', 'inline']),
  page_id: z.string().nullable(),
  author: z.string().nullable(),
  at: z.string().nullable(),
  version: z.number().nullable(),
  body: z.string(),
  /** Of inline comments: open, reopened, resolved or dangling. */
  resolution: z.string().nullable(),
  /** Of inline comments: the text they are anchored to. */
  anchor: z.string().nullable(),
  url: z.string().nullable(),
});
export const commentShape = base.extend({ replies: z.array(base).optional() });
export type Comment = z.output<typeof commentShape>;

export type RawComment = {
  id?: unknown;
  pageId?: unknown;
  blogPostId?: unknown;
  attachmentId?: unknown;
  resolutionStatus?: unknown;
  version?: { number?: unknown; authorId?: unknown; createdAt?: unknown } | null;
  body?: unknown;
  properties?: unknown;
  _links?: unknown;
};

/** The storage of a raw comment; empty when it carries none. */
export function storageOf(raw: RawComment): string {
  const value = (raw.body as { storage?: { value?: unknown } } | null | undefined)?.storage?.value;
  return typeof value === 'string' ? value : '';
}

/** Comments in our own shape, with authors' names and bodies as Markdown. */
export async function commentsOf(
  ctx: Context,
  kind: CommentKind,
  rows: readonly RawComment[],
): Promise<Comment[]> {
  const people = await mentionNames(ctx, [...new Set(rows.flatMap((raw) => mentionsIn(storageOf(raw))))]);
  const names = await namesOf(
    ctx,
    rows.map((raw) => textOr(raw.version?.authorId)),
  );
  return rows.map((raw) => {
    const properties = (raw.properties ?? {}) as { inlineOriginalSelection?: unknown };
    const webui = (raw._links as { webui?: unknown } | null | undefined)?.webui;
    const author = textOr(raw.version?.authorId);
    return {
      id: String(raw.id),
      kind,
      page_id: textOr(raw.pageId) ?? textOr(raw.blogPostId),
      author: author === null ? null : (names.get(author) ?? author),
      at: iso(raw.version?.createdAt),
      version: raw.version?.number === undefined ? null : Number(raw.version.number),
      body: readableMarkdown(storageOf(raw), { people }).markdown.trim(),
      resolution: kind === 'inline' ? textOr(raw.resolutionStatus) : null,
      anchor: textOr(properties.inlineOriginalSelection),
      url: typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null,
    };
  });
}

/** A comment and its replies as lines. */
export function commentLines(one: Comment, indent = ''): string {
  const facts = [
    one.kind === 'inline' ? `inline${one.resolution ? `, ${one.resolution}` : ''}` : 'footer',
    `id ${one.id}`,
    ...(one.page_id === null ? [] : [`on page ${one.page_id}`]),
    day(one.at),
  ];
  const anchor = one.anchor === null ? '' : `\n${indent}  about: "${oneLine(one.anchor)}"`;
  const body = one.body
    .split('\n')
    .map((line) => `${indent}  > ${line}`)
    .join('\n');
  const replies = (one.replies ?? []).map((reply) => `\n${commentLines(reply, `${indent}  `)}`).join('');
  return `${indent}- ${link(one.author ?? 'someone', one.url)} · ${facts.join(' · ')}${anchor}\n${body}${replies}`;
}

/** A comment as a source. */
export function commentSource(one: Comment) {
  return {
    id: one.id,
    kind: 'comment' as const,
    title: `Comment by ${one.author ?? 'someone'}`,
    url: one.url,
    space: null,
    version: one.version,
    updatedAt: one.at,
    updatedBy: one.author,
  };
}
