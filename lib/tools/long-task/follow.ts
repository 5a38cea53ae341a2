import { setTimeout as wait } from 'node:timers/promises';
import { ConfabError, isAbort } from '#errors';
import type { Context, Outcome } from '../operation.ts';
import { longTask, longTasks, type TaskState } from './task.ts';

/** What became of a task that was started: its last known state, or why it is not known. */
export type Followed = { taskId: string; state: TaskState | null; why: string | null };

/** A write and its checks have two minutes in all: the rest is for reading back. */
const patienceMs = 75_000;
const firstPauseMs = 250;
const longestPauseMs = 3000;

/**
 * Waits for a task that has been started, at most 75 seconds. Never throws once the task runs: its start has changed
 * something already, so a failed look at it must not make the change look as if it had not happened.
 */
export async function followTask(ctx: Context, taskId: string, noun: string): Promise<Followed> {
  const until = Date.now() + patienceMs;
  let state: TaskState | null = null;
  try {
    for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 1.6)) {
      state = await longTask(ctx, taskId);
      ctx.progress(`${noun}: ${state.percent}%`);
      if (state.finished || Date.now() + pause > until) return { taskId, state, why: null };
      await wait(pause, undefined, { signal: ctx.signal });
    }
  } catch (error) {
    if (error instanceof ConfabError) return { taskId, state, why: error.message };
    if (isAbort(error)) return { taskId, state, why: 'The wait for it was cut short.' };
    throw error;
  }
}

/**
 * After a crash, when reading shows that nothing has happened yet: a task of this person that Atlassian is still at, in
 * words, for then it is not known. Null: there is none.
 */
export async function taskStillOpen(ctx: Context): Promise<string | null> {
  const open = (await longTasks(ctx)).find((task) => !task.finished);
  return open === undefined
    ? null
    : `Atlassian is at ${open.percent}% of a long task (id ${open.id}), which may be this one.`;
}

/** The parts of a receipt that tell about the task. */
export function receiptOf({ taskId, state, why }: Followed): Record<string, unknown> {
  return {
    taskId,
    finished: state?.finished ?? false,
    percent: state?.percent ?? null,
    errors: state?.errors ?? [],
    ...(why === null ? {} : { why }),
  };
}

/** For the check after apply: what the task itself said. */
export function taskNotes(outcome: Outcome): string[] {
  const { taskId, finished, percent, errors, why } = outcome.receipt;
  const said = Array.isArray(errors) ? errors.map((one) => `Confluence says: ${String(one)}`) : [];
  if (taskId === undefined || finished === true) return said;
  const far = typeof percent === 'number' ? ` at ${percent}%` : '';
  return [
    ...said,
    `Atlassian was still working on it${far} when this was read: get_long_task with task_id "${String(taskId)}" tells how far it is.`,
    ...(typeof why === 'string' ? [why] : []),
  ];
}
