import type { RichNode } from '#lib/wire';
import { ink } from './look.ts';
import type { Pen } from './pen.ts';
import { heightOf, type Strip } from './strips.ts';

type Element = Exclude<RichNode, string>;
type Cell = { node: Element; row: number; column: number; across: number; down: number; head: boolean };
export type CellDrawer = {
  /** The cell's content, laid out at this width. */
  strips(node: Element, width: number, head: boolean): Strip[];
  widths(node: Element, head: boolean): { least: number; most: number };
};

const pad = { x: 6, y: 5 };

/** Cells with their place in the grid; spans are cut where the table ends. */
function gridOf(table: Element): { cells: Cell[]; rows: number; columns: number } {
  const rows = (table.kids ?? []).filter(
    (row): row is Element => typeof row !== 'string' && row.tag === 'tr',
  );
  const cells: Cell[] = [];
  const taken = new Set<string>();
  let columns = 0;
  for (const [row, node] of rows.entries()) {
    let column = 0;
    for (const cell of node.kids ?? []) {
      if (typeof cell === 'string') continue;
      while (taken.has(`${row}:${column}`)) column += 1;
      const across = Math.min(cell.at?.colspan ?? 1, 60);
      const down = Math.min(cell.at?.rowspan ?? 1, rows.length - row);
      for (let r = 0; r < down; r += 1)
        for (let c = 0; c < across; c += 1) taken.add(`${row + r}:${column + c}`);
      cells.push({ node: cell, row, column, across, down, head: cell.tag === 'th' });
      column += across;
      columns = Math.max(columns, column);
    }
  }
  return { cells, rows: rows.length, columns };
}

/** Too many long words: narrow columns keep what they need, the wide ones share the rest. */
function squeezed(least: readonly number[], width: number): number[] {
  let left = width;
  let open = least.map((_value, index) => index);
  const widths = [...least];
  for (;;) {
    const fair = left / open.length;
    const small = open.filter((index) => (least[index] ?? 0) <= fair);
    if (small.length === 0 || small.length === open.length) {
      for (const index of open) widths[index] = fair;
      return widths;
    }
    for (const index of small) left -= least[index] ?? 0;
    open = open.filter((index) => !small.includes(index));
  }
}

/** Column widths that fit: each gets what its words need, and of the rest in proportion to what it would like. */
function columnWidths(cells: readonly Cell[], columns: number, width: number, draw: CellDrawer): number[] {
  const least = Array<number>(columns).fill(24);
  const most = Array<number>(columns).fill(24);
  for (const cell of cells) {
    const found = draw.widths(cell.node, cell.head);
    const share = (value: number) => (value + 2 * pad.x + 1) / cell.across;
    for (let at = cell.column; at < cell.column + cell.across; at += 1) {
      least[at] = Math.max(least[at] ?? 0, Math.min(share(found.least), width * 0.6));
      most[at] = Math.max(most[at] ?? 0, share(found.most));
    }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (sum(most) <= width) return most;
  if (sum(least) >= width) return squeezed(least, width);
  const spare = width - sum(least);
  const wishes = most.map((value, at) => Math.sqrt(Math.max(0, value - (least[at] ?? 0))));
  const total = sum(wishes) || 1;
  return least.map((value, at) => value + (spare * (wishes[at] ?? 0)) / total);
}

/** Rows that spans tie together, as groups of row numbers. */
function rowGroups(cells: readonly Cell[], rows: number): { from: number; to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    for (let row = from; row < to; row += 1)
      for (const cell of cells) if (cell.row === row) to = Math.max(to, cell.row + cell.down);
    groups.push({ from, to });
    from = to;
  }
  return groups;
}

type Placed = { cell: Cell; strips: Strip[]; x: number; width: number };

/** What of a cell fits into a height, and what is left for the next page. */
function sliceOf(strips: readonly Strip[], height: number): { now: Strip[]; rest: Strip[] } {
  let used = 0;
  let at = 0;
  while (at < strips.length && (used === 0 || used + (strips[at] as Strip).height <= height)) {
    used += (strips[at] as Strip).height;
    at += 1;
  }
  return { now: strips.slice(0, at), rest: strips.slice(at) };
}

function drawCell(pen: Pen, placed: Placed, x: number, y: number, height: number): void {
  const { doc } = pen;
  const left = x + placed.x;
  if (placed.cell.head) doc.rect(left, y, placed.width, height).fill(ink.headFill);
  doc.lineWidth(0.6).strokeColor(ink.rule).rect(left, y, placed.width, height).stroke();
  let at = y + pad.y;
  for (const strip of placed.strips) {
    strip.draw(left + pad.x, at);
    at += strip.height;
  }
}

/** A group of rows as one strip, or as several where it is higher than a page. */
function groupStrips(
  pen: Pen,
  placed: readonly Placed[],
  group: { from: number; to: number },
  pageHeight: number,
): Strip[] {
  const heights = Array<number>(group.to - group.from).fill(2 * pad.y + 8);
  for (const { cell, strips } of [...placed].sort((a, b) => a.cell.down - b.cell.down)) {
    const first = cell.row - group.from;
    const span = heights.slice(first, first + cell.down).reduce((sum, value) => sum + value, 0);
    const lacking = heightOf(strips) + 2 * pad.y - span;
    const last = first + cell.down - 1;
    if (lacking > 0) heights[last] = (heights[last] ?? 0) + lacking;
  }
  const total = heights.reduce((sum, value) => sum + value, 0);
  const offset = (row: number) => heights.slice(0, row - group.from).reduce((sum, value) => sum + value, 0);
  if (total <= pageHeight) {
    return [
      {
        height: total,
        draw: (x, y) => {
          for (const one of placed)
            drawCell(
              pen,
              one,
              x,
              y + offset(one.cell.row),
              offset(one.cell.row + one.cell.down) - offset(one.cell.row),
            );
        },
      },
    ];
  }
  return Array.from({ length: group.to - group.from }, (_, index) => group.from + index).flatMap((row) => {
    let left = placed.filter(({ cell }) => cell.row === row);
    const strips: Strip[] = [];
    while (left.some((one) => one.strips.length > 0)) {
      const cut = left.map((one) => ({ one, ...sliceOf(one.strips, pageHeight - 2 * pad.y) }));
      const now = cut.map(({ one, now: part }) => ({ ...one, strips: part }));
      const height = Math.max(...now.map((one) => heightOf(one.strips))) + 2 * pad.y;
      strips.push({
        height,
        draw: (x, y) => {
          for (const one of now) drawCell(pen, one, x, y, height);
        },
      });
      left = cut.map(({ one, rest }) => ({ ...one, strips: rest }));
    }
    return strips;
  });
}

/** A table: columns by content, merged cells, a head that is repeated on each page, rows that break when they must. */
export function tableStrips(
  pen: Pen,
  table: Element,
  o: { width: number; pageHeight: number; draw: CellDrawer },
): Strip[] {
  const { cells, rows, columns } = gridOf(table);
  if (cells.length === 0) return [];
  const widths = columnWidths(cells, columns, o.width, o.draw);
  const left = (column: number) => widths.slice(0, column).reduce((sum, value) => sum + value, 0);
  const placed = cells.map((cell): Placed => {
    const width = left(cell.column + cell.across) - left(cell.column);
    const inner = Math.max(12, width - 2 * pad.x);
    return { cell, x: left(cell.column), width, strips: o.draw.strips(cell.node, inner, cell.head) };
  });
  const heads = (from: number, to: number) =>
    placed.filter(({ cell }) => cell.row >= from && cell.row < to).every(({ cell }) => cell.head);
  const [first] = rowGroups(cells, rows);
  const groups = rowGroups(cells, rows);
  const strips = groups.map((group) =>
    groupStrips(
      pen,
      placed.filter(({ cell }) => cell.row >= group.from && cell.row < group.to),
      group,
      o.pageHeight,
    ),
  );
  const head =
    first !== undefined && groups.length > 1 && heads(first.from, first.to) && strips[0]?.length === 1
      ? strips[0][0]
      : undefined;
  if (head === undefined || head.height > o.pageHeight / 3) return strips.flat();
  return [
    { ...head, keep: true },
    ...strips
      .slice(1)
      .flat()
      .map((strip) => ({ ...strip, repeat: head })),
  ];
}
