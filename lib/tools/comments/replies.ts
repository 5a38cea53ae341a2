import { getFooterCommentChildren, getInlineCommentChildren } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { type Comment, type CommentKind, commentsOf, type RawComment } from './comment-view.ts';

export const mostReplies = 100;

/** The replies to a comment, oldest first, at most 100. */
export async function repliesOf(ctx: Context, kind: CommentKind, id: string): Promise<Comment[]> {
  const parameters = {
    id: contentNumber(id),
    bodyFormat: 'storage',
    limit: mostReplies,
    sort: 'created-date',
  };
  const found =
    kind === 'footer'
      ? await getFooterCommentChildren(ctx.confluence, parameters)
      : await getInlineCommentChildren(ctx.confluence, parameters);
  return commentsOf(ctx, kind, (found.results ?? []) as RawComment[]);
}

/** The comments with their replies put in. */
export function withReplies(ctx: Context, comments: readonly Comment[]): Promise<Comment[]> {
  return Promise.all(
    comments.map(async (one) => ({ ...one, replies: await repliesOf(ctx, one.kind, one.id) })),
  );
}
