import { ContentError } from '../content-error.ts';
import { childElements } from '../parse/elements.ts';
import { attr, type ElementNode } from '../parse/parse.ts';

/** A cell with its place: row and column from 0, `wide` columns and `tall` rows. */
export type Cell = {
  element: ElementNode;
  row: number;
  column: number;
  wide: number;
  tall: number;
  /** Rows as written; more than `tall` where the table has fewer. */
  written: number;
};

export type Row = {
  element: ElementNode;
  /** `thead`, `tbody` or `tfoot`, or the table itself. */
  part: ElementNode;
  /** Cells that stand in this row. */
  own: Cell[];
  /** All cells that cover this row, by column: its own and those that reach down into it. */
  cells: Cell[];
};

export type Grid = {
  table: ElementNode;
  rows: Row[];
  /** Columns of the widest row. */
  width: number;
  /** Rows at the top that name the columns. */
  head: number;
};

const MAX_WIDE = 1000;
/** Cells that reach over rows count in each; a table beyond this is none a person made. */
const MAX_PLACES = 3_000_000;

function span(cell: ElementNode, name: 'colspan' | 'rowspan', max: number): number {
  const written = Number.parseInt(attr(cell, name) ?? '1', 10);
  if (written === 0 && name === 'rowspan') return max;
  return Number.isFinite(written) ? Math.min(Math.max(written, 1), max) : 1;
}

function rowElements(table: ElementNode): { element: ElementNode; part: ElementNode }[] {
  return childElements(table).flatMap((part) => {
    if (part.name === 'tr') return [{ element: part, part: table }];
    if (!/^t(?:body|head|foot)$/.test(part.name)) return [];
    return childElements(part)
      .filter(({ name }) => name === 'tr')
      .map((element) => ({ element, part }));
  });
}

export const isCell = ({ name }: ElementNode): boolean => name === 'td' || name === 'th';

const allHeads = ({ own, part }: Row): boolean =>
  part.name === 'thead' || (own.length > 0 && own.every(({ element }) => element.name === 'th'));

function headRows(rows: readonly Row[]): number {
  const body = rows.findIndex((row) => !allHeads(row));
  if (body !== -1) return body;
  // A table of header cells only: the first row names the columns.
  return rows.length > 0 && rows.every(({ part }) => part.name !== 'thead') ? 1 : rows.length;
}

/** For each row how many rows its part of the table has from there on. */
function rowsLeft(rows: readonly { part: ElementNode }[]): number[] {
  const left: number[] = Array<number>(rows.length).fill(1);
  for (let y = rows.length - 2; y >= 0; y -= 1)
    if (rows[y]?.part === rows[y + 1]?.part) left[y] = (left[y + 1] ?? 0) + 1;
  return left;
}

/**
 * The cells of a table by row and column, merged ones included. Tables in its cells are not entered.
 * @throws ContentError `not_possible` for a table whose cells overlap, `too_large`
 */
export function gridOf(table: ElementNode): Grid {
  const found = rowElements(table);
  const left = rowsLeft(found);
  const rows: Row[] = [];
  let width = 0;
  let places = 0;
  let reaching: Cell[] = [];
  for (const [y, { element, part }] of found.entries()) {
    const from = reaching.filter((cell) => cell.row + cell.tall > y);
    const own: Cell[] = [];
    let column = 0;
    let next = 0;
    for (const cell of childElements(element).filter(isCell)) {
      for (let above = from[next]; above && above.column <= column; above = from[next]) {
        column = Math.max(column, above.column + above.wide);
        next += 1;
      }
      const wide = span(cell, 'colspan', MAX_WIDE);
      const written = span(cell, 'rowspan', 65_534);
      const above = from[next];
      if (above && above.column < column + wide) {
        throw new ContentError(`In the table cells overlap in row ${y + 1}, column ${above.column + 1}.`, {
          code: 'not_possible',
          next: 'Replace the whole table.',
        });
      }
      own.push({
        element: cell,
        row: y,
        column,
        wide,
        tall: Math.min(written, left[y] ?? 1),
        written: attr(cell, 'rowspan') === '0' ? 1 : written,
      });
      column += wide;
    }
    const cells = [...from, ...own].sort((a, b) => a.column - b.column);
    places += cells.length;
    if (places > MAX_PLACES)
      throw new ContentError('The table is too large to be edited by cell.', {
        code: 'too_large',
        next: 'Replace the whole table, or split it.',
      });
    const last = cells.at(-1);
    width = Math.max(width, last ? last.column + last.wide : 0);
    rows.push({ element, part, own, cells });
    reaching = cells;
  }
  return { table, rows, width, head: headRows(rows) };
}

/** The cell that covers a place, or null in a row that is shorter. */
export function cellAt(grid: Grid, row: number, column: number): Cell | null {
  const cells = grid.rows[row]?.cells ?? [];
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.column ?? 0) <= column) low = middle + 1;
    else high = middle;
  }
  const cell = cells[low - 1];
  return cell && column < cell.column + cell.wide ? cell : null;
}

/** A row's number as people count: 1 is the first below the header, 0 the header, for two header rows -1 the upper one. */
export const rowNumber = (grid: Grid, row: number): number => row - grid.head + 1;
