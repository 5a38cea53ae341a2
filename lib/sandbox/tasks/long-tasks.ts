import type { App } from '../app.ts';
import { insertLongTask, type LongTaskRow, nextId, openLongTasks, updateLongTask } from '../db/index.ts';
import { Problem } from '../http/problem.ts';
import { doStep, type Step, StepFailed } from './steps.ts';

export type TaskDetails = { destinationId?: string; destinationUrl?: string; totalPageNeedToCopy?: number };

/**
 * Starts a long task. Nothing is done yet: a step is done each `taskStepMs` from now on, as far as time has gone
 * whenever somebody asks the practice Confluence anything (`advanceTasks`), also after a restart.
 */
export function startTask(
  app: App,
  who: { cloudId: string; accountId: string },
  task: { name: string; steps: Step[]; details?: TaskDetails },
): LongTaskRow {
  const row: LongTaskRow = {
    id: nextId(app.db),
    cloudId: who.cloudId,
    accountId: who.accountId,
    name: task.name,
    startedAt: Date.now(),
    stepMs: app.settings.taskStepMs,
    steps: JSON.stringify(task.steps),
    done: 0,
    errors: '[]',
    details: JSON.stringify(task.details ?? {}),
    finishedAt: null,
  };
  insertLongTask(app.db, row);
  return row;
}

/** Brings every long task as far as it should be by now. */
export function advanceTasks(app: App, now: number): void {
  for (const task of openLongTasks(app.db)) advance(app, task, now);
}

function advance(app: App, task: LongTaskRow, now: number): void {
  const steps = JSON.parse(task.steps) as Step[];
  const due =
    task.stepMs <= 0
      ? steps.length
      : Math.min(steps.length, Math.floor((now - task.startedAt) / task.stepMs));
  if (due <= task.done && steps.length > 0) return;
  const errors = JSON.parse(task.errors) as string[];
  app.db.transaction(() => {
    for (const step of steps.slice(task.done, due)) {
      try {
        doStep(app, step);
      } catch (error) {
        if (!(error instanceof StepFailed) && !(error instanceof Problem)) throw error;
        errors.push(error.message);
      }
    }
    const finished = due === steps.length;
    updateLongTask(app.db, {
      ...task,
      done: due,
      errors: JSON.stringify(errors),
      finishedAt: finished ? now : null,
    });
  })();
}

/** How many percent of a task are done. */
export function percentOf(task: LongTaskRow): number {
  const total = (JSON.parse(task.steps) as Step[]).length;
  return total === 0 || task.finishedAt !== null ? 100 : Math.floor((100 * task.done) / total);
}
