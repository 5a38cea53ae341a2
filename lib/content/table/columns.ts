import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import type { Change, EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { opened } from '../edit/places.ts';
import { childElement, childElements } from '../parse/elements.ts';
import { attr, type ElementNode } from '../parse/parse.ts';
import { findTable } from './find-table.ts';
import { givenCells, type Slot } from './given-cells.ts';
import { type Cell, cellAt, type Grid, gridOf, rowNumber } from './grid.ts';
import { cellText, findColumn, findRow } from './lines.ts';
import { headerColumns } from './models.ts';
import { cellStorage, isNumbering, spanChange } from './new-cell.ts';

/** The `col` elements of a table, where there is one for each column. */
function cols(grid: Grid): ElementNode[] {
  const group = childElement(grid.table, 'colgroup');
  const found = group ? childElements(group).filter(({ name }) => name === 'col') : [];
  return found.length === grid.width && found.every((col) => attr(col, 'span') === null) ? found : [];
}

/** A cell of the nearest column in this row that is no header and no number. */
function modelBeside(
  grid: Grid,
  heads: ReadonlySet<number>,
  row: number,
  column: number,
  side: 1 | -1,
): Cell | null {
  const near = Array.from({ length: Math.min(grid.width, 40) }, (_, far) => [
    column + (side === 1 ? far : -1 - far),
    column + (side === 1 ? -1 - far : far),
  ]).flat();
  for (const at of near) {
    const cell = at >= 0 ? cellAt(grid, row, at) : null;
    if (cell && cell.row === row && cell.wide === 1 && !isNumbering(cell.element) && !heads.has(at))
      return cell;
  }
  return null;
}

/** Where in its row a new cell goes. */
function cellPlace(source: string, grid: Grid, row: number, column: number): (cell: string) => Change {
  const { own, element } = grid.rows[row] as Grid['rows'][number];
  const next = own.find((cell) => cell.column >= column);
  const at = next?.element.start ?? own.at(-1)?.element.end;
  return (cell) => {
    if (at !== undefined) return { start: at, end: at, text: cell };
    if (!element.selfClosing) return { start: element.openEnd, end: element.openEnd, text: cell };
    const { before, after } = opened(source, element);
    return { start: element.start, end: element.end, text: before + cell + after };
  };
}

function indexOf(tree: BlockTree, grid: Grid, edit: Edit): number {
  if (edit.before !== undefined) return findColumn(tree, grid, edit.before);
  return edit.after === undefined ? grid.width : findColumn(tree, grid, edit.after) + 1;
}

/** The cell that goes on over both sides of a new column's place, if one does. */
function crossing(grid: Grid, row: number, index: number): Cell | null {
  const cell = cellAt(grid, row, index - 1);
  return cell && index > 0 && cell.column + cell.wide > index ? cell : null;
}

function slotsOf(tree: BlockTree, grid: Grid, index: number): Slot[] {
  return grid.rows
    .map((row, at): Slot => {
      const merged = crossing(grid, at, index);
      return { at, label: cellText(tree, row.cells[0]), taken: merged ? cellText(tree, merged) : null };
    })
    .slice(grid.head);
}

function checkHeader(grid: Grid, edit: Edit): void {
  if (edit.column === undefined || grid.head > 0) return;
  throw new ContentError('The table has no header row, so a new column has no header.', {
    next: 'Leave column out and give a cell for every row in cells.',
  });
}

/** Adds a column at the right end of a table, or before or after a column. Cells merged over its place grow by it. */
export function addColumn(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const { source } = tree.doc;
  const grid = gridOf(findTable(tree, edit));
  checkHeader(grid, edit);
  const index = indexOf(tree, grid, edit);
  const slots = slotsOf(tree, grid, index);
  const texts = givenCells(edit.cells, slots, 'column', (name) => findRow(tree, grid, name));
  const titled = Array.from({ length: grid.head }, (_, row) => row).findLast(
    (row) => !crossing(grid, row, index),
  );
  if (titled !== undefined && edit.column !== undefined) texts.set(titled, String(edit.column));
  if (titled === undefined && edit.column !== undefined) {
    throw new ContentError('The new column would stand under a merged header cell and cannot have its own.', {
      code: 'not_possible',
      next: 'Leave column out, or put it beside another column.',
    });
  }
  const heads = headerColumns(grid);
  const side = edit.before === undefined ? -1 : 1;
  const widened = new Map<ElementNode, Change>();
  const added = grid.rows.flatMap(({ part }, row): Change[] => {
    const merged = crossing(grid, row, index);
    if (merged) {
      widened.set(merged.element, spanChange(source, merged.element, 'colspan', merged.wide + 1));
      return [];
    }
    const head = row < grid.head || part.name === 'thead';
    const model = modelBeside(grid, heads, row, index, side);
    const cell = cellStorage(page, grid, {
      kind: head || model?.element.name === 'th' ? 'th' : 'td',
      model: model?.element ?? null,
      colour: null,
      markdown: texts.get(row) ?? '',
    });
    return [cellPlace(source, grid, row, index)(cell)];
  });
  const col = cols(grid)[Math.max(index - 1, 0)];
  const width = col
    ? [{ start: index === 0 ? col.start : col.end, text: source.slice(col.start, col.end) }]
    : [];
  return {
    changes: [
      ...added,
      ...widened.values(),
      ...width.map(({ start, text }) => ({ start, end: start, text })),
    ],
  };
}

/** Takes a column out. Cells merged over it get one column narrower. */
export function deleteColumn(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const { source } = tree.doc;
  const grid = gridOf(findTable(tree, edit));
  const index = findColumn(tree, grid, edit.column ?? 0);
  if (grid.width === 1) {
    throw new ContentError('It is the only column of the table.', {
      code: 'not_possible',
      next: 'Delete the whole table with op delete.',
    });
  }
  const changed = new Map<ElementNode, Change>();
  for (const [row, { own }] of grid.rows.entries()) {
    const cell = cellAt(grid, row, index);
    if (!cell) continue;
    if (cell.wide > 1) {
      changed.set(cell.element, spanChange(source, cell.element, 'colspan', cell.wide - 1));
      continue;
    }
    if (cell.row === row && own.length === 1) {
      throw new ContentError(
        `Row ${rowNumber(grid, row)} would be left without a cell of its own: the others in it are merged with rows above.`,
        { code: 'not_possible', next: 'Delete that row first, or replace the table.' },
      );
    }
    changed.set(cell.element, { start: cell.element.start, end: cell.element.end, text: '' });
  }
  const col = cols(grid)[index];
  return { changes: [...changed.values(), ...(col ? [{ start: col.start, end: col.end, text: '' }] : [])] };
}
