import { z } from 'zod';
import { getTasks, nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import type { Document } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine, sourceOf, wayOn } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolvePerson } from '../resolve/person.ts';
import { resolveSpace } from '../resolve/space.ts';
import { dayStart } from './due.ts';
import { type Task, taskLine, taskShape, tasksOf } from './task.ts';

const input = z.object({
  assignee: text.optional(),
  status: z.enum(['incomplete', 'complete']).optional(),
  space: text.optional(),
  pages: z.array(text).min(1).max(50).optional(),
  due_before: text.optional(),
  due_after: text.optional(),
  created_by: text.optional(),
  task_ids: z.array(text).min(1).max(100).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;

const me = /^(?:me|myself|i|ich)$/i;

async function person(ctx: Context, given: string | undefined): Promise<{ id: string; name: string } | null> {
  if (given === undefined) return null;
  if (me.test(given)) return { id: ctx.connection.account.id, name: 'you' };
  const found = await resolvePerson(ctx, given);
  return { id: found.accountId, name: found.name };
}

async function filters(ctx: Context, o: Input) {
  const assignee = await person(ctx, o.assignee);
  const creator = await person(ctx, o.created_by);
  const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
  const documents: Document[] = [];
  for (const page of o.pages ?? []) documents.push(await resolveDocument(ctx, page, ['page', 'blog_post']));
  const idsOf = (kind: string) => {
    const ids = documents.filter((one) => one.kind === kind).map((one) => contentNumber(one.id));
    return ids.length === 0 ? undefined : ids;
  };
  const spaces = space === null ? ctx.limits.spaces : [space.id];
  const words = [
    o.status === undefined ? '' : o.status === 'complete' ? 'done' : 'open',
    assignee === null ? '' : `for ${oneLine(assignee.name)}`,
    creator === null ? '' : `made by ${oneLine(creator.name)}`,
    space === null ? '' : `in ${oneLine(space.name)}`,
    documents.length === 0 ? '' : `on ${documents.map((one) => `"${oneLine(one.title)}"`).join(', ')}`,
    o.due_after === undefined ? '' : `due from ${oneLine(o.due_after)}`,
    o.due_before === undefined ? '' : `due before ${oneLine(o.due_before)}`,
  ].filter((part) => part !== '');
  return {
    words: words.join(' '),
    asked: {
      bodyFormat: 'storage' as const,
      includeBlankTasks: false,
      status: o.status,
      taskId: o.task_ids?.map(contentNumber),
      spaceId: spaces?.map(contentNumber),
      pageId: idsOf('page'),
      blogpostId: idsOf('blog_post'),
      createdBy: creator === null ? undefined : [creator.id],
      assignedTo: assignee === null ? undefined : [assignee.id],
      dueAtFrom: o.due_after === undefined ? undefined : dayStart(o.due_after),
      // Both ends are inclusive there, and "before" leaves the day itself out.
      dueAtTo: o.due_before === undefined ? undefined : dayStart(o.due_before) - 1,
      limit: o.limit,
      cursor: o.cursor,
    },
  };
}

const sources = (tasks: readonly Task[]) => {
  const pages = new Map(tasks.flatMap(({ page }) => (page === null ? [] : [[page.id, page] as const])));
  return [...pages.values()].map((page) => sourceOf(page));
};

export const listTasks = defineRead({
  name: 'list_tasks',
  input,
  output: listOf(taskShape),
  async run(ctx, o) {
    const { asked, words } = await filters(ctx, o);
    const found = await getTasks(ctx.confluence, asked);
    const items = await tasksOf(ctx, found.results ?? []);
    const next = nextCursor(found);
    const head = `${counted(items.length, 'task')}${words === '' ? '' : ` ${words}`} visible to you.`;
    return {
      text: `${head}\n${items.map(taskLine).join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: sources(items),
      label: counted(items.length, 'task'),
      untrusted: true,
    };
  },
});
