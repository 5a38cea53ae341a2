import { z } from 'zod';
import { defineRead } from '../define.ts';
import { type Document, itemWith } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { completenessShape, completenessText, resultsOfEach, scopeInputs } from '../scan/index.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import { isReviewed, type Review, reviewOf } from './review-record.ts';

const shown = 50;
const statuses = ['overdue', 'due_soon', 'pending', 'reviewed', 'no_request'] as const;
type Status = (typeof statuses)[number];

const output = z.object({
  items: z.array(
    itemShape.extend({
      state: z.string().nullable(),
      review: z.enum(statuses),
      reviewers: z.array(z.string()),
      due: z.string().nullable(),
      requested_by: z.string().nullable(),
      requested_at: z.string().nullable(),
    }),
  ),
  by_state: z.array(z.object({ state: z.string().nullable(), pages: z.number() })),
  by_reviewer: z.array(z.object({ name: z.string(), pending: z.number(), overdue: z.number() })),
  pending: z.number(),
  overdue: z.number(),
  due_soon: z.number(),
  unreadable: z.number(),
  completeness: completenessShape,
});

const soonDays = 14;

/** Days are compared as written: a review due today is not overdue yet. */
function statusOf({ state, record }: Review, now: Date): Status {
  if (record === null) return 'no_request';
  if (isReviewed(state)) return 'reviewed';
  const due = record.due?.slice(0, 10);
  if (due === undefined) return 'pending';
  if (due < now.toISOString().slice(0, 10)) return 'overdue';
  const soon = new Date(now.getTime() + soonDays * 86_400_000).toISOString().slice(0, 10);
  return due <= soon ? 'due_soon' : 'pending';
}

const words: Record<Status, string> = {
  overdue: 'overdue',
  due_soon: 'due soon',
  pending: 'pending',
  reviewed: 'reviewed',
  no_request: 'no review requested',
};

export const getReviewReport = defineRead({
  name: 'get_review_report',
  input: z.object({ state: text.optional(), ...scopeInputs }),
  output,
  async run(ctx, o) {
    const now = new Date();
    const scope = await searchScope(ctx, o);
    const { pages, completeness } = await pagesOf(ctx, scope, o.max_pages);
    const read = await resultsOfEach(ctx, pages, 'pages read', (page) => reviewOf(ctx, page.id));
    const all = pages.flatMap((page, at) => {
      const review = read.results[at];
      return review ? [{ page, review, status: statusOf(review, now) }] : [];
    });
    const wanted = o.state?.toLowerCase();
    const fitting = all.filter(
      ({ review }) => wanted === undefined || review.state?.toLowerCase() === wanted,
    );
    // Pages nobody has put a state or a request on are counted, not listed, unless their state was asked for.
    const listed = fitting
      .filter(({ review, status }) => status !== 'no_request' || review.state !== null)
      .toSorted(
        (a, b) =>
          statuses.indexOf(a.status) - statuses.indexOf(b.status) ||
          (a.review.record?.due ?? '9').localeCompare(b.review.record?.due ?? '9'),
      );
    const names = await namesOf(
      ctx,
      listed.flatMap(({ page, review }) => [
        page.versionBy,
        review.record?.requestedBy,
        ...(review.record?.reviewers ?? []),
      ]),
    );
    const spaces = await spacesById(
      ctx,
      listed.map(({ page }) => page.spaceId),
    );
    const nameOf = (id: string) => names.get(id) ?? id;
    const item = (page: Document, review: Review, status: Status) => ({
      ...itemWith(page, spaces.get(page.spaceId) ?? null, names),
      state: review.state,
      review: status,
      reviewers: (review.record?.reviewers ?? []).map(nameOf),
      due: review.record?.due ?? null,
      requested_by: review.record?.requestedBy ? nameOf(review.record.requestedBy) : null,
      requested_at: review.record?.requestedAt ?? null,
    });
    const items = listed.slice(0, shown).map(({ page, review, status }) => item(page, review, status));
    const byState = [...Map.groupBy(fitting, ({ review }) => review.state)]
      .map(([state, some]) => ({ state, pages: some.length }))
      .toSorted((a, b) => b.pages - a.pages);
    const open = fitting.filter(({ status }) => ['overdue', 'due_soon', 'pending'].includes(status));
    const byReviewer = [...new Set(open.flatMap(({ review }) => review.record?.reviewers ?? []))]
      .map((id) => {
        const theirs = open.filter(({ review }) => review.record?.reviewers.includes(id));
        return {
          name: nameOf(id),
          pending: theirs.length,
          overdue: theirs.filter(({ status }) => status === 'overdue').length,
        };
      })
      .toSorted((a, b) => b.overdue - a.overdue || b.pending - a.pending);
    const count = (status: Status) => fitting.filter((one) => one.status === status).length;
    const unreadable = all.filter(({ review }) => review.unreadable).length;
    const lines = items.map((one) =>
      itemLine(one, [
        one.state === null ? 'no state' : `state ${oneLine(one.state)}`,
        words[one.review],
        ...(one.due === null ? [] : [`due ${oneLine(one.due).slice(0, 10)}`]),
        ...(one.reviewers.length === 0 ? [] : [`reviewers ${one.reviewers.map(oneLine).join(', ')}`]),
      ]),
    );
    const states = byState.map(
      (one) => `${one.state === null ? 'no state' : oneLine(one.state)} ${one.pages}`,
    );
    const people = byReviewer.map(
      (one) =>
        `- ${oneLine(one.name)}: ${one.pending} waiting${one.overdue > 0 ? `, ${one.overdue} overdue` : ''}`,
    );
    const more = listed.length > items.length ? `\n${listed.length - items.length} more are not listed.` : '';
    const filter = o.state === undefined ? '' : ` in the state "${oneLine(o.state)}"`;
    const broken =
      unreadable === 0
        ? ''
        : ` ${counted(unreadable, 'page')} carr${unreadable === 1 ? 'ies' : 'y'} a review record that cannot be read.`;
    return {
      text: `${counted(fitting.length, 'page')}${filter} ${oneLine(scope.words)}: ${counted(open.length, 'open review')}, ${count('overdue')} overdue, ${count('due_soon')} due within ${soonDays} days. ${completenessText(completeness)}\nBy state: ${states.join(', ') || 'none'}.\n${lines.join('\n')}${more}${people.length === 0 ? '' : `\n\nWaiting for:\n${people.join('\n')}`}\n\n${broken}${read.stopped === null ? '' : ` Not all were read: ${read.stopped}`} A review request is a record that Confab keeps on the page (create_review_request); Confluence has no approvals of its own, so a review counts as done when the state says so.`,
      data: {
        items,
        by_state: byState,
        by_reviewer: byReviewer,
        pending: open.length,
        overdue: count('overdue'),
        due_soon: count('due_soon'),
        unreadable,
        completeness:
          read.stopped === null ? completeness : { ...completeness, complete: false, stopped: read.stopped },
      },
      sources: items.map(sourceOf),
      label: `${counted(open.length, 'open review')}, ${count('overdue')} overdue`,
      untrusted: true,
    };
  },
});
