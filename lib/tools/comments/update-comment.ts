import { z } from 'zod';
import { UserError } from '#errors';
import { updateFooterComment, updateInlineComment } from '#lib/confluence';
import { diffStorage } from '#lib/content';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { defineStateWrite, type PlannedWrite, undoBy } from '../state-write.ts';
import { type CommentBody, commentBody } from './comment-body.ts';
import { bodyInput } from './comment-create.ts';
import { commentAt, commentTarget, type FoundComment, findComment } from './comment-target.ts';
import { type CommentKind, commentSource } from './comment-view.ts';

type UpdateRequest = {
  kind: CommentKind;
  id: string;
  version: number;
  body: { representation: CommentBody['representation']; value: string };
  /** The storage there before, for the undo. */
  old: string;
};

const input = z.object({
  comment_id: text,
  kind: z.enum(['footer', 'inline']).optional(),
  body: text,
  body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
});

/** @throws UserError not_possible for an inline comment whose text has gone from the page. */
export function refuseDangling(comment: FoundComment): void {
  if (comment.resolution !== 'dangling') return;
  throw new UserError(
    'not_possible',
    'The text this comment is about is not on the page any more; Confluence lets nobody change such a comment.',
    { next: 'Reply to it, delete it, or comment on the new text.' },
  );
}

/** A comment as the source of an answer that nothing needs to change. */
export const sourceOfComment = (comment: FoundComment) =>
  commentSource({
    id: comment.id,
    kind: comment.kind,
    page_id: null,
    author: comment.author,
    at: null,
    version: comment.version,
    body: comment.markdown,
    resolution: comment.resolution,
    anchor: comment.anchor,
    url: comment.url,
  });

const state = (comment: FoundComment) => ({ version: comment.version, body: comment.markdown });

async function plan(
  ctx: Context,
  o: z.output<typeof input>,
): Promise<PlannedWrite<UpdateRequest> | NoChange> {
  const comment = await findComment(ctx, o.comment_id, o.kind);
  refuseDangling(comment);
  const body = await commentBody(ctx, o);
  if (body.markdown === comment.markdown) {
    return {
      noChange: true,
      text: `The comment by ${comment.author} on "${comment.on.title}" says exactly this already. No change was proposed.`,
      sources: [sourceOfComment(comment)],
    };
  }
  const version = comment.version + 1;
  const foreign = comment.authorId !== null && comment.authorId !== ctx.connection.account.id;
  return {
    title: `Edit the comment by ${comment.author} on "${comment.on.title}"`,
    target: commentTarget(comment),
    input: { comment_id: comment.id, kind: comment.kind, ...bodyInput(o) },
    request: {
      kind: comment.kind,
      id: comment.id,
      version,
      body: { representation: body.representation, value: body.value },
      old: comment.storage,
    },
    before: state(comment),
    after: { version, ...(body.markdown === null ? {} : { body: body.markdown }) },
    diff: {
      fields: [],
      body: body.storage === null ? null : diffStorage(comment.storage, body.storage),
    },
    warnings: foreign
      ? [
          {
            code: 'words_of_others',
            message: `These are the words of ${comment.author}; Confluence shows that you changed them only in the comment's history.`,
            mustConfirm: false,
          },
        ]
      : [],
    editable: (o.body_format ?? 'markdown') === 'markdown' ? { label: 'Comment', text: o.body } : null,
    undo: { possible: true },
    baseVersion: comment.version,
  };
}

export const updateComment: WriteOperation = defineStateWrite<typeof input, UpdateRequest>({
  name: 'update_comment',
  input,
  plan,
  async read(ctx, request) {
    const comment = await commentAt(ctx, request.kind, request.id);
    return comment === null ? null : state(comment);
  },
  async send(ctx, { kind, id, version, body }) {
    const commentId = contentNumber(id);
    if (kind === 'footer')
      await updateFooterComment(ctx.confluence, { commentId, body: { version: { number: version }, body } });
    else await updateInlineComment(ctx.confluence, { commentId, version: { number: version }, body });
    return { targetId: id, version };
  },
  async edit(ctx, proposal, words) {
    const planned = await plan(ctx, input.parse({ ...proposal.input, body: words }));
    if (!('noChange' in planned)) return planned;
    throw new UserError('invalid_input', 'The comment says exactly this already.', {
      next: 'Change the text, or decline the proposal.',
    });
  },
  inverse(ctx, { request, proposal }) {
    return undoBy(
      ctx,
      updateComment,
      { comment_id: request.id, kind: request.kind, body: request.old, body_format: 'storage' },
      proposal,
    );
  },
  done: 'The comment was read back and is as approved.',
});
