import { UserError } from '#errors';
import { getAttachmentById, getFooterCommentById, getInlineCommentById } from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { type DocumentKind, findDocument } from '../documents.ts';
import { attachmentId, contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { namesOf } from '../people.ts';
import { readableMarkdown } from '../readable-body.ts';
import { readReference } from '../resolve/reference.ts';
import { type CommentKind, type RawComment, storageOf } from './comment-view.ts';

/** A comment as Confluence has it, with where it stands. */
export type FoundComment = {
  kind: CommentKind;
  id: string;
  raw: RawComment;
  storage: string;
  /** The body as Markdown: how two bodies are compared, whatever ids Confluence adds to the storage. */
  markdown: string;
  version: number;
  author: string;
  authorId: string | null;
  resolution: string | null;
  anchor: string | null;
  parentId: string | null;
  /** What it is about: a page, a post, a file of one, or custom content. */
  on: ChangeTarget;
  url: string | null;
};

type Held = RawComment & { parentCommentId?: unknown; customContentId?: unknown };

/** How two bodies are compared. */
export const bodyText = (storage: string): string => readableMarkdown(storage).markdown.trim();

/** The raw comment, or null: missing or not visible. */
export async function rawComment(ctx: Context, kind: CommentKind, id: string): Promise<RawComment | null> {
  const parameters = { commentId: contentNumber(id), bodyFormat: 'storage' };
  const found = await orNull<unknown>(
    kind === 'footer'
      ? getFooterCommentById(ctx.confluence, parameters)
      : getInlineCommentById(ctx.confluence, parameters),
  );
  return (found as RawComment | null | undefined) ?? null;
}

async function document(ctx: Context, kind: DocumentKind, id: string): Promise<ChangeTarget | null> {
  const found = await findDocument(ctx, kind, id);
  return found === null ? null : documentTarget(ctx, found);
}

/** What a comment is about. A reply names only the comment it answers, so its thread is climbed. */
async function holderOf(ctx: Context, kind: CommentKind, raw: Held): Promise<ChangeTarget | null> {
  let at: Held | null = raw;
  for (let steps = 0; at !== null && steps < 20; steps += 1) {
    if (at.pageId) return document(ctx, 'page', String(at.pageId));
    if (at.blogPostId) return document(ctx, 'blog_post', String(at.blogPostId));
    if (at.attachmentId) {
      const file = (await orNull(
        getAttachmentById(ctx.confluence, { id: attachmentId(String(at.attachmentId)) }),
      )) as (Held & { title?: string }) | null;
      const page = file === null ? null : await holderOf(ctx, kind, file);
      return page === null ? null : { ...page, title: `${file?.title ?? 'a file'} on ${page.title}` };
    }
    if (at.customContentId) {
      const id = String(at.customContentId);
      const title = `custom content ${id}`;
      return ctx.limits.spaces === null
        ? { kind: 'custom_content', id, title, space: null, url: null }
        : null;
    }
    at = at.parentCommentId ? ((await rawComment(ctx, kind, String(at.parentCommentId))) as Held) : null;
  }
  return null;
}

async function found(ctx: Context, kind: CommentKind, raw: Held): Promise<FoundComment | null> {
  const on = await holderOf(ctx, kind, raw);
  if (on === null) return null;
  const authorId = raw.version?.authorId ? String(raw.version.authorId) : null;
  const names = await namesOf(ctx, [authorId]);
  const storage = storageOf(raw);
  const webui = (raw._links as { webui?: unknown } | null | undefined)?.webui;
  const properties = (raw.properties ?? {}) as { inlineOriginalSelection?: unknown };
  return {
    kind,
    id: String(raw.id),
    raw,
    storage,
    markdown: bodyText(storage),
    version: Number(raw.version?.number ?? 1),
    author: (authorId === null ? null : names.get(authorId)) ?? authorId ?? 'someone',
    authorId,
    resolution: kind === 'inline' && raw.resolutionStatus ? String(raw.resolutionStatus) : null,
    anchor: properties.inlineOriginalSelection ? String(properties.inlineOriginalSelection) : null,
    parentId: raw.parentCommentId ? String(raw.parentCommentId) : null,
    on,
    url: typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null,
  };
}

/** A comment by its kind and id, or null: missing, not visible, or outside the allowed spaces. */
export async function commentAt(ctx: Context, kind: CommentKind, id: string): Promise<FoundComment | null> {
  const raw = await rawComment(ctx, kind, id);
  return raw === null ? null : found(ctx, kind, raw);
}

/**
 * The comment a person means: its id or link. Without a kind both are tried.
 * @throws UserError not_found.
 */
export async function findComment(
  ctx: Context,
  given: string,
  kind: CommentKind | undefined,
): Promise<FoundComment> {
  const missing = new UserError('not_found', `No comment "${given}" is visible to you.`, {
    next: 'list_comments shows the comments of a page with their ids.',
  });
  const reference = readReference(given, ctx.confluence.site.url);
  if (reference.kind !== 'id' && reference.kind !== 'comment') throw missing;
  for (const one of kind === undefined ? (['footer', 'inline'] as const) : [kind]) {
    const comment = await commentAt(ctx, one, reference.id);
    if (comment !== null) return comment;
  }
  throw missing;
}

/** A comment as the target of a change. */
export function commentTarget(comment: FoundComment): ChangeTarget {
  return {
    kind: 'comment',
    id: comment.id,
    title: `Comment by ${comment.author} on "${comment.on.title}"`,
    space: comment.on.space,
    url: comment.url,
  };
}
