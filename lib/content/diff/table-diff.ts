import type { RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { type Branch, factsIn, marked, note, notesOf } from './nodes.ts';
import { pairSimilar, removedBefore, similarity, wordsOf } from './similar.ts';
import { type Column, cellText, columnsOf, gridOf, type Row } from './table-grid.ts';

type DiffKids = (before: readonly RichNode[], after: readonly RichNode[]) => RichNode[];

type Plan = { columns: Column[]; inA: Map<number, number>; inB: Map<number, number>; kids: DiffKids };

/** What of a row is compared: the cells in columns that both tables have. */
function keyOf(row: Row, paired: ReadonlySet<number>): string {
  return JSON.stringify(row.cells.filter(({ column }) => paired.has(column)).map(({ node }) => node));
}

function cellDiff(before: Branch, after: Branch, plan: Plan): RichNode {
  const notes = notesOf(factsIn(before), factsIn(after));
  if (before.tag !== after.tag)
    notes.unshift(
      note('cell', before.tag === 'th' ? 'header' : 'plain', after.tag === 'th' ? 'header' : 'plain'),
    );
  return { ...after, kids: [...plan.kids(before.kids ?? [], after.kids ?? []), ...notes] };
}

function withMark(cell: Branch, op: 'ins' | 'del'): RichNode {
  const drawn = marked(cell, op) as Branch;
  return { ...drawn, at: { ...drawn.at, mark: op === 'ins' ? 'add' : 'remove' } };
}

/** Place of each column of one side among the columns shown. */
const placesOf = (columns: readonly Column[], side: 'a' | 'b'): Map<number, number> =>
  new Map(columns.flatMap((column, at) => (column[side] === null ? [] : [[column[side], at]])));

/** One row of both tables: cells by column, those of columns that came or went marked. */
function rowDiff(before: Row, after: Row, plan: Plan): RichNode {
  const slots = new Map<number, { from?: Branch; to?: Branch }>();
  for (const { node, column } of before.cells) slots.set(plan.inA.get(column) ?? column, { from: node });
  for (const { node, column } of after.cells) {
    const at = plan.inB.get(column) ?? column;
    slots.set(at, { ...slots.get(at), to: node });
  }
  const kids: RichNode[] = [];
  for (const [, { from, to }] of [...slots].sort(([x], [y]) => x - y)) {
    if (from && to) kids.push(JSON.stringify(from) === JSON.stringify(to) ? to : cellDiff(from, to, plan));
    else if (to) kids.push(withMark(to, 'ins'));
    else if (from) kids.push(withMark(from, 'del'));
  }
  const notes = notesOf(factsIn(before.node), factsIn(after.node));
  if (notes.length > 0 && typeof kids[0] === 'object')
    kids[0] = { ...kids[0], kids: [...(kids[0].kids ?? []), ...notes] };
  return { ...after.node, kids };
}

const MAX_STAND_INS = 20;

/** A row that came, went or moved; cells stand in for columns it never had. */
function wholeRow(row: Row, mark: 'add' | 'remove' | 'move', plan: Plan): RichNode {
  const [side, places] = mark === 'remove' ? (['a', plan.inA] as const) : (['b', plan.inB] as const);
  const slots = row.cells.map(({ node, column }): [number, RichNode] => [
    places.get(column) ?? column,
    mark === 'move' ? node : marked(node, mark === 'add' ? 'ins' : 'del'),
  ]);
  const lacking = plan.columns.flatMap((column, at) => (column[side] === null ? [at] : []));
  if (lacking.length <= MAX_STAND_INS) for (const at of lacking) slots.push([at, { tag: 'td' }]);
  return {
    ...row.node,
    at: { ...row.node.at, mark },
    kids: slots.sort(([x], [y]) => x - y).map(([, cell]) => cell),
  };
}

type Look = { first: string; words: Map<string, number> };

/** How alike two rows are: by their first cell, as by a name, and by all words. */
function likenessOf(): (a: Row, b: Row) => number {
  const looks = new WeakMap<Row, Look>();
  const look = (row: Row): Look => {
    const known = looks.get(row);
    if (known) return known;
    const [first] = row.cells;
    const text = row.cells.map(({ node }) => cellText(node)).join(' ');
    const made = { first: first ? cellText(first.node) : '', words: wordsOf(text) };
    looks.set(row, made);
    return made;
  };
  return (a, b) => {
    const [x, y] = [look(a), look(b)];
    const common = similarity(x.words, y.words);
    return x.first !== '' && x.first === y.first ? 0.5 + common / 2 : common;
  };
}

function columnNotes(columns: readonly Column[], old: readonly Row[], now: readonly Row[]): Branch[] {
  const name = (rows: readonly Row[], column: number): string => {
    const cell = rows[0]?.cells.find((one) => one.column === column);
    const text = cell ? cellText(cell.node) : '';
    return text === '' ? `column ${column + 1}` : text;
  };
  return columns.flatMap(({ a, b, moved }): Branch[] => {
    if (moved && a !== null && b !== null)
      return [note(`column “${name(now, b)}”`, `place ${a + 1}`, `place ${b + 1}`)];
    if (a === null && b !== null) return [note('column', null, name(now, b))];
    return b === null && a !== null ? [note('column', name(old, a), null)] : [];
  });
}

/** Rows that went in one place and came in another, the same in every cell: the new place by the old. */
function movedRows(gone: readonly Keyed[], fresh: readonly Keyed[]): Map<number, number> {
  const places = new Map<string, number[]>();
  for (const { at, key } of gone) {
    const same = places.get(key);
    if (same) same.push(at);
    else places.set(key, [at]);
  }
  const found = new Map<number, number>();
  for (const { at, key } of [...fresh].reverse()) {
    const from = places.get(key)?.pop();
    if (from !== undefined) found.set(at, from);
  }
  return found;
}

type Keyed = { at: number; key: string };

/** Rows that no equal row in order answers to, but not empty ones. */
function leftOver(rows: readonly Row[], keys: readonly string[], paired: ReadonlySet<number>): Keyed[] {
  return rows.flatMap((row, at) =>
    paired.has(at) || row.cells.every(({ node }) => cellText(node) === '')
      ? []
      : [{ at, key: keys[at] ?? '' }],
  );
}

/**
 * Two versions of a table as one: rows paired by what is in them, columns by their heads, cells compared one by
 * one. A column that came, went or moved is noted once, above the table.
 */
export function tableDiff(before: Branch, after: Branch, kids: DiffKids): { notes: Branch[]; table: Branch } {
  const [a, b] = [gridOf(before), gridOf(after)];
  const columns = columnsOf(a, b);
  const plan: Plan = { columns, inA: placesOf(columns, 'a'), inB: placesOf(columns, 'b'), kids };
  const both = columns.filter((column) => column.a !== null && column.b !== null);
  const steady = both.length === columns.length;
  const [inA, inB] = [new Set(both.map((one) => one.a ?? -1)), new Set(both.map((one) => one.b ?? -1))];
  const [old, now] = [a.rows.map((row) => keyOf(row, inA)), b.rows.map((row) => keyOf(row, inB))];
  const pairs = align(old, now);
  const moves = steady
    ? movedRows(
        leftOver(a.rows, old, new Set(pairs.map(([i]) => i))),
        leftOver(b.rows, now, new Set(pairs.map(([, j]) => j))),
      )
    : new Map<number, number>();
  const away = new Set(moves.values());
  const alike = likenessOf();
  const out: RichNode[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.rows.length, b.rows.length] as Pair]) {
    const gone = range(i, x).filter((at) => !away.has(at));
    const fresh = range(j, y).filter((at) => !moves.has(at));
    const rowAlike = (p: number, q: number): number => alike(a.rows[p] as Row, b.rows[q] as Row);
    const matches = new Map(
      pairSimilar(gone, fresh, rowAlike, () => '', false).map(([p, q]) => [fresh[q], p]),
    );
    let done = 0;
    const remove = (until: number): void => {
      for (; done < until; done += 1) out.push(wholeRow(a.rows[gone[done] ?? 0] as Row, 'remove', plan));
    };
    const arriving = range(j, y);
    const before = removedBefore(arriving, (at) => matches.get(at), gone.length);
    for (const [nth, at] of arriving.entries()) {
      const [row, from] = [b.rows[at] as Row, matches.get(at)];
      remove(before[nth] ?? 0);
      if (from === undefined) out.push(wholeRow(row, moves.has(at) ? 'move' : 'add', plan));
      else {
        out.push(rowDiff(a.rows[gone[from] ?? 0] as Row, row, plan));
        done = from + 1;
      }
    }
    remove(gone.length);
    const [was, is] = [a.rows[x], b.rows[y]];
    if (was && is) out.push(steady ? is.node : rowDiff(was, is, plan));
    [i, j] = [x + 1, y + 1];
  }
  return { notes: columnNotes(columns, a.rows, b.rows), table: { ...after, kids: out } };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
