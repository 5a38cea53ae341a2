import { z } from 'zod';
import { getBlogPosts, getPages } from '#lib/confluence';
import { mentions, toMarkdown } from '#lib/content';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { textOr } from '../raw.ts';
import { iso, link, oneLine } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export const taskShape = z.object({
  id: z.string(),
  status: z.string(),
  text: z.string(),
  assignee: z.string().nullable(),
  assignee_id: z.string().nullable(),
  due: z.string().nullable(),
  overdue: z.boolean(),
  created_by: z.string().nullable(),
  created_at: z.string().nullable(),
  completed_by: z.string().nullable(),
  completed_at: z.string().nullable(),
  page: z.object({ id: z.string(), type: z.string(), title: z.string(), url: z.string() }).nullable(),
  space_id: z.string(),
});
export type Task = z.output<typeof taskShape>;

type RawTask = {
  id?: unknown;
  status?: unknown;
  spaceId?: unknown;
  pageId?: unknown;
  blogPostId?: unknown;
  assignedTo?: unknown;
  createdBy?: unknown;
  completedBy?: unknown;
  createdAt?: unknown;
  completedAt?: unknown;
  dueAt?: unknown;
  body?: { storage?: { value?: unknown } | null } | null;
};

type RawDocument = Parameters<typeof documentOf>[2];

/** The pages and posts that the tasks stand on, by id. */
async function documentsOf(ctx: Context, rows: readonly RawTask[]): Promise<Map<string, Document>> {
  const found = new Map<string, Document>();
  const idsOf = (pick: (row: RawTask) => unknown) => [
    ...new Set(rows.map(pick).filter((id): id is string => typeof id === 'string')),
  ];
  const read = async (kind: Document['kind'], ids: readonly string[]) => {
    if (ids.length === 0) return;
    const asked = { id: ids.map(contentNumber), limit: 250 };
    const answer =
      kind === 'page' ? await getPages(ctx.confluence, asked) : await getBlogPosts(ctx.confluence, asked);
    for (const raw of answer.results ?? []) {
      const one = documentOf(ctx, kind, raw as RawDocument);
      found.set(one.id, one);
    }
  };
  await read(
    'page',
    idsOf((row) => row.pageId),
  );
  await read(
    'blog_post',
    idsOf((row) => row.blogPostId),
  );
  return found;
}

function wordsOf(storage: string, names: ReadonlyMap<string, string>): string {
  return oneLine(toMarkdown(storage, { maxChars: 1000, people: Object.fromEntries(names) }).markdown);
}

/** Tasks in our own shape, with the words of their bodies, names and pages; those outside the allowed spaces left out. */
export async function tasksOf(ctx: Context, answers: readonly unknown[]): Promise<Task[]> {
  const rows = answers.map((one) => one as RawTask).filter((row) => spaceAllowed(ctx, textOr(row.spaceId)));
  const bodies = rows.map((row) => String(row.body?.storage?.value ?? ''));
  const names = await namesOf(ctx, [
    ...rows.flatMap((row) => [row.assignedTo, row.createdBy, row.completedBy].map(textOr)),
    ...bodies.flatMap(mentions),
  ]);
  const documents = await documentsOf(ctx, rows);
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  const today = new Date().toISOString().slice(0, 10);
  return rows.map((row, at) => {
    const on = documents.get(textOr(row.pageId) ?? textOr(row.blogPostId) ?? '');
    const due = iso(row.dueAt)?.slice(0, 10) ?? null;
    const status = String(row.status ?? 'incomplete');
    return {
      id: String(row.id),
      status,
      text: wordsOf(bodies[at] ?? '', names),
      assignee: nameOf(textOr(row.assignedTo)),
      assignee_id: textOr(row.assignedTo),
      due,
      overdue: status === 'incomplete' && due !== null && due < today,
      created_by: nameOf(textOr(row.createdBy)),
      created_at: iso(row.createdAt),
      completed_by: nameOf(textOr(row.completedBy)),
      completed_at: iso(row.completedAt),
      page: on === undefined ? null : { id: on.id, type: on.kind, title: on.title, url: on.url },
      space_id: textOr(row.spaceId) ?? '',
    };
  });
}

/** The words of a task as a person reads them: names, dates and link words instead of their marks. */
export const plainWords = (text: string): string =>
  text
    .replace(/\s*\{date:([^}]*)\}/g, ' ($1)')
    .replace(/@\[([^\]]*)\]\(user:[^)]*\)/g, '@$1')
    .replace(/\[([^\]]*)\]\((?:<[^>]*>|[^)\s]*)\)/g, '$1')
    .trim();

/** `- [ ] Ring Ben · for Ben Okafor · due 2026-12-01 · on [Page](url) · task 12` */
export function taskLine(task: Task): string {
  const facts = [
    ...(task.assignee === null ? [] : [`for ${oneLine(task.assignee)}`]),
    ...(task.due === null ? [] : [`due ${task.due}${task.overdue ? ' (overdue)' : ''}`]),
    ...(task.completed_at === null
      ? []
      : [`done ${task.completed_at.slice(0, 10)} by ${oneLine(task.completed_by ?? 'unknown')}`]),
    ...(task.page === null ? [] : [`on ${link(task.page.title, task.page.url)}`]),
    `task ${task.id}`,
  ];
  return `- [${task.status === 'complete' ? 'x' : ' '}] ${task.text || '(no words)'} · ${facts.join(' · ')}`;
}
