import { z } from 'zod';
import { UserError } from '#errors';
import {
  getBlogPostLikeCount,
  getBlogPostLikeUsers,
  getFooterCommentById,
  getFooterLikeCount,
  getFooterLikeUsers,
  getInlineCommentById,
  getInlineLikeCount,
  getInlineLikeUsers,
  getPageLikeCount,
  getPageLikeUsers,
  pages,
} from '#lib/confluence';
import { inAllowedSpaces } from '../content-space.ts';
import { defineRead } from '../define.ts';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, link, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';

const kinds = ['page', 'blog_post', 'footer_comment', 'inline_comment'] as const;
type Kind = (typeof kinds)[number];
type Target = { kind: Kind; id: string; title: string; url: string | null };
type Users = { results?: { accountId?: string }[]; _links?: { next?: string } };

const counts: Record<Kind, typeof getPageLikeCount> = {
  page: getPageLikeCount,
  blog_post: getBlogPostLikeCount,
  footer_comment: getFooterLikeCount,
  inline_comment: getInlineLikeCount,
};
const lists: Record<Kind, typeof getPageLikeUsers> = {
  page: getPageLikeUsers,
  blog_post: getBlogPostLikeUsers,
  footer_comment: getFooterLikeUsers,
  inline_comment: getInlineLikeUsers,
};

async function comment(ctx: Context, kind: 'footer_comment' | 'inline_comment', id: string) {
  const commentId = contentNumber(id);
  const raw = (await orNull<unknown>(
    kind === 'footer_comment'
      ? getFooterCommentById(ctx.confluence, { commentId })
      : getInlineCommentById(ctx.confluence, { commentId }),
  )) as { title?: string; pageId?: string; blogPostId?: string; _links?: { webui?: string } } | null;
  if (raw === null || (await inAllowedSpaces(ctx, [raw])).length === 0) return null;
  const webui = raw._links?.webui;
  return {
    kind,
    id,
    title: raw.title ?? `comment ${id}`,
    url: webui === undefined ? null : ctx.confluence.webUrl(webui),
  };
}

/** A link to a comment means that comment; anything else a page or a post, unless it is said to be a comment. */
async function targetOf(ctx: Context, given: string, kind: Kind | undefined): Promise<Target> {
  const reference = readReference(given, ctx.confluence.site.url);
  const wanted = kind === undefined && reference.kind === 'comment' ? kinds.slice(2) : [kind];
  for (const one of wanted) {
    if (one !== 'footer_comment' && one !== 'inline_comment') continue;
    const id = reference.kind === 'comment' || reference.kind === 'id' ? reference.id : null;
    const found = id === null ? null : await comment(ctx, one, id);
    if (found !== null) return found;
  }
  if (kind === 'footer_comment' || kind === 'inline_comment') {
    throw new UserError('not_found', `No comment "${given}" is visible to you.`, {
      next: 'list_comments shows the comments of a page with their ids and kinds.',
    });
  }
  const found = await resolveDocument(ctx, given, kind === undefined ? ['page', 'blog_post'] : [kind]);
  return { kind: found.kind, id: found.id, title: found.title, url: found.url };
}

async function whoLikes(
  ctx: Context,
  target: Target,
): Promise<{ account_id: string; name: string | null }[]> {
  const ids: string[] = [];
  const id = contentNumber(target.id);
  for await (const page of pages(
    (cursor) => lists[target.kind](ctx.confluence, { id, limit: 250, cursor }) as Promise<Users>,
  )) {
    for (const { accountId } of page.results ?? []) if (accountId !== undefined) ids.push(accountId);
    ctx.signal.throwIfAborted();
    if (ids.length >= 2000) break;
  }
  const names = await namesOf(ctx, ids);
  return ids.map((one) => ({ account_id: one, name: names.get(one) ?? null }));
}

export const getLikes = defineRead({
  name: 'get_likes',
  input: z.object({ id: text, content_type: z.enum(kinds).optional(), users: z.boolean().optional() }),
  output: z.object({
    id: z.string(),
    type: z.enum(kinds),
    title: z.string(),
    url: z.string().nullable(),
    count: z.number(),
    users: z.array(z.object({ account_id: z.string(), name: z.string().nullable() })).nullable(),
  }),
  async run(ctx, o) {
    const target = await targetOf(ctx, o.id, o.content_type);
    const found = await counts[target.kind](ctx.confluence, { id: contentNumber(target.id) });
    const count = Number(found.count ?? 0);
    const users = o.users === true ? await whoLikes(ctx, target) : null;
    const who =
      users === null || users.length === 0
        ? ''
        : `\n${users.map((one) => `- ${oneLine(one.name ?? one.account_id)}`).join('\n')}`;
    return {
      text: `${link(target.title, target.url)} has ${counted(count, 'like')}.${who}`,
      data: { id: target.id, type: target.kind, title: target.title, url: target.url, count, users },
      sources: [sourceOf({ id: target.id, type: target.kind, title: target.title, url: target.url })],
      label: `${counted(count, 'like')} on "${target.title}"`,
      untrusted: true,
    };
  },
});
