import type { Table } from 'mdast';
import { ContentError } from '../content-error.ts';
import { childElements } from '../parse/elements.ts';
import type { ElementNode } from '../parse/parse.ts';
import { canonical, pipesPlain } from '../view/canonical.ts';
import { changedCellInner, newCellInner } from './cell.ts';
import { type NewCell, type NewGrid, newGrid, oldPlaces } from './grid.ts';
import { assemble, type Piece } from './keep/assemble.ts';
import { type Side, versions } from './keep/pairs.ts';
import { lazyWords } from './keep/shapes.ts';
import { openTag, withAttribute } from './keep/tags.ts';
import type { Page } from './originals.ts';
import { readParameters } from './stash.ts';
import type { Writer } from './writer.ts';

type Old = {
  page: Page;
  table: ElementNode;
  shown: string[][];
  places: (ElementNode | null)[][];
  rows: ElementNode[];
  /** Arrows join cells. */
  signs: boolean;
};

function rowsOf(table: ElementNode): ElementNode[] {
  return childElements(table).flatMap((part) =>
    part.name === 'tr'
      ? [part]
      : /^t(?:body|head|foot)$/.test(part.name)
        ? childElements(part).filter(({ name }) => name === 'tr')
        : [],
  );
}

const spanTags = (tag: string, { wide, tall }: NewCell): string =>
  withAttribute(
    withAttribute(tag, 'rowspan', tall > 1 ? String(tall) : null),
    'colspan',
    wide > 1 ? String(wide) : null,
  );

function newCell(writer: Writer, cell: NewCell, name: 'td' | 'th'): string {
  return `${spanTags(`<${name}>`, cell)}${newCellInner(writer, cell)}</${name}>`;
}

/** The old place of each new text that is the same, or a version of it. */
function pairs(olds: string[], news: string[]): Map<number, number> {
  const side = (text: string): Side => ({ key: text, shape: '', id: null, words: lazyWords(text) });
  return new Map(versions(olds.map(side), news.map(side)).map(({ old, next }) => [next, old]));
}

const column = (rows: string[][], x: number): string => rows.map((row) => row[x] ?? '').join('\n');

/** The old column of each new one. As many as before are the same ones, in order. */
function columnsOf(shown: string[][], sources: string[][]): Map<number, number> {
  const width = shown.reduce((most, row) => Math.max(most, row.length), 0);
  const now = sources.reduce((most, row) => Math.max(most, row.length), 0);
  if (width === now) return new Map(Array.from({ length: now }, (_, x) => [x, x]));
  const heads = (rows: string[][], size: number): string[] =>
    Array.from({ length: size }, (_, x) => rows[0]?.[x] ?? '');
  const named = new Set(heads(shown, width)).size === width;
  const texts = (rows: string[][], size: number): string[] =>
    named ? heads(rows, size) : Array.from({ length: size }, (_, x) => column(rows, x));
  return pairs(texts(shown, width), texts(sources, now));
}

/** How far a cell reaches as the view shows it; what its attributes say beyond that nobody sees. */
function shownReach(shown: string[][], y: number, x: number): { wide: number; tall: number } {
  let [wide, tall] = [1, 1];
  while (shown[y]?.[x + wide] === '←') wide += 1;
  while (shown[y + tall]?.[x] === '↑') tall += 1;
  return { wide, tall };
}

type At = { from: number; was: number };

function keptCell(writer: Writer, old: Old, { from, was }: At, element: ElementNode, next: NewCell): string {
  const { source } = old.page.doc;
  const same = old.shown[from]?.[was] === next.source;
  const before = old.signs ? shownReach(old.shown, from, was) : { wide: 1, tall: 1 };
  const reaches = before.wide === next.wide && before.tall === next.tall;
  if (same && reaches) return source.slice(element.start, element.end);
  const inner = same
    ? source.slice(element.openEnd, element.closeStart)
    : changedCellInner(writer, old.page, element, next);
  const tag = openTag(source, element);
  return `${reaches ? tag : spanTags(tag, next)}${inner}</${element.name}>`;
}

/** The cell of a row beside tells whether a new one is a header; the head row tells nothing of the column. */
function nameAt(old: Old, x: number | undefined, y: number): 'td' | 'th' {
  return x !== undefined && old.places[Math.max(y, 1)]?.[x]?.name === 'th' ? 'th' : 'td';
}

function keptRow(
  writer: Writer,
  old: Old,
  grid: NewGrid,
  y: number,
  from: number,
  columns: Map<number, number>,
): string {
  const { source } = old.page.doc;
  const row = old.rows[from] as ElementNode;
  const cells = childElements(row).filter(({ name }) => name === 'td' || name === 'th');
  const tag = y === 0 && grid.headed && from === 0 && cells.every(({ name }) => name === 'th') ? 'th' : null;
  const places = new Map(cells.map((cell, at) => [cell, at]));
  const pieces = (grid.places[y] ?? []).flatMap((cell, x): Piece[] => {
    if (!cell) return [];
    const was = columns.get(x);
    const element = was === undefined ? undefined : old.places[from]?.[was];
    if (element && was !== undefined)
      return [{ at: places.get(element) ?? -1, text: keptCell(writer, old, { from, was }, element, cell) }];
    // A shorter row has no cell there.
    if (element === undefined && was !== undefined && cell.source === '') return [];
    return [{ at: -1, text: newCell(writer, cell, tag ?? nameAt(old, was, from)) }];
  });
  const frame = { start: row.openEnd, end: row.closeStart, spans: cells };
  return `${openTag(source, row)}${assemble(source, frame, pieces)}</tr>`;
}

function newRow(writer: Writer, grid: NewGrid, y: number, nameOf: (x: number) => 'td' | 'th'): string {
  const cells = (grid.places[y] ?? []).map((cell, x) => (cell ? newCell(writer, cell, nameOf(x)) : ''));
  return `<tr>${cells.join('')}</tr>`;
}

/** The widths of columns that are still there. */
function widths(source: string, part: ElementNode, columns: Map<number, number>, count: number): string {
  const cols = childElements(part).filter(({ name }) => name === 'col');
  if (part.name !== 'colgroup' || cols.some((col) => col.attributes.some(({ name }) => name === 'span')))
    return source.slice(part.start, part.end);
  const pieces = Array.from({ length: count }, (_, x): Piece => {
    const was = columns.get(x);
    const col = was === undefined ? undefined : cols[was];
    return col ? { at: was as number, text: source.slice(col.start, col.end) } : { at: -1, text: '<col />' };
  });
  if (cols.length === 0) return source.slice(part.start, part.end);
  return `${openTag(source, part)}${assemble(source, { start: part.openEnd, end: part.closeStart, spans: cols }, pieces)}</colgroup>`;
}

/** The page's own table with what changed in it: widths, colours, ids, merged cells and other cells keep their bytes. */
function keptTable(writer: Writer, old: Old, grid: NewGrid): string {
  const { source } = old.page.doc;
  const columns = columnsOf(old.shown, grid.sources);
  const count = grid.sources.reduce((most, row) => Math.max(most, row.length), 0);
  const seen = [...columns.entries()];
  const rowText = (row: string[], from: (pair: [number, number]) => number): string =>
    seen.map((pair) => row[from(pair)] ?? '').join('|');
  const rows = pairs(
    old.shown.map((row) => rowText(row, ([, was]) => was)),
    grid.sources.map((row) => rowText(row, ([now]) => now)),
  );
  const parts = childElements(old.table).filter(({ name }) => name === 'colgroup');
  const pieces: Piece[] = grid.places.map((_, y) => {
    const from = rows.get(y);
    if (from !== undefined)
      return { at: parts.length + from, text: keptRow(writer, old, grid, y, from, columns) };
    const head = y === 0 && grid.headed;
    return {
      at: -1,
      text: newRow(writer, grid, y, (x) => (head ? 'th' : nameAt(old, columns.get(x), rows.get(y - 1) ?? 0))),
    };
  });
  const same = columns.size === count && old.shown[0]?.length === count;
  const groups = parts.map(
    (part, at): Piece => ({
      at,
      text: same ? source.slice(part.start, part.end) : widths(source, part, columns, count),
    }),
  );
  const frame = {
    start: old.table.openEnd,
    end: old.table.closeStart,
    spans: [...parts, ...old.rows],
    structural: true,
  };
  return `${openTag(source, old.table)}${assemble(source, frame, [...groups, ...pieces])}</table>`;
}

const TABLE = /^(?:default|wide|full-width|center|align-start|align-end)$/;

/** What may stand in the braces of a new `:::table`. */
function tableDetails(details: string): { tag: string; headers: boolean } {
  const given = new Map(readParameters(details) ?? [['?', details]]);
  let tag = '<table>';
  for (const [name, value] of given) {
    const fits =
      (name === 'layout' && TABLE.test(value)) ||
      (name === 'width' && /^\d{2,4}$/.test(value)) ||
      (name === 'headers' && /^(?:row|column|both)$/.test(value));
    if (!fits)
      throw new ContentError(`The fence ":::table" cannot have {${details}}.`, {
        next: 'Possible are layout=default|wide|full-width|center|align-start|align-end, width=760 (pixels), headers=row|column|both.',
      });
    if (name === 'layout') tag = withAttribute(tag, 'data-layout', value);
    if (name === 'width') tag = withAttribute(tag, 'data-table-width', value);
  }
  return { tag, headers: /^(?:column|both)$/.test(given.get('headers') ?? '') };
}

/**
 * A GFM table as storage. `signs`: it stands in a `:::table` fence, where arrows join cells. With `element`
 * it is the changed form of that table, whose own bytes are kept.
 */
export function tableStorage(
  writer: Writer,
  table: Table,
  signs: boolean,
  element?: ElementNode,
  details = '',
): string {
  const { page } = writer.originals;
  const shown = element ? writer.matches.drawn.tables.get(element.start) : undefined;
  if (page && element && shown) {
    const old: Old = {
      page,
      table: element,
      shown: shown.map((row) => row.map((text) => pipesPlain(canonical(text)).trim())),
      places: oldPlaces(element),
      rows: rowsOf(element),
      signs,
    };
    const blankHead =
      old.shown[0]?.every((text) => text === '') === true &&
      old.places[0]?.every((cell) => cell?.name === 'th') === true;
    return keptTable(writer, old, newGrid(writer, table, signs, blankHead));
  }
  const grid = newGrid(writer, table, signs);
  const { tag, headers } = tableDetails(details);
  const rows = grid.places.map((_, y) =>
    newRow(writer, grid, y, (x) => ((grid.headed && y === 0) || (headers && x === 0) ? 'th' : 'td')),
  );
  return `${tag}<tbody>${rows.join('')}</tbody></table>`;
}
