import { type ChangeFilter, changesOf, database } from '#db';
import { type ChangeView, isSettled } from '#lib/wire';
import { onChange } from './events.ts';
import { loadChange, move, ownChange, parseChange } from './store.ts';
import { toView } from './view.ts';

/** One change of this person. @throws UserError not_found */
export async function viewChange(user: { id: string }, changeId: string): Promise<ChangeView> {
  return toView(await ownChange(user.id, changeId), user.id);
}

/** A person's changes, newest first. */
export async function listChanges(
  userId: string,
  filter: Omit<ChangeFilter, 'userId'>,
): Promise<ChangeView[]> {
  const rows = await changesOf(await database(), { ...filter, userId });
  return rows.map((row) => toView(parseChange(row), userId));
}

/** Every change proposed in a chat, oldest first. */
export async function changesOfChat(userId: string, chatId: string): Promise<ChangeView[]> {
  return (await listChanges(userId, { chatId, limit: 1000 })).reverse();
}

/** Settles the open cards of a chat when the person stops it. */
export async function stopOpenChanges(userId: string, chatId: string): Promise<void> {
  for (const row of await changesOf(await database(), {
    userId,
    chatId,
    statuses: ['proposed', 'unknown'],
    limit: 1000,
  })) {
    await move({ id: row.id, from: ['proposed', 'unknown'], to: 'stopped', by: userId });
  }
}

/**
 * Waits until a change is settled, at most `seconds`; answers with it as it is then.
 * @throws UserError not_found
 */
export async function waitForDecision(
  userId: string,
  changeId: string,
  seconds: number,
  signal: AbortSignal,
): Promise<ChangeView> {
  await ownChange(userId, changeId);
  if (seconds > 0 && !signal.aborted) await settled(changeId, seconds, signal);
  return viewChange({ id: userId }, changeId);
}

/** An applied change that was not read back for so long will not be on its own. */
const readBackMs = 15_000;

/** Ends when the change is settled, the time is over, or the caller has gone. */
async function settled(changeId: string, seconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (first: boolean) =>
    loadChange(changeId).then((change) => {
      // `applied` is read back within a moment; the client wants the verified answer.
      const fresh = !first || (change.row.applied_at ?? 0) > Date.now() - readBackMs;
      const verifying = fresh && change.status === 'applied' && change.row.verification === null;
      if (isSettled[change.status] && !verifying) resolve();
    }, reject);
  const stop = () => resolve();
  const timer = setTimeout(stop, seconds * 1000);
  const stopListening = onChange((id) => {
    if (id === changeId) look(false);
  });
  signal.addEventListener('abort', stop);
  try {
    // Only now, so that a decision between looking and listening is not missed.
    look(true);
    await promise;
  } finally {
    clearTimeout(timer);
    stopListening();
    signal.removeEventListener('abort', stop);
  }
}
