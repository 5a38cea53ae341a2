import { z } from 'zod';
import { updateInlineComment } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { WriteOperation } from '../operation.ts';
import { defineStateWrite, undoBy } from '../state-write.ts';
import { commentAt, commentTarget, findComment } from './comment-target.ts';
import { refuseDangling, sourceOfComment } from './update-comment.ts';

type ResolveRequest = { id: string; resolved: boolean; version: number };

const input = z.object({ comment_id: text, resolved: z.boolean().default(true) });

export const resolveInlineComment: WriteOperation = defineStateWrite<typeof input, ResolveRequest>({
  name: 'resolve_inline_comment',
  input,
  async plan(ctx, o) {
    const comment = await findComment(ctx, o.comment_id, 'inline');
    const resolved = comment.resolution === 'resolved';
    if (resolved === o.resolved) {
      return {
        noChange: true,
        text: `The thread of ${comment.author} on "${comment.on.title}" is ${resolved ? 'resolved' : 'open'} already. No change was proposed.`,
        sources: [sourceOfComment(comment)],
      };
    }
    refuseDangling(comment);
    return {
      title: `${o.resolved ? 'Resolve' : 'Reopen'} the thread of ${comment.author} on "${comment.on.title}"`,
      target: commentTarget(comment),
      input: { comment_id: comment.id, resolved: o.resolved },
      request: { id: comment.id, resolved: o.resolved, version: comment.version + 1 },
      before: { resolved, version: comment.version },
      after: { resolved: o.resolved },
      diff: {
        fields: [
          { label: 'Thread', before: comment.resolution, after: o.resolved ? 'resolved' : 'reopened' },
          ...(comment.anchor === null
            ? []
            : [{ label: 'About', before: comment.anchor, after: comment.anchor }]),
          { label: comment.author, before: comment.markdown, after: comment.markdown },
        ],
        body: null,
      },
      undo: { possible: true },
      baseVersion: comment.version,
    };
  },
  async read(ctx, { id }) {
    const comment = await commentAt(ctx, 'inline', id);
    return comment === null
      ? null
      : { resolved: comment.resolution === 'resolved', version: comment.version };
  },
  async send(ctx, { id, resolved, version }) {
    await updateInlineComment(ctx.confluence, {
      commentId: contentNumber(id),
      version: { number: version },
      resolved,
    });
    return { targetId: id };
  },
  inverse(ctx, { request, proposal }) {
    return undoBy(
      ctx,
      resolveInlineComment,
      { comment_id: request.id, resolved: !request.resolved },
      proposal,
    );
  },
  done: 'The thread was read back and is as approved.',
});
