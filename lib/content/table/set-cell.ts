import { ContentError } from '../content-error.ts';
import type { Change, EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { soleParagraph } from '../edit/inline-text.ts';
import { opened } from '../edit/places.ts';
import { quoted } from '../edit/targets.ts';
import { normalForm } from '../normal.ts';
import { isBlank } from '../parse/elements.ts';
import { checkStorage, type ElementNode, parseStorage } from '../parse/parse.ts';
import { findTable } from './find-table.ts';
import { type Cell, cellAt, type Grid, gridOf, rowNumber } from './grid.ts';
import { cellText, findColumn, findRow } from './lines.ts';
import { cellInner, paragraphOf } from './new-cell.ts';

/** A merged cell is set where it begins; elsewhere it is not sure that all it covers is meant. */
function cellOf(page: EditedPage, grid: Grid, edit: Edit): Cell {
  const { tree } = page;
  const row = findRow(tree, grid, edit.row ?? 0);
  const column = findColumn(tree, grid, edit.column ?? 0);
  const cell = cellAt(grid, row, column);
  if (!cell) {
    throw new ContentError(`Row ${rowNumber(grid, row)} has no cell in column ${column + 1}.`, {
      code: 'not_found',
      next: 'Replace the table to add the cell.',
    });
  }
  if (cell.row === row && cell.column === column) return cell;
  const [first, last] = [rowNumber(grid, cell.row), rowNumber(grid, cell.row + cell.tall - 1)];
  const columns = cell.wide === 1 ? '' : ` and columns ${cell.column + 1} to ${cell.column + cell.wide}`;
  throw new ContentError(
    `Row ${rowNumber(grid, row)}, column ${column + 1} belongs to the merged cell ${quoted(cellText(tree, cell))}, which covers rows ${first} to ${last}${columns}.`,
    {
      code: 'not_possible',
      next: `To change it for all of them name row ${first} and column ${cell.column + 1}.`,
    },
  );
}

/** The one paragraph of a cell, white space aside. */
function onlyParagraph(cell: ElementNode): ElementNode | null {
  const [only, ...rest] = cell.children.filter((child) => !isBlank(child));
  return only?.type === 'element' && only.name === 'p' && !only.selfClosing && rest.length === 0
    ? only
    : null;
}

function sameInside(source: string, element: ElementNode, inner: string): boolean {
  const [old, next] = [parseStorage(source.slice(element.openEnd, element.closeStart)), parseStorage(inner)];
  return normalForm(old, old.children) === normalForm(next, next.children);
}

function inside(source: string, element: ElementNode, inner: string): Change {
  if (!element.selfClosing) return { start: element.openEnd, end: element.closeStart, text: inner };
  const { before, after } = opened(source, element);
  return { start: element.start, end: element.end, text: before + inner + after };
}

/** Sets what a cell holds; its kind, colours, widths and ids stay, and so do those of its paragraph. */
export function setCell(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const { source } = tree.doc;
  const grid = gridOf(findTable(tree, edit));
  const { element } = cellOf(page, grid, edit);
  if (edit.storage !== undefined) checkStorage(edit.storage);
  const inner =
    edit.storage ?? cellInner(page, edit.markdown ?? '', paragraphOf(source, element, grid.table));
  const idle = 'The cell holds that already.';
  if (sameInside(source, element, inner)) return { changes: [], idle };
  const kept = onlyParagraph(element);
  const only = edit.storage === undefined ? soleParagraph(inner) : null;
  if (!kept || !only) return { changes: [inside(source, element, inner)] };
  const line = inner.slice(only.openEnd, only.closeStart);
  return sameInside(source, kept, line) ? { changes: [], idle } : { changes: [inside(source, kept, line)] };
}
