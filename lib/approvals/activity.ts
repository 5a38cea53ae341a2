import { changeClients, changesOf, database, peopleNames } from '#db';
import { UserError } from '#errors';
import {
  type ActivityLine,
  type ActivityPage,
  type ActivityState,
  activityStates,
  type Verification,
} from '#lib/wire';
import { parseChange } from './store.ts';
import { toView } from './view.ts';

export type Viewer = { id: string; role: 'admin' | 'member' };

export type ActivityQuery = {
  /** All people's changes: for admins. */
  everyone?: boolean;
  state?: ActivityState;
  /** Of one chat. */
  chat?: string;
  /** Asked by this MCP client; an empty name: asked in chats. */
  client?: string;
  /** `next` of the page before. */
  after?: string;
  limit: number;
};

/** Where a page ended. @throws UserError invalid_input */
function placeOf(after: string): { createdAt: number; id: string } {
  const [, time, id] = /^(\d+)\.(\w+)$/.exec(after) ?? [];
  if (time === undefined || id === undefined) {
    throw new UserError('invalid_input', 'This place in the list is not known.', {
      next: 'Begin at the top.',
    });
  }
  return { createdAt: Number(time), id };
}

/**
 * The ledger, newest first. Titles and targets of other people's changes stay with them: they name pages that an
 * admin of this app need not be allowed to see in Confluence.
 * @throws UserError forbidden when a member asks for everyone's; invalid_input
 */
export async function activity(viewer: Viewer, query: ActivityQuery): Promise<ActivityPage> {
  const everyone = query.everyone === true;
  if (everyone && viewer.role !== 'admin') {
    throw new UserError('forbidden', 'Only an admin sees what everyone changed.', {
      next: 'Look at your own changes.',
    });
  }
  const db = await database();
  const rows = await changesOf(db, {
    userId: everyone ? null : viewer.id,
    ...(query.chat === undefined ? {} : { chatId: query.chat }),
    ...(query.client === undefined ? {} : { client: query.client }),
    ...(query.state === undefined ? {} : { statuses: activityStates[query.state] }),
    ...(query.after === undefined ? {} : { before: placeOf(query.after) }),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const names = await peopleNames(db, [...new Set(shown.map((row) => row.user_id))]);
  const lines = shown.map((row): ActivityLine => {
    const view = toView(parseChange(row), viewer.id);
    const { id, status, tier, operationTitle, verification, createdAt, decidedAt } = view;
    const { title, target, origin, result, mayUndo, mayDecide, restore } = view;
    const mine = row.user_id === viewer.id;
    return {
      id,
      status,
      tier,
      operationTitle,
      verification: mine || verification === null ? shortly(verification) : outcomeOnly(verification),
      createdAt,
      decidedAt,
      person: { id: row.user_id, name: names.get(row.user_id) ?? 'Someone' },
      client: row.client,
      own: mine ? { title, target, origin, result, mayUndo, mayDecide, restore } : null,
    };
  });
  const last = shown.at(-1);
  return {
    lines,
    next: rows.length > query.limit && last !== undefined ? `${last.created_at}.${last.id}` : null,
  };
}

/** Without what is long. */
const shortly = (verification: Verification | null): Verification | null =>
  verification === null ? null : { ...verification, details: [], diff: null };

/** Of another person's: how it ended, in words of ours; what was found on the page names titles and people. */
const outcomeOnly = ({ ok, unread }: Verification): Verification => ({
  ok,
  summary: ok ? 'as approved' : 'not as approved',
  version: null,
  details: [],
  ...(unread === undefined ? {} : { unread }),
});

/** The MCP clients that have asked this person for changes, by name. */
export async function activityClients(userId: string): Promise<string[]> {
  return changeClients(await database(), userId);
}
