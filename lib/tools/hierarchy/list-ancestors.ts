import { z } from 'zod';
import { getPages } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { link, oneLine } from '../render.ts';
import { spaceById } from '../resolve/space.ts';
import { type ContainerType, readAncestors, resolveContainer } from './container.ts';
import { treeItem, treeSources, treeUrl } from './tree-rows.ts';

async function titlesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await getPages(ctx.confluence, { id: ids.map(contentNumber), limit: 250 });
  return new Map((found.results ?? []).map((page) => [String(page.id), page.title ?? '']));
}

export const listAncestors = defineRead({
  name: 'list_ancestors',
  input: z.object({
    id: text,
    content_type: z.enum(['page', 'folder', 'whiteboard', 'database', 'smart_link']).optional(),
  }),
  output: z.object({ items: z.array(treeItem) }),
  async run(ctx, o) {
    const leaf = await resolveContainer(ctx, o.id, o.content_type);
    const rows = ((await readAncestors[leaf.type as ContainerType](ctx, leaf.number)).results ?? []) as {
      id?: string;
      type?: string;
    }[];
    const titles = await titlesOf(
      ctx,
      rows.filter((row) => row.type === 'page' && row.id !== undefined).map((row) => String(row.id)),
    );
    const space = await spaceById(ctx, leaf.spaceId);
    const items = rows.map((row, at) => {
      const type = row.type === 'embed' ? 'smart_link' : (row.type ?? 'page');
      const id = String(row.id);
      return {
        id,
        type,
        title: titles.get(id) ?? `${type.replace('_', ' ')} ${id}`,
        url: treeUrl(ctx, space, type, id),
        status: 'current',
        parent_id: at === 0 ? null : String(rows[at - 1]?.id),
        depth: at + 1,
      };
    });
    const path = [
      ...(space === null ? [] : [`${oneLine(space.name)} (${space.key})`]),
      ...items.map((item) => `${link(item.title, item.url)} (id ${item.id})`),
      `**${oneLine(leaf.title)}**`,
    ];
    return {
      text:
        items.length === 0
          ? `"${leaf.title}" is at the top: nothing above it${space === null ? '' : ` but the space ${space.name}`}.`
          : path.join(' › '),
      data: { items },
      sources: treeSources(items.filter((item) => titles.has(item.id))),
      label: `Path of "${leaf.title}"`,
      untrusted: true,
    };
  },
});
