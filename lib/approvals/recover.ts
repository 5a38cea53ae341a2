import { changesInStatus, database } from '#db';
import { toErrorView } from '#errors';
import { log } from '#log';
import { applyApproved, settleByReading, verifyApplied } from './apply.ts';
import { contextOf } from './context.ts';
import { markUndone } from './decide.ts';
import { loadChange, move, parseChange, type StoredChange } from './store.ts';

/** What a change found in mid-air needs. `applied` rows already read back are left alone. */
const steps: Record<'approved' | 'applying' | 'applied', (change: StoredChange) => Promise<void>> = {
  // Approved and never sent: the approval still stands and apply checks everything again.
  approved: (change) => applyApproved(change.row.id),
  applying: async (change) => settleByReading(await contextOf(change, change.actingAs.name), change),
  applied: async (change) => {
    if (change.row.verification !== null || change.outcome === null) return;
    await verifyApplied(await contextOf(change, change.actingAs.name), change, change.outcome);
  },
};

/**
 * Run once at start: takes every change that a stopped server left in mid-air to where it can rest.
 * @returns the chats whose changes moved, so that their turns can go on.
 */
export async function recoverChanges(): Promise<{ userId: string; chatId: string }[]> {
  const found = await changesInStatus(await database(), Object.keys(steps));
  const chats = new Map<string, { userId: string; chatId: string }>();
  for (const row of found) {
    const change = parseChange(row);
    try {
      await steps[row.status as keyof typeof steps](change);
      await markUndone(await loadChange(row.id));
    } catch (error) {
      log.error({ change: row.id, err: error }, 'a change could not be recovered');
      if (row.status === 'applying') {
        const message = `The server stopped while this was being applied, and what happened could not be read: ${toErrorView(error).message}`;
        await move({
          id: row.id,
          from: ['applying'],
          to: 'unknown',
          set: {
            error: JSON.stringify({
              ...toErrorView(error),
              message,
              next: 'Look at the page, then apply again or decline.',
            }),
          },
          note: message,
        });
      }
    }
    if (row.chat_id !== null) chats.set(row.chat_id, { userId: row.user_id, chatId: row.chat_id });
  }
  return [...chats.values()];
}

/** Closes proposals whose time is over. */
export async function expireChanges(): Promise<void> {
  for (const row of await changesInStatus(await database(), ['proposed', 'unknown'], Date.now())) {
    await move({ id: row.id, from: ['proposed', 'unknown'], to: 'expired' });
  }
}
