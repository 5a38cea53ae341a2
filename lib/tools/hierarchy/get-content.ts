import { z } from 'zod';
import { UserError } from '#errors';
import { defineRead } from '../define.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { namesOf } from '../people.ts';
import { day, itemLine, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { spaceById } from '../resolve/space.ts';
import { type AnyContent, type AnyType, contentAt, idIn, typeOfId } from './any-content.ts';

const output = itemShape.extend({
  parent_id: z.string().nullable(),
  author: z.string().nullable(),
  owner: z.string().nullable(),
  created_at: z.string().nullable(),
  facts: z.record(z.string(), z.string()),
  note: z.string().nullable(),
});

/** What the API keeps back, and where to read on. */
const notes: Record<AnyType, string | null> = {
  page: 'Its text: read_page.',
  blog_post: 'Its text: read_blog_post.',
  folder: 'What lies in it: list_children with content_type folder.',
  whiteboard: "What is drawn on a whiteboard cannot be read through Atlassian's API: open its link.",
  database: "The rows of a database cannot be read through Atlassian's API: open its link.",
  smart_link: 'What it leads to lies outside Confluence and is not fetched.',
  custom_content: 'An app made it; list_custom_content shows the text where it has one.',
  attachment: 'What is in the file: download_attachment.',
  footer_comment: 'Its text and replies: get_comment.',
  inline_comment: 'Its text and replies: get_comment.',
};

async function located(ctx: Context, ref: string, type: AnyType | undefined): Promise<AnyContent | null> {
  const named = idIn(ref, ctx.confluence.site.url);
  if (named === null) {
    const found = await resolveDocument(
      ctx,
      ref,
      type === 'blog_post' ? ['blog_post', 'page'] : ['page', 'blog_post'],
    );
    return contentAt(ctx, found.kind, found.id);
  }
  const known = type ?? named.type;
  const direct = known === null || known === undefined ? null : await contentAt(ctx, known, named.id);
  if (direct !== null || type !== undefined) return direct;
  const actual = await typeOfId(ctx, named.id);
  return actual === null ? null : contentAt(ctx, actual, named.id);
}

export const getContent = defineRead({
  name: 'get_content',
  input: z.object({
    ref: text,
    content_type: z
      .enum([
        'page',
        'blog_post',
        'whiteboard',
        'database',
        'folder',
        'smart_link',
        'custom_content',
        'attachment',
        'footer_comment',
        'inline_comment',
      ])
      .optional(),
  }),
  output,
  async run(ctx, o): Promise<ReadResult> {
    const found = await located(ctx, o.ref, o.content_type);
    if (found === null)
      throw new UserError('not_found', `Nothing under "${oneLine(o.ref)}" is visible to you.`, {
        next: 'Check the id or link, or look for it with search_content.',
      });
    const space = await spaceById(ctx, found.spaceId);
    const names = await namesOf(ctx, [found.authorId, found.ownerId]);
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
    const item = {
      id: found.id,
      type: found.type,
      title: found.title,
      url: found.url,
      space: space === null ? null : { id: space.id, key: space.key, name: space.name },
      status: found.status,
      version: found.version,
    };
    const note = notes[found.type];
    const author = nameOf(found.authorId);
    const owner = nameOf(found.ownerId);
    const facts = [
      ...(author === null ? [] : [`made by ${oneLine(author)}`]),
      ...(found.createdAt === null ? [] : [`made ${day(found.createdAt)}`]),
      ...(owner === null || owner === author ? [] : [`owned by ${oneLine(owner)}`]),
      ...(found.parentId === null ? [] : [`under id ${found.parentId}`]),
      ...Object.entries(found.facts).map(([name, value]) => `${name} ${oneLine(value)}`),
    ];
    return {
      text: `${itemLine(item, facts)}${note === null ? '' : `\n${note}`}`,
      data: {
        ...item,
        parent_id: found.parentId,
        author,
        owner,
        created_at: found.createdAt,
        facts: found.facts,
        note,
      },
      sources: [sourceOf(item)],
      label: `${found.title || found.id}`,
      untrusted: true,
    };
  },
});
