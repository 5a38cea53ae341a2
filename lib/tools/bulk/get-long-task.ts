import { z } from 'zod';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import { longTask, longTasks, type TaskState } from '../long-task/index.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine } from '../render.ts';
import { refuseSiteWide } from '../spaces-limit.ts';

const taskShape = z.object({
  id: z.string(),
  name: z.string(),
  percent: z.number(),
  finished: z.boolean(),
  successful: z.boolean().nullable(),
  seconds: z.number(),
  messages: z.array(z.string()),
  errors: z.array(z.string()),
});

/** What a task says may name pages anywhere, so only its numbers are told under a space limit. */
function view(ctx: Context, task: TaskState): z.output<typeof taskShape> {
  const limited = ctx.limits.spaces !== null;
  return {
    id: task.id,
    name: task.name,
    percent: task.percent,
    finished: task.finished,
    successful: task.finished ? task.successful : null,
    seconds: task.seconds,
    messages: limited ? [] : task.messages,
    errors: limited ? [] : task.errors,
  };
}

function line(task: z.output<typeof taskShape>): string {
  const state = !task.finished
    ? `${task.percent}% done`
    : task.successful === true
      ? 'finished'
      : 'finished, but failed';
  const said = [...new Set([...task.errors, ...task.messages])].slice(0, 5).map(oneLine);
  return `- Task ${task.id}${task.name === '' ? '' : ` (${oneLine(task.name)})`}: ${state} after ${task.seconds} s.${said.length === 0 ? '' : ` It says: ${said.join(' ')}`}`;
}

export const getLongTaskOperation = defineRead({
  name: 'get_long_task',
  input: z.object({ task_id: text.optional() }),
  output: z.object({ items: z.array(taskShape) }),
  async run(ctx, o) {
    if (o.task_id === undefined) refuseSiteWide(ctx, 'the long tasks');
    const found = o.task_id === undefined ? await longTasks(ctx) : [await longTask(ctx, o.task_id)];
    const items = found.map((task) => view(ctx, task));
    const head =
      o.task_id === undefined
        ? `${counted(items.length, 'long task')} visible to you. Atlassian forgets finished ones after a while.\n`
        : '';
    return {
      text: `${head}${items.map(line).join('\n')}`.trim(),
      data: { items },
      sources: [],
      label: items.length === 1 ? `Task at ${items[0]?.percent ?? 0}%` : counted(items.length, 'long task'),
      untrusted: true,
    };
  },
});
