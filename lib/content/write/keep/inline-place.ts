import { align } from '../../align.ts';
import type { Cell, Wrap } from './inline-cells.ts';

type Word = { key: string; cells: Cell[] };

const LETTER = /^[\p{L}\p{M}\p{N}]$/u;
const ALONE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;

/** Signs as words; what shows nothing goes with the sign before it. */
function wordsOf(cells: Cell[]): Word[] {
  const words: Word[] = [];
  let open = false;
  for (const cell of cells) {
    const last = words.at(-1);
    const letter = cell.element === null && LETTER.test(cell.key) && !ALONE.test(cell.key);
    if (last && (cell.key === '' || (open && letter))) {
      last.cells.push(cell);
      last.key += cell.key;
    } else {
      words.push({ key: cell.key, cells: [cell] });
    }
    if (cell.key !== '') open = letter;
  }
  return words;
}

/** The marks a reader sees on a sign. That a picture or a placeholder is code shows nowhere. */
export function marksOf({ wraps, element }: Cell): string {
  const marks = new Set(wraps.flatMap(({ mark }) => mark ?? []));
  if (element) marks.delete('code');
  return [...marks].sort().join(' ');
}

/** One sign of the result: as written, with its original. `marks`: those of what stood there before. */
export type Placed = { cell: Cell; old: Cell | null; marks?: Wrap[] };

/** Wraps that all of these share, outermost first. */
function shared(cells: (Cell | undefined)[]): Wrap[] {
  const [first, ...rest] = cells;
  if (!first || rest.some((cell) => !cell)) return [];
  return first.wraps.filter((wrap) => rest.every((cell) => cell?.wraps.includes(wrap)));
}

const shownCells = (words: Word[]): Cell[] =>
  words.flatMap(({ cells }) => cells.filter(({ key }) => key !== ''));

/** Signs that stay at the beginning of a replaced stretch. */
function common(out: Cell[], next: Cell[]): number {
  let size = 0;
  while (size < out.length && size < next.length && out[size]?.key === next[size]?.key) size += 1;
  return size;
}

/** What is put where originals stood: it takes over what enclosed all of them. */
function replaced(
  removed: Word[],
  added: Word[],
  before: Cell | undefined,
  after: Cell | undefined,
): Placed[] {
  const [out, next] = [shownCells(removed), shownCells(added)];
  const head = common(out, next);
  const tail = common(out.slice(head).reverse(), next.slice(head).reverse());
  const kept = (at: number, from: number): Placed => ({ cell: next[at] as Cell, old: out[from] as Cell });
  const gone = out.slice(head, out.length - tail);
  const elements = gone.filter(({ element }) => element !== null);
  const around = shared(gone.length > 0 ? gone : [out[head - 1] ?? before, out[out.length - tail] ?? after]);
  const middle = next.slice(head, next.length - tail).map((cell): Placed => {
    const at = elements.findIndex((one) => one.element?.name === cell.element?.name);
    const [old] = cell.element && at !== -1 ? elements.splice(at, 1) : [];
    // Marked as what stood there: then it stands in the same elements.
    const alike = marksOf({ ...cell, element: null }) === marksOf({ ...cell, wraps: around, element: null });
    const unseen = around.filter(({ mark }) => mark === null);
    const wraps = alike ? around : [...unseen, ...cell.wraps];
    return { cell: { ...cell, wraps }, old: old ?? null, marks: around };
  });
  const [fromOld, fromNew] = [out.length - tail, next.length - tail];
  return [
    ...Array.from({ length: head }, (_, at) => kept(at, at)),
    ...middle,
    ...Array.from({ length: tail }, (_, at) => kept(fromNew + at, fromOld + at)),
  ];
}

/** The signs of a changed line: what is the same on both sides word by word, what is new where the old stood. */
export function place(oldCells: Cell[], newCells: Cell[]): Placed[] {
  const [olds, news] = [wordsOf(oldCells), wordsOf(newCells)];
  const placed: Placed[] = [];
  let [fromOld, fromNew] = [0, 0];
  const between = (toOld: number, toNew: number): void => {
    const before = olds[fromOld - 1]?.cells.findLast(({ key }) => key !== '');
    const after = olds[toOld]?.cells[0];
    for (const piece of replaced(olds.slice(fromOld, toOld), news.slice(fromNew, toNew), before, after))
      placed.push(piece);
  };
  const pairs = align(
    olds.map(({ key }) => key),
    news.map(({ key }) => key),
  );
  for (const [old, next] of pairs) {
    between(old, next);
    const written = news[next]?.cells.filter(({ key }) => key !== '') ?? [];
    let at = -1;
    for (const cell of olds[old]?.cells ?? []) {
      if (cell.key !== '') at += 1;
      placed.push({ cell: written[at] ?? cell, old: cell });
    }
    [fromOld, fromNew] = [old + 1, next + 1];
  }
  between(olds.length, news.length);
  return placed;
}
