import { z } from 'zod';
import { getGroups, searchGroups } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import { counted, oneLine, sourceOf, wayOn } from '../render.ts';

const groupShape = z.object({ id: z.string(), name: z.string() });

export const listGroups = defineRead({
  name: 'list_groups',
  input: z.object({ query: text.optional(), limit: limit(200), cursor }),
  output: listOf(groupShape),
  async run(ctx, o) {
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const paging = { start, limit: o.limit };
    const found =
      o.query === undefined
        ? await getGroups(ctx.confluence, paging)
        : await searchGroups(ctx.confluence, { query: o.query, ...paging });
    const items = (found.results ?? []).map(({ id, name }) => ({ id, name }));
    const more = typeof (found._links as { next?: unknown } | undefined)?.next === 'string';
    const next = more ? String(start + o.limit) : null;
    const like = o.query === undefined ? '' : ` like "${o.query}"`;
    return {
      text: `${counted(items.length, 'group')}${like} visible to you.\n${items.map((one) => `- ${oneLine(one.name)} · id ${one.id}`).join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: items.map((one) => sourceOf({ id: one.id, type: 'group', title: one.name, url: null })),
      label: `${counted(items.length, 'group')}${like}`,
      untrusted: true,
    };
  },
});
