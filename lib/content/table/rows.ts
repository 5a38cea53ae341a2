import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import type { Change, EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { opened } from '../edit/places.ts';
import { quoted } from '../edit/targets.ts';
import { findTable } from './find-table.ts';
import { givenCells, type Slot } from './given-cells.ts';
import { type Cell, cellAt, type Grid, gridOf, rowNumber } from './grid.ts';
import { cellText, columnLabel, findColumn, findRow } from './lines.ts';
import { bodyColumns, modelIn, nextNumber, renumbered } from './models.ts';
import { cellStorage, isNumbering, sharedColour, spanChange } from './new-cell.ts';

/** Which row the new one becomes. */
function indexOf(tree: BlockTree, grid: Grid, edit: Edit): number {
  const foot = grid.rows.findIndex(({ part }) => part.name === 'tfoot');
  if (edit.before !== undefined) {
    const row = findRow(tree, grid, edit.before);
    if (row >= grid.head) return row;
    throw new ContentError('A row cannot be put above the header row.', { next: 'Give after: 0.' });
  }
  if (edit.after !== undefined) return findRow(tree, grid, edit.after) + 1;
  return foot === -1 ? grid.rows.length : foot;
}

/** Cells that reach from the row above a new one into the row below it, or would once a row is there. */
function crossing(tree: BlockTree, grid: Grid, index: number): Cell[] {
  const above = grid.rows[index - 1];
  const below = grid.rows[index];
  const apart = below !== undefined && below.part !== above?.part;
  return (above?.cells ?? []).filter((cell) => {
    if (cell.row + cell.tall > index && !apart) return true;
    if (cell.row + cell.written <= index || apart) return false;
    throw new ContentError(
      `The merged cell ${quoted(cellText(tree, cell))} is written for more rows than the table has, so a new row would fall under it.`,
      { code: 'not_possible', next: 'Add the row before the last one, or replace the table.' },
    );
  });
}

const covers = ({ column, wide }: Cell, at: number): boolean => column <= at && at < column + wide;

/** Where the row's element goes, with the part of the table around it where there is none yet. */
function placed(page: EditedPage, grid: Grid, index: number, row: string): Change {
  const { source } = page.tree.doc;
  const [above, below] = [grid.rows[index - 1], grid.rows[index]];
  if (below && above?.part !== below.part) {
    return { start: below.element.start, end: below.element.start, text: row };
  }
  if (above && (below || above.part.name !== 'thead'))
    return { start: above.element.end, end: above.element.end, text: row };
  const body = grid.table.children.find((child) => child.type === 'element' && child.name === 'tbody');
  if (body?.type === 'element') {
    if (!body.selfClosing) return { start: body.closeStart, end: body.closeStart, text: row };
    const { before, after } = opened(source, body);
    return { start: body.start, end: body.end, text: before + row + after };
  }
  const at = above?.part.end ?? grid.table.closeStart;
  return { start: at, end: at, text: `<tbody>${row}</tbody>` };
}

/** Adds a row at the end of a table, or before or after a row. Cells that are merged over its place grow by it. */
export function addRow(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const { source } = tree.doc;
  const grid = gridOf(findTable(tree, edit));
  if (grid.width === 0) {
    throw new ContentError('The table has no cells, so it is not known what a row of it looks like.', {
      code: 'not_possible',
      next: 'Replace the table.',
    });
  }
  const index = indexOf(tree, grid, edit);
  const reaching = crossing(tree, grid, index);
  const models = Array.from({ length: grid.width }, (_, column) => modelIn(grid, index, column));
  const slots = models.map((model, at): Slot => {
    const merged = reaching.find((cell) => covers(cell, at));
    const taken = merged ? cellText(tree, merged) : model && isNumbering(model.element) ? '' : null;
    return { at, label: columnLabel(tree, grid, at), taken };
  });
  const texts = givenCells(edit.cells, slots, 'row', (name) => findColumn(tree, grid, name));
  const number = nextNumber(page, grid, index);
  const like = bodyColumns(grid);
  const cells = models.flatMap((model, at) => {
    if (reaching.some((cell) => covers(cell, at))) return [];
    return cellStorage(page, grid, {
      kind: model?.element.name === 'th' ? 'th' : 'td',
      model: model?.element ?? null,
      colour: sharedColour(like.get(at) ?? []),
      markdown: model && isNumbering(model.element) ? String(number) : (texts.get(at) ?? ''),
    });
  });
  return {
    changes: [
      placed(page, grid, index, `<tr>${cells.join('')}</tr>`),
      ...reaching.map((cell) => spanChange(source, cell.element, 'rowspan', cell.written + 1)),
      ...renumbered(grid, index, number + 1, source),
    ],
  };
}

/** A cell that begins in a deleted row and reaches further down moves into the next row, one row shorter. */
function moved(source: string, grid: Grid, cell: Cell): Change {
  const { element } = cell;
  const { start, end, text } = spanChange(source, element, 'rowspan', cell.written - 1);
  const bytes = source.slice(element.start, start) + text + source.slice(end, element.end);
  const below = grid.rows[cell.row + 1];
  const next = below?.own.find((one) => one.column > cell.column);
  const at = next?.element.start ?? below?.own.at(-1)?.element.end ?? below?.element.openEnd ?? 0;
  return { start: at, end: at, text: bytes };
}

/** Takes a row out. Merged cells that reach over it get one row shorter; one that begins in it moves to the next row. */
export function deleteRow(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const { source } = tree.doc;
  const grid = gridOf(findTable(tree, edit));
  const index = findRow(tree, grid, edit.row ?? 0);
  const row = grid.rows[index];
  if (!row || grid.rows.length === 1) {
    throw new ContentError('It is the only row of the table.', {
      code: 'not_possible',
      next: 'Delete the whole table with op delete.',
    });
  }
  const changes: Change[] = [{ start: row.element.start, end: row.element.end, text: '' }];
  for (const cell of row.cells) {
    const reaches = cell.row + cell.tall > index + 1;
    if (cell.row < index) changes.push(spanChange(source, cell.element, 'rowspan', cell.written - 1));
    else if (reaches && grid.rows[index + 1]?.element.selfClosing) {
      throw new ContentError(
        `The merged cell ${quoted(cellText(tree, cell))} begins in row ${rowNumber(grid, index)} and the next row has no place for it.`,
        { code: 'not_possible', next: 'Replace the table.' },
      );
    } else if (reaches) changes.push(moved(source, grid, cell));
  }
  const number = cellAt(grid, index, 0);
  const from =
    number && isNumbering(number.element) ? Number.parseInt(cellText(tree, number), 10) : Number.NaN;
  if (Number.isFinite(from)) changes.push(...renumbered(grid, index + 1, from, source));
  return { changes };
}
