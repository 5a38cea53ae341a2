import { ConfabError } from '#errors';
import {
  getFooterCommentChildren,
  getInlineCommentChildren,
  getPageFooterComments,
  getPageInlineComments,
  getPageVersions,
  pages as paged,
} from '#lib/confluence';
import type { Document } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';

export type Edit = { by: string; at: string; first: boolean };
export type Remark = { by: string; at: string; reply: boolean };
/** What was done to one page in a stretch of time. `comments` is null where they may not be read. */
export type PageWork = { page: Document; edits: Edit[]; comments: Remark[] | null };

type RawVersion = { number?: number; authorId?: string; createdAt?: unknown };
type RawComment = { id?: unknown; version?: { authorId?: string; createdAt?: unknown } | null };
type List<T> = { results?: T[]; _links?: { next?: string } };

/** Every version saved in that time; they come newest first, so older ones end the reading. */
async function editsOf(ctx: Context, page: Document, from: string, to: string): Promise<Edit[]> {
  const edits: Edit[] = [];
  const id = contentNumber(page.id);
  const lists = paged(
    (cursor) =>
      getPageVersions(ctx.confluence, { id, limit: 50, cursor, sort: '-modified-date' }) as Promise<
        List<RawVersion>
      >,
  );
  for await (const list of lists) {
    for (const { number, authorId, createdAt } of list.results ?? []) {
      const at = iso(createdAt) ?? '';
      if (at < from) return edits;
      if (at < to && authorId !== undefined) edits.push({ by: authorId, at, first: number === 1 });
    }
  }
  return edits;
}

async function remarks(ctx: Context, page: Document, from: string, to: string): Promise<Remark[]> {
  const found: Remark[] = [];
  const keep = (raw: RawComment, reply: boolean) => {
    const at = iso(raw.version?.createdAt) ?? '';
    const by = raw.version?.authorId;
    if (by !== undefined && at >= from && at < to) found.push({ by, at, reply });
  };
  const kinds = [
    { top: getPageFooterComments, replies: getFooterCommentChildren },
    { top: getPageInlineComments, replies: getInlineCommentChildren },
  ] as const;
  for (const { top, replies } of kinds) {
    const id = contentNumber(page.id);
    for await (const list of paged(
      (cursor) => top(ctx.confluence, { id, limit: 100, cursor }) as Promise<List<RawComment>>,
    )) {
      for (const raw of list.results ?? []) {
        keep(raw, false);
        const parameters = { id: contentNumber(String(raw.id)), limit: 100 };
        const below = (await replies(ctx.confluence, parameters)) as List<RawComment>;
        for (const one of below.results ?? []) keep(one, true);
      }
    }
  }
  return found;
}

/** Edits and comments of one page in a stretch of time; null when the page went meanwhile. */
export async function contributionsTo(
  ctx: Context,
  page: Document,
  from: Date,
  to: Date,
): Promise<PageWork | null> {
  const [since, until] = [from.toISOString(), to.toISOString()];
  const edits = await orNull(editsOf(ctx, page, since, until));
  if (edits === null) return null;
  try {
    return { page, edits, comments: (await orNull(remarks(ctx, page, since, until))) ?? [] };
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'missing_scope')
      return { page, edits, comments: null };
    throw error;
  }
}
