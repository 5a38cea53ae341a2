import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getTaskById, updateTask } from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { counted, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { defineStateWrite, type PlannedWrite, type Sent, type State, undoBy } from '../state-write.ts';
import { plainWords, type Task, tasksOf } from './task.ts';

type Status = 'complete' | 'incomplete';
type Request = { ids: string[]; status: Status };

const input = z.object({
  task_ids: z.array(text).min(1).max(100),
  status: z.enum(['complete', 'incomplete']),
});

const opposite: Record<Status, Status> = { complete: 'incomplete', incomplete: 'complete' };
const words: Record<Status, string> = { complete: 'done', incomplete: 'open' };
const verbs: Record<Status, string> = { complete: 'Tick', incomplete: 'Reopen' };

const cutWords = (words: string): string => (words.length > 80 ? `${words.slice(0, 79)}…` : words);

async function readTask(ctx: Context, id: string): Promise<Task | null> {
  const raw = await orNull(getTaskById(ctx.confluence, { id: contentNumber(id), bodyFormat: 'storage' }));
  const [task] = raw === null ? [] : await tasksOf(ctx, [raw]);
  return task ?? null;
}

async function targetOf(ctx: Context, tasks: readonly Task[]): Promise<ChangeTarget> {
  const [first] = tasks as [Task];
  const spaces = await spacesById(
    ctx,
    tasks.map((task) => task.space_id),
  );
  const known = tasks.every((task) => spaces.has(task.space_id));
  const space = known ? spaces.get(first.space_id) : undefined;
  const otherSpaces = [...new Set(tasks.map((task) => task.space_id))].filter((id) => id !== first.space_id);
  const { page } = first;
  const single = new Set(tasks.map((task) => task.page?.id)).size === 1;
  return {
    kind: page === null ? 'other' : page.type === 'page' ? 'page' : 'blog_post',
    id: page?.id ?? null,
    title: single ? (page?.title ?? 'a page') : counted(tasks.length, 'task'),
    space: space === undefined ? null : { id: space.id, key: space.key, name: space.name },
    ...(otherSpaces.length === 0 ? {} : { otherSpaces }),
    url: page?.url ?? null,
  };
}

async function plan(ctx: Context, o: z.output<typeof input>): Promise<PlannedWrite<Request> | NoChange> {
  const all: Task[] = [];
  for (const id of new Set(o.task_ids)) {
    const task = await readTask(ctx, id);
    if (task === null)
      throw new UserError('not_found', `No task "${id}" is visible to you.`, {
        next: 'list_tasks shows tasks with their ids.',
      });
    all.push(task);
  }
  const tasks = all.filter((task) => task.status !== o.status);
  if (tasks.length === 0) {
    const pages = new Map(all.flatMap(({ page }) => (page === null ? [] : [[page.id, page] as const])));
    return {
      noChange: true,
      text: `${all.length === 1 ? 'The task is' : 'The tasks are'} ${words[o.status]} already. No change was proposed.`,
      sources: [...pages.values()].map((page) => sourceOf(page)),
    };
  }
  const target = await targetOf(ctx, tasks);
  const [first] = tasks;
  const what =
    tasks.length === 1 ? `"${cutWords(plainWords(first?.text ?? ''))}"` : counted(tasks.length, 'task');
  const request: Request = { ids: tasks.map((task) => task.id), status: o.status };
  const state = (of: (task: Task) => string) =>
    Object.fromEntries(tasks.map((task) => [`Task ${task.id}`, of(task)]));
  return {
    title: `${verbs[o.status]} ${what}${tasks.length === 1 ? ` on "${target.title}"` : ''}`,
    target,
    input: { task_ids: request.ids, status: o.status },
    request,
    before: state((task) => task.status),
    after: state(() => o.status),
    diff: {
      fields: tasks.map((task) => ({
        label: plainWords(task.text) || `Task ${task.id}`,
        before: task.status === 'complete' ? 'done' : 'open',
        after: words[o.status],
      })),
      body: null,
    },
    undo: { possible: true },
  };
}

async function read(ctx: Context, request: Request): Promise<State> {
  const state: Record<string, unknown> = {};
  for (const id of request.ids) state[`Task ${id}`] = (await readTask(ctx, id))?.status ?? 'gone';
  return state;
}

/** One request per task. When a later one fails the earlier ones stand, and reading back shows which. */
async function send(ctx: Context, { ids, status }: Request): Promise<Sent> {
  const done: string[] = [];
  for (const id of ids) {
    try {
      ctx.signal.throwIfAborted();
      await updateTask(ctx.confluence, { id: contentNumber(id), body: { status } });
    } catch (error) {
      if (done.length === 0 || !(error instanceof ConfabError)) throw error;
      return { receipt: { done, error: error.message } };
    }
    done.push(id);
  }
  return { receipt: { done } };
}

export const setTaskStatus: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'set_task_status',
  input,
  plan,
  read,
  send,
  async inverse(ctx, { proposal, request, outcome }) {
    const made = outcome.receipt.done;
    const ids = Array.isArray(made) ? made.map(String) : request.ids;
    return undoBy(ctx, setTaskStatus, { task_ids: ids, status: opposite[request.status] }, proposal);
  },
  done: 'The tasks were read back and are as approved.',
});
