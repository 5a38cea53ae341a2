import { localId } from '../blocks/block-identity.ts';
import { childElements } from '../parse/elements.ts';
import { attr, type ElementNode } from '../parse/parse.ts';

/** `to[c]`: the column that base column c became, or -1 where it is gone. */
export type ColumnMap = { to: number[]; width: number };

const SAMPLE = 40;
const MAX_COLUMNS = 250;

export const spanOf = (cell: ElementNode, name: 'colspan' | 'rowspan'): number => {
  const value = Number.parseInt(attr(cell, name) ?? '1', 10);
  return Number.isFinite(value) ? Math.min(Math.max(value, 1), 1000) : 1;
};

export const isCell = ({ name }: ElementNode): boolean => name === 'td' || name === 'th';

/** The rows of a table that are its own, whatever sections they stand in. */
export function rowsOf(table: ElementNode): ElementNode[] {
  return childElements(table).flatMap((child) =>
    child.name === 'tr'
      ? [child]
      : /^t(head|body|foot)$/.test(child.name)
        ? childElements(child).filter(({ name }) => name === 'tr')
        : [],
  );
}

/** The number of cells of every row, or null where cells are merged or rows differ. */
export function plainWidth(rows: ElementNode[]): number | null {
  let width: number | null = null;
  for (const row of rows) {
    const cells = childElements(row);
    if (width !== null && cells.length !== width) return null;
    width = cells.length;
    for (const cell of cells)
      if (!isCell(cell) || spanOf(cell, 'colspan') > 1 || spanOf(cell, 'rowspan') > 1) return null;
  }
  return width === null || width > MAX_COLUMNS ? null : width;
}

/** True where all rows fill the same number of columns, cells over several rows counted. */
export function isRectangular(rows: ElementNode[]): boolean {
  let width: number | null = null;
  let held = 0;
  const ends = new Map<number, number>();
  for (const [at, row] of rows.entries()) {
    held -= ends.get(at) ?? 0;
    let columns = held;
    for (const cell of childElements(row)) {
      const [wide, high] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
      columns += wide;
      if (high === 1) continue;
      held += wide;
      ends.set(at + high, (ends.get(at + high) ?? 0) + wide);
    }
    if (width !== null && columns !== width) return false;
    width = columns;
  }
  return true;
}

/** Cells of a row as they are compared, by content and by id. */
export type RowKeys = { keys: string[]; ids: (string | null)[] };

export const idsOf = (row: ElementNode): (string | null)[] => childElements(row).map((cell) => localId(cell));

/** How much speaks for base column c being column d: equal cells in rows that are versions of each other. */
function evidence(pairs: [RowKeys, RowKeys][], c: number, d: number): number {
  let score = 0;
  for (const [a, b] of pairs) {
    if (a.keys[c] === b.keys[d]) score += 1;
    if (a.ids[c] && a.ids[c] === b.ids[d]) score += 2;
  }
  return score;
}

/**
 * Which columns of a table went and came. Null where that is not certain: a column was added beside one
 * that looks the same, or some went while others came.
 */
export function columnsOf(pairs: [RowKeys, RowKeys][], from: number, to: number): ColumnMap | null {
  const identity = Array.from({ length: from }, (_, c) => c);
  const rows = pairs.slice(0, SAMPLE);
  if (from === to) {
    const own = identity.reduce((sum, c) => sum + evidence(rows, c, c), 0);
    const best = place(rows, from, to, 0);
    return best.score > own + Math.max(1, rows.length / 2) ? null : { to: identity, width: to };
  }
  if (rows.length === 0) return null;
  const [first, last] = [place(rows, from, to, 0), place(rows, from, to, 1)];
  if (first.to.some((d, c) => d !== last.to[c])) return null;
  if (first.to.some((d, c) => d >= 0 && evidence(rows, c, d) === 0)) return null;
  return { to: first.to, width: to };
}

/** The best placing of columns in order, with as few gone or come as possible; of equal ones the first or the last. */
function place(
  rows: [RowKeys, RowKeys][],
  from: number,
  to: number,
  lean: 0 | 1,
): { to: number[]; score: number } {
  const width = to + 1;
  const skip = from === to ? -0.25 : -1000;
  const best = new Float64Array((from + 1) * width);
  for (let d = to - 1; d >= 0; d -= 1) best[from * width + d] = (best[from * width + d + 1] ?? 0) + skip;
  for (let c = from - 1; c >= 0; c -= 1) {
    best[c * width + to] = (best[(c + 1) * width + to] ?? 0) + skip;
    for (let d = to - 1; d >= 0; d -= 1)
      best[c * width + d] = Math.max(
        evidence(rows, c, d) + (best[(c + 1) * width + d + 1] ?? 0),
        (best[(c + 1) * width + d] ?? 0) + skip,
        (best[c * width + d + 1] ?? 0) + skip,
      );
  }
  const mapped: number[] = [];
  let [c, d] = [0, 0];
  while (c < from) {
    const here = best[c * width + d] ?? 0;
    const joins = d < to && here === evidence(rows, c, d) + (best[(c + 1) * width + d + 1] ?? 0);
    const goes = here === (best[(c + 1) * width + d] ?? 0) + skip;
    const comes = d < to && here === (best[c * width + d + 1] ?? 0) + skip;
    const take = lean === 0 ? joins : joins && !goes && !comes;
    if (take) {
      mapped[c] = d;
      c += 1;
      d += 1;
    } else if (goes && (lean === 0 || !comes)) {
      mapped[c] = -1;
      c += 1;
    } else d += 1;
  }
  return { to: mapped, score: best[0] ?? 0 };
}
