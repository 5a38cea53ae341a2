import { UserError } from '#errors';
import { getAttachmentById, getFooterCommentById, getInlineCommentById } from '#lib/confluence';
import { inAllowedSpaces } from '../content-space.ts';
import { attachmentId, contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import { refuseSiteWide } from '../spaces-limit.ts';

export const versionedTypes = [
  'page',
  'blog_post',
  'attachment',
  'custom_content',
  'footer_comment',
  'inline_comment',
] as const;
export type VersionedType = (typeof versionedTypes)[number];
export type Versioned = { type: VersionedType; id: string; title: string; url: string | null };

function missing(given: string): UserError {
  return new UserError('not_found', `Nothing with the id "${given}" is visible to you.`, {
    next: 'Check the id and content_type.',
  });
}

type HeldRow = { pageId?: string; blogPostId?: string; title?: string };

async function checked(ctx: Context, given: string, found: Promise<unknown>): Promise<HeldRow> {
  const raw = (await orNull(found)) as HeldRow | null;
  if (raw === null || (await inAllowedSpaces(ctx, [raw])).length === 0) throw missing(given);
  return raw;
}

/** What has versions: a page or blog post by anything, the other kinds by id. */
export async function resolveVersioned(
  ctx: Context,
  given: string,
  type: VersionedType | undefined,
): Promise<Versioned> {
  if (type === 'attachment') {
    const id = attachmentId(given);
    const raw = await checked(ctx, given, getAttachmentById(ctx.confluence, { id }));
    return { type, id, title: raw.title ?? id, url: null };
  }
  if (type === 'footer_comment' || type === 'inline_comment') {
    const reference = readReference(given, ctx.confluence.site.url);
    if (reference.kind !== 'id' && reference.kind !== 'comment') throw missing(given);
    const parameters = { commentId: contentNumber(reference.id) };
    await checked(
      ctx,
      given,
      type === 'footer_comment'
        ? getFooterCommentById(ctx.confluence, parameters)
        : getInlineCommentById(ctx.confluence, parameters),
    );
    return { type, id: reference.id, title: `comment ${reference.id}`, url: null };
  }
  if (type === 'custom_content') {
    refuseSiteWide(ctx, 'versions of custom content');
    return { type, id: String(contentNumber(given)), title: `custom content ${given}`, url: null };
  }
  const found = await resolveDocument(ctx, given, type === undefined ? ['page', 'blog_post'] : [type]);
  return { type: found.kind, id: found.id, title: found.title, url: found.url };
}
