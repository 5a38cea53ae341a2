import { getPageLikeCount } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import { namesOf } from '../people.ts';
import { counted } from '../render.ts';
import { resultsOfEach } from '../scan/index.ts';
import { activitiesIn, countsOf, reachText } from './activity.ts';
import { ageOf, ages } from './ages.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import {
  before,
  fact,
  openComments,
  orReason,
  type Report,
  type ReportMaker,
  ranked,
  tasksOf,
} from './report-parts.ts';
import { measured, viewsOf } from './views.ts';

/** So many pages of a space are looked at one by one. */
const mostPages = 200;
const dayMs = 86_400_000;

const health: ReportMaker = async (ctx, space, period) => {
  const scope = await searchScope(ctx, { space: space.id }, { oldestFirst: true });
  const { pages, completeness } = await pagesOf(ctx, scope, mostPages);
  const now = Date.now();
  const days = (at: string | null) => Math.floor((now - Date.parse(at ?? '')) / dayMs);
  const ofAge = (name: string) => pages.filter((page) => ageOf(days(page.versionAt)) === name).length;
  const tasks = await orReason(tasksOf(ctx, space, period));
  const comments = await orReason(resultsOfEach(ctx, pages, 'pages read', (page) => openComments(ctx, page)));
  const open = comments.value?.results.map((count) => count ?? 0) ?? [];
  const asked = pages
    .map((page, at) => ({ page, open: open[at] ?? 0 }))
    .filter((one) => one.open > 0)
    .toSorted((a, b) => b.open - a.open);
  const editors = new Set(pages.filter((page) => days(page.versionAt) < 91).map((page) => page.versionBy))
    .size;
  const names = await namesOf(
    ctx,
    pages.slice(0, 5).map((page) => page.versionBy),
  );
  const reason = (one: typeof tasks | typeof comments) => ('reason' in one ? one.reason : null);
  return {
    facts: [
      fact('pages', pages.length),
      ...ages.map(({ name }) => fact(`pages last edited ${name} ago`, ofAge(name))),
      fact('people with a last edit in the last 3 months', editors),
      fact('open tasks', tasks.value?.open ?? null, reason(tasks)),
      fact('overdue tasks', tasks.value?.overdue ?? null, reason(tasks)),
      fact(
        'unresolved inline comments',
        comments.value === null ? null : open.reduce((sum, one) => sum + one, 0),
        reason(comments),
      ),
    ],
    lists: [
      {
        title: 'Longest not edited',
        items: pages
          .slice(0, 5)
          .map((page) =>
            ranked(page, `${days(page.versionAt)} days, by ${names.get(page.versionBy ?? '') ?? 'someone'}`),
          ),
      },
      {
        title: 'Most unresolved comments',
        items: asked.slice(0, 5).map(({ page, open: count }) => ranked(page, counted(count, 'comment'))),
      },
    ],
    completeness,
    notes: comments.value?.stopped ? [`Comments were not read for all: ${comments.value.stopped}`] : [],
  };
};

const monthly: ReportMaker = async (ctx, space, period) => {
  const earlier = before(period);
  const both = await activitiesIn(ctx, { spaces: [space.key], from: earlier.from, to: period.to.at });
  const start = period.from.at.toISOString();
  const rows = both.rows.filter(({ at }) => at >= start);
  const now = countsOf(rows);
  const then = countsOf(both.rows.filter(({ at }) => at < start));
  const tasks = await orReason(tasksOf(ctx, space, period));
  const people = new Set(rows.flatMap(({ by }) => (by === null ? [] : [by])));
  const was = (count: number) => `${count} in the same time before`;
  const made = rows.filter(({ kind }) => kind === 'created').toSorted((a, b) => b.at.localeCompare(a.at));
  const reason = 'reason' in tasks ? tasks.reason : null;
  return {
    facts: [
      fact('pages and posts created', now.created, was(then.created)),
      // Pages edited again since then have left the earlier time, so comparing edits would mislead.
      fact('pages and posts last edited', now.edited),
      fact('comments', now.commented, was(then.commented)),
      fact('people active', people.size),
      fact('tasks completed', tasks.value?.done ?? null, reason),
      fact('tasks open now', tasks.value?.open ?? null, reason),
    ],
    lists: [
      {
        title: 'New',
        items: made.slice(0, 10).map(({ id, title, url, at }) => ({ id, title, url, note: at.slice(0, 10) })),
      },
    ],
    completeness: null,
    notes: [reachText(both)],
  };
};

const engagement: ReportMaker = async (ctx, space, period) => {
  const scope = await searchScope(ctx, { space: space.id });
  const { pages, completeness } = await pagesOf(ctx, scope, mostPages);
  const ids = pages.map((page) => page.id);
  const views = await orReason(
    measured(ctx, ids, 'views read', async (id) => {
      const since = await viewsOf(ctx, id, period.from.at);
      // The API counts since a date: what came after the period is taken off.
      const after = period.to.cql === 'now()' ? 0 : await viewsOf(ctx, id, period.to.at);
      return Math.max(0, since - after);
    }),
  );
  const likes = await orReason(
    measured(ctx, ids, 'likes read', async (id) =>
      Number((await getPageLikeCount(ctx.confluence, { id: contentNumber(id) })).count ?? 0),
    ),
  );
  const activity = await activitiesIn(ctx, { spaces: [space.key], from: period.from.at, to: period.to.at });
  const sum = (one: typeof views) =>
    one.value === null ? null : one.value.values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const reason = (one: typeof views) => ('reason' in one ? one.reason : null);
  const top = (one: typeof views, noun: string) =>
    pages
      .map((page, at) => ({ page, value: one.value?.values[at] ?? 0 }))
      .filter(({ value }) => value > 0)
      .toSorted((a, b) => b.value - a.value)
      .slice(0, 5)
      .map(({ page, value }) => ranked(page, counted(value, noun)));
  const seen = views.value?.values.filter((value) => (value ?? 0) > 0).length ?? null;
  return {
    facts: [
      fact('pages measured', pages.length),
      fact('views', sum(views), reason(views)),
      fact('pages viewed at all', seen, reason(views)),
      fact('likes, of all time', sum(likes), reason(likes)),
      fact('comments', countsOf(activity.rows).commented),
    ],
    lists: [
      { title: 'Most viewed', items: top(views, 'view') },
      { title: 'Most liked', items: top(likes, 'like') },
    ],
    completeness,
    notes: [views.value?.stopped, likes.value?.stopped].flatMap((one) =>
      one ? [`Not all were measured: ${one}`] : [],
    ),
  };
};

export const kinds = ['health', 'monthly', 'engagement'] as const;
export type ReportKind = (typeof kinds)[number];
export const makers: Record<ReportKind, (...args: Parameters<ReportMaker>) => Promise<Report>> = {
  health,
  monthly,
  engagement,
};
