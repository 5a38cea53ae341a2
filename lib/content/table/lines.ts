import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import type { Line } from '../edit/edit-fields.ts';
import { loosen } from '../edit/find-text.ts';
import { ambiguousAmong, missingAmong, quoted } from '../edit/targets.ts';
import { asRead } from '../edit/words.ts';
import { lineOf } from '../fine-edits/candidates.ts';
import { readable } from '../parse/invisible.ts';
import type { ElementNode } from '../parse/parse.ts';
import { type Cell, type Grid, rowNumber } from './grid.ts';

const plain = (text: string): string => readable(loosen(text).text);

const texts = new WeakMap<ElementNode, string>();

/** The words of a cell as a line, at most 400 characters of them. */
export function cellText(tree: BlockTree, cell: Cell | undefined): string {
  if (!cell) return '';
  const text = texts.get(cell.element) ?? plain(lineOf(tree, cell.element, 400));
  texts.set(cell.element, text);
  return text;
}

/** A row as people call it: its number and the text of its first cells. */
export function describeRow(tree: BlockTree, grid: Grid, row: number): string {
  const texts = (grid.rows[row]?.cells ?? []).slice(0, 3).map((cell) => cellText(tree, cell));
  return `row ${rowNumber(grid, row)} ${quoted(texts.filter((text) => text !== '').join(' | '))}`;
}

/** Cells that name columns: those of the header rows; of the first row in a table without any. */
function columnNames(grid: Grid): Cell[] {
  return grid.rows.slice(0, Math.max(grid.head, 1)).flatMap(({ own }) => own);
}

export function columnLabel(tree: BlockTree, grid: Grid, column: number): string {
  for (let row = Math.max(grid.head, 1) - 1; row >= 0; row -= 1) {
    const cell = grid.rows[row]?.cells.find((one) => one.column <= column && column < one.column + one.wide);
    if (cell) return cellText(tree, cell);
  }
  return '';
}

const describeColumn = (tree: BlockTree, grid: Grid, column: number): string =>
  `column ${column + 1} ${quoted(columnLabel(tree, grid, column))}`;

function columns(tree: BlockTree, grid: Grid): string[] {
  return Array.from({ length: Math.min(grid.width, 40) }, (_, column) => describeColumn(tree, grid, column));
}

/** Cells by their text, as it is and in lower case. */
type Names = { exact: Map<string, Cell[]>; lower: Map<string, Cell[]> };

function namesOf(tree: BlockTree, cells: readonly Cell[]): Names {
  const names: Names = { exact: new Map(), lower: new Map() };
  const add = (map: Map<string, Cell[]>, text: string, cell: Cell): void => {
    const known = map.get(text);
    if (known) known.push(cell);
    else map.set(text, [cell]);
  };
  for (const cell of cells) {
    const text = cellText(tree, cell);
    add(names.exact, text, cell);
    add(names.lower, text.toLowerCase(), cell);
  }
  return names;
}

/** Whole text, then whole text in any case: what is quoted from the view counts too. */
function matching(names: Names, wanted: string): Cell[] {
  const read = asRead(wanted);
  for (const text of [plain(wanted), ...(read === null ? [] : [plain(read)])]) {
    const found = names.exact.get(text) ?? names.lower.get(text.toLowerCase());
    if (found) return found;
  }
  return [];
}

const indexes = new WeakMap<Grid, { body: Cell[]; first: Names; any: Names }>();

/** What rows can be named by; made once, for many names may be asked. */
function rowIndex(tree: BlockTree, grid: Grid): { body: Cell[]; first: Names; any: Names } {
  const known = indexes.get(grid);
  if (known) return known;
  const body = grid.rows.slice(grid.head).flatMap(({ own }) => own);
  const first = namesOf(
    tree,
    body.filter(({ column }) => column === 0),
  );
  const index = { body, first, any: namesOf(tree, body) };
  indexes.set(grid, index);
  return index;
}

const numberHint = (wanted: string): string =>
  /^-?\d+$/.test(wanted.trim()) ? ' To name it by number give the number without quotation marks.' : '';

function counted(count: number, wanted: number, what: string): number {
  const at = wanted < 0 ? count + wanted : wanted - 1;
  if (at >= 0 && at < count) return at;
  throw new ContentError(`The table has no ${what} ${wanted}: it has ${count}.`, {
    code: 'not_found',
    next: `Give 1 to ${count}, -1 for the last, or the text that names the ${what}.`,
  });
}

/** The column of a number or a header text. @throws ContentError `not_found` or `ambiguous` with the columns */
export function findColumn(tree: BlockTree, grid: Grid, wanted: Line): number {
  if (typeof wanted === 'number') return counted(grid.width, wanted, 'column');
  const named = matching(namesOf(tree, columnNames(grid)), wanted);
  const single = named.filter(({ wide }) => wide === 1);
  const found = single.length > 0 ? single : named;
  const places = [...new Set(found.map(({ column }) => column))];
  const [cell] = found;
  if (cell && places.length === 1 && cell.wide === 1) return cell.column;
  if (cell) {
    const fitting = found.flatMap(({ column, wide }) =>
      Array.from({ length: wide }, (_, at) => describeColumn(tree, grid, column + at)),
    );
    throw ambiguousAmong(`The column "${wanted}"`, fitting, 'Name the column by its number.');
  }
  throw missingAmong(
    `The column "${wanted}" of the table`,
    columns(tree, grid),
    `Name a column by its header or number.${numberHint(wanted)}`,
  );
}

function rowsNamed(tree: BlockTree, grid: Grid, wanted: string): number[] {
  const { body, first, any } = rowIndex(tree, grid);
  const rowsOf = (cells: Cell[]): number[] => [
    ...new Set(cells.flatMap(({ row, tall }) => Array.from({ length: tall }, (_, down) => row + down))),
  ];
  const named = [first, any].map((names) => matching(names, wanted)).find((cells) => cells.length > 0);
  if (named) return rowsOf(named);
  const part = plain(asRead(wanted) ?? wanted).toLowerCase();
  if (part === '') return [];
  return rowsOf(body.filter((cell) => cellText(tree, cell).toLowerCase().includes(part)));
}

/**
 * The row of a number (1 is the first below the header, 0 the header row, -1 the last) or of the text of its first
 * cell, of any cell, or of a part of one.
 * @throws ContentError `not_found` or `ambiguous` with the rows
 */
export function findRow(tree: BlockTree, grid: Grid, wanted: Line): number {
  if (typeof wanted === 'number') {
    if (wanted === 0 && grid.head > 0) return grid.head - 1;
    return grid.head + counted(grid.rows.length - grid.head, wanted, 'row');
  }
  const found = rowsNamed(tree, grid, wanted);
  const [row] = found;
  if (row !== undefined && found.length === 1) return row;
  const list = (rows: number[]): string[] => rows.map((one) => describeRow(tree, grid, one));
  if (row !== undefined)
    throw ambiguousAmong(`The row "${wanted}"`, list(found), 'Name the row by its number.');
  const body = grid.rows.map((_, at) => at).slice(grid.head);
  throw missingAmong(
    `The row "${wanted}" of the table`,
    list(body),
    `Name a row by the text of a cell, or its number.${numberHint(wanted)}`,
  );
}
