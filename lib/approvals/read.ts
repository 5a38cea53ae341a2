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
  const first = await viewChange({ id: userId }, changeId);
  if (isSettled[first.status] || seconds <= 0) return first;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    const stopListening = onChange((id) => {
      if (id !== changeId) return;
      void loadChange(id).then((change) => {
        // `applied` is read back within a moment; the client wants the verified answer.
        const verifying = change.status === 'applied' && change.row.verification === null;
        if (isSettled[change.status] && !verifying) done();
      });
    });
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
  return viewChange({ id: userId }, changeId);
}
