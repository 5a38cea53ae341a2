import { childElements, headingLevel, isBlank } from '../elements.ts';
import { groupNodes } from '../groups.ts';
import { attr, type ElementNode, type StorageNode } from '../parse.ts';
import { note, type View } from './context.ts';
import { frozenFence } from './fence.ts';
import { inlineMarkdown } from './inline.ts';
import { describeElement, placeholder } from './placeholder.ts';

const MAX_SPAN = 100;

/** The rows of a table in order, each with its cells. Nested tables are not entered. */
export function tableRows(table: ElementNode): ElementNode[][] {
  const rows: ElementNode[][] = [];
  for (const part of childElements(table)) {
    const found =
      part.name === 'tr' ? [part] : /^t(body|head|foot)$/.test(part.name) ? childElements(part) : [];
    for (const row of found) {
      if (row.name === 'tr')
        rows.push(childElements(row).filter((cell) => cell.name === 'td' || cell.name === 'th'));
    }
  }
  return rows;
}

export function spanOf(cell: ElementNode, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(attr(cell, name) ?? '1', 10);
  return Number.isFinite(span) ? Math.min(Math.max(span, 1), MAX_SPAN) : 1;
}

function listLines(view: View, list: ElementNode, indent: string): string[] {
  return childElements(list).flatMap((item, index) => {
    const sign = list.name === 'ol' ? `${index + 1}\\.` : '•';
    const body =
      item.name === 'ac:task' ? childElements(item).filter((c) => c.name === 'ac:task-body') : [item];
    const lines = body.flatMap((one) => cellLines(view, one.children, `${indent}  `));
    return [`${indent}${sign} ${lines[0] ?? ''}`, ...lines.slice(1)];
  });
}

/** A cell's content as lines; blocks other than paragraphs and lists become placeholders. */
function cellLines(view: View, nodes: StorageNode[], indent = ''): string[] {
  return groupNodes(nodes).flatMap(({ nodes: [node, ...rest] }) => {
    if (!node) return [];
    if (node.type === 'element' && rest.length === 0) {
      if (node.name === 'p' || headingLevel(node))
        return [inlineMarkdown(view, node.children, { cell: true })];
      if (/^(ul|ol|ac:task-list)$/.test(node.name) && indent.length < 20)
        return listLines(view, node, indent);
      if (node.name === 'ac:image') return [inlineMarkdown(view, [node], { cell: true, block: true })];
    }
    if (rest.length > 0 || node.type !== 'element' || node.name !== 'table') {
      return [inlineMarkdown(view, [node, ...rest], { cell: true })];
    }
    return [placeholder(view, node, true)];
  });
}

function isSimpleCell(cell: ElementNode): boolean {
  return cell.children.every(
    (child) =>
      child.type !== 'element' ||
      child.name === 'p' ||
      !/^(ul|ol|table|ac:task-list|h[1-6]|blockquote|pre|div|hr)$/.test(child.name),
  );
}

type Grid = { rows: string[][]; merged: boolean; even: boolean; simple: boolean; header: boolean };

function gridOf(view: View, rows: ElementNode[][]): Grid {
  const taken = new Map<string, string>();
  let merged = false;
  let simple = true;
  const grid = rows.map((cells, y) => {
    const line: string[] = [];
    const skip = (): void => {
      for (let sign = taken.get(`${y}:${line.length}`); sign; sign = taken.get(`${y}:${line.length}`))
        line.push(sign);
    };
    for (const cell of cells) {
      skip();
      const [wide, tall] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
      if (wide > 1 || tall > 1) merged = true;
      if (!isSimpleCell(cell)) simple = false;
      const x = line.length;
      for (let down = 1; down < tall; down += 1) {
        for (let right = 0; right < wide; right += 1) taken.set(`${y + down}:${x + right}`, '↑');
      }
      line.push(cellLines(view, cell.children).join('<br>'));
      for (let right = 1; right < wide; right += 1) line.push('←');
    }
    skip();
    return line;
  });
  const width = Math.max(0, ...grid.map((line) => line.length));
  const even = grid.every((line) => line.length === width);
  const header = rows[0]?.every((cell) => cell.name === 'th') ?? false;
  return {
    rows: grid.map((line) => [...line, ...Array<string>(width - line.length).fill('')]),
    merged,
    even,
    simple,
    header,
  };
}

function gfm({ rows, header }: Grid): string {
  const width = rows[0]?.length ?? 0;
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const head = header ? (rows[0] ?? []) : Array<string>(width).fill('');
  return [
    line(head),
    line(Array<string>(width).fill('---')),
    ...(header ? rows.slice(1) : rows).map(line),
  ].join('\n');
}

/** A table as a GFM table; one with merged cells or blocks in cells stands in a fence and is marked so. */
export function tableMarkdown(view: View, table: ElementNode): string {
  const rows = tableRows(table);
  const grid = gridOf(view, rows);
  if (rows.length === 0 || (grid.rows[0]?.length ?? 0) === 0) return placeholder(view, table, true);
  const body = grid.header ? rows.slice(1) : rows;
  if (body.some((cells) => cells.some((cell) => cell.name === 'th'))) note(view, 'header column or cell');
  if (rows.some((cells) => cells.some((cell) => attr(cell, 'data-highlight-colour'))))
    note(view, 'cell colour');
  const known = childElements(table).every(
    (part) => /^(tr|tbody|thead|tfoot|colgroup|col)$/.test(part.name) || isBlank(part),
  );
  view.record.tables.push({ node: table, rows: grid.rows, start: table.start, end: table.end });
  if (known && grid.simple && grid.even && !grid.merged) return gfm(grid);
  const why = [
    grid.merged ? 'merged cells (← ↑)' : '',
    grid.simple ? '' : 'blocks in cells',
    grid.even ? '' : 'uneven rows',
    known ? '' : describeElement(view, table).split(' ')[0],
  ].filter((reason) => reason !== '');
  return frozenFence(view, table, `table ${why.join(', ')}`, gfm(grid));
}
