import { z } from 'zod';
import { getBlogPosts, getBlogPostsInSpace, nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { cursor, itemList, limit, text } from '../inputs.ts';
import { listResult, sorts } from '../pages/list-pages.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export const listBlogPosts = defineRead({
  name: 'list_blog_posts',
  input: z.object({
    space: text.optional(),
    status: z.enum(['current', 'trashed', 'deleted']).optional(),
    title: text.optional(),
    ids: z.array(text).max(250).optional(),
    sort: z.enum(['created', 'updated', 'title']).optional(),
    limit: limit(250),
    cursor,
  }),
  output: itemList,
  async run(ctx, o) {
    const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
    const ids = o.ids?.map(contentNumber);
    const shared = {
      status: o.status === undefined ? undefined : [o.status],
      title: o.title,
      sort: sorts[o.sort ?? 'created'],
      limit: o.limit,
      cursor: o.cursor,
    };
    const page =
      space !== null && ids === undefined
        ? await getBlogPostsInSpace(ctx.confluence, { id: contentNumber(space.id), ...shared })
        : await getBlogPosts(ctx.confluence, {
            id: ids,
            spaceId: space !== null ? [contentNumber(space.id)] : ctx.limits.spaces?.map(contentNumber),
            ...shared,
          });
    const found = (page.results ?? [])
      .map((raw) => documentOf(ctx, 'blog_post', raw as Parameters<typeof documentOf>[2]))
      .filter((one) => spaceAllowed(ctx, one.spaceId));
    return listResult(ctx, found, nextCursor(page), {
      one: 'blog post',
      many: 'blog posts',
      head: space === null ? '' : ` in ${space.name}`,
    });
  },
});
