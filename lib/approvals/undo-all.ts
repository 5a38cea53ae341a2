import { changesOf, database } from '#db';
import { toErrorView } from '#errors';
import { activityStates, type ChangeView, type UndoneAll } from '#lib/wire';
import { parseChange } from './store.ts';
import { undo } from './undo.ts';
import { toView } from './view.ts';

const most = 500;

/** Why an undo that was sent did not end as it should. */
const whyNot = ({ error, verification }: ChangeView): string =>
  error?.message ?? verification?.summary ?? 'It is not known whether this was taken back. Look at its card.';

/**
 * Takes back every change of a chat that stands, the newest first, so that each finds what it wrote. One that
 * cannot be taken back does not stop the others.
 */
export async function undoChat(user: { id: string; name: string }, chatId: string): Promise<UndoneAll> {
  const rows = await changesOf(await database(), {
    userId: user.id,
    chatId,
    statuses: activityStates.made,
    limit: most,
  });
  const done: UndoneAll = { undone: 0, toReview: [], left: [] };
  for (const row of rows) {
    // An undo that was not found as it should be is a change too; it is taken back with the one it belongs to.
    if (row.undo_of !== null) continue;
    const { title, undo: possible } = toView(parseChange(row), user.id);
    if (!possible.possible) {
      done.left.push({ id: row.id, title, why: possible.why });
      continue;
    }
    try {
      const after = await undo(user, row.id);
      if (after.status === 'undone') done.undone += 1;
      else if (after.status === 'proposed') done.toReview.push({ id: after.id, title: after.title });
      else done.left.push({ id: row.id, title, why: whyNot(after) });
    } catch (error) {
      const { message, next } = toErrorView(error);
      done.left.push({ id: row.id, title, why: [message, next].filter(Boolean).join(' ') });
    }
  }
  return done;
}
