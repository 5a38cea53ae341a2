import { z } from 'zod';
import type { FieldDiff } from '#lib/wire';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { day, iso } from '../render.ts';
import { commentBody } from './comment-body.ts';
import { bodyInput, defineCommentCreate } from './comment-create.ts';
import { commentAt, commentTarget, type FoundComment, findComment } from './comment-target.ts';
import { repliesOf } from './replies.ts';

const longest = 1200;
const shortened = (words: string): string =>
  words.length > longest ? `${words.slice(0, longest).toWellFormed()}…` : words;

/** The thread that is answered: what was marked, the comment, and what has been said to it since. */
async function threadOf(ctx: Context, comment: FoundComment): Promise<FieldDiff[]> {
  const said = (label: string, words: string): FieldDiff => ({
    label,
    before: shortened(words),
    after: shortened(words),
  });
  const replies = await repliesOf(ctx, comment.kind, comment.id);
  return [
    said('On', comment.on.title),
    ...(comment.anchor === null ? [] : [said('About', comment.anchor)]),
    said(`${comment.author}, ${day(iso(comment.raw.version?.createdAt))}`, comment.markdown),
    ...replies
      .slice(-8)
      .map((reply, index) =>
        said(`${index + 1}. ${reply.author ?? 'someone'}, ${day(reply.at)}`, reply.body),
      ),
  ];
}

export const createCommentReply = defineCommentCreate({
  name: 'create_comment_reply',
  input: z.object({
    comment_id: text,
    kind: z.enum(['footer', 'inline']).optional(),
    body: text,
    body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
  }),
  async work(ctx, o) {
    const comment = await findComment(ctx, o.comment_id, o.kind);
    return {
      title: `Reply to ${comment.author} on "${comment.on.title}"`,
      target: commentTarget(comment),
      input: { comment_id: comment.id, kind: comment.kind, ...bodyInput(o) },
      kind: comment.kind,
      onto: { parentCommentId: comment.id },
      among: { type: 'comment', id: comment.id, title: comment.author },
      before: { answers: comment.markdown },
      fields: await threadOf(ctx, comment),
      body: await commentBody(ctx, o),
      warnings:
        comment.resolution === 'resolved'
          ? [
              {
                code: 'resolved_thread',
                message: 'This thread is resolved: a reply does not reopen it by itself.',
                mustConfirm: false,
              },
            ]
          : [],
    };
  },
  async now(ctx, request) {
    const parent = await commentAt(ctx, request.kind, request.onto.parentCommentId ?? '');
    return parent === null ? null : { answers: parent.markdown };
  },
});
