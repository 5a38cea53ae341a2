import { z } from 'zod';
import { deleteFooterComment, deleteInlineComment } from '#lib/confluence';
import { diffStorage } from '#lib/content';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { WriteOperation } from '../operation.ts';
import { counted, oneLine } from '../render.ts';
import { defineStateWrite } from '../state-write.ts';
import { readState, stateOf } from './comment-state.ts';
import { commentTarget, findComment } from './comment-target.ts';
import type { CommentKind } from './comment-view.ts';
import { repliesOf } from './replies.ts';

type DeleteRequest = { kind: CommentKind; id: string };

const input = z.object({ comment_id: text, kind: z.enum(['footer', 'inline']).optional() });
const why =
  'Confluence deletes a comment for good and has no trash for it. Its text is kept with this change and can be posted again as a new comment.';

/** Deletes for good; what hangs on the comment is shown, and must be ticked, before. */
export const deleteComment: WriteOperation = defineStateWrite<typeof input, DeleteRequest>({
  name: 'delete_comment',
  input,
  async plan(ctx, o) {
    const comment = await findComment(ctx, o.comment_id, o.kind);
    const replies = await repliesOf(ctx, comment.kind, comment.id);
    return {
      title: `Delete the comment by ${comment.author} on "${comment.on.title}" for good`,
      target: commentTarget(comment),
      input: { comment_id: comment.id, kind: comment.kind },
      request: { kind: comment.kind, id: comment.id },
      before: await stateOf(ctx, comment),
      after: null,
      diff: {
        fields: [
          ...(comment.anchor === null ? [] : [{ label: 'About', before: comment.anchor, after: null }]),
          ...replies.map((reply, index) => ({
            label: `Reply ${index + 1}, ${reply.author ?? 'someone'}`,
            before: oneLine(reply.body).slice(0, 1000),
            after: null,
          })),
        ],
        body: diffStorage(comment.storage, ''),
      },
      warnings:
        replies.length === 0
          ? []
          : [
              {
                code: 'drops_replies',
                message: `${counted(replies.length, 'reply', 'replies')} to it may go with it, as far as is known: ${[...new Set(replies.map((one) => one.author ?? 'someone'))].join(', ')}.`,
                mustConfirm: true,
              },
            ],
      undo: { possible: false, why },
      baseVersion: comment.version,
    };
  },
  read: (ctx, { kind, id }) => readState(ctx, kind, id),
  async send(ctx, { kind, id }) {
    const commentId = contentNumber(id);
    if (kind === 'footer') await deleteFooterComment(ctx.confluence, { commentId });
    else await deleteInlineComment(ctx.confluence, { commentId });
    return { targetId: id, url: null };
  },
  inverse: async () => ({ impossible: why }),
  done: 'Confluence does not show the comment any more.',
});
