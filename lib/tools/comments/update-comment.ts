import { z } from 'zod';
import { UserError } from '#errors';
import { updateFooterComment, updateInlineComment } from '#lib/confluence';
import { checkStorage, diffStorage, warningsOf } from '#lib/content';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { orProblem } from '../readable-body.ts';
import { defineStateWrite, type PlannedWrite, undoBy } from '../state-write.ts';
import { type CommentBody, commentBody } from './comment-body.ts';
import { bodyAsCompared, saysThis } from './comment-check.ts';
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

const state = async (ctx: Context, comment: FoundComment, body: UpdateRequest['body']) => ({
  version: comment.version,
  body: await bodyAsCompared(ctx, comment, body),
});

/** @throws UserError not_possible for a comment that is stored malformed: no change of it could be shown. */
function refuseMalformed(comment: FoundComment): void {
  const { problem } = orProblem(() => checkStorage(comment.storage));
  if (problem === null) return;
  throw new UserError(
    'not_possible',
    `The comment is stored malformed (line ${problem.line}, column ${problem.column}), so no change of it could be shown.`,
    {
      next: 'Change it in Confluence, or reply to it.',
      data: { line: problem.line, column: problem.column },
    },
  );
}

async function plan(
  ctx: Context,
  o: z.output<typeof input>,
): Promise<PlannedWrite<UpdateRequest> | NoChange> {
  const comment = await findComment(ctx, o.comment_id, o.kind);
  refuseDangling(comment);
  refuseMalformed(comment);
  const body = await commentBody(ctx, o, comment.storage);
  if (body.storage !== null && saysThis(body.storage, comment.storage)) {
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
    before: await state(ctx, comment, body),
    after: { version, body: body.value },
    diff: {
      fields: [],
      body: body.storage === null ? null : diffStorage(comment.storage, body.storage),
    },
    warnings: [
      ...(body.storage === null ? [] : warningsOf(comment.storage, body.storage)),
      ...(foreign
        ? [
            {
              code: 'words_of_others',
              message: `These are the words of ${comment.author}; Confluence shows that you changed them only in the comment's history.`,
              mustConfirm: false,
            },
          ]
        : []),
    ],
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
    return comment === null ? null : state(ctx, comment, request.body);
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
