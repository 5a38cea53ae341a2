import type { Table, TableCell } from 'mdast';
import { ContentError } from '../content-error.ts';
import type { ElementNode } from '../parse.ts';
import { canonical } from '../view/canonical.ts';
import { spanOf, tableRows } from '../view/table.ts';
import { inlineStorage } from './inline.ts';
import { asWritten, type Writer } from './writer.ts';

type Original = Writer['originals']['tables'][number];

function cellSource(writer: Writer, cell: TableCell): string {
  const first = cell.children[0]?.position?.start.offset;
  const last = cell.children.at(-1)?.position?.end.offset;
  if (first === undefined || last === undefined) return '';
  return canonical(asWritten(writer, writer.text.slice(first, last)).trim());
}

/** The rows as written; an empty head row stands for a table without one. */
function gridOf(writer: Writer, table: Table): { cells: TableCell[][]; sources: string[][] } {
  const [head, ...body] = table.children.map((row) => row.children);
  const blank = head?.every((cell) => cell.children.length === 0) ?? true;
  const cells = head && (!blank || body.length === 0) ? [head, ...body] : body;
  return { cells, sources: cells.map((row) => row.map((cell) => cellSource(writer, cell))) };
}

function sameShape(original: Original, sources: string[][]): boolean {
  const width = original.rows[0]?.length ?? 0;
  return original.rows.length === sources.length && sources.every((row) => row.length <= width);
}

/** Which cell starts at each place of the grid; null where a merged cell continues. */
function cellsByPlace(table: ElementNode): (ElementNode | null)[][] {
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

function hasBlocks(cell: ElementNode): boolean {
  return cell.children.some(
    (c) => c.type === 'element' && !/^(p|a|strong|em|u|s|del|code|span|br|sub|sup|time|ac:.*)$/.test(c.name),
  );
}

/**
 * Writes changed cells into the original table: widths, colours, ids, merged cells and unchanged cells
 * keep their bytes.
 *
 * @throws ContentError where rows or columns differ, or a changed cell holds more than text
 */
export function tableInto(writer: Writer, original: Original, table: Table): string {
  const { cells, sources } = gridOf(writer, table);
  const { source } = writer.originals;
  if (!sameShape(original, sources)) {
    throw new ContentError(
      'Rows or columns of a table with merged cells or blocks in cells cannot be added or removed through Markdown.',
      {
        code: 'not_possible',
        next: 'Change the text of its cells only, or give storage instead of Markdown.',
      },
    );
  }
  const places = cellsByPlace(original.node);
  const out: string[] = [];
  let done = original.node.start;
  for (const [y, row] of original.rows.entries()) {
    for (const [x, shown] of row.entries()) {
      if (canonical(shown) === (sources[y]?.[x] ?? '')) continue;
      const cell = places[y]?.[x];
      if (!cell || hasBlocks(cell)) {
        throw new ContentError(
          `The cell in row ${y + 1}, column ${x + 1} holds more than text or belongs to a merged cell.`,
          {
            code: 'not_possible',
            next: 'Change words in it with replace_text, or give storage instead of Markdown.',
          },
        );
      }
      const inner = inlineStorage(writer, cells[y]?.[x]?.children ?? []);
      const paragraph = cell.children.some((child) => child.type === 'element' && child.name === 'p');
      const tag = cell.selfClosing
        ? `${source.slice(cell.start, cell.end).replace(/\s*\/>$/, '')}>`
        : source.slice(cell.start, cell.openEnd);
      out.push(
        source.slice(done, cell.start),
        tag,
        paragraph && inner !== '' ? `<p>${inner}</p>` : inner,
        `</${cell.name}>`,
      );
      done = cell.end;
    }
  }
  out.push(source.slice(done, original.node.end));
  original.used = true;
  return out.join('');
}

/** A GFM table as storage; where it is a changed form of a table that the edit replaces, that table's own bytes are kept. */
export function tableStorage(writer: Writer, table: Table): string {
  const { cells, sources } = gridOf(writer, table);
  const original = writer.originals.tables.find(
    (one) =>
      !one.used &&
      sameShape(one, sources) &&
      canonical(one.rows[0]?.join('|') ?? '') === (sources[0]?.join('|') ?? ''),
  );
  if (original) {
    const places = cellsByPlace(original.node);
    const changedBlock = original.rows.some((row, y) =>
      row.some((shown, x) => {
        const cell = places[y]?.[x];
        return canonical(shown) !== (sources[y]?.[x] ?? '') && (!cell || hasBlocks(cell));
      }),
    );
    if (!changedBlock) return tableInto(writer, original, table);
  }
  const headed = cells.length === table.children.length;
  const rows = cells.map((row, y) => {
    const tag = headed && y === 0 ? 'th' : 'td';
    return `<tr>${row.map((cell) => `<${tag}>${cellStorage(writer, cell)}</${tag}>`).join('')}</tr>`;
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function cellStorage(writer: Writer, cell: TableCell): string {
  const inner = inlineStorage(writer, cell.children);
  return inner === '' ? '<p />' : `<p>${inner}</p>`;
}
