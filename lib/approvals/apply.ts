import { ConfabError, isAbort, toErrorView } from '#errors';
import type { Context, Outcome, Rebase } from '#lib/tools';
import type { ErrorView } from '#lib/wire';
import { log } from '#log';
import { contextOf } from './context.ts';
import { proposalHash } from './hash.ts';
import { recordApplied, restUnknown, settleByReading, verifyApplied } from './settle.ts';
import { loadChange, move, type StoredChange, writeOperation } from './store.ts';

const slot = globalThis as { __confabApplying?: Map<string, Promise<void>> };

/**
 * Takes an approved change as far as it goes: rebased and shown again, conflicted, failed, or applied and
 * verified. Callers in parallel share one run; the database lets only one move it to `applying`.
 */
export function applyApproved(changeId: string): Promise<void> {
  slot.__confabApplying ??= new Map();
  const running = slot.__confabApplying.get(changeId);
  if (running !== undefined) return running;
  const run = apply(changeId).finally(() => slot.__confabApplying?.delete(changeId));
  slot.__confabApplying.set(changeId, run);
  return run;
}

/** True while this process is at work on the change, so that recovery leaves it alone. */
export const isAtWork = (changeId: string): boolean => slot.__confabApplying?.has(changeId) === true;

async function apply(changeId: string): Promise<void> {
  const change = await loadChange(changeId);
  if (change.status !== 'approved') return;
  let ctx: Context;
  let state: Rebase;
  try {
    ctx = await contextOf(change, change.actingAs.name);
    state = await writeOperation(change.row.operation).rebase(ctx, change.proposal);
  } catch (error) {
    // Nothing was sent: the card waits again, with what was wrong.
    await backToProposed(change, toErrorView(error));
    throw error;
  }
  if (await leftBehind(change, state, 'approved')) return;
  const mine = await move({
    id: changeId,
    from: ['approved'],
    hash: change.row.hash,
    to: 'applying',
    set: { applied_at: Date.now() },
  });
  if (mine) await send(ctx, change);
}

/** The one place that writes to Confluence. */
async function send(ctx: Context, change: StoredChange): Promise<void> {
  const operation = writeOperation(change.row.operation);
  let outcome: Outcome;
  try {
    outcome = await operation.apply(ctx, change.proposal);
  } catch (error) {
    await afterError(ctx, change, error);
    return;
  }
  await recordApplied(change, outcome);
  await verifyApplied(ctx, change, outcome);
}

function wasRefused(error: unknown): boolean {
  return error instanceof ConfabError && error.data?.outcomeUnknown !== true && !isAbort(error);
}

async function afterError(ctx: Context, change: StoredChange, error: unknown): Promise<void> {
  if (!wasRefused(error)) {
    log.warn({ change: change.row.id, err: error }, 'outcome of a write is unknown; settling by reading');
    try {
      await settleByReading(change);
    } catch (reading) {
      log.warn({ change: change.row.id, err: reading }, 'a write could not be settled by reading');
      await restUnknown(change, reading);
    }
    return;
  }
  const view = toErrorView(error);
  if (view.code === 'conflict' && (await movedOn(ctx, change))) return;
  await move({
    id: change.row.id,
    from: ['applying'],
    to: 'failed',
    set: { error: JSON.stringify(view) },
    note: view.message,
  });
}

/** Somebody saved between our check and our write, so Confluence refused it. False when it cannot be read what. */
async function movedOn(ctx: Context, change: StoredChange): Promise<boolean> {
  try {
    const state = await writeOperation(change.row.operation).rebase(ctx, change.proposal);
    return await leftBehind(change, state, 'applying');
  } catch (error) {
    log.warn({ change: change.row.id, err: error }, 'a refused write could not be rebased');
    return false;
  }
}

/** Stores a rebased or conflicted state. False when the proposal is still current. */
async function leftBehind(
  change: StoredChange,
  state: Rebase,
  from: 'approved' | 'applying',
): Promise<boolean> {
  const handlers: { [K in Rebase['kind']]: (state: Extract<Rebase, { kind: K }>) => Promise<boolean> } = {
    current: async () => false,
    rebased: async ({ proposal }) => {
      const revision = change.row.revision + 1;
      await move({
        id: change.row.id,
        from: [from],
        to: 'proposed',
        set: {
          proposal: JSON.stringify(proposal),
          hash: proposalHash(proposal, revision),
          revision,
          rebased_from: change.proposal.baseVersion,
          decided_at: null,
          decided_by: null,
        },
        note: 'The page had moved on; the change was rebased and waits for approval again.',
      });
      return true;
    },
    conflict: async ({ message, yours, theirs }) => {
      await move({
        id: change.row.id,
        from: [from],
        to: 'conflicted',
        set: { conflict: JSON.stringify({ message, yours, theirs }) },
        note: message,
      });
      return true;
    },
  };
  return (handlers[state.kind] as (state: Rebase) => Promise<boolean>)(state);
}

async function backToProposed(change: StoredChange, error: ErrorView): Promise<void> {
  await move({
    id: change.row.id,
    from: ['approved'],
    to: 'proposed',
    set: { error: JSON.stringify(error), decided_at: null, decided_by: null },
    note: error.message,
  });
}
