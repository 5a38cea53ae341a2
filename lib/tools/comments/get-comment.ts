import { z } from 'zod';
import { InternalError } from '#errors';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import { findComment } from './comment-target.ts';
import { commentLines, commentShape, commentSource, commentsOf } from './comment-view.ts';
import { withReplies } from './replies.ts';

export const getComment = defineRead({
  name: 'get_comment',
  input: z.object({
    comment_id: text,
    kind: z.enum(['footer', 'inline']).optional(),
    replies: z.boolean().default(true),
  }),
  output: commentShape,
  async run(ctx, o) {
    const { kind, raw } = await findComment(ctx, o.comment_id, o.kind);
    const comments = await commentsOf(ctx, kind, [raw]);
    const [whole] = o.replies ? await withReplies(ctx, comments) : comments;
    if (whole === undefined) throw new InternalError('internal', 'A comment that was read was not shown.');
    return {
      text: commentLines(whole),
      data: whole,
      sources: [commentSource(whole)],
      label: `Comment by ${whole.author ?? 'someone'}`,
      untrusted: true,
    };
  },
});
