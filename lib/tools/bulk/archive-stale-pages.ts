import { z } from 'zod';
import { UserError } from '#errors';
import { measured, viewsOf } from '../analytics/views.ts';
import { defineBulk } from '../define.ts';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import { labelsOf } from '../labels/label-target.ts';
import { labelNames } from '../labels/names.ts';
import type { Context, PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, day } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import type { Completeness } from '../scan/index.ts';
import { resultsOfEach } from '../scan/index.ts';
import { type Age, parseAge } from '../when-span.ts';
import { planList, planShape, type Skipped } from './plan-list.ts';
import { eachTarget, requireScope, targetInputs } from './targets.ts';

const input = z.object({
  not_viewed_for: text.optional(),
  not_edited_for: text.optional(),
  exclude_labels: z.array(text).optional(),
  ...targetInputs,
});
type Input = z.output<typeof input>;

/** One request each: Atlassian's hourly quota is shared by everyone. */
const mostViews = 600;

type Stale = { page: Document; views: number | null };

/** Pages that are old enough by their dates, which the list itself has. */
async function candidates(
  ctx: Context,
  o: Input,
  viewed: Age | null,
  edited: Age | null,
  skipped: Skipped[],
) {
  const found: Document[] = [];
  const homes = new Set<string>();
  const { completeness, words } = await eachTarget(
    ctx,
    { ...o, max_pages: 5000 },
    { bodies: false },
    async (page) => {
      const space = (await spacesById(ctx, [page.spaceId])).get(page.spaceId);
      if (space?.homepageId) homes.add(space.homepageId);
      if (edited !== null && Date.parse(page.versionAt ?? '') >= edited.before.at.getTime()) return false;
      // A page that did not exist yet could not be viewed: that says nothing about it.
      if (viewed !== null && Date.parse(page.createdAt ?? '') >= viewed.before.at.getTime()) return false;
      if (homes.has(page.id)) {
        skipped.push({
          id: page.id,
          title: page.title,
          url: page.url,
          why: 'it is the homepage of its space',
        });
        return false;
      }
      found.push(page);
      return true;
    },
  );
  return { found, completeness, words };
}

async function withoutLabels(
  ctx: Context,
  pages: readonly Document[],
  names: readonly string[],
  skipped: Skipped[],
) {
  if (names.length === 0) return [...pages];
  const { results } = await resultsOfEach(ctx, pages, 'labels read', (page) =>
    labelsOf(ctx, { type: 'page', id: page.id, key: page.id, title: page.title }),
  );
  return pages.filter((page, index) => {
    const hit = results[index]?.find((label) => names.includes(label.toLowerCase()));
    const why = results[index] === null ? 'its labels could not be read' : `it has the label "${hit}"`;
    if (results[index] !== null && hit === undefined) return true;
    skipped.push({ id: page.id, title: page.title, url: page.url, why });
    return false;
  });
}

type Viewed = { stale: Stale[]; unread: number; stopped: string | null };

async function unviewed(
  ctx: Context,
  pages: readonly Document[],
  since: Age,
  skipped: Skipped[],
): Promise<Viewed> {
  const asked = pages.slice(0, mostViews);
  const { values, stopped } = await measured(
    ctx,
    asked.map((page) => page.id),
    'page views read',
    (id) => viewsOf(ctx, id, since.before.at),
  );
  const stale: Stale[] = [];
  for (const [index, page] of asked.entries()) {
    const views = values[index] ?? null;
    if (views === 0) stale.push({ page, views });
    if (views === null)
      skipped.push({ id: page.id, title: page.title, url: page.url, why: 'Confluence gave no views for it' });
  }
  return { stale, unread: pages.length - asked.length, stopped };
}

async function itemOf(ctx: Context, { page, views }: Stale, viewed: Age | null): Promise<PlanItem> {
  return {
    operation: 'archive_pages',
    input: { pages: [page.id] },
    title: `Archive "${page.title}"`,
    target: await documentTarget(ctx, page),
    why: [
      ...(viewed !== null && views === 0 ? [`no views for ${viewed.words}`] : []),
      `last edited ${day(page.versionAt)}`,
    ].join(', '),
  };
}

/** What was looked at, when the plan or the views ended before the pages did. */
function completenessOf(
  seen: Completeness,
  o: { all: number; listed: number; most: number; unread: number; stopped: string | null },
): Completeness {
  const more = o.all - o.listed;
  const stopped =
    o.stopped ??
    (o.unread > 0
      ? `page views of ${o.unread} more pages were not read, one request each; narrow the scope.`
      : more > 0
        ? `${more} more pages are stale; the plan holds ${o.most}, as max_pages says.`
        : seen.stopped);
  return stopped === null ? seen : { ...seen, complete: false, stopped };
}

export const archiveStalePages = defineBulk({
  name: 'archive_stale_pages',
  input,
  output: planShape,
  async plan(ctx, o) {
    requireScope(o, 'pages of every space would be archived');
    if (o.not_viewed_for === undefined && o.not_edited_for === undefined)
      throw new UserError('invalid_input', 'What makes a page stale is missing.', {
        next: 'Give not_viewed_for or not_edited_for, such as 6m.',
      });
    const viewed = o.not_viewed_for === undefined ? null : parseAge(o.not_viewed_for);
    const edited = o.not_edited_for === undefined ? null : parseAge(o.not_edited_for);
    const skipped: Skipped[] = [];
    const { found, completeness, words } = await candidates(ctx, o, viewed, edited, skipped);
    const kept = await withoutLabels(ctx, found, labelNames(o.exclude_labels ?? []).names, skipped);
    // The longest untouched first: the plan may hold only some.
    kept.sort((a, b) => (a.versionAt ?? '').localeCompare(b.versionAt ?? ''));
    const seen: Viewed =
      viewed === null
        ? { stale: kept.map((page) => ({ page, views: null })), unread: 0, stopped: null }
        : await unviewed(ctx, kept, viewed, skipped);
    const listed = seen.stale.slice(0, o.max_pages);
    const items: PlanItem[] = [];
    for (const one of listed) items.push(await itemOf(ctx, one, viewed));
    const rule = [
      ...(viewed === null ? [] : [`not viewed for ${viewed.words}`]),
      ...(edited === null ? [] : [`not edited for ${edited.words}`]),
    ].join(' and ');
    return planList({
      items,
      skipped,
      completeness: completenessOf(completeness, {
        all: seen.stale.length,
        listed: listed.length,
        most: o.max_pages,
        unread: seen.unread,
        stopped: seen.stopped,
      }),
      head: `Archive ${counted(items.length, 'page')} ${words}, ${rule}`,
      none: `No page ${words} that is visible to you was ${rule}. Nothing was proposed.`,
      remarks: [
        'Archiving cannot be undone through the API: pages are restored in Confluence. Pages below an archived page that are not in this list stay where they are.',
        ...(viewed === null
          ? []
          : ['Pages made within that time were left out: they could not have been viewed before.']),
      ],
    });
  },
});
