import { z } from 'zod';
import { UserError } from '#errors';
import {
  getCustomContentByType,
  getCustomContentByTypeInBlogPost,
  getCustomContentByTypeInPage,
  getCustomContentByTypeInSpace,
  nextCursor,
} from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, itemShape, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, sourceOf, wayOn } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolveSpace, spacesById } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { customOf } from './item.ts';

type Where = 'site' | 'space' | 'page' | 'blog_post';
type Asked = { type: string; limit: number; cursor: string | undefined };
type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

const item = itemShape.extend({
  content_type: z.string(),
  container: z.object({ type: z.string(), id: z.string() }),
});

/** The list of a container, and the container in words. */
async function listIn(
  ctx: Context,
  where: Where,
  id: string | undefined,
  asked: Asked,
): Promise<{ answer: Answer; words: string }> {
  const { confluence } = ctx;
  if (where === 'site') {
    // Under a space limit the list is asked for those spaces only.
    const spaceId = ctx.limits.spaces?.map(contentNumber);
    return {
      answer: await getCustomContentByType(confluence, {
        ...asked,
        ...(spaceId === undefined ? {} : { spaceId }),
      }),
      words: 'on this site',
    };
  }
  if (id === undefined) {
    throw new UserError('invalid_input', `id: Say which ${where.replace('_', ' ')} is meant.`, {
      next: 'Give its id, link or name, or set container_type to site.',
    });
  }
  if (where === 'space') {
    const space = await resolveSpace(ctx, id);
    return {
      answer: await getCustomContentByTypeInSpace(confluence, { ...asked, id: contentNumber(space.id) }),
      words: `in ${space.name}`,
    };
  }
  const found = await resolveDocument(ctx, id, [where]);
  const parameters = { ...asked, id: contentNumber(found.id) };
  return {
    answer:
      found.kind === 'page'
        ? await getCustomContentByTypeInPage(confluence, parameters)
        : await getCustomContentByTypeInBlogPost(confluence, parameters),
    words: `on "${found.title}"`,
  };
}

export const listCustomContent = defineRead({
  name: 'list_custom_content',
  input: z.object({
    type: text,
    container_type: z.enum(['site', 'space', 'page', 'blog_post']).optional(),
    id: text.optional(),
    limit: limit(250),
    cursor,
  }),
  output: listOf(item),
  async run(ctx, o) {
    const where = o.container_type ?? (o.id === undefined ? 'site' : 'page');
    const { answer, words } = await listIn(ctx, where, o.id, {
      type: o.type,
      limit: o.limit,
      cursor: o.cursor,
    });
    const rows = (answer.results ?? [])
      .map((raw) => customOf(ctx, raw))
      .filter((row) => spaceAllowed(ctx, row.spaceId));
    const spaces = await spacesById(
      ctx,
      rows.map((row) => row.spaceId),
    );
    const names = await namesOf(
      ctx,
      rows.map((row) => row.versionBy),
    );
    const items = rows.map((row) => {
      const space = spaces.get(row.spaceId);
      const container =
        row.pageId !== null
          ? { type: 'page', id: row.pageId }
          : row.blogPostId !== null
            ? { type: 'blog_post', id: row.blogPostId }
            : row.customContentId !== null
              ? { type: 'custom_content', id: row.customContentId }
              : { type: 'space', id: row.spaceId };
      return {
        id: row.id,
        type: 'custom_content',
        content_type: row.type,
        title: row.title,
        url: row.url,
        space: space === undefined ? null : { id: space.id, key: space.key, name: space.name },
        status: row.status,
        version: row.version,
        updated_at: row.versionAt,
        updated_by: row.versionBy === null ? null : (names.get(row.versionBy) ?? null),
        container,
      };
    });
    const next = nextCursor(answer);
    const lines = items.map((one) =>
      itemLine(one, [`in ${one.container.type.replace('_', ' ')} ${one.container.id}`]),
    );
    return {
      text: `${counted(items.length, 'item')} of the type ${o.type} ${words} visible to you.\n${lines.join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: items.map(sourceOf),
      label: `${counted(items.length, 'item')} of ${o.type}`,
      untrusted: true,
    };
  },
});
