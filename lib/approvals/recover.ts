import { type ChangeRow, changesInStatus, database } from '#db';
import { ConfabError, type ErrorCode } from '#errors';
import { log } from '#log';
import { applyApproved, isAtWork } from './apply.ts';
import { contextOf } from './context.ts';
import { markUndone } from './decide.ts';
import { notReadBack, restUnknown, settleByReading, verifyApplied } from './settle.ts';
import { loadChange, move, parseChange, type StoredChange } from './store.ts';

/** While Confluence cannot be read, a change in mid-air is not judged for this long. */
const patience = 3_600_000;

/** Failures that pass by themselves. */
const passing: ReadonlySet<ErrorCode> = new Set(['atlassian_unavailable', 'rate_limited', 'cancelled']);

type MidAir = 'approved' | 'applying' | 'applied';
type Step = {
  go(change: StoredChange): Promise<void>;
  /** Where it rests when that cannot be done. */
  giveUp(change: StoredChange, error: unknown): Promise<void>;
};

/** What a change found in mid-air needs. `applied` rows already read back are left alone. */
const steps: Record<MidAir, Step> = {
  // Approved and never sent: the approval still stands and apply checks everything again. If it fails, the
  // card waits again by itself.
  approved: { go: (change) => applyApproved(change.row.id), giveUp: async () => {} },
  applying: { go: settleByReading, giveUp: restUnknown },
  applied: {
    async go(change) {
      if (change.outcome !== null)
        await verifyApplied(await contextOf(change, change.actingAs.name), change, change.outcome);
    },
    async giveUp(change, error) {
      if (change.outcome !== null) await notReadBack(change, change.outcome, error);
    },
  },
};

function mayPass(row: ChangeRow, error: unknown): boolean {
  const begun = row.applied_at ?? row.updated_at;
  return error instanceof ConfabError && passing.has(error.code) && Date.now() - begun < patience;
}

/** False when it has to be tried again later. */
async function settle(row: ChangeRow): Promise<boolean> {
  const change = parseChange(row);
  const step = steps[row.status as MidAir];
  try {
    await step.go(change);
  } catch (error) {
    log.warn({ change: row.id, status: row.status, err: error }, 'a change in mid-air could not be settled');
    if (row.status === 'applying' && mayPass(row, error)) return false;
    await step.giveUp(change, error);
  }
  await markUndone(await loadChange(row.id));
  return true;
}

/**
 * Takes every change that a stopped server left in mid-air to where it can rest; what this process is at work
 * on is left alone. While Confluence is away, what may have been written stays `applying`: call it again.
 * @returns the chats whose changes moved, so that their turns can go on.
 */
export async function recoverChanges(): Promise<{ userId: string; chatId: string }[]> {
  const found = (await changesInStatus(await database(), Object.keys(steps))).filter(
    (row) => !(row.status === 'applied' && row.verification !== null) && !isAtWork(row.id),
  );
  const chats = new Map<string, { userId: string; chatId: string }>();
  for (const row of found) {
    if (!isAtWork(row.id) && (await settle(row)) && row.chat_id !== null)
      chats.set(row.chat_id, { userId: row.user_id, chatId: row.chat_id });
  }
  return [...chats.values()];
}

/**
 * Closes proposals whose time is over.
 * @returns the chats they belong to, so that their turns can go on.
 */
export async function expireChanges(): Promise<{ userId: string; chatId: string }[]> {
  const chats = new Map<string, { userId: string; chatId: string }>();
  for (const row of await changesInStatus(await database(), ['proposed', 'unknown'], Date.now())) {
    const expired = await move({ id: row.id, from: ['proposed', 'unknown'], to: 'expired' });
    if (expired && row.chat_id !== null) chats.set(row.chat_id, { userId: row.user_id, chatId: row.chat_id });
  }
  return [...chats.values()];
}
