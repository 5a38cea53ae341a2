import { toErrorView } from '#errors';
import type { Context, Outcome } from '#lib/tools';
import type { ErrorView, Verification } from '#lib/wire';
import { log } from '#log';
import { contextOf } from './context.ts';
import { move, type StoredChange, writeOperation } from './store.ts';

/** Notes what was written. `from`: where the change stood before that was known. */
export async function recordApplied(
  change: StoredChange,
  outcome: Outcome,
  from: 'applying' | 'unknown' = 'applying',
): Promise<void> {
  await move({
    id: change.row.id,
    from: [from],
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
    log.warn({ change: id, err: error }, 'a change was applied but could not be read back');
    await notReadBack(change, outcome, error);
  }
}

/** The change stays `applied`, with why it could not be compared with what was approved. */
export async function notReadBack(change: StoredChange, outcome: Outcome, error: unknown): Promise<void> {
  const { message } = toErrorView(error);
  const verification: Verification = {
    ok: false,
    unread: true,
    summary: `It could not be read back: ${message}`,
    version: outcome.version,
    details: [],
  };
  await move({
    id: change.row.id,
    from: ['applied'],
    to: 'applied',
    set: { verification: JSON.stringify(verification) },
    note: message,
  });
}

/** Where the write was to happen, and who has to act when it is not known whether it did. */
function placeOf({
  proposal: { toolkit },
}: StoredChange): Pick<ErrorView, 'code' | 'actor' | 'next'> & { name: string } {
  return toolkit === undefined
    ? {
        name: 'Confluence',
        code: 'atlassian_unavailable',
        actor: 'atlassian',
        next: 'Look at the page, then apply again or decline.',
      }
    : {
        name: toolkit.name,
        code: 'toolkit_unavailable',
        actor: 'toolkit',
        next: `Look in ${toolkit.name} first. To apply again sends it again.`,
      };
}

async function rest(change: StoredChange, to: 'unknown' | 'proposed', message: string): Promise<void> {
  const { code, actor, next } = placeOf(change);
  await move({
    id: change.row.id,
    from: ['applying'],
    to,
    set: {
      error: JSON.stringify({
        code,
        actor,
        message,
        next,
      } satisfies ErrorView),
      decided_at: null,
      decided_by: null,
    },
    note: message,
  });
}

/** Nothing could be read, so nobody knows: the person decides. */
export function restUnknown(change: StoredChange, error: unknown): Promise<void> {
  return rest(
    change,
    'unknown',
    `It is not known whether ${placeOf(change).name} applied this. ${toErrorView(error).message}`,
  );
}

/**
 * Finds out whether an `applying` change happened, by reading Confluence, with patience of its own. Never
 * sends it again: what was not applied waits for a new approval, what reading cannot settle becomes `unknown`.
 * @throws what kept it from reading; the change is left as it was.
 */
export async function settleByReading(change: StoredChange): Promise<void> {
  const ctx = await contextOf(change, change.actingAs.name);
  const found = await writeOperation(change.row.operation).settle(ctx, change.proposal);
  if (found.kind === 'applied') {
    await recordApplied(change, found.outcome);
    await verifyApplied(ctx, change, found.outcome);
  } else if (found.kind === 'unknown') {
    await rest(
      change,
      'unknown',
      `It is not known whether ${placeOf(change).name} applied this. ${found.found}`,
    );
  } else {
    await rest(
      change,
      'proposed',
      'The connection broke while this was sent; Confluence shows that it was not applied.',
    );
  }
}

/**
 * Looks again at an `unknown` change before it is sent anew. True when it was applied after all; that is
 * recorded then and nothing needs to be sent.
 * @throws what kept it from reading.
 */
export async function wasAppliedAfterAll(change: StoredChange): Promise<boolean> {
  const ctx = await contextOf(change, change.actingAs.name);
  const found = await writeOperation(change.row.operation).settle(ctx, change.proposal);
  if (found.kind !== 'applied') return false;
  await recordApplied(change, found.outcome, 'unknown');
  await verifyApplied(ctx, change, found.outcome);
  return true;
}
