import { UserError } from '#errors';
import { getLongTask, getLongTasks } from '#lib/confluence';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';

/** How far a long task of Atlassian is. */
export type TaskState = {
  id: string;
  /** What kind of task: Atlassian's own key, such as `com.atlassian.confluence.copy.pages`. */
  name: string;
  percent: number;
  finished: boolean;
  /** Means something only when finished. */
  successful: boolean;
  seconds: number;
  messages: string[];
  errors: string[];
  /** The new page a copy leads to, where Atlassian says so. */
  destinationId: string | null;
};

type Raw = Awaited<ReturnType<typeof getLongTask>>;

/** A task id, checked before it goes into a path. @throws UserError invalid_input. */
export function taskNumber(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new UserError('invalid_input', `"${id}" is not the id of a long task.`, {
    next: 'Leave task_id out to list the tasks.',
  });
}

function texts(list: unknown): string[] {
  return (Array.isArray(list) ? list : [])
    .map((one: unknown) => {
      const { translation, args } = (one ?? {}) as { translation?: unknown; args?: unknown };
      const words = Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : [];
      return oneLine(typeof translation === 'string' ? translation : words.join(' ')).slice(0, 500);
    })
    .filter((line) => line !== '');
}

function stateOf(raw: Raw | (Omit<Raw, '_links'> & { _links?: unknown })): TaskState {
  const destination = (raw.additionalDetails as { destinationId?: unknown } | undefined)?.destinationId;
  const { key } = (raw.name ?? {}) as { key?: unknown };
  return {
    id: String(raw.id),
    name: typeof key === 'string' ? key : '',
    percent: Number(raw.percentageComplete ?? 0),
    finished: raw.finished === true,
    successful: raw.successful === true,
    seconds: Math.round(Number(raw.elapsedTime ?? 0) / 1000),
    messages: texts(raw.messages),
    errors: texts(raw.errors),
    destinationId: typeof destination === 'string' && /^\d+$/.test(destination) ? destination : null,
  };
}

/**
 * A long task by its id. The link Atlassian gives for it lacks `/wiki` and leads nowhere (facts: v1), so it is never
 * followed.
 * @throws UserError not_found for a task of someone else, or one that Atlassian has forgotten.
 */
export async function longTask(ctx: Pick<Context, 'confluence'>, id: string): Promise<TaskState> {
  return stateOf(await getLongTask(ctx.confluence, { id: taskNumber(id) }));
}

/** The tasks Atlassian knows of, at most 100. */
export async function longTasks(ctx: Pick<Context, 'confluence'>): Promise<TaskState[]> {
  const found = await getLongTasks(ctx.confluence, { limit: 100 });
  return (found.results ?? []).map(stateOf);
}
