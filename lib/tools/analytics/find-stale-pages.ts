import { z } from 'zod';
import { nextCursor, searchByCQL } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { type Document, itemWith } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { completenessShape, completenessText, scopeInputs } from '../scan/index.ts';
import { parseAge } from '../when-span.ts';
import { ageOf, ages } from './ages.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import { measured, viewsOf, withoutText } from './views.ts';

const shown = 50;
const share = z.object({ name: z.string(), pages: z.number() });
const output = z.object({
  items: z.array(
    itemShape.extend({
      owner: z.string().nullable(),
      days_since_edit: z.number(),
      views: z.number().nullable(),
      labels: z.array(z.string()),
    }),
  ),
  total: z.number(),
  by_age: z.array(share),
  by_owner: z.array(share),
  by_label: z.array(share),
  completeness: completenessShape,
});

/** Labels by page id, read with the search itself: 200 pages a request. */
async function labelsOf(ctx: Context, cql: string, wanted: number): Promise<Map<string, string[]>> {
  const labels = new Map<string, string[]>();
  let cursor: string | undefined;
  do {
    ctx.signal.throwIfAborted();
    const found = await searchByCQL(ctx.confluence, {
      cql,
      limit: 200,
      cursor,
      excerpt: 'none',
      expand: ['content.metadata.labels'],
    });
    for (const { content } of found.results ?? []) {
      const metadata = content?.metadata as { labels?: { results?: { name?: string }[] } } | undefined;
      if (content?.id)
        labels.set(
          content.id,
          (metadata?.labels?.results ?? []).flatMap(({ name }) => (name === undefined ? [] : [name])),
        );
    }
    cursor = nextCursor(found) ?? undefined;
  } while (cursor !== undefined && labels.size < wanted);
  return labels;
}

/** How many pages fall under each name, the most first. */
function shares(names: readonly string[]): z.output<typeof share>[] {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .map(([name, all]) => ({ name, pages: all.length }))
    .toSorted((a, b) => b.pages - a.pages || a.name.localeCompare(b.name));
}

const sharesText = (title: string, all: readonly z.output<typeof share>[]): string =>
  all.length === 0
    ? ''
    : `\n${title}: ${all
        .slice(0, 8)
        .map((one) => `${oneLine(one.name)} ${one.pages}`)
        .join(', ')}.`;

const daysSince = (page: Document, now: Date): number =>
  Math.floor(
    (now.getTime() - Date.parse(page.versionAt ?? page.createdAt ?? now.toISOString())) / 86_400_000,
  );

export const findStalePages = defineRead({
  name: 'find_stale_pages',
  input: z.object({ not_edited_for: text.optional(), not_viewed_for: text.optional(), ...scopeInputs }),
  output,
  async run(ctx, o) {
    const now = new Date();
    const unviewed = o.not_viewed_for === undefined ? null : parseAge(o.not_viewed_for, now);
    const unedited =
      o.not_edited_for === undefined
        ? unviewed === null
          ? parseAge('12m', now)
          : null
        : parseAge(o.not_edited_for, now);
    const scope = await searchScope(ctx, o, {
      oldestFirst: true,
      ...(unedited === null ? {} : { more: `lastmodified < ${unedited.before.cql}` }),
    });
    const { pages, completeness } = await pagesOf(ctx, scope, o.max_pages);
    const seen =
      unviewed === null
        ? null
        : await measured(
            ctx,
            pages.map((page) => page.id),
            'pages measured',
            (id) => viewsOf(ctx, id, unviewed.before.at),
          );
    const stale = pages
      .map((page, at) => ({ page, views: seen?.values[at] ?? null }))
      .filter((one) => seen === null || one.views === 0);
    const labels =
      stale.length === 0 ? new Map<string, string[]>() : await labelsOf(ctx, scope.cql, pages.length);
    const names = await namesOf(
      ctx,
      stale.flatMap(({ page }) => [page.ownerId ?? page.authorId, page.versionBy]),
    );
    const spaces = await spacesById(
      ctx,
      stale.map(({ page }) => page.spaceId),
    );
    const ownerOf = (page: Document) => names.get(page.ownerId ?? page.authorId ?? '') ?? null;
    const items = stale.slice(0, shown).map(({ page, views }) => ({
      ...itemWith(page, spaces.get(page.spaceId) ?? null, names),
      owner: ownerOf(page),
      days_since_edit: daysSince(page, now),
      views,
      labels: labels.get(page.id) ?? [],
    }));
    const byAge = ages.map(({ name }) => ({
      name,
      pages: stale.filter(({ page }) => ageOf(daysSince(page, now)) === name).length,
    }));
    const byOwner = shares(stale.map(({ page }) => ownerOf(page) ?? 'nobody known'));
    const byLabel = shares(stale.flatMap(({ page }) => labels.get(page.id) ?? []));
    const what = [
      ...(unedited === null ? [] : [`not edited for ${unedited.words}`]),
      ...(unviewed === null ? [] : [`not viewed for ${unviewed.words}`]),
    ].join(' and ');
    const lines = items.map((item) =>
      itemLine(item, item.owner === null ? [] : [`owner ${oneLine(item.owner)}`]),
    );
    const more = stale.length > items.length ? `\n${stale.length - items.length} more are not listed.` : '';
    const found = byAge.filter((one) => one.pages > 0);
    const stopped = seen?.stopped ?? null;
    return {
      text: `${counted(stale.length, 'page')} ${oneLine(scope.words)} ${what}, the longest left alone first. ${completenessText(completeness)}\n${lines.join('\n')}${more}\n${sharesText('By age of the last edit', found)}${sharesText('By owner', byOwner)}${sharesText('By label', byLabel)}\n\n${withoutText(seen?.without ?? 0)}${stopped === null ? '' : ` Views were not read for all: ${stopped}`} Archived pages are not among them.`,
      data: {
        items,
        total: stale.length,
        by_age: byAge,
        by_owner: byOwner,
        by_label: byLabel,
        completeness: stopped === null ? completeness : { ...completeness, complete: false, stopped },
      },
      sources: items.map(sourceOf),
      label: `${counted(stale.length, 'page')} ${what}`,
      untrusted: true,
    };
  },
});
