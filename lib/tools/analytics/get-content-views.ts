import { z } from 'zod';
import { UserError } from '#errors';
import { defineRead } from '../define.ts';
import { type Document, itemWith } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, link, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { spacesById } from '../resolve/space.ts';
import { type Completeness, completenessShape, completenessText } from '../scan/index.ts';
import { parseWhen } from '../when.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import { measured, viewersOf, viewsOf, withoutText } from './views.ts';

const stretch = z.object({ from: z.string(), to: z.string().nullable(), views: z.number() });
const output = z.object({
  items: z.array(
    itemShape.extend({
      views: z.number(),
      viewers: z.number(),
      /** Views of the stretch of the same length just before; null where no date was given. */
      previous_views: z.number().nullable(),
      periods: z.array(stretch),
    }),
  ),
  from: z.string().nullable(),
  total_views: z.number(),
  completeness: completenessShape.nullable(),
});

const input = z.object({
  ids: z.array(text).min(1).max(50).optional(),
  label: text.optional(),
  from: text.optional(),
  periods: z.array(text).min(1).max(12).optional(),
});
type Input = z.output<typeof input>;

async function meant(
  ctx: Context,
  o: Input,
): Promise<{ pages: Document[]; completeness: Completeness | null }> {
  if (o.ids !== undefined) {
    const pages: Document[] = [];
    for (const id of o.ids) pages.push(await resolveDocument(ctx, id, ['page', 'blog_post']));
    return { pages, completeness: null };
  }
  if (o.label === undefined) {
    throw new UserError('invalid_input', 'It is not said which pages are meant.', {
      next: 'Give ids, or a label. list_most_viewed_pages ranks the pages of a space.',
    });
  }
  return pagesOf(ctx, await searchScope(ctx, { label: o.label }), 100);
}

/** The dates to measure from, oldest first: those to compare, and the one asked for. */
function datesOf(o: Input, now: Date): { from: Date | null; marks: Date[] } {
  const marks = [...(o.periods ?? []), ...(o.from === undefined ? [] : [o.from])]
    .map((given) => parseWhen(given, now).at)
    .toSorted((a, b) => a.getTime() - b.getTime())
    .filter((at, index, all) => all[index - 1]?.getTime() !== at.getTime());
  if (marks.some((at) => at > now)) {
    throw new UserError('invalid_input', 'One of the dates lies in the future.', {
      next: 'Give dates in the past.',
    });
  }
  return { from: marks[0] ?? null, marks };
}

async function measure(ctx: Context, id: string, from: Date | null, marks: readonly Date[], now: Date) {
  const totals: number[] = [];
  for (const mark of marks) totals.push(await viewsOf(ctx, id, mark));
  const views = from === null ? await viewsOf(ctx, id, null) : (totals[0] ?? 0);
  const before = from === null ? null : new Date(2 * from.getTime() - now.getTime());
  return {
    views,
    viewers: await viewersOf(ctx, id, from),
    // The API gives totals since a date only: a stretch is the difference of two.
    previous_views: before === null ? null : Math.max(0, (await viewsOf(ctx, id, before)) - views),
    periods: marks.map((mark, at) => ({
      from: mark.toISOString(),
      to: marks[at + 1]?.toISOString() ?? null,
      views: Math.max(0, (totals[at] ?? 0) - (totals[at + 1] ?? 0)),
    })),
  };
}

function trend(views: number, previous: number | null): string {
  if (previous === null) return '';
  if (previous === 0) return views === 0 ? '' : ' · none in the same time before';
  const percent = Math.round(((views - previous) / previous) * 100);
  return ` · ${previous} in the same time before (${percent > 0 ? '+' : ''}${percent}%)`;
}

export const getContentViews = defineRead({
  name: 'get_content_views',
  input,
  output,
  async run(ctx, o) {
    const now = new Date();
    const { from, marks } = datesOf(o, now);
    const { pages, completeness } = await meant(ctx, o);
    const found = await measured(
      ctx,
      pages.map((page) => page.id),
      'pages measured',
      (id) => measure(ctx, id, from, marks, now),
    );
    const spaces = await spacesById(
      ctx,
      pages.map((page) => page.spaceId),
    );
    const items = pages.flatMap((page, at) => {
      const value = found.values[at];
      return value ? [{ ...itemWith(page, spaces.get(page.spaceId) ?? null, new Map()), ...value }] : [];
    });
    const day = (at: string | null) => at?.slice(0, 10) ?? 'now';
    const since = from === null ? 'ever' : `since ${day(from.toISOString())}`;
    const lines = items.map((item) => {
      const stretches =
        item.periods.length < 2
          ? ''
          : item.periods.map((one) => `\n  - ${day(one.from)} to ${day(one.to)}: ${one.views}`).join('');
      return `- ${link(item.title, item.url)} · ${counted(item.views, 'view')} by ${counted(item.viewers, 'person', 'people')} ${since}${trend(item.views, item.previous_views)} · id ${item.id}${stretches}`;
    });
    const total = items.reduce((sum, item) => sum + item.views, 0);
    const sum = items.length > 1 ? `\nTogether ${counted(total, 'view')}.` : '';
    const scope = completeness === null ? '' : `\n${completenessText(completeness)}`;
    const rest = `${withoutText(found.without)}${found.stopped === null ? '' : ` Not all were measured: ${found.stopped}`}`;
    return {
      text: `${lines.join('\n') || 'No page with that label is visible to you.'}${sum}${scope}${rest}\n\nAtlassian counts views and people since a date; it does not say who they are.`,
      data: { items, from: from?.toISOString() ?? null, total_views: total, completeness },
      sources: items.map(sourceOf),
      label: `${counted(total, 'view')} of ${counted(items.length, 'page')} ${since}`,
      untrusted: true,
    };
  },
});
