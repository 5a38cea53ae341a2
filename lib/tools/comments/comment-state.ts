import type { Context } from '../operation.ts';
import type { State } from '../state-write.ts';
import { bodyText, commentAt, type FoundComment } from './comment-target.ts';
import { type CommentKind, type RawComment, storageOf } from './comment-view.ts';
import { type Place, readComments } from './list-comments.ts';
import { mostReplies, repliesOf } from './replies.ts';

/** A comment as it is compared before, after and before undo. */
export async function stateOf(ctx: Context, comment: FoundComment): Promise<NonNullable<State>> {
  const replies = await repliesOf(ctx, comment.kind, comment.id);
  return {
    exists: true,
    body: comment.markdown,
    version: comment.version,
    resolved: comment.resolution === 'resolved',
    replies: replies.map((one) => one.id),
  };
}

/** The same by id; null when it is gone. */
export async function readState(ctx: Context, kind: CommentKind, id: string): Promise<State> {
  const comment = await commentAt(ctx, kind, id);
  return comment === null ? null : stateOf(ctx, comment);
}

/** A comment that is looked for after a crash: its author is whoever acts here. */
export type Wanted = {
  kind: CommentKind;
  /** Its list: that of a page, post, file or custom content, or the replies to a comment. */
  among: Place | { type: 'comment'; id: string; title: string };
  markdown: string | null;
  /** ISO 8601: it cannot be older. */
  since: string;
};

/** Atlassian's clock and ours may differ by this much. */
const clockSlackMs = 2 * 60_000;

type Raw = RawComment & { id?: unknown };

type Row = { id: string; raw: Raw | null };
const mostRows = 50;

/** Newest first. `all` is false when newer ones than those listed may be missing. */
async function rowsOf(
  ctx: Context,
  { kind, among }: Wanted,
  from: number,
): Promise<{ rows: Row[]; all: boolean }> {
  if (among.type === 'comment') {
    const replies = await repliesOf(ctx, kind, among.id);
    return {
      rows: replies.map(({ id }) => ({ id, raw: null })).toReversed(),
      all: replies.length < mostReplies,
    };
  }
  const asked = { limit: mostRows, sort: '-created-date', bodyFormat: 'storage' };
  const found = await readComments(ctx, among, kind, asked, undefined);
  const rows = ((found.results ?? []) as Raw[]).map((raw) => ({ id: String(raw.id), raw }));
  const oldest = rows.at(-1)?.raw.version?.createdAt;
  return { rows, all: rows.length < mostRows || new Date(String(oldest)).getTime() < from };
}

/**
 * The newest comment there that this person wrote since, with these words; null when there is none, `unclear` when there
 * are more comments than were read.
 */
export async function findMade(ctx: Context, wanted: Wanted): Promise<FoundComment | 'unclear' | null> {
  const from = Date.parse(wanted.since) - clockSlackMs;
  const fits = (raw: Raw): boolean =>
    raw.version?.authorId === ctx.connection.account.id &&
    new Date(String(raw.version?.createdAt)).getTime() >= from &&
    (wanted.markdown === null || bodyText(storageOf(raw)) === wanted.markdown);
  const { rows, all } = await rowsOf(ctx, wanted, from);
  for (const { id, raw } of rows) {
    if (raw !== null && !fits(raw)) continue;
    const comment = await commentAt(ctx, wanted.kind, id);
    if (comment !== null && fits(comment.raw)) return comment;
  }
  return all ? null : 'unclear';
}
