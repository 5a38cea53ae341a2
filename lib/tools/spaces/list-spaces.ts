import { z } from 'zod';
import { getSpaces, nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, listOf, spaceShape, text } from '../inputs.ts';
import { plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { counted, link, oneLine, wayOn } from '../render.ts';
import { allSpaces, type Space, spaceOf } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';

const input = z.object({
  query: text.optional(),
  keys: z.array(text).max(250).optional(),
  ids: z.array(text).max(250).optional(),
  type: z.enum(['global', 'personal', 'collaboration', 'knowledge_base']).optional(),
  status: z.enum(['current', 'archived', 'trashed']).optional(),
  labels: z.array(text).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;

export const spaceItem = spaceShape.extend({
  type: z.string(),
  status: z.string(),
  url: z.string().nullable(),
  homepage_id: z.string().nullable(),
});

/** A space as an answer shows it. */
export function spaceData(space: Space): z.output<typeof spaceItem> {
  const { id, key, name, type, status, url } = space;
  return { id, key, name, type, status, url, homepage_id: space.homepageId };
}

/** The source entry of a space. */
export function spaceSource(space: Space) {
  const { id, key, name, url } = space;
  return {
    id,
    kind: 'space' as const,
    title: name,
    url,
    space: { key, name },
    version: null,
    updatedAt: null,
    updatedBy: null,
  };
}

/** Words of the question that must all occur in name or key; "engineering spaces" finds Engineering. */
function matcher(query: string): (space: Space) => boolean {
  const words = plain(query)
    .split(' ')
    .filter((word) => !/^(space|spaces|all|active|current|the|our)$/.test(word));
  const stem = (word: string) => (word.length > 4 ? word.replace(/(ing|s)$/, '') : word);
  return (space) => words.every((word) => plain(`${space.name} ${space.key}`).includes(stem(word)));
}

async function byQuery(ctx: Context, o: Input): Promise<{ spaces: Space[]; cursor: string | null }> {
  const fits = matcher(o.query ?? '');
  const keys = o.keys?.map((key) => key.toLowerCase());
  const found = (await allSpaces(ctx)).filter(
    (space) =>
      fits(space) &&
      (o.type === undefined || space.type === o.type) &&
      (o.status === undefined || space.status === o.status) &&
      (keys === undefined || keys.includes(space.key.toLowerCase())) &&
      (o.ids === undefined || o.ids.includes(space.id)),
  );
  const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
  return {
    spaces: found.slice(start, start + o.limit),
    cursor: found.length > start + o.limit ? String(start + o.limit) : null,
  };
}

async function byList(ctx: Context, o: Input): Promise<{ spaces: Space[]; cursor: string | null }> {
  const allowed = ctx.limits.spaces;
  const ids = o.ids ?? (allowed === null ? undefined : [...allowed]);
  const found = await getSpaces(ctx.confluence, {
    ids: ids?.map(contentNumber),
    keys: o.keys,
    type: o.type,
    status: o.status,
    labels: o.labels,
    limit: o.limit,
    cursor: o.cursor,
    sort: 'name',
  });
  const spaces = (found.results ?? [])
    .map((raw) => spaceOf(ctx.confluence, raw as Parameters<typeof spaceOf>[1]))
    .filter((space): space is Space => space !== null && spaceAllowed(ctx, space.id));
  return { spaces, cursor: nextCursor(found) };
}

export const listSpaces = defineRead({
  name: 'list_spaces',
  input,
  output: listOf(spaceItem),
  async run(ctx, o) {
    const found = o.query === undefined ? await byList(ctx, o) : await byQuery(ctx, o);
    const like = o.query === undefined ? '' : ` like "${o.query}"`;
    const lines = found.spaces.map(
      (space) =>
        `- ${link(space.name, space.url)} · key ${oneLine(space.key)} · id ${space.id} · ${space.type}${space.status === 'current' ? '' : ` · ${space.status}`}`,
    );
    const none =
      found.spaces.length === 0 && o.query !== undefined ? ' list_spaces without query shows all.' : '';
    return {
      text: `${counted(found.spaces.length, 'space')}${like} visible to you.${none}\n${lines.join('\n')}${wayOn(found.cursor)}`.trim(),
      data: { items: found.spaces.map(spaceData), has_more: found.cursor !== null, cursor: found.cursor },
      sources: found.spaces.map(spaceSource),
      label: `${counted(found.spaces.length, 'space')}${like}`,
      untrusted: true,
    };
  },
});
