import type { ChangeStatus, ChangeView } from './change.ts';

/** A change as a line of the ledger. Of another person's change only who, what kind, when and its outcome are told. */
export type ActivityLine = Pick<
  ChangeView,
  'id' | 'status' | 'tier' | 'operationTitle' | 'verification' | 'createdAt' | 'decidedAt'
> & {
  person: { id: string; name: string };
  /** Who asked for it: an MCP client by name, or null. */
  client: string | null;
  /** What only its own person sees; null for others. */
  own: Pick<
    ChangeView,
    'title' | 'target' | 'origin' | 'result' | 'mayUndo' | 'mayDecide' | 'restore'
  > | null;
};

/** What people look for in the ledger, as states of changes. */
export const activityStates = {
  open: ['proposed', 'approved', 'applying', 'unknown'],
  made: ['applied', 'verified'],
  undone: ['undone'],
  not_made: ['rejected', 'stopped', 'expired', 'conflicted', 'failed'],
} as const satisfies Record<string, readonly ChangeStatus[]>;

export type ActivityState = keyof typeof activityStates;

export type ActivityPage = {
  lines: ActivityLine[];
  /** Names what comes after the last line; null: nothing does. */
  next: string | null;
};

/** What became of taking back all changes of a chat. */
export type UndoneAll = {
  undone: number;
  /** Cards to look at: others have changed the same pages since, or something else would be lost. */
  toReview: { id: string; title: string }[];
  left: { id: string; title: string; why: string }[];
};
