import { UserError } from '#errors';
import type { ChangeView, Decision } from '#lib/wire';
import { applyApproved } from './apply.ts';
import { contextOf } from './context.ts';
import { proposalHash } from './hash.ts';
import { proposalLifetime } from './propose.ts';
import { wasAppliedAfterAll } from './settle.ts';
import { loadChange, move, ownChange, type StoredChange, writeOperation } from './store.ts';
import { toView } from './view.ts';

type Person = { id: string; name: string };

/** States in which a person may decide. */
const open = ['proposed', 'unknown'] as const;

function refuseStale(change: StoredChange, hash: string): void {
  if (change.row.hash !== hash) {
    throw new UserError('conflict', 'This change has a newer revision than the one you saw.', {
      next: 'Look at the card again and decide then.',
    });
  }
}

/** True when its time is over; the card says so from now on. */
async function hasExpired(change: StoredChange): Promise<boolean> {
  if (change.row.expires_at > Date.now()) return false;
  await move({ id: change.row.id, from: open, to: 'expired' });
  return true;
}

async function accept(user: Person, change: StoredChange, confirmed: readonly string[]): Promise<void> {
  const missing = change.proposal.warnings.filter(
    (warning) => warning.mustConfirm && !confirmed.includes(warning.code),
  );
  if (missing.length > 0) {
    throw new UserError(
      'invalid_input',
      `Confirm first: ${missing.map((warning) => warning.message).join(' ')}`,
      {
        next: 'Tick each warning on the card, then apply.',
      },
    );
  }
  if (change.status === 'unknown' && (await wasAppliedAfterAll(change))) {
    await markUndone(await loadChange(change.row.id));
    return;
  }
  await move({
    id: change.row.id,
    from: open,
    hash: change.row.hash,
    to: 'approved',
    set: { decided_at: Date.now(), decided_by: user.id, error: null },
    by: user.id,
  });
  // Whoever lost the race waits for the winner's run and sees its outcome.
  await applyApproved(change.row.id);
  await markUndone(await loadChange(change.row.id));
}

async function reject(user: Person, change: StoredChange, reason: string | undefined): Promise<void> {
  await move({
    id: change.row.id,
    from: open,
    hash: change.row.hash,
    to: 'rejected',
    set: { reason: reason?.trim() || null, decided_at: Date.now(), decided_by: user.id },
    by: user.id,
    note: reason ?? null,
  });
}

async function edit(user: Person, change: StoredChange, text: string): Promise<void> {
  const operation = writeOperation(change.row.operation);
  if (operation.edit === undefined || change.proposal.editable === null) {
    throw new UserError('not_possible', `${operation.title} has no text to edit.`, {
      next: 'Decline it and ask for something else.',
    });
  }
  const proposal = await operation.edit(await contextOf(change, user.name), change.proposal, text);
  const revision = change.row.revision + 1;
  const moved = await move({
    id: change.row.id,
    from: open,
    hash: change.row.hash,
    to: 'proposed',
    set: {
      proposal: JSON.stringify(proposal),
      hash: proposalHash(proposal, revision),
      revision,
      // The person's own words now: the remark about page text no longer holds.
      from_page_text: 0,
      error: null,
      expires_at: Date.now() + proposalLifetime,
    },
    by: user.id,
    note: 'Edited by the person before apply.',
  });
  if (!moved) refuseStale(await loadChange(change.row.id), change.row.hash);
}

/** Once the inverse has been applied and found as approved, the change it takes back is `undone`. */
export async function markUndone(inverse: StoredChange): Promise<void> {
  const original = inverse.row.undo_of;
  if (original === null || inverse.status !== 'verified') return;
  await move({
    id: original,
    from: ['applied', 'verified'],
    to: 'undone',
    set: { undone_by: inverse.row.id },
    by: inverse.row.user_id,
  });
}

/**
 * Carries out a person's decision on a change of theirs. `apply` answers when the change is applied and read
 * back, or failed, conflicted or rebased. A decision on a settled or expired change answers with the card as it is.
 * @throws UserError `not_found`, `conflict` (newer revision), `invalid_input` (unticked warning).
 */
export async function decide(user: Person, changeId: string, decision: Decision): Promise<ChangeView> {
  const change = await ownChange(user.id, changeId);
  const waiting = (open as readonly string[]).includes(change.status);
  if (waiting) {
    refuseStale(change, decision.hash);
    if (await hasExpired(change)) return toView(await loadChange(changeId), user.id);
    if (decision.decision === 'apply') await accept(user, change, decision.confirmed);
    if (decision.decision === 'reject') await reject(user, change, decision.reason);
    if (decision.decision === 'edit') await edit(user, change, decision.text);
  } else if (decision.decision === 'apply') {
    // A second click while the first is at work: wait for it.
    await applyApproved(changeId);
  }
  return toView(await loadChange(changeId), user.id);
}
