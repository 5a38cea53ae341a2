import type { Change, EditedPage } from '../edit/change.ts';
import type { ElementNode } from '../parse/parse.ts';
import { type Cell, cellAt, type Grid } from './grid.ts';
import { isNumbering } from './new-cell.ts';

const MAX_LOOK = 60;

/** The cell of a column that a new row's cell is made like: of the nearest row above the place, else below, that has one for this column alone. */
export function modelIn(grid: Grid, index: number, column: number): Cell | null {
  const fits = (row: number): Cell | null => {
    const cell = cellAt(grid, row, column);
    return cell && cell.row === row && cell.wide === 1 ? cell : null;
  };
  for (let row = index - 1; row >= Math.max(grid.head, index - MAX_LOOK); row -= 1) {
    const cell = fits(row);
    if (cell) return cell;
  }
  for (let row = Math.max(index, grid.head); row < Math.min(grid.rows.length, index + MAX_LOOK); row += 1) {
    const cell = fits(row);
    if (cell) return cell;
  }
  return null;
}

/** Columns that hold header cells in every row below the header. */
export function headerColumns(grid: Grid): ReadonlySet<number> {
  const body = grid.rows.slice(grid.head);
  const counts = new Map<number, number>();
  for (const { cells } of body)
    for (const { element, column } of cells)
      if (element.name === 'th') counts.set(column, (counts.get(column) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count === body.length).map(([column]) => column));
}

/** The cells below the header that stand in one column alone, by column. */
export function bodyColumns(grid: Grid): ReadonlyMap<number, ElementNode[]> {
  const found = new Map<number, ElementNode[]>();
  for (const { own } of grid.rows.slice(grid.head)) {
    for (const { element, column, wide } of own) {
      if (wide > 1) continue;
      const cells = found.get(column);
      if (cells) cells.push(element);
      else found.set(column, [element]);
    }
  }
  return found;
}

/** The leaf element around a number, and the number. */
function numberIn(cell: ElementNode, source: string): { start: number; end: number; value: number } | null {
  let at = cell;
  for (let only = at.children[0]; at.children.length === 1 && only?.type === 'element'; only = at.children[0])
    at = only;
  const text = source.slice(at.openEnd, at.closeStart);
  if (at.children.length !== 1 || !/^\s*\d{1,7}\s*$/.test(text)) return null;
  return { start: at.openEnd, end: at.closeStart, value: Number(text) };
}

function numberColumn(grid: Grid): number {
  const row = grid.rows[grid.head];
  return row?.own.find(({ element }) => isNumbering(element))?.column ?? -1;
}

/** The number of a new row in a numbered column. Rows of one call at the end of a table count on. */
export function nextNumber({ tree, added }: EditedPage, grid: Grid, index: number): number {
  const column = numberColumn(grid);
  const above = column === -1 ? null : cellAt(grid, index - 1, column);
  const last = above && index > grid.head ? (numberIn(above.element, tree.doc.source)?.value ?? 0) : 0;
  if (index < grid.rows.length) return last + 1;
  const before = added.get(grid.table) ?? 0;
  added.set(grid.table, before + 1);
  return last + before + 1;
}

/** New numbers for the rows from `row` on, where a numbered column counts them. */
export function renumbered(grid: Grid, row: number, from: number, source: string): Change[] {
  const column = numberColumn(grid);
  if (column === -1) return [];
  let number = from;
  return grid.rows.slice(row).flatMap(({ own }) => {
    const cell = own.find((one) => one.column === column);
    const found = cell && isNumbering(cell.element) ? numberIn(cell.element, source) : null;
    if (!found) return [];
    number += 1;
    return found.value === number - 1 ? [] : { start: found.start, end: found.end, text: String(number - 1) };
  });
}
