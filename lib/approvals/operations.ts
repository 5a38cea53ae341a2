import { z } from 'zod';
import { InternalError, UserError } from '#errors';
import {
  type Context,
  defineRead,
  defineWrite,
  type Operation,
  type ReadResult,
  type WriteOperation,
} from '#lib/tools';
import { alarmOf, type ChangeView, changeStatuses, liesWithin, type Source } from '#lib/wire';
import { contextOf } from './context.ts';
import { listChanges, viewChange, waitForDecision } from './read.ts';
import { writeOperation } from './store.ts';
import { changeResultText, changeText } from './text.ts';
import { undoable } from './undo.ts';

const changeOutput = z.object({
  change_id: z.string(),
  operation: z.string(),
  status: z.enum(changeStatuses),
  title: z.string(),
  url: z.string().nullable(),
  version: z.number().nullable(),
  may_undo: z.boolean(),
  /** `differs`: what was written is not what was approved; `unread`: it could not be read back. */
  alarm: z.enum(['differs', 'unread']).nullable(),
  /** With an alarm: the version that a person can bring back with one click. */
  restore_version: z.number().nullable(),
});

function asData(change: ChangeView): z.output<typeof changeOutput> {
  return {
    change_id: change.id,
    operation: change.operation,
    status: change.status,
    title: change.title,
    url: change.result?.url ?? change.target.url,
    version: change.result?.version ?? null,
    may_undo: change.mayUndo,
    alarm: alarmOf(change),
    restore_version: change.restore?.version ?? null,
  };
}

function sourceOf({ target, result }: ChangeView): Source[] {
  if (target.kind !== 'page' || target.id === null) return [];
  const { space } = target;
  return [
    {
      id: target.id,
      kind: 'page',
      title: result?.title ?? target.title,
      url: result?.url ?? target.url,
      space: space === null ? null : { key: space.key, name: space.name },
      version: result?.version ?? null,
      updatedAt: null,
      updatedBy: null,
    },
  ];
}

/** A caller limited to some spaces learns nothing about changes elsewhere. */
function withinLimits(ctx: Context, change: ChangeView): boolean {
  return liesWithin(change.target, ctx.limits.spaces);
}

function refuseOutside(ctx: Context, change: ChangeView): void {
  if (!withinLimits(ctx, change)) {
    throw new UserError('not_found', 'There is no such change.', { next: 'Check the change_id.' });
  }
}

function when(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new UserError('invalid_input', `${field}: "${text}" is not a date.`, {
      next: 'Give a date like 2026-11-20.',
    });
  }
  return time;
}

function parseCursor(cursor: string | undefined): { createdAt: number; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const match = /^(\d+)~(chg_\w+)$/.exec(cursor);
  if (match === null) {
    throw new UserError('invalid_input', 'cursor: this is not a cursor of list_changes.', {
      next: 'Leave it out to start anew.',
    });
  }
  return { createdAt: Number(match[1]), id: match[2] as string };
}

const list = defineRead({
  name: 'list_changes',
  connection: 'unneeded',
  input: z.object({
    session: z.string().optional(),
    user: z.string().optional(),
    id: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    status: z.enum(changeStatuses).optional(),
    limit: z.number().int().min(1).max(100).default(25),
    cursor: z.string().optional(),
  }),
  output: z.object({ changes: z.array(changeOutput), has_more: z.boolean(), cursor: z.string().nullable() }),
  async run(ctx, input): Promise<ReadResult> {
    if (input.user !== undefined && !['me', ctx.user.id, ctx.user.name].includes(input.user)) {
      throw new UserError('forbidden', 'You can list only your own changes.', { next: 'Leave "user" out.' });
    }
    const chatId = input.session ?? ctx.chatId;
    const found = await listChanges(ctx.user.id, {
      ...(chatId === null || chatId === 'all' ? {} : { chatId }),
      ...(input.id === undefined ? {} : { targetId: input.id }),
      ...(input.status === undefined ? {} : { statuses: [input.status] }),
      createdFrom: when(input.from, 'from'),
      createdTo: when(input.to, 'to'),
      before: parseCursor(input.cursor),
      limit: input.limit + 1,
    });
    const page = found.slice(0, input.limit);
    const last = page.at(-1);
    const changes = page.filter((change) => withinLimits(ctx, change));
    const cursor = found.length > input.limit && last !== undefined ? `${last.createdAt}~${last.id}` : null;
    const lines = changes.map((change) => `- ${changeResultText(change).replaceAll('\n', ' ')}`);
    return {
      text:
        lines.length === 0
          ? 'No changes here yet.'
          : [...lines, ...(cursor === null ? [] : [`More: cursor ${cursor}`])].join('\n'),
      data: { changes: changes.map(asData), has_more: cursor !== null, cursor },
      sources: changes.flatMap(sourceOf),
      label: `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`,
      // Titles of pages, and what people gave as reasons.
      untrusted: true,
    };
  },
});

const get = defineRead({
  name: 'get_change',
  connection: 'unneeded',
  input: z.object({ change_id: z.string(), wait_seconds: z.number().min(0).max(50).default(0) }),
  output: changeOutput,
  async run(ctx, input): Promise<ReadResult> {
    const change = await waitForDecision(ctx.user.id, input.change_id, input.wait_seconds, ctx.signal);
    refuseOutside(ctx, change);
    return {
      text: changeText(change),
      data: asData(change),
      sources: sourceOf(change),
      label: change.status,
      untrusted: true,
    };
  },
});

const neverRun = (): Promise<never> => {
  throw new InternalError(
    'internal',
    'An undo is stored as its inverse operation; undo_change itself is never applied.',
  );
};

async function previewUndo(ctx: Context, changeId: string, force: boolean) {
  refuseOutside(ctx, await viewChange(ctx.user, changeId));
  const change = await undoable(ctx.user.id, changeId);
  const inverse = await writeOperation(change.row.operation).inverse(
    await contextOf(change, ctx.user.name),
    change.proposal,
    change.outcome,
  );
  if ('impossible' in inverse) {
    throw new UserError('conflict', inverse.impossible, {
      next: force
        ? 'Even with force an undo takes nothing back that others have done. restore_version brings a whole earlier version back, their edits out; its card shows them.'
        : 'Look at the page and its history.',
    });
  }
  const { tier } = writeOperation(inverse.operation);
  if (!ctx.limits.tiers.includes(tier)) {
    throw new UserError(
      'forbidden',
      `Taking this back is a ${tier} operation, which this access does not allow.`,
      {
        next: 'Ask the person to press Undo on its card in Confab.',
      },
    );
  }
  return {
    ...inverse,
    title: `Undo: ${change.proposal.title}`,
    input: { ...inverse.input, undo_of: changeId },
  };
}

const undo: WriteOperation = defineWrite({
  name: 'undo_change',
  input: z.object({ change_ids: z.array(z.string()).min(1), force: z.boolean().optional() }),
  output: changeOutput,
  async preview(ctx, { change_ids: ids, force }) {
    const [id, ...more] = ids;
    if (id === undefined || more.length > 0) {
      throw new UserError('invalid_input', 'One change can be undone at a time.', {
        next: 'Call undo_change once for each, newest first.',
      });
    }
    return previewUndo(ctx, id, force === true);
  },
  rebase: neverRun,
  apply: neverRun,
  verify: neverRun,
  settle: neverRun,
  inverse: neverRun,
});

/** The operations of the tag `changes`: our own ledger. */
export const changeOperations: readonly Operation[] = [list, get, undo];
