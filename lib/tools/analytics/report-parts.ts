import { ConfabError } from '#errors';
import { getPageInlineComments, getTasks, pages as paged } from '#lib/confluence';
import type { Document } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';
import type { Space } from '../resolve/space.ts';
import { type Completeness, completenessText } from '../scan/index.ts';
import { type Period, parsePeriod } from '../when-span.ts';

export type Fact = { name: string; value: number | null; note: string | null };
export type Ranked = { title: string; items: { id: string; title: string; url: string; note: string }[] };
/** One report on one space. `value` null: it could not be read, and `note` says why. */
export type Report = { facts: Fact[]; lists: Ranked[]; completeness: Completeness | null; notes: string[] };

export type ReportMaker = (ctx: Context, space: Space, period: Period) => Promise<Report>;

export const fact = (name: string, value: number | null, note: string | null = null): Fact => ({
  name,
  value,
  note,
});

export const ranked = (page: Document, note: string): Ranked['items'][number] => ({
  id: page.id,
  title: page.title,
  url: page.url,
  note,
});

/** The value, or the reason why it may not be had: a missing scope or right must not fail the rest of a report. */
export async function orReason<T>(
  value: Promise<T>,
): Promise<{ value: T } | { value: null; reason: string }> {
  try {
    return { value: await value };
  } catch (error) {
    const expected =
      error instanceof ConfabError && ['missing_scope', 'forbidden', 'not_possible'].includes(error.code);
    if (!expected) throw error;
    return { value: null, reason: error.message };
  }
}

type Task = { status?: string; dueAt?: unknown; completedAt?: unknown; createdAt?: unknown };
export type Tasks = { open: number; overdue: number; done: number; whole: boolean };

/** Tasks of a space; `done`: completed in the period. At most 2,000 of each. */
export async function tasksOf(ctx: Context, space: Space, period: Period): Promise<Tasks> {
  const read = async (o: Parameters<typeof getTasks>[1]): Promise<{ tasks: Task[]; whole: boolean }> => {
    const tasks: Task[] = [];
    const asked = { ...o, spaceId: [contentNumber(space.id)], limit: 250 };
    for await (const list of paged((cursor) => getTasks(ctx.confluence, { ...asked, cursor }))) {
      tasks.push(...((list.results ?? []) as Task[]));
      ctx.signal.throwIfAborted();
      if (tasks.length >= 2000) return { tasks, whole: false };
    }
    return { tasks, whole: true };
  };
  const now = new Date().toISOString();
  const open = await read({ status: 'incomplete' });
  const done = await read({
    status: 'complete',
    completedAtFrom: period.from.at.getTime(),
    completedAtTo: period.to.at.getTime(),
  });
  return {
    open: open.tasks.length,
    overdue: open.tasks.filter((task) => (iso(task.dueAt) ?? '9') < now).length,
    done: done.tasks.length,
    whole: open.whole && done.whole,
  };
}

/** Open inline comments of a page; 0 when it went meanwhile. */
export async function openComments(ctx: Context, page: Document): Promise<number> {
  const found = await orNull(
    getPageInlineComments(ctx.confluence, {
      id: contentNumber(page.id),
      resolutionStatus: ['open', 'reopened'],
      limit: 250,
    }),
  );
  return found?.results?.length ?? 0;
}

/** What stands before the same stretch of time: for comparing. */
export function before({ from, to }: Period): { from: Date; to: Date } {
  return { from: new Date(2 * from.at.getTime() - to.at.getTime()), to: from.at };
}

export const periodOf = (given: string | undefined): Period => parsePeriod(given ?? 'this month');

/** What is said at the end of one space's report. */
export function reportNotes({ completeness, notes }: Report): string {
  return [...(completeness === null ? [] : [completenessText(completeness)]), ...notes].join(' ');
}
