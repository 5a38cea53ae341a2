import { ConfabError } from '#errors';
import {
  getBlogPostInlineComments,
  getInlineCommentChildren,
  getPageInlineComments,
  nextCursor,
} from '#lib/confluence';
import type { DocumentKind } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { textOr } from '../raw.ts';
import { type Comment, commentsOf, type RawComment } from './comment-view.ts';

/** An inline comment with the `ac:ref` of the text it is attached to. */
export type Thread = Comment & { ref: string | null };
/** `complete`: false where the page has more than are read. `problem`: why there are none. */
export type Threads = { threads: Thread[]; complete: boolean; problem: string | null };

const pageSize = 100;
const mostPages = 5;
/** Each count of replies costs a request. */
const mostCounted = 20;

/** The rows of a page's inline comments, without their replies. */
async function rowsOf(
  ctx: Context,
  kind: DocumentKind,
  id: string,
): Promise<{ rows: RawComment[]; complete: boolean }> {
  const rows: RawComment[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    ctx.signal.throwIfAborted();
    const asked = { id: contentNumber(id), bodyFormat: 'storage', limit: pageSize, cursor };
    const found =
      kind === 'page'
        ? await getPageInlineComments(ctx.confluence, asked)
        : await getBlogPostInlineComments(ctx.confluence, asked);
    rows.push(...((found.results ?? []) as RawComment[]));
    const next = nextCursor(found);
    if (next === null) return { rows, complete: true };
    cursor = next;
  }
  return { rows, complete: false };
}

const refOf = (raw: RawComment): string | null =>
  textOr((raw.properties as { inlineMarkerRef?: unknown } | null | undefined)?.inlineMarkerRef);

/**
 * The inline comments of a page or post, at most 500. That they may not be read must not fail the page: then there are
 * none, and `problem` says why.
 */
export async function threadsOf(ctx: Context, kind: DocumentKind, id: string): Promise<Threads> {
  try {
    const { rows, complete } = await rowsOf(ctx, kind, id);
    const comments = await commentsOf(ctx, 'inline', rows);
    return {
      threads: comments.map((one, at) => ({ ...one, ref: refOf(rows[at] ?? {}) })),
      complete,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ConfabError)) throw error;
    if (error.code === 'missing_scope')
      return none('the connection does not carry read:comment:confluence. Allow it under Connections');
    if (error.code === 'forbidden' || error.code === 'not_found') return none(error.message);
    throw error;
  }
}

const none = (problem: string): Threads => ({ threads: [], complete: true, problem });

/** How many replies the first 20 comments have, by their id; `100` stands for as many or more. */
export async function replyCounts(ctx: Context, threads: readonly Thread[]): Promise<Map<string, number>> {
  const counted = await Promise.all(
    threads.slice(0, mostCounted).map(async ({ id }): Promise<[string, number]> => {
      const found = await getInlineCommentChildren(ctx.confluence, {
        id: contentNumber(id),
        limit: pageSize,
      });
      return [id, found.results?.length ?? 0];
    }),
  );
  return new Map(counted);
}
