import { getFooterCommentById, getInlineCommentById } from '#lib/confluence';
import { adfNodes, sameStorage, verifyAdf } from '#lib/content';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { orProblem } from '../readable-body.ts';
import type { CommentBody } from './comment-body.ts';
import type { FoundComment } from './comment-target.ts';
import type { CommentKind } from './comment-view.ts';

type Sent = Pick<CommentBody, 'representation' | 'value'>;

/** True when a stored body is the approved one, but for what Confluence rewrites on save. */
export const saysThis = (approved: string, storage: string): boolean =>
  storage === approved || (orProblem(() => sameStorage(approved, storage)).value ?? false);

/** The body of a comment as ADF; '' where Confluence gives none. */
async function adfOf(ctx: Context, kind: CommentKind, id: string): Promise<string> {
  const parameters = { commentId: contentNumber(id), bodyFormat: 'atlas_doc_format' };
  const found = (await orNull<unknown>(
    kind === 'footer'
      ? getFooterCommentById(ctx.confluence, parameters)
      : getInlineCommentById(ctx.confluence, parameters),
  )) as { body?: { atlas_doc_format?: { value?: unknown } } } | null | undefined;
  const value = found?.body?.atlas_doc_format?.value;
  return typeof value === 'string' ? value : '';
}

/**
 * The body of a comment as it is compared after it was read back, in the format in which it was sent: one that
 * Confluence only tidied up counts as the approved one.
 */
export async function bodyAsCompared(ctx: Context, comment: FoundComment, sent: Sent): Promise<string> {
  const { representation, value } = sent;
  if (representation === 'storage') return saysThis(value, comment.storage) ? value : comment.storage;
  const adf = await adfOf(ctx, comment.kind, comment.id);
  return adfNodes(adf) !== null && verifyAdf(null, value, adf).ok ? value : adf;
}
