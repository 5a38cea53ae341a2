import { z } from 'zod';
import { UserError } from '#errors';
import { type Occurrence, occurrences } from '#lib/content';
import { type Document, readDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { commentBody } from './comment-body.ts';
import { bodyInput, defineCommentCreate } from './comment-create.ts';

const shown = ({ before, text: words, after, heading }: Occurrence): string =>
  `${heading === null ? '' : `under "${oneLine(heading)}": `}…${before}[${words}]${after}…`;

/** The place a person means, counted from 0. @throws UserError invalid_input, ambiguous with the places. */
function chosen(
  found: readonly Occurrence[],
  words: string,
  match: number | undefined,
  title: string,
): number {
  if (found.length === 0) {
    throw new UserError('invalid_input', `text: "${oneLine(words)}" does not stand on "${title}".`, {
      next: 'Give the words exactly as they stand in one block of the page: same letters, no Markdown. Code cannot be commented inline.',
    });
  }
  if (match === undefined && found.length > 1) {
    const candidates = found.slice(0, 10).map((one, index) => ({
      match: index + 1,
      of: found.length,
      heading: one.heading,
      context: `${one.before}[${one.text}]${one.after}`,
    }));
    throw new UserError(
      'ambiguous',
      `text: "${oneLine(words)}" stands on "${title}" ${found.length} times: ${found
        .slice(0, 10)
        .map((one, index) => `${index + 1}) ${oneLine(shown(one))}`)
        .join(' ')}`,
      { next: 'Say which one with match, or give more of the words around it.', data: { candidates } },
    );
  }
  if ((match ?? 1) > found.length) {
    throw new UserError(
      'invalid_input',
      `match: "${oneLine(words)}" stands on "${title}" only ${found.length === 1 ? 'once' : `${found.length} times`}.`,
      { next: `Give a match from 1 to ${found.length}.` },
    );
  }
  return (match ?? 1) - 1;
}

function place(found: readonly Occurrence[], index: number) {
  const at = found[index];
  return { times: found.length, around: at === undefined ? null : shown(at) };
}

export const createInlineCommentOperation = defineCommentCreate({
  name: 'create_inline_comment',
  input: z.object({
    id: text,
    content_type: z.enum(['page', 'blog_post']).optional(),
    text,
    match: z.int().min(1).optional(),
    body: text,
    body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
  }),
  async work(ctx, o) {
    const page = await resolveDocument(
      ctx,
      o.id,
      o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type],
      { format: 'storage' },
    );
    const found = occurrences(page.body ?? '', o.text);
    const index = chosen(found, o.text, o.match, page.title);
    const words = found[index]?.text ?? o.text;
    const before = place(found, index);
    return {
      title: `Comment on "${oneLine(words).slice(0, 80)}" in "${page.title}"`,
      target: await documentTarget(ctx, page),
      input: { id: page.id, content_type: page.kind, text: words, match: index + 1, ...bodyInput(o) },
      kind: 'inline',
      onto: page.kind === 'page' ? { pageId: page.id } : { blogPostId: page.id },
      selection: {
        textSelection: words,
        textSelectionMatchCount: found.length,
        textSelectionMatchIndex: index,
      },
      among: { type: page.kind, id: page.id, title: page.title },
      before,
      fields: [
        { label: 'On', before: page.title, after: page.title },
        { label: 'About', before: before.around, after: before.around },
        ...(found.length === 1
          ? []
          : [
              {
                label: 'Occurrence',
                before: `${index + 1} of ${found.length}`,
                after: `${index + 1} of ${found.length}`,
              },
            ]),
      ],
      body: await commentBody(ctx, o),
    };
  },
  async now(ctx, { onto, selection }) {
    const page = await pageOf(ctx, onto);
    const found = occurrences(page.body ?? '', selection?.textSelection ?? '');
    return place(found, selection?.textSelectionMatchIndex ?? 0);
  },
});

function pageOf(ctx: Context, onto: { pageId?: string; blogPostId?: string }): Promise<Document> {
  return onto.pageId === undefined
    ? readDocument(ctx, 'blog_post', onto.blogPostId ?? '', { format: 'storage' })
    : readDocument(ctx, 'page', onto.pageId, { format: 'storage' });
}
