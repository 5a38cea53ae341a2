import { z } from 'zod';
import { UserError } from '#errors';
import {
  getAttachmentLabels,
  getBlogPostLabels,
  getCustomContentLabels,
  getLabels,
  getPageLabels,
  getSpaceContentLabels,
  getSpaceLabels,
  nextCursor,
} from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine, wayOn } from '../render.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import { resolveLabelled } from './label-target.ts';

const kinds = [
  'site',
  'page',
  'blog_post',
  'attachment',
  'custom_content',
  'space',
  'space_content',
] as const;
const input = z.object({
  of: z.enum(kinds),
  id: text.optional(),
  prefix: z.enum(['global', 'my', 'team', 'system']).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;
type Answer = {
  results?: { id?: string; name?: string; prefix?: string }[] | null;
  _links?: { next?: unknown } | null;
};
type Asked = { prefix?: string; limit: number; cursor?: string };

const labelShape = z.object({ id: z.string(), name: z.string(), prefix: z.string() });

async function read(
  ctx: Context,
  o: Input,
): Promise<{
  found: Answer;
  title: string;
  sources: Awaited<ReturnType<typeof resolveLabelled>>['source'][];
}> {
  const asked: Asked = { prefix: o.prefix, limit: o.limit, cursor: o.cursor };
  if (o.of === 'site') {
    refuseSiteWide(ctx, 'labels');
    return {
      found: await getLabels(ctx.confluence, {
        ...asked,
        prefix: o.prefix === undefined ? undefined : [o.prefix],
      }),
      title: 'the site',
      sources: [],
    };
  }
  if (o.id === undefined)
    throw new UserError('invalid_input', 'id: Say whose labels.', {
      next: 'Give the id of the page or space, or ask for the site.',
    });
  if (o.of === 'custom_content') {
    refuseSiteWide(ctx, 'labels of custom content');
    return {
      found: await getCustomContentLabels(ctx.confluence, { id: contentNumber(o.id), ...asked }),
      title: `custom content ${o.id}`,
      sources: [],
    };
  }
  const of = o.of;
  const one = await resolveLabelled(ctx, o.id, of === 'space_content' ? 'space' : of);
  const readers: Record<typeof of, () => Promise<Answer>> = {
    page: () => getPageLabels(ctx.confluence, { id: contentNumber(one.id), ...asked }),
    blog_post: () => getBlogPostLabels(ctx.confluence, { id: contentNumber(one.id), ...asked }),
    attachment: () => getAttachmentLabels(ctx.confluence, { id: one.id, ...asked }),
    space: () => getSpaceLabels(ctx.confluence, { id: contentNumber(one.id), ...asked }),
    space_content: () => getSpaceContentLabels(ctx.confluence, { id: contentNumber(one.id), ...asked }),
  };
  return {
    found: await readers[of](),
    title: of === 'space_content' ? `the content of ${one.title}` : one.title,
    sources: [one.source],
  };
}

export const listLabels = defineRead({
  name: 'list_labels',
  input,
  output: listOf(labelShape),
  async run(ctx, o) {
    const { found, title, sources } = await read(ctx, o);
    const items = (found.results ?? []).map((label) => ({
      id: String(label.id ?? ''),
      name: label.name ?? '',
      prefix: label.prefix ?? 'global',
    }));
    const next = nextCursor(found);
    const lines = items.map(
      (label) => `- ${oneLine(label.name)}${label.prefix === 'global' ? '' : ` (${label.prefix})`}`,
    );
    return {
      text: `${counted(items.length, 'label')} of "${title}".\n${lines.join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources,
      label: `${counted(items.length, 'label')} of "${title}"`,
      untrusted: true,
    };
  },
});
