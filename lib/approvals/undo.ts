import { changesOf, database } from '#db';
import { UserError } from '#errors';
import { noLimits } from '#lib/tools';
import type { ChangeView } from '#lib/wire';
import { applyApproved } from './apply.ts';
import { contextOf } from './context.ts';
import { markUndone } from './decide.ts';
import { storeProposal } from './propose.ts';
import { loadChange, ownChange, parseChange, type StoredChange, writeOperation } from './store.ts';
import { toView } from './view.ts';

const slot = globalThis as { __confabUndoing?: Map<string, Promise<ChangeView>> };

/** The applied change with this id, ready to be taken back; or why it cannot be. */
export async function undoable(userId: string, changeId: string): Promise<Undoable> {
  const change = await ownChange(userId, changeId);
  if (change.status === 'undone') {
    throw new UserError('conflict', 'This change has been undone already.', {
      next: 'Nothing more needs to happen.',
    });
  }
  const { outcome } = change;
  if (!['applied', 'verified'].includes(change.status) || outcome === null) {
    throw new UserError('not_possible', 'This change was not applied, so there is nothing to undo.', {
      next: 'Look at its card to see what happened.',
    });
  }
  if (!change.proposal.undo.possible) {
    throw new UserError('not_possible', `This cannot be undone: ${change.proposal.undo.why}`, {
      next: 'The card said so before Apply.',
    });
  }
  return { ...change, outcome };
}

type Undoable = StoredChange & { outcome: NonNullable<StoredChange['outcome']> };

/**
 * What the change wrote; or what an undo of it wrote that was not found as it should be. That was nobody's edit, so
 * the next try puts back the earlier body whole.
 */
async function lastWritten({ row, outcome }: Undoable): Promise<Undoable['outcome']> {
  const { targetId: id, version } = outcome;
  if (id === null || version === null) return outcome;
  const rows = await changesOf(await database(), {
    userId: row.user_id,
    targetId: id,
    statuses: ['applied'],
    limit: 50,
  });
  const tries = rows
    .filter((one) => one.undo_of === row.id)
    .map((one) => parseChange(one).outcome?.version ?? 0);
  return { ...outcome, version: Math.max(version, ...tries) };
}

async function run(user: { id: string; name: string }, changeId: string): Promise<ChangeView> {
  const change = await undoable(user.id, changeId);
  // The person's own click: what the key that asked back then might not do does not bind them.
  const ctx = { ...(await contextOf(change, user.name)), limits: noLimits };
  const outcome = await lastWritten(change);
  const inverse = await writeOperation(change.row.operation).inverse(ctx, change.proposal, outcome);
  if ('impossible' in inverse) {
    throw new UserError('conflict', inverse.impossible, {
      next: 'Open the page and its history to restore by hand.',
    });
  }
  // The click approves what takes the change back, not what would be lost of others along with it.
  const asks = inverse.warnings.some((warning) => warning.mustConfirm);
  const id = await storeProposal(
    ctx,
    inverse,
    { kind: 'undo', chatId: change.row.chat_id, client: null, fromPageText: false, undoOf: changeId },
    asks ? 'proposed' : 'approved',
  );
  if (asks) return toView(await loadChange(id), user.id);
  await applyApproved(id);
  const applied = await loadChange(id);
  await markUndone(applied);
  // What was written back but not found as it should be raises an alarm of its own.
  if (applied.status !== 'verified') return toView(applied, user.id);
  return toView(await loadChange(changeId), user.id);
}

/**
 * Takes an applied change back. The click is the approval of the inverse. Answers with the change, now
 * `undone`; or with the inverse as a card of its own where the page has moved on, or something else would be lost
 * along with it, so that it must be looked at, or where reading it back shows something else than was there before.
 * @throws UserError `not_possible`, `conflict`.
 */
export function undo(user: { id: string; name: string }, changeId: string): Promise<ChangeView> {
  slot.__confabUndoing ??= new Map();
  const key = `${user.id} ${changeId}`;
  const running = slot.__confabUndoing.get(key);
  if (running !== undefined) return running;
  const undoing = run(user, changeId).finally(() => slot.__confabUndoing?.delete(key));
  slot.__confabUndoing.set(key, undoing);
  return undoing;
}
