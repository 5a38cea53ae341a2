import type { ChangeWarning } from '#lib/wire';
import type { Document } from '../documents.ts';
import {
  isOpen,
  keysOf,
  type RestrictedOperation,
  type Restrictions,
  restrictedOperations,
  sameSubject,
  subjectsText,
} from './restrictions.ts';

export type RestrictionMode = 'replace' | 'add' | 'remove' | 'clear';

/** Who may, where nobody is named. */
export const open: Record<RestrictedOperation, string> = {
  read: 'everyone who sees the space',
  update: 'everyone who views it and may edit in the space',
};

const verbsOf: Record<RestrictedOperation, string> = { read: 'view', update: 'edit' };

/** What everybody may do now and only those named may do afterwards. */
const closing = (before: Restrictions, after: Restrictions): RestrictedOperation[] =>
  restrictedOperations.filter((one) => before[one].length === 0 && after[one].length > 0);

/** What a person must know before the lists change: who loses it, who gains it, how far it reaches. */
export function warningsOf(
  before: Restrictions,
  after: Restrictions,
  kind: Document['kind'],
  mode: RestrictionMode,
): ChangeWarning[] {
  const warnings: ChangeWarning[] = [];
  const opens = restrictedOperations.filter((one) => before[one].length > 0 && after[one].length === 0);
  if (opens.length > 0)
    warnings.push({
      code: 'opens_page',
      message: `Nobody is left in the list, so ${opens.map((one) => `${open[one]} may ${one === 'read' ? 'view' : 'edit'} it`).join(' and ')}.`,
      // Of "clear" this is the very point; of "remove" it is the opposite of what one expects.
      mustConfirm: mode === 'remove',
    });
  const closed = closing(before, after);
  if (closed.length > 0)
    warnings.push({
      code: 'limits_page',
      message: `Everybody who is not named loses it: only those listed may ${closed.map((one) => verbsOf[one]).join(' or ')} it.`,
      mustConfirm: false,
    });
  if (kind === 'page' && keysOf(before.read).join() !== keysOf(after.read).join())
    warnings.push({
      code: 'reaches_below',
      message: 'Who may view it counts for every page below it as well.',
      mustConfirm: false,
    });
  const unseen = after.update.filter(
    (one) =>
      one.type === 'user' && after.read.length > 0 && !after.read.some((known) => sameSubject(one, known)),
  );
  if (unseen.length > 0)
    warnings.push({
      code: 'edits_unseen',
      message: `${subjectsText(unseen, '')} may edit, but can view it only through a group, if at all.`,
      mustConfirm: false,
    });
  return warnings;
}

/** The card's heading. Where everybody could before, it says that it limits. */
export function titleOf(
  mode: RestrictionMode,
  title: string,
  before: Restrictions,
  after: Restrictions,
): string {
  const closed = closing(before, after);
  if (closed.length > 0) return `Limit who may ${closed.map((one) => verbsOf[one]).join(' and ')} "${title}"`;
  if (isOpen(after)) return `Open "${title}" to everyone who sees the space`;
  const verbs: Record<RestrictionMode, string> = {
    replace: 'Set who may use',
    add: 'Let more people use',
    remove: 'Take people off',
    clear: 'Take limits off',
  };
  return `${verbs[mode]} "${title}"`;
}
