import { ConfabError, isAbort, toErrorView } from '#errors';
import type { Context, Outcome, Rebase } from '#lib/tools';
import type { ErrorView } from '#lib/wire';
import { log } from '#log';
import { contextOf } from './context.ts';
import { proposalHash } from './hash.ts';
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
    await settleByReading(ctx, change);
    return;
  }
  const view = toErrorView(error);
  if (view.code === 'conflict') {
    // Somebody saved between our check and our write; Confluence refused it.
    const state = await writeOperation(change.row.operation).rebase(ctx, change.proposal);
    if (await leftBehind(change, state, 'applying')) return;
  }
  await move({
    id: change.row.id,
    from: ['applying'],
    to: 'failed',
    set: { error: JSON.stringify(view) },
    note: view.message,
  });
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

async function recordApplied(change: StoredChange, outcome: Outcome): Promise<void> {
  await move({
    id: change.row.id,
    from: ['applying'],
    to: 'applied',
    set: {
      outcome: JSON.stringify(outcome),
      target_id: outcome.targetId ?? change.row.target_id,
      error: null,
    },
  });
}

/** Reads back what was applied. A failed reading leaves the change `applied`, and says why. */
export async function verifyApplied(ctx: Context, change: StoredChange, outcome: Outcome): Promise<void> {
  const { id } = change.row;
  try {
    const verification = await writeOperation(change.row.operation).verify(ctx, change.proposal, outcome);
    await move({
      id,
      from: ['applied'],
      to: verification.ok ? 'verified' : 'applied',
      set: { verification: JSON.stringify(verification) },
      note: verification.summary,
    });
  } catch (error) {
    const { message } = toErrorView(error);
    log.warn({ change: id, err: error }, 'a change was applied but could not be read back');
    const verification = {
      ok: false,
      summary: `It could not be read back: ${message}`,
      version: outcome.version,
      details: [],
    };
    await move({
      id,
      from: ['applied'],
      to: 'applied',
      set: { verification: JSON.stringify(verification) },
      note: message,
    });
  }
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

/**
 * Finds out whether an `applying` change happened, by reading Confluence. Never sends it again: what was
 * not applied waits for a new approval, what reading cannot settle becomes `unknown`.
 */
export async function settleByReading(ctx: Context, change: StoredChange): Promise<void> {
  const { id } = change.row;
  let found: Awaited<ReturnType<ReturnType<typeof writeOperation>['settle']>>;
  try {
    found = await writeOperation(change.row.operation).settle(ctx, change.proposal);
  } catch (error) {
    found = { kind: 'unknown', found: toErrorView(error).message };
  }
  if (found.kind === 'applied') {
    await recordApplied(change, found.outcome);
    await verifyApplied(ctx, change, found.outcome);
    return;
  }
  const message =
    found.kind === 'unknown'
      ? `It is not known whether Confluence applied this. ${found.found}`
      : 'The connection broke while this was sent; Confluence shows that it was not applied.';
  await move({
    id,
    from: ['applying'],
    to: found.kind === 'unknown' ? 'unknown' : 'proposed',
    set: {
      error: JSON.stringify({
        code: 'atlassian_unavailable',
        actor: 'atlassian',
        message,
        next: 'Look at the page, then apply again or decline.',
      } satisfies ErrorView),
      decided_at: null,
      decided_by: null,
    },
    note: message,
  });
}
