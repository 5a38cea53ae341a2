import { z } from 'zod';
import { defineRead } from '../define.ts';
import { itemWith } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { counted, link, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { completenessShape, completenessText, scopeInputs } from '../scan/index.ts';
import { parsePeriod } from '../when-span.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import { measured, viewersOf, viewsOf, withoutText } from './views.ts';

/** How many are named; the rest was measured all the same. */
const shown = 20;

const output = z.object({
  items: z.array(itemShape.extend({ rank: z.number(), views: z.number(), viewers: z.number().nullable() })),
  since: z.string(),
  total_views: z.number(),
  measured: z.number(),
  method: z.string(),
  completeness: completenessShape,
});

export const listMostViewedPages = defineRead({
  name: 'list_most_viewed_pages',
  input: z.object({ since: text, ...scopeInputs }),
  output,
  async run(ctx, o) {
    const since = parsePeriod(o.since).from.at;
    const day = since.toISOString().slice(0, 10);
    const scope = await searchScope(ctx, o);
    const { pages, completeness } = await pagesOf(ctx, scope, o.max_pages);
    const ids = pages.map((page) => page.id);
    const found = await measured(ctx, ids, 'pages measured', (id) => viewsOf(ctx, id, since));
    const ranked = pages
      .map((page, at) => ({ page, views: found.values[at] ?? null }))
      .filter((one): one is { page: (typeof pages)[number]; views: number } => one.views !== null)
      .toSorted((a, b) => b.views - a.views || a.page.title.localeCompare(b.page.title));
    const top = ranked.filter((one) => one.views > 0).slice(0, shown);
    const viewers = await measured(
      ctx,
      top.map((one) => one.page.id),
      'viewers counted',
      (id) => viewersOf(ctx, id, since),
    );
    const spaces = await spacesById(
      ctx,
      top.map((one) => one.page.spaceId),
    );
    const names = await namesOf(
      ctx,
      top.map((one) => one.page.versionBy),
    );
    const items = top.map(({ page, views }, at) => ({
      ...itemWith(page, spaces.get(page.spaceId) ?? null, names),
      rank: at + 1,
      views,
      viewers: viewers.values[at] ?? null,
    }));
    const which = completeness.complete
      ? `all ${counted(pages.length, 'page')}`
      : `the ${counted(pages.length, 'most recently changed page')}`;
    const method = `Views since ${day} of ${which} ${oneLine(scope.words)} that you can see; Atlassian has no ranking endpoint, so each page was measured on its own.`;
    const stopped = found.stopped ?? viewers.stopped;
    const lines = items.map(
      (item) =>
        `${item.rank}. ${link(item.title, item.url)} · ${item.views} views${item.viewers === null ? '' : ` by ${counted(item.viewers, 'person', 'people')}`}${item.space ? ` · ${oneLine(item.space.name)}` : ''} · id ${item.id}`,
    );
    const nothing = items.length === 0 ? `\nNone of them was viewed since ${day}.` : '';
    const more =
      ranked.length > items.length ? `\n\nThe other ${ranked.length - items.length} had fewer.` : '';
    return {
      text: `${method} ${completenessText(completeness)}${nothing}\n${lines.join('\n')}${more}\n\n${withoutText(found.without)}${stopped === null ? '' : ` Not all were measured: ${stopped}`}`,
      data: {
        items,
        since: since.toISOString(),
        total_views: ranked.reduce((sum, one) => sum + one.views, 0),
        measured: ranked.length,
        method,
        completeness: stopped === null ? completeness : { ...completeness, complete: false, stopped },
      },
      sources: items.map(sourceOf),
      label: `Most viewed of ${counted(ranked.length, 'page')} since ${day}`,
      untrusted: true,
    };
  },
});
