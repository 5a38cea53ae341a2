import { changeByCall, database, setChangeCall } from '#db';
import type { ChangeView } from '#lib/wire';
import { parseChange } from './store.ts';
import { toView } from './view.ts';

/** How long after a decision the same call still gets its outcome rather than a new proposal. */
const outcomeMs = 15 * 60 * 1000;

/**
 * The change that a client's call led to, when the same call comes again: one that still waits, or one that
 * was decided in the last quarter of an hour.
 * @param callId names the call: who made it, and with which arguments
 */
export async function changeOfCall(
  user: { id: string },
  keyId: string,
  callId: string,
): Promise<ChangeView | null> {
  const row = await changeByCall(await database(), { userId: user.id, keyId, callId });
  if (row === undefined) return null;
  const open = ['proposed', 'approved', 'applying'].includes(row.status);
  if (!open && row.updated_at < Date.now() - outcomeMs) return null;
  return toView(parseChange(row), user.id);
}

/** Notes which call of its client waits for a change; null once the client knows the outcome. */
export async function noteCall(user: { id: string }, changeId: string, callId: string | null): Promise<void> {
  await setChangeCall(await database(), { userId: user.id, changeId, callId });
}
