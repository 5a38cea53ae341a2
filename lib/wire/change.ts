import type { ErrorView } from '../errors.ts';
import type { BodyDiff, ChangeDiff } from './diff.ts';

export const changeStatuses = [
  'proposed',
  'approved',
  'applying',
  'applied',
  'verified',
  'undone',
  'rejected',
  'stopped',
  'expired',
  'conflicted',
  'failed',
  'unknown',
] as const;
export type ChangeStatus = (typeof changeStatuses)[number];

/** True where nothing more will happen by itself. */
export const isSettled: Record<ChangeStatus, boolean> = {
  proposed: false,
  approved: false,
  applying: false,
  applied: true,
  verified: true,
  undone: true,
  rejected: true,
  stopped: true,
  expired: true,
  conflicted: true,
  failed: true,
  unknown: true,
};

export type ChangeWarning = {
  /** `drops_comment`, `drops_macro`, `drops_attachment`, `removes_most`, `from_page_text`, ... */
  code: string;
  message: string;
  /** The person must tick it before Apply. */
  mustConfirm: boolean;
};

export type ChangeTarget = {
  kind:
    | 'page'
    | 'blog_post'
    | 'space'
    | 'group'
    | 'comment'
    | 'attachment'
    | 'folder'
    | 'whiteboard'
    | 'database'
    | 'smart_link'
    | 'template'
    | 'label'
    | 'custom_content'
    | 'other';
  id: string | null;
  title: string;
  space: { id: string; key: string; name: string } | null;
  /** Ids of further spaces that the change reaches into. */
  otherSpaces?: string[];
  url: string | null;
};

/** False when a change reaches beyond these spaces (ids; null: all): for whom they are the limit it does not exist. */
export function liesWithin(target: ChangeTarget, spaces: readonly string[] | null): boolean {
  if (spaces === null) return true;
  return (
    target.space !== null &&
    [target.space.id, ...(target.otherSpaces ?? [])].every((id) => spaces.includes(id))
  );
}

/** What reading the target back after apply showed. */
export type Verification = {
  /** True only when it was read, and is what was approved. */
  ok: boolean;
  summary: string;
  version: number | null;
  /** What differs: which block, what was approved, what is there. */
  details: string[];
  /** It could not be read, so nothing is known of how it is. */
  unread?: true;
  /** There is nothing to read back: what its server answered is all that is known. */
  answered?: true;
  /** From the approved body to the one that is there. */
  diff?: BodyDiff | null;
};

/** `differs`: what is there is not what was approved. `unread`: nobody has seen yet what is there. */
export type Alarm = 'differs' | 'unread';

/** What is wrong with a change that was written; null: nothing, or nothing was written. */
export function alarmOf(change: Pick<ChangeView, 'status' | 'verification'>): Alarm | null {
  const { status, verification } = change;
  if (status !== 'applied' || verification === null || verification.ok || verification.answered === true)
    return null;
  return verification.unread === true ? 'unread' : 'differs';
}

export type Undo = { possible: true } | { possible: false; why: string };

/** A change as a person sees it on its card. Never holds a token or another person's data. */
export type ChangeView = {
  id: string;
  operation: string;
  operationTitle: string;
  tier: 'write' | 'destructive';
  status: ChangeStatus;
  /** One line: "Add a section to API Guidelines". */
  title: string;
  target: ChangeTarget;
  baseVersion: number | null;
  /** Names the exact revision; a decision must carry it. */
  hash: string;
  revision: number;
  diff: ChangeDiff;
  warnings: ChangeWarning[];
  /** The Markdown a person may edit before Apply, or null where text editing makes no sense. */
  editable: { label: string; text: string } | null;
  /** What would undo it, told before Apply. */
  undo: Undo;
  /** Who asked: the chat or the MCP client. */
  origin: { kind: 'chat' | 'mcp' | 'undo'; chatId: string | null; client: string | null };
  actingAs: { name: string; site: string };
  /** Text of the person who declined. */
  reason: string | null;
  result: { url: string | null; version: number | null; title: string | null } | null;
  verification: Verification | null;
  /** Both versions of what clashed. */
  conflict: { message: string; yours: BodyDiff | null; theirs: BodyDiff | null } | null;
  error: ErrorView | null;
  rebasedFrom: number | null;
  createdAt: number;
  decidedAt: number | null;
  expiresAt: number;
  /** Only the person whose connection would write may decide. */
  mayDecide: boolean;
  mayUndo: boolean;
  /** The other MCP server it goes to instead of Confluence, and what that answered: a stranger's words. */
  toolkit?: { name: string; host: string; said: string | null };
  /** When an alarm is raised: the version that one click brings back. */
  restore: { version: number } | null;
};

/** States in which a change waits for its person. */
export const waitingStatuses = ['proposed', 'unknown'] as const satisfies readonly ChangeStatus[];

/** A change that waits for its person, as a line of a list. */
export type WaitingChange = Pick<
  ChangeView,
  'id' | 'hash' | 'title' | 'tier' | 'status' | 'target' | 'origin' | 'createdAt' | 'expiresAt'
> & { warnings: number };

/** What waits for a person. */
export type Waiting = {
  /** How many; more than are listed where there are very many. */
  count: number;
  /** Another one whenever the list has changed. */
  marker: string;
  /** Newest first; null when the list is the one that the asker's marker names. */
  changes: WaitingChange[] | null;
};
