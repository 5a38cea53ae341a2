import { alarmOf, type ChangeView } from '#lib/wire';
import { contextOf } from './context.ts';
import { markUndone } from './decide.ts';
import { verifyApplied } from './settle.ts';
import { loadChange, ownChange } from './store.ts';
import { toView } from './view.ts';

/**
 * Reads back once more what could not be read after it was applied. Writes nothing to Confluence. A change that was
 * read already, or was never applied, answers with its card as it is.
 * @throws UserError not_found; what keeps the person from reading at all (no connection, another account)
 */
export async function checkAgain(user: { id: string; name: string }, changeId: string): Promise<ChangeView> {
  const change = await ownChange(user.id, changeId);
  const view = toView(change, user.id);
  if (alarmOf(view) !== 'unread' || change.outcome === null) return view;
  await verifyApplied(await contextOf(change, user.name), change, change.outcome);
  const now = await loadChange(changeId);
  await markUndone(now);
  return toView(now, user.id);
}
