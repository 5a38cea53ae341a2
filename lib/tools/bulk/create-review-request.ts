import { z } from 'zod';
import { UserError } from '#errors';
import { reviewKey } from '../analytics/review-record.ts';
import { defineBulk } from '../define.ts';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { readAvailable } from '../pages/content-state.ts';
import { findProperty } from '../properties/calls.ts';
import { counted, oneLine } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { type Person, resolvePerson } from '../resolve/person.ts';
import { planList, planShape } from './plan-list.ts';

const input = z.object({
  pages: z.array(text).min(1).max(50),
  reviewers: z.array(text).min(1).max(20),
  due: text.optional(),
  message: text.optional(),
  state: text.optional(),
});

/** What the property holds. Accounts are ids; `due` is a day, `requestedAt` an instant, both ISO 8601. */
export type ReviewRecord = {
  reviewers: string[];
  due: string | null;
  message: string | null;
  requestedBy: string;
  requestedAt: string;
};

const dayMs = 86_400_000;
const lengths: Record<string, number> = { d: 1, w: 7, m: 30 };

/** A day to come: `2026-12-01`, `7d`, `in 2 weeks`, `tomorrow`. @throws UserError invalid_input. */
export function dueDay(given: string, now: Date = new Date()): string {
  const words = given.trim().toLowerCase();
  const ahead = /^(?:\+|in )?\s*(\d{1,3})\s*(d|w|m)(?:ays?|eeks?|onths?)?$/.exec(words);
  const days =
    words === 'today'
      ? 0
      : words === 'tomorrow'
        ? 1
        : ahead === null
          ? null
          : Number(ahead[1]) * (lengths[ahead[2] ?? 'd'] ?? 1);
  if (days !== null) return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(words) ? new Date(`${words}T00:00:00Z`) : null;
  if (at === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== words)
    throw new UserError('invalid_input', `due: "${given}" is not a day that can be read.`, {
      next: 'Give a day such as 2026-12-01, or 7d, 2w.',
    });
  if (at.getTime() < now.getTime() - dayMs)
    throw new UserError('invalid_input', `due: ${words} is past.`, { next: 'Give a day to come.' });
  return words;
}

const mentionOf = ({ name, accountId }: Person): string =>
  `@[${name.replace(/[\\[\]]/g, ' ')}](user:${accountId})`;

function commentOf(reviewers: readonly Person[], record: ReviewRecord): string {
  const due = record.due === null ? '' : ` by ${record.due}`;
  return `${reviewers.map(mentionOf).join(', ')}: please review this page${due}.${record.message === null ? '' : `\n\n${record.message}`}`;
}

const usualState = 'In review';

/**
 * The status a page gets: the one asked for, or one of those its space offers that means review. A name that is not
 * offered is set as a status of the person's own, in yellow.
 */
async function stateFor(
  ctx: Context,
  page: Document,
  asked: string | undefined,
): Promise<{ state: string; color?: string }> {
  const available = await readAvailable(ctx, page.id);
  const names = [...available.space, ...available.custom].map((one) => one.name);
  const wanted = asked ?? usualState;
  const same = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
  const like = asked === undefined ? names.find((name) => /\breview\b/i.test(name)) : undefined;
  const state = same ?? like;
  return state === undefined ? { state: wanted, color: 'yellow' } : { state };
}

async function itemsOf(
  ctx: Context,
  page: Document,
  reviewers: readonly Person[],
  record: ReviewRecord,
  asked: string | undefined,
): Promise<PlanItem[]> {
  const state = await stateFor(ctx, page, asked);
  const target = await documentTarget(ctx, page);
  const old = await findProperty(ctx, 'page', page.id, reviewKey);
  const names = reviewers.map((one) => one.name).join(', ');
  return [
    {
      operation: 'set_content_state',
      input: { ids: [page.id], ...state },
      title: `Set the status of "${page.title}" to ${state.state}`,
      target,
      why: 'shown on the page; publishes a version with the same text',
    },
    {
      operation: old === null ? 'create_content_property' : 'update_content_property',
      input: { ids: [page.id], content_type: 'page', key: reviewKey, value: record },
      title: `Record the review of "${page.title}"`,
      target,
      why: `${old === null ? '' : 'replaces the record of an earlier review; '}reviewers: ${names}${record.due === null ? '' : `; due ${record.due}`}`,
    },
    {
      operation: 'create_footer_comment',
      input: {
        id: page.id,
        content_type: 'page',
        body: commentOf(reviewers, record),
        body_format: 'markdown',
      },
      title: `Ask ${names} in a comment on "${page.title}"`,
      target,
      why: 'a mention is how people hear of it',
    },
  ];
}

export const createReviewRequest = defineBulk({
  name: 'create_review_request',
  input,
  output: planShape,
  async plan(ctx, o) {
    const reviewers: Person[] = [];
    for (const given of o.reviewers) {
      const person = await resolvePerson(ctx, given);
      if (!reviewers.some((one) => one.accountId === person.accountId)) reviewers.push(person);
    }
    const record: ReviewRecord = {
      reviewers: reviewers.map((one) => one.accountId),
      due: o.due === undefined ? null : dueDay(o.due),
      message: o.message ?? null,
      requestedBy: ctx.connection.account.id,
      requestedAt: new Date().toISOString(),
    };
    const pages: Document[] = [];
    for (const given of o.pages) {
      ctx.signal.throwIfAborted();
      const page = await resolvePage(ctx, given);
      if (!pages.some((one) => one.id === page.id)) pages.push(page);
    }
    const items: PlanItem[] = [];
    for (const page of pages) items.push(...(await itemsOf(ctx, page, reviewers, record, o.state)));
    const away = reviewers.filter((one) => !one.active);
    return planList({
      items,
      completeness: null,
      head: `Ask ${oneLine(reviewers.map((one) => one.name).join(', '))} to review ${counted(pages.length, 'page')}${record.due === null ? '' : ` by ${record.due}`}`,
      none: 'There is nothing to ask for.',
      remarks: [
        'Confluence has no approvals of its own: the record is a page property, which get_review_report reads, and nothing keeps a page from being changed meanwhile.',
        ...away.map((one) => `${oneLine(one.name)} is not active any more and will not see it.`),
      ],
    });
  },
});
