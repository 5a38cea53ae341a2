import type { RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { type Branch, plainText } from './nodes.ts';
import { pairSimilar } from './similar.ts';

/** A table laid out: each cell with the column it starts in, merged cells counted. */
export type Cell = { node: Branch; column: number };
export type Row = { node: Branch; cells: Cell[] };
export type Grid = { rows: Row[]; width: number };

/** Wider than this no table is; what says so is laid out without its merged cells. */
const MAX_COLUMNS = 2_000;

const rowsOf = (table: Branch): Branch[] =>
  (table.kids ?? []).filter((node): node is Branch => typeof node !== 'string');

/** The table with each cell in its column. */
export function gridOf(table: Branch): Grid {
  const rows: Row[] = [];
  let width = 0;
  /** Columns a merged cell above reaches into, and for how many further rows. */
  let busy = new Map<number, number>();
  for (const node of rowsOf(table)) {
    const cells: Cell[] = [];
    const below = new Map<number, number>();
    for (const [at, rest] of busy) if (rest > 1) below.set(at, rest - 1);
    let column = 0;
    for (const kid of rowsOf(node)) {
      while (busy.has(column)) column += 1;
      cells.push({ node: kid, column });
      const across = kid.at?.colspan ?? 1;
      if (column + across > MAX_COLUMNS) return plainGrid(table);
      const down = kid.at?.rowspan ?? 1;
      if (down > 1) for (let k = 0; k < across; k += 1) below.set(column + k, down - 1);
      column += across;
    }
    width = Math.max(width, column);
    busy = below;
    rows.push({ node, cells });
  }
  return { rows, width };
}

function plainGrid(table: Branch): Grid {
  const rows = rowsOf(table).map((node) => ({
    node,
    cells: rowsOf(node).map((cell, column) => ({ node: cell, column })),
  }));
  return { rows, width: rows.reduce((most, { cells }) => Math.max(most, cells.length), 0) };
}

export const cellText = (cell: RichNode): string => plainText([cell]).replace(/\s+/g, ' ').trim();

/** A column of the table that shows both: where it stands in each, or null where it is not. */
export type Column = { a: number | null; b: number | null; moved?: true };

const SAMPLE = 200;

/** Texts of the cells that start in each column, the head first. */
function columnTexts({ rows, width }: Grid): string[][] {
  const texts: string[][] = Array.from({ length: width }, () => []);
  for (const { cells } of rows.slice(0, SAMPLE))
    for (const { node, column } of cells) texts[column]?.push(cellText(node));
  return texts;
}

function overlap(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const text of a) left.set(text, (left.get(text) ?? 0) + 1);
  let common = 0;
  for (const text of b) {
    const number = left.get(text) ?? 0;
    if (number === 0) continue;
    common += 1;
    left.set(text, number - 1);
  }
  return (2 * common) / Math.max(1, a.length + b.length);
}

/** Which columns are versions of each other: by their heads in order, then by what is in them, then moved ones. */
export function columnsOf(a: Grid, b: Grid): Column[] {
  const [old, now] = [columnTexts(a), columnTexts(b)];
  const head = (texts: readonly string[]): string => texts[0] ?? '';
  const same = old.length === now.length && old.every((texts, i) => head(texts) === head(now[i] ?? []));
  if (same) return old.map((_, i) => ({ a: i, b: i }));
  const out: Column[] = [];
  let [i, j] = [0, 0];
  const pairs: Pair[] = align(old.map(head), now.map(head));
  for (const [x, y] of [...pairs, [old.length, now.length] as Pair]) {
    const [gone, fresh] = [old.slice(i, x), now.slice(j, y)];
    const found = new Map(pairSimilar(gone, fresh, overlap, () => '', false).map(([from, to]) => [to, from]));
    let done = 0;
    for (const index of fresh.keys()) {
      const from = found.get(index);
      for (; done < (from ?? 0); done += 1) out.push({ a: i + done, b: null });
      if (from !== undefined) done = from + 1;
      out.push({ a: from === undefined ? null : i + from, b: j + index });
    }
    for (; done < gone.length; done += 1) out.push({ a: i + done, b: null });
    if (x < old.length) out.push({ a: x, b: y });
    [i, j] = [x + 1, y + 1];
  }
  return withMoves(out, old.map(head), now.map(head));
}

/** A column gone here and come there under the same head has moved. */
function withMoves(columns: Column[], old: readonly string[], now: readonly string[]): Column[] {
  const gone = new Map<string, Column>();
  for (const column of columns) {
    const text = column.b === null && column.a !== null ? (old[column.a] ?? '') : '';
    if (text !== '') gone.set(text, column);
  }
  if (gone.size === 0) return columns;
  const away = new Set<Column>();
  const out = columns.map((column): Column => {
    const from = column.a === null && column.b !== null ? gone.get(now[column.b] ?? '') : undefined;
    if (!from || away.has(from)) return column;
    away.add(from);
    return { a: from.a, b: column.b, moved: true };
  });
  return out.filter((_, at) => !away.has(columns[at] as Column));
}
