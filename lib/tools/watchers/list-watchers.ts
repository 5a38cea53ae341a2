import { z } from 'zod';
import { getWatchersForSpace, getWatchesForPage } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, wayOn } from '../render.ts';
import { type Person, personOf } from '../resolve/person.ts';
import { personData, personLine, personShape, personSource } from '../users/search-users.ts';
import { isWatching, resolveWatched, type Watched, watchedKinds, watchedName } from './watched.ts';

type Answer = { results?: { watcher?: unknown }[]; _links?: { next?: unknown } | null };

async function watchersOf(
  ctx: Context,
  one: Watched,
  o: { start: number; limit: number },
): Promise<{ people: Person[]; more: boolean }> {
  const found = (
    one.of === 'page'
      ? await getWatchesForPage(ctx.confluence, { id: one.ref, ...o })
      : await getWatchersForSpace(ctx.confluence, {
          spaceKey: one.ref,
          start: String(o.start),
          limit: String(o.limit),
        })
  ) as Answer;
  const people = (found.results ?? [])
    .map((row) => personOf(ctx, (row.watcher ?? {}) as Parameters<typeof personOf>[1]))
    .filter((person): person is Person => person !== null);
  return { people, more: typeof found._links?.next === 'string' };
}

export const listWatchers = defineRead({
  name: 'list_watchers',
  input: z.object({
    of: z.enum(watchedKinds),
    id: text,
    me: z.boolean().optional(),
    limit: limit(200),
    cursor,
  }),
  output: listOf(personShape).extend({ watching: z.boolean() }),
  async run(ctx, o) {
    const one = await resolveWatched(ctx, o.of, o.id);
    const name = watchedName(one);
    const watching = await isWatching(ctx, one);
    const mine = `You ${watching ? 'watch' : 'do not watch'} ${name}.`;
    if (o.me === true || o.of === 'label') {
      const note =
        o.of === 'label' && o.me !== true ? ' Who else watches a label is not in the Confluence API.' : '';
      return {
        text: `${mine}${note}`,
        data: { items: [], has_more: false, cursor: null, watching },
        sources: [one.source],
        label: mine,
        untrusted: true,
      };
    }
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const { people, more } = await watchersOf(ctx, one, { start, limit: o.limit });
    const next = more ? String(start + o.limit) : null;
    return {
      text: `${counted(people.length, 'watcher')} of ${name} visible to you. ${mine}\n${people.map(personLine).join('\n')}${wayOn(next)}`.trim(),
      data: { items: people.map(personData), has_more: next !== null, cursor: next, watching },
      sources: [one.source, ...people.map(personSource)],
      label: `${counted(people.length, 'watcher')} of ${one.title}`,
      untrusted: true,
    };
  },
});
