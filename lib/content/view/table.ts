import { groupNodes } from '../blocks/groups.ts';
import { childElements, headingLevel, isBlank } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { escapeMarkdown, pipesEscaped } from './canonical.ts';
import { note, type View } from './context.ts';
import { frozenFence } from './fence.ts';
import { inlineMarkdown } from './inline.ts';
import { isDone, isPlainTask, startOf } from './list.ts';
import { placeholder } from './placeholder.ts';
import { wordsOf } from './words.ts';

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

function noteSpans(view: View, cell: ElementNode, rowsLeft: number): void {
  for (const name of ['colspan', 'rowspan'] as const) {
    const raw = attr(cell, name);
    const odd = raw !== null && raw !== String(spanOf(cell, name));
    if (odd || (name === 'rowspan' && spanOf(cell, name) > rowsLeft))
      note(view, `${name} that the table has no room for`);
  }
}

export function spanOf(cell: ElementNode, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(attr(cell, name) ?? '1', 10);
  return Number.isFinite(span) ? Math.min(Math.max(span, 1), MAX_SPAN) : 1;
}

function listLines(view: View, list: ElementNode, indent: string): string[] {
  if (list.children.some((child) => (child.type === 'text' || child.type === 'cdata') && !isBlank(child)))
    return [pipesEscaped(placeholder(view, list, true))];
  if (childElements(list).length === 0) note(view, 'empty list');
  const first = startOf(list);
  return childElements(list).flatMap((item, index) => {
    if (item.name === 'ac:task-list') return listLines(view, item, `${indent}  `);
    const task = item.name === 'ac:task';
    const known = task ? isPlainTask(item) : item.name === 'li';
    const body = known && task ? childElements(item).filter((c) => c.name === 'ac:task-body') : [item];
    const lines = known
      ? body.flatMap((one) => cellLines(view, one.children, `${indent}  `))
      : [pipesEscaped(placeholder(view, item, true))];
    const number = list.name === 'ol' ? `${index + first}\\.` : '•';
    return [
      `${indent}${task ? (isDone(item) ? '[x]' : '[ ]') : number} ${lines[0] ?? ''}`,
      ...lines.slice(1),
    ];
  });
}

/** A cell's content as lines; blocks other than paragraphs and lists become placeholders. */
export function cellLines(view: View, nodes: StorageNode[], indent = ''): string[] {
  return groupNodes(nodes).flatMap(({ nodes: [node, ...rest] }) => {
    if (!node || node.type === 'comment') return [];
    if (node.type === 'element' && rest.length === 0) {
      const level = headingLevel(node);
      if (node.name === 'p' || level) {
        const text = inlineMarkdown(view, node.children, { cell: true });
        return [level ? `${'#'.repeat(level)} ${text}` : text];
      }
      if (node.name === 'hr') return ['---'];
      if (node.name === 'blockquote')
        return cellLines(view, node.children, indent).map((line) => `> ${line}`);
      if (/^(ul|ol|ac:task-list)$/.test(node.name) && indent.length < 20)
        return listLines(view, node, indent);
      if (node.name === 'ac:image') return [inlineMarkdown(view, [node], { cell: true, block: true })];
    }
    if (rest.length > 0 || node.type !== 'element' || node.name !== 'table') {
      return [inlineMarkdown(view, [node, ...rest], { cell: true })];
    }
    return [pipesEscaped(placeholder(view, node, true))];
  });
}

const MAX_EXTRA = 2000;

/** What stands in a table outside its cells: a caption, loose text. */
function besidesRows(table: ElementNode): StorageNode[] {
  const holders = [table, ...childElements(table).filter((part) => /^t(body|head|foot)$/.test(part.name))];
  const rows = holders.flatMap((part) => childElements(part).filter(({ name }) => name === 'tr'));
  return [...holders, ...rows].flatMap((holder) => {
    const usual = holder.name === 'tr' ? /^t[dh]$/ : /^(tr|tbody|thead|tfoot|colgroup|col)$/;
    return holder.children.filter((child) =>
      child.type === 'element'
        ? !usual.test(child.name)
        : (child.type === 'text' || child.type === 'cdata') && !isBlank(child),
    );
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

/** Places a drawn table may have beyond some for each cell. */
const MAX_EMPTY = 100_000;

/** True where merged cells or one long row make so many places that drawing them would take the machine. */
function isOutsized(rows: ElementNode[][]): boolean {
  // What cells of rows above reach into each row.
  const begin = Array<number>(rows.length + 1).fill(0);
  let [reach, cells, width] = [0, 0, 0];
  for (const [y, row] of rows.entries()) {
    reach += begin[y] ?? 0;
    let own = 0;
    for (const cell of row) {
      const [wide, tall] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
      own += wide;
      if (tall === 1) continue;
      const after = Math.min(y + tall, rows.length);
      begin[y + 1] = (begin[y + 1] ?? 0) + wide;
      begin[after] = (begin[after] ?? 0) - wide;
    }
    cells += row.length;
    width = Math.max(width, reach + own);
  }
  return rows.length * width > MAX_EMPTY + 8 * cells;
}

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
      noteSpans(view, cell, rows.length - y);
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
  const width = grid.reduce((most, line) => Math.max(most, line.length), 0);
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
  if (isOutsized(rows)) return placeholder(view, table, true);
  const grid = gridOf(view, rows);
  if (rows.length === 0 || (grid.rows[0]?.length ?? 0) === 0) return placeholder(view, table, true);
  const body = grid.header ? rows.slice(1) : rows;
  if (body.some((cells) => cells.some((cell) => cell.name === 'th'))) note(view, 'header column or cell');
  const extra = besidesRows(table);
  view.record.tables.push({ node: table, rows: grid.rows, start: table.start, end: table.end });
  if (extra.length === 0 && grid.simple && grid.even && !grid.merged) return gfm(grid);
  const why = [
    grid.merged ? 'merged cells (← ↑)' : '',
    grid.simple ? '' : 'blocks in cells',
    grid.even ? '' : 'uneven rows',
    extra.length === 0 ? '' : 'caption or other parts',
  ].filter((reason) => reason !== '');
  const words = extra.length === 0 ? '' : `${escapeMarkdown(readable(wordsOf(view, extra, MAX_EXTRA)))}\n\n`;
  for (const node of extra) view.described.set(node, node.last);
  return frozenFence(view, table, `table ${why.join(', ')}`, words + gfm(grid));
}
