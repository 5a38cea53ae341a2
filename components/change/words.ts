import { type Alarm, alarmOf, type ChangeStatus, type ChangeView, sideCounts } from '#lib/wire';

export type Look = 'waiting' | 'busy' | 'good' | 'warn' | 'bad' | 'quiet';

/** How each state looks on the card. */
export const looks: Record<ChangeStatus, Look> = {
  proposed: 'waiting',
  approved: 'busy',
  applying: 'busy',
  applied: 'good',
  verified: 'good',
  undone: 'quiet',
  rejected: 'quiet',
  stopped: 'quiet',
  expired: 'quiet',
  conflicted: 'warn',
  failed: 'bad',
  unknown: 'warn',
};

/** What is said of a change that was written but not found as approved. */
const alarmWords: Record<Alarm, { short: string; look: Look; sentence: string }> = {
  differs: { short: 'Not as approved', look: 'bad', sentence: 'Applied, but not as approved' },
  unread: { short: 'Not verified', look: 'warn', sentence: 'Applied, but not verified' },
};

type Outcome = Pick<ChangeView, 'status' | 'verification'>;

/** How a change looks, alarms included. */
export function lookOf(change: Outcome): Look {
  const alarm = alarmOf(change);
  if (alarm !== null) return alarmWords[alarm].look;
  // Written, and not yet known to be as approved; of a toolkit nothing more will be known.
  if (change.status === 'applied') return change.verification?.answered === true ? 'good' : 'busy';
  return looks[change.status];
}

/** One or two words for a change in a list. */
export function shortWord(change: Outcome): string {
  const alarm = alarmOf(change);
  return alarm === null ? shortWords[change.status] : alarmWords[alarm].short;
}

/** One or two words for lists. */
const shortWords: Record<ChangeStatus, string> = {
  proposed: 'Waiting for you',
  approved: 'Applying',
  applying: 'Applying',
  applied: 'Applied',
  verified: 'Applied and verified',
  undone: 'Undone',
  rejected: 'Declined',
  stopped: 'Stopped',
  expired: 'Expired',
  conflicted: 'Conflict',
  failed: 'Failed',
  unknown: 'Outcome unknown',
};

function joined(parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function version(change: ChangeView): string | null {
  const number = change.verification?.version ?? change.result?.version ?? null;
  return number === null ? null : `version ${number}`;
}

const sentences: Record<ChangeStatus, (change: ChangeView) => string> = {
  proposed: (c) =>
    c.mayDecide
      ? c.toolkit === undefined
        ? 'Nothing is written until you apply it.'
        : `Nothing is sent to ${c.toolkit.name} until you apply it.`
      : 'Waiting for the person whose access it uses.',
  approved: () => 'Approved. Checking that nothing has changed meanwhile…',
  applying: (c) =>
    c.toolkit === undefined
      ? 'Writing to Confluence and reading it back…'
      : `Sending it to ${c.toolkit.name}, once…`,
  applied: (c) => {
    const alarm = alarmOf(c);
    if (alarm === null && c.verification?.answered === true)
      return joined(['Applied', c.verification.summary]);
    if (alarm === null) return joined(['Applied', version(c), 'reading it back…']);
    return joined([alarmWords[alarm].sentence, version(c), c.verification?.summary]);
  },
  verified: (c) => joined(['Applied and verified', version(c), c.verification?.summary]),
  undone: () => 'Undone. What this change wrote has been taken back.',
  rejected: () => 'Not applied. Nothing was written.',
  stopped: () => 'Stopped before a decision. Nothing was written.',
  expired: () =>
    'Nobody decided in time, so the proposal has expired. Nothing was written. Ask for it again.',
  conflicted: (c) =>
    c.conflict !== null && c.conflict.theirs === null
      ? 'Not applied: it clashes with what is in Confluence now. Nothing was written and nothing is lost.'
      : 'Not applied: somebody else changed the same place meanwhile. Nothing was written and nothing is lost.',
  failed: (c) =>
    c.toolkit === undefined
      ? 'Not applied. Confluence refused it, and nothing was written.'
      : `Not applied. ${c.toolkit.name} says that it failed.`,
  unknown: (c) =>
    c.toolkit === undefined
      ? 'It is not known whether this was written. Look at the page before you decide again.'
      : `Outcome unknown. Look in ${c.toolkit.name} before you decide again.`,
};

/** The status line of a card. Applied changes begin with "Applied", undone ones with "Undone". */
export function statusSentence(change: ChangeView): string {
  return sentences[change.status](change);
}

/** `2 labels`, `1 block`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The counts line under a diff: `26 blocks kept, 2 changed, 5 macros kept`. */
export function countsLine(counts: NonNullable<ChangeView['diff']['body']>['counts']): string {
  const moved = counts.moved ?? 0;
  const touched = counts.changed + counts.added + counts.removed + moved;
  const parts = [
    (counts.kept > 0 || touched === 0) && `${count(counts.kept, 'block')} kept`,
    counts.changed > 0 && `${counts.changed} changed`,
    counts.added > 0 && `${counts.kept > 0 ? counts.added : count(counts.added, 'block')} added`,
    counts.removed > 0 && `${counts.removed} removed`,
    moved > 0 && `${moved} moved`,
    ...sideCounts(counts),
  ];
  return parts.filter(Boolean).join(', ');
}

/** A folded run: `12 blocks unchanged under "Scope", "Limits"`. */
export function keptLine(number: number, headings: readonly string[]): string {
  const named = headings.slice(0, 2).map((heading) => `“${heading}”`);
  const rest = headings.length > 2 ? ` and ${headings.length - 2} more` : '';
  return `${count(number, 'block')} unchanged${named.length === 0 ? '' : ` under ${named.join(', ')}${rest}`}`;
}

/** True when `incoming` may take the place of `current`: messages of two streams can arrive out of order. */
export function isNewer(current: ChangeView | undefined, incoming: ChangeView): boolean {
  if (current === undefined || incoming.revision > current.revision) return true;
  if (incoming.revision < current.revision) return false;
  const before = looks[current.status];
  const settled = before !== 'waiting' && before !== 'busy' && current.status !== 'unknown';
  const backwards = looks[incoming.status] === 'waiting' || looks[incoming.status] === 'busy';
  return !(settled && backwards);
}
