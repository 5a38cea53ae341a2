import { z } from 'zod';
import { UserError } from '#errors';
import { getFooterCommentById, getInlineCommentById } from '#lib/confluence';
import { inAllowedSpaces } from '../content-space.ts';
import { defineRead } from '../define.ts';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { readReference } from '../resolve/reference.ts';
import {
  type CommentKind,
  commentLines,
  commentShape,
  commentSource,
  commentsOf,
  type RawComment,
} from './comment-view.ts';
import { withReplies } from './replies.ts';

async function read(ctx: Context, kind: CommentKind, id: string): Promise<RawComment | null> {
  const parameters = { commentId: contentNumber(id), bodyFormat: 'storage' };
  const found = await orNull<unknown>(
    kind === 'footer'
      ? getFooterCommentById(ctx.confluence, parameters)
      : getInlineCommentById(ctx.confluence, parameters),
  );
  return (found as RawComment | null | undefined) ?? null;
}

export const getComment = defineRead({
  name: 'get_comment',
  input: z.object({
    comment_id: text,
    kind: z.enum(['footer', 'inline']).optional(),
    replies: z.boolean().default(true),
  }),
  output: commentShape,
  async run(ctx, o) {
    const reference = readReference(o.comment_id, ctx.confluence.site.url);
    const missing = new UserError('not_found', `No comment "${o.comment_id}" is visible to you.`, {
      next: 'list_comments shows the comments of a page with their ids.',
    });
    if (reference.kind !== 'id' && reference.kind !== 'comment') throw missing;
    for (const kind of o.kind === undefined ? (['footer', 'inline'] as const) : [o.kind]) {
      const raw = await read(ctx, kind, reference.id);
      if (
        raw === null ||
        (await inAllowedSpaces(ctx, [raw as { pageId?: string; blogPostId?: string }])).length === 0
      )
        continue;
      const [comment] = await commentsOf(ctx, kind, [raw]);
      if (comment === undefined) continue;
      const [whole = comment] = o.replies ? await withReplies(ctx, [comment]) : [comment];
      return {
        text: commentLines(whole),
        data: whole,
        sources: [commentSource(whole)],
        label: `Comment by ${whole.author ?? 'someone'}`,
        untrusted: true,
      };
    }
    throw missing;
  },
});
