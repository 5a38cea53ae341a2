import { exactKindWord, kindWord } from '#lib/wire';
import type { Touched } from './group-entries.ts';

/** The kind of an entry. An app's block is named by what it is (a panel, say), which its drawing tells. */
export function kindOf({ kind, rendered }: Pick<Touched, 'kind' | 'rendered'>): string {
  const [first] = rendered;
  if (kind !== 'extension' || typeof first !== 'object' || first.tag !== 'macro') return kind;
  return first.at?.kind ?? kind;
}

/** What entries are, in words: `heading`, `section of 5 blocks`, `info panel with 2 blocks`, `4 blocks`. */
export function blocksWord(
  entries: readonly Pick<Touched, 'kind' | 'rendered' | 'count' | 'frame'>[],
): string {
  const total = entries.reduce((sum, { count = 1 }) => sum + count, 0);
  const [only] = entries;
  if (only === undefined || entries.length > 1) return `${total} blocks`;
  const kind = kindOf(only);
  if (total === 1) return only.frame === true ? `${kindWord(kind)} (its frame)` : kindWord(kind);
  if (/^h[1-6]$/.test(kind)) return `section of ${total} blocks`;
  // A container counts itself; a run of plain blocks does not hold the others.
  const holds = only.rendered.length === 1;
  return holds
    ? `${kindWord(kind)} with ${total - 1} ${total === 2 ? 'block' : 'blocks'}`
    : `${total} blocks`;
}

/** What a changed block was and is: `paragraph → list`, `heading 2 → heading 3`; null where its kind stayed. */
export function turnedWords(entry: Touched): string | null {
  if (entry.op !== 'change') return null;
  if (entry.was !== undefined) return `${exactKindWord(entry.was)} → ${exactKindWord(entry.kind)}`;
  if (entry.shape === undefined) return null;
  return entry.shape === 'split' ? 'paragraph, split in several' : 'paragraphs, merged into one';
}

/** Headings and containers an entry lies in: `Errors › info panel “Note”`. */
export function placeWords({ path, within = [] }: Pick<Touched, 'path' | 'within'>): string {
  const boxes = within.map(
    ({ kind, title }) => `${kindWord(kind)}${title === undefined ? '' : ` “${title}”`}`,
  );
  return [...path, ...boxes].join(' › ');
}

type Place = { path: string[]; after: string | null };

const spot = ({ after }: Place): string => (after === null ? 'first' : `after “${after}”`);
const under = ({ path }: Place): string => (path.length === 0 ? 'the top of the page' : `“${path.at(-1)}”`);

/** Both places of something that moved: `from “Limits” to “Errors”`, or what it stood and stands after. */
export function moveWords(from: Place, to: Place): string {
  if (from.path.join('\n') === to.path.join('\n')) return `stood ${spot(from)}, now ${spot(to)}`;
  return `from ${under(from)} to ${under(to)}, ${spot(to)}`;
}

/** Where something that stood here is now. */
export const awayWords = (to: Place): string => `now under ${under(to)}, ${spot(to)}`;
