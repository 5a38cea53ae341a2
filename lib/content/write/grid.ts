import type { Table, TableCell } from 'mdast';
import { ContentError } from '../content-error.ts';
import type { ElementNode } from '../parse/parse.ts';
import { canonical, pipesPlain } from '../view/canonical.ts';
import { spanOf, tableRows } from '../view/table.ts';
import { asWritten, type Writer } from './writer.ts';

/** A cell as written, with the columns and rows it covers. */
export type NewCell = { cell: TableCell; source: string; wide: number; tall: number };
/** `places[y][x]`: the cell that starts there; null where another one reaches. */
export type NewGrid = { places: (NewCell | null)[][]; sources: string[][]; headed: boolean };

const SIGN = /^[←↑]$/;

function cellSource(writer: Writer, cell: TableCell): string {
  const first = cell.children[0]?.position?.start.offset;
  const last = cell.children.at(-1)?.position?.end.offset;
  if (first === undefined || last === undefined) return '';
  return pipesPlain(canonical(asWritten(writer, writer.text.slice(first, last)).trim()));
}

function refuse(y: number, x: number, sign: string): never {
  const side = sign === '←' ? 'on its left' : 'above it';
  throw new ContentError(
    `The "${sign}" in row ${y + 1}, column ${x + 1} of the table joins no cell ${side}.`,
    {
      next: 'A merged cell is a rectangle: "←" in each place it covers to the right, "↑" in each place it covers below.',
    },
  );
}

/** How far a cell reaches over the signs beside and below it. */
function reach(
  sources: string[][],
  y: number,
  x: number,
  taken: Set<string>,
): { wide: number; tall: number } {
  const row = sources[y] ?? [];
  let wide = 1;
  while (row[x + wide] === '←') wide += 1;
  let tall = 1;
  while (sources[y + tall]?.[x] === '↑') {
    for (let right = 0; right < wide; right += 1)
      if (!SIGN.test(sources[y + tall]?.[x + right] ?? '')) refuse(y + tall, x, '↑');
    tall += 1;
  }
  for (let down = 0; down < tall; down += 1)
    for (let right = 0; right < wide; right += 1) taken.add(`${y + down}:${x + right}`);
  return { wide, tall };
}

/**
 * The rows as written. An empty head row stands for a table without one, unless `blankHead`: the table has
 * an empty one. `signs`: arrows join cells.
 */
export function newGrid(writer: Writer, table: Table, signs: boolean, blankHead = false): NewGrid {
  const [head, ...body] = table.children.map((row) => row.children);
  const blank = head?.every((cell) => cell.children.length === 0) ?? true;
  const headed = !blank || body.length === 0 || blankHead;
  const cells = head && headed ? [head, ...body] : body;
  const width = head?.length ?? 0;
  const long = cells.findIndex((row) => row.length > width);
  if (long !== -1) {
    throw new ContentError(
      `Row ${long + 1} of the table has ${cells[long]?.length} cells, its head row has ${width}.`,
      {
        next: 'Give every row as many cells as the head row; write "|" in a cell as "\\|".',
      },
    );
  }
  const sources = cells.map((row) => row.map((cell) => cellSource(writer, cell)));
  const taken = new Set<string>();
  const places = cells.map((row, y) =>
    row.map((cell, x): NewCell | null => {
      const source = sources[y]?.[x] ?? '';
      if (signs && taken.has(`${y}:${x}`)) return null;
      if (signs && SIGN.test(source)) refuse(y, x, source);
      return { cell, source, ...(signs ? reach(sources, y, x, taken) : { wide: 1, tall: 1 }) };
    }),
  );
  return { places, sources, headed };
}

/** Which cell of a table of the page starts at each place; null where a merged cell continues. */
export function oldPlaces(table: ElementNode): (ElementNode | null)[][] {
  const taken = new Set<string>();
  return tableRows(table).map((row, y) => {
    const line: (ElementNode | null)[] = [];
    const skip = (): void => {
      while (taken.has(`${y}:${line.length}`)) line.push(null);
    };
    for (const cell of row) {
      skip();
      const [wide, tall] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
      const x = line.length;
      for (let down = 1; down < tall; down += 1)
        for (let right = 0; right < wide; right += 1) taken.add(`${y + down}:${x + right}`);
      line.push(cell, ...Array<null>(wide - 1).fill(null));
    }
    skip();
    return line;
  });
}
