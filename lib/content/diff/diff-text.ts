import {
  type BodyDiff,
  type DiffEntry,
  type DiffPlace,
  exactKindWord,
  kindWord,
  sideCounts,
} from '#lib/wire';
import { linesOfRich, type TextLine } from './rich-text.ts';

const MAX_CHARS = 12_000;
const MAX_BLOCK = 1_500;
const MAX_COMMENTS = 10;

type Touched = Exclude<DiffEntry, { op: 'keep' }>;

/** Lines of an entry within its budget. */
function linesOf(entry: Touched, bare: boolean): TextLine[] {
  const lines: TextLine[] = [];
  let length = 0;
  for (const line of linesOfRich(entry.rendered, bare)) {
    const left = MAX_BLOCK - length;
    length += line.text.length;
    if (length > MAX_BLOCK) {
      lines.push({ ...line, text: `${line.text.slice(0, left).toWellFormed()}…` });
      break;
    }
    lines.push(line);
  }
  return lines;
}

const quoted = (text: string): string => `"${text}"`;

/** `under "Errors", after "All errors are"`. */
export function placeText({ path, after }: DiffPlace): string {
  const under = path.length === 0 ? 'the top level' : `under ${quoted(path.join(' > '))}`;
  return after === null ? `${under}, first` : `${under}, after ${quoted(after)}`;
}

/** ` from under "Limits", after "x", to under "Errors", first`; shorter where both lie under the same heading. */
function wayText(from: DiffPlace, to: DiffPlace): string {
  if (from.path.join('\n') !== to.path.join('\n')) return ` from ${placeText(from)}, to ${placeText(to)}`;
  const where = (place: DiffPlace): string =>
    place.after === null ? 'first' : `after ${quoted(place.after)}`;
  return `: stood ${where(from)}, now ${where(to)}`;
}

/** `API Guidelines > Errors > info panel "Note" > paragraph`. */
function headText(entry: Touched): string {
  const within = (entry.within ?? []).map(
    ({ kind, title }) => `${kindWord(kind)}${title ? ` ${quoted(title)}` : ''}`,
  );
  const was = entry.op === 'change' && entry.was !== undefined ? `${exactKindWord(entry.was)} -> ` : '';
  const count =
    entry.count !== undefined && entry.count > 1
      ? ` and ${entry.count - 1} more ${entry.count === 2 ? 'block' : 'blocks'}`
      : '';
  return [
    ...entry.path,
    ...within,
    `${was}${was === '' ? wordFor(entry.kind) : exactKindWord(entry.kind)}${count}`,
  ].join(' > ');
}

const wordFor = (kind: string): string => (/^h[1-6]$/.test(kind) ? kind : kindWord(kind));

const titles: Record<Touched['op'], (entry: Touched) => string> = {
  add: (entry) => (entry.frame ? ' (added around what follows)' : ''),
  remove: (entry) => (entry.frame ? ' (only the frame is removed; what was in it stays)' : ''),
  change: (entry) =>
    entry.op === 'change' && entry.shape
      ? ` (${entry.shape === 'split' ? 'split in several' : 'merged into one'})`
      : '',
  move: (entry) =>
    entry.op === 'move'
      ? ` (moved${entry.changed ? ' and changed' : ''}${wayText(entry.from, entry.to)})`
      : '',
  left: () => '',
};

/** The body of an entry, each line with its sign. */
function bodyOf(entry: Touched): string[] {
  if (entry.op === 'add' || entry.op === 'remove')
    return linesOf(entry, true).map(({ text }) => `${entry.op === 'add' ? '+' : '-'} ${text}`);
  const lines = linesOf(entry, false);
  if (entry.op === 'move' && !entry.changed)
    return lines.slice(0, 3).map(({ text }) => `> ${text.slice(0, 160).toWellFormed()}`);
  const marked = lines.some(({ sign }) => sign !== ' ') || (entry.op === 'change' && entry.was !== undefined);
  if (marked || !('lines' in entry)) return lines.map(({ sign, text }) => `${sign} ${text}`);
  // What changed is not in the text: only the storage shows it.
  const stored = entry.lines.filter((line) => line.op !== ' ').slice(0, 20);
  return stored.map((line) => `${line.op} ${line.text.slice(0, 300).toWellFormed()}`);
}

function keepText(entry: Extract<DiffEntry, { op: 'keep' }>): string {
  const more = entry.headings.length > 6 ? '; …' : '';
  const under = entry.headings.length === 0 ? '' : ` (${entry.headings.slice(0, 6).join('; ')}${more})`;
  return `  … ${entry.count} unchanged ${entry.count === 1 ? 'block' : 'blocks'}${under}`;
}

/** The place something moved away from. */
function leftText(entry: Touched): string {
  const [line] = linesOf(entry, true);
  const more = entry.count === undefined ? '' : ` and ${entry.count - 1} more`;
  return `  (moved away from here: ${wordFor(entry.kind)}${line ? ` ${quoted(line.text)}` : ''}${more})`;
}

/** Entries in a row that came (or went) under the same headings stand under one head, as a section does. */
function headOf(entry: Touched, before: DiffEntry | undefined): string | null {
  const together =
    (entry.op === 'add' || entry.op === 'remove') &&
    before?.op === entry.op &&
    !entry.frame &&
    before.frame !== true;
  return together ? null : `@@ ${headText(entry)}${titles[entry.op](entry)} @@`;
}

/** How many blocks were changed, added, removed, moved and kept, and what became of macros and comments, in a line. */
export function countsText({ counts }: BodyDiff): string {
  const moved = (counts.moved ?? 0) > 0 ? `${counts.moved} moved, ` : '';
  const blocks = `${counts.changed} changed, ${counts.added} added, ${counts.removed} removed, ${moved}${counts.kept} unchanged ${counts.kept === 1 ? 'block' : 'blocks'}`;
  return [blocks, ...sideCounts(counts)].join('; ');
}

function commentLines({ comments = [] }: BodyDiff): string[] {
  const lines = comments
    .slice(0, MAX_COMMENTS)
    .map(({ before, after }) =>
      after === null
        ? `! inline comment on ${quoted(before)} loses its text`
        : `! inline comment on ${quoted(before)} stays, on ${quoted(after)}`,
    );
  return comments.length > MAX_COMMENTS
    ? [...lines, `! and ${comments.length - MAX_COMMENTS} more comments`]
    : lines;
}

/**
 * A body diff as text for a client without a screen, at most about 12,000 characters. First the counts, then by
 * block: `@@ headings > kind @@`, `~` lines with words `[+added+]` and `[-removed-]` or values `(a -> b)`, `+`
 * and `-` lines that are wholly new or gone, `>` the beginning of what only moved, `!` comments that are touched.
 */
export function diffText(diff: BodyDiff): string {
  const changes = diff.entries.filter(({ op }) => op !== 'keep' && op !== 'left').length;
  if (changes === 0) return 'No change.';
  const parts = [countsText(diff), ...commentLines(diff)];
  let length = parts.join('\n').length;
  for (const [index, entry] of diff.entries.entries()) {
    const head =
      entry.op === 'keep'
        ? keepText(entry)
        : entry.op === 'left'
          ? leftText(entry)
          : headOf(entry, diff.entries[index - 1]);
    const text = [
      ...(head === null ? [] : [head]),
      ...(entry.op === 'keep' || entry.op === 'left' ? [] : bodyOf(entry)),
    ].join('\n');
    length += text.length + 1;
    if (length > MAX_CHARS) {
      const left = diff.entries.slice(index).filter(({ op }) => op !== 'keep' && op !== 'left').length;
      if (left > 0) parts.push(`… and ${left} more changes`);
      break;
    }
    parts.push(text);
  }
  return parts.join('\n');
}

const MAX_HEADS = 30;
const DONE: Record<Touched['op'], string> = {
  add: 'added',
  remove: 'removed',
  change: 'changed',
  move: 'moved',
  left: 'moved away',
};

/** Counts, touched comments, and a line for each block that changed, without its text. */
export function diffSummary(diff: BodyDiff): string {
  const touched = diff.entries.filter(
    (entry): entry is Touched => entry.op !== 'keep' && entry.op !== 'left',
  );
  if (touched.length === 0) return 'No change.';
  const heads = touched
    .slice(0, MAX_HEADS)
    .map((entry) => `- ${DONE[entry.op]}: ${headText(entry)}${titles[entry.op](entry)}`);
  const rest = touched.length - heads.length;
  return [
    countsText(diff),
    ...commentLines(diff),
    ...heads,
    ...(rest > 0 ? [`… and ${rest} more changes`] : []),
  ].join('\n');
}
