import { align } from '../align.ts';
import { previewOf } from '../blocks/block-identity.ts';
import { childElements, collapse } from '../parse/elements.ts';
import { type ElementNode, parseStorage, type StorageDoc, spacedText } from '../parse/parse.ts';
import {
  type ColumnMap,
  columnsOf,
  idsOf,
  isRectangular,
  plainWidth,
  type RowKeys,
  rowsOf,
} from './columns.ts';
import { mergeItems } from './items.ts';
import {
  all3,
  choose,
  dispute,
  type Ledger,
  map3,
  quoted,
  type SideName,
  type Spot,
  sourceOf,
  type Three,
} from './ledger.ts';
import { elementsIn, fieldName, fieldsIn, formOf } from './parts.ts';
import { areNamed, mergeRecord } from './record.ts';
import type { Item } from './sides.ts';
import { mergeShell, shellOf, wrap } from './tags.ts';

type Holder = { doc: StorageDoc; element: ElementNode };
/** What holds for a whole table: how its columns went on each side, and what they are called. */
type Grid = { columns: Record<SideName, ColumnMap | null>; names: string[] };

const spot = ({ doc, element }: Holder): Spot => ({ doc, nodes: [element] });

/** Rows of two versions that are the same or have the same text, for a look at the columns. */
function alikeRows(base: Holder, side: Holder): [RowKeys, RowKeys][] {
  const rows = (one: Holder): ElementNode[] => rowsOf(one.element);
  const [a, b] = [rows(base), rows(side)];
  const [x, y] = [a, b].map((list, at) => list.map((row) => formOf((at === 0 ? base : side).doc, [row]))) as [
    string[],
    string[],
  ];
  const keys = (one: Holder, row: ElementNode): RowKeys => ({
    keys: childElements(row).map((cell) => formOf(one.doc, [cell])),
    ids: idsOf(row),
  });
  const pairs: [RowKeys, RowKeys][] = [];
  const pair = (i: number, j: number): void => {
    const [old, now] = [a[i], b[j]];
    if (old && now && pairs.length < 40) pairs.push([keys(base, old), keys(side, now)]);
  };
  // Rows that stand alike tell nothing where a column came; those between them do, the first ones above all.
  let [i, j] = [0, 0];
  for (const [p, q] of [...align(x, y), [a.length, b.length] as const]) {
    for (let k = 0; i + k < p && j + k < q; k += 1) pair(i + k, j + k);
    pair(p, q);
    [i, j] = [p + 1, q + 1];
  }
  return pairs;
}

function gridOf(three: Three<Holder>): Grid {
  const widths = map3(three, ({ element }) => plainWidth(rowsOf(element)));
  const side = (name: SideName): ColumnMap | null =>
    widths.base === null || widths[name] === null
      ? null
      : columnsOf(alikeRows(three.base, three[name]), widths.base, widths[name]);
  const head = rowsOf(three.base.element)[0];
  const names = head ? childElements(head).map((cell) => collapse(spacedText(three.base.doc, cell, 60))) : [];
  return { columns: { ours: side('ours'), theirs: side('theirs') }, names };
}

type Cells = Item<Spot>[];

/** The columns of one side in terms of the base: what each base column became, and what came before it. */
function laid(cells: Cells, { to }: ColumnMap): { at: (Item<Spot> | null)[]; before: Cells[] } {
  const from = new Map(to.flatMap((d, c) => (d < 0 ? [] : [[d, c] as const])));
  const at: (Item<Spot> | null)[] = to.map(() => null);
  const before: Cells[] = Array.from({ length: to.length + 1 }, () => []);
  let next = 0;
  for (const [d, cell] of cells.entries()) {
    const c = from.get(d);
    if (c === undefined) before[next]?.push(cell);
    else {
      at[c] = cell;
      next = c + 1;
    }
  }
  return { at, before };
}

const bytesOf = (cell: Item<Spot> | null | undefined): string => cell?.bytes ?? '';
const put = (cells: Cells): string => cells.map(({ gap, bytes }) => gap + bytes).join('');

function mergeCells(
  ledger: Ledger,
  three: Three<Cells>,
  maps: Record<SideName, ColumnMap>,
  grid: Grid,
  path: string[],
): string | null {
  const [ours, theirs] = [laid(three.ours, maps.ours), laid(three.theirs, maps.theirs)];
  const parts: string[] = [];
  let fine = true;
  for (let c = 0; c <= three.base.length; c += 1) {
    const [mine, yours] = [ours.before[c] ?? [], theirs.before[c] ?? []];
    const both = mine.length > 0 && yours.length > 0;
    if (both && mine.map(({ key }) => key).join() !== yours.map(({ key }) => key).join()) {
      dispute(ledger, { base: '', ours: put(mine), theirs: put(yours) }, [...path, 'new column']);
      fine = false;
    }
    parts.push(put(yours.length > 0 ? yours : mine));
    const base = three.base[c];
    if (!base) continue;
    const [a, b] = [ours.at[c] ?? null, theirs.at[c] ?? null];
    const name = grid.names[c] ? `column ${quoted(grid.names[c] ?? '')}` : `column ${c + 1}`;
    if (!a || !b) {
      const rest = a ?? b;
      if (!rest || rest.key === base.key) continue;
      dispute(ledger, { base: base.bytes, ours: bytesOf(a), theirs: bytesOf(b) }, [...path, name]);
      fine = false;
      continue;
    }
    parts.push(choose({ base: base.gap, ours: a.gap, theirs: b.gap }));
    if (a.key === base.key && b.key === base.key)
      parts.push(choose({ base: base.bytes, ours: a.bytes, theirs: b.bytes }));
    else if (a.key === base.key || a.key === b.key) parts.push(b.bytes);
    else if (b.key === base.key) parts.push(a.bytes);
    else {
      const spots = { base: base.node, ours: a.node, theirs: b.node };
      const merged = ledger.enter(ledger, spots, [...path, name]);
      if (merged === null) fine = false;
      else parts.push(merged);
    }
  }
  return fine ? parts.join('') : null;
}

const same = (width: number): ColumnMap => ({ to: Array.from({ length: width }, (_, c) => c), width });

/** Merges one row, or the widths of the columns, cell by cell. */
function mergeRow(ledger: Ledger, three: Three<Holder>, grid: Grid, path: string[]): string | null {
  const shell = mergeShell(
    ledger,
    map3(three, ({ doc, element }) => shellOf(doc, element)),
    path,
  );
  const { base, ours, theirs } = map3(three, ({ doc, element }) => elementsIn(doc, element, /^(td|th|col)$/));
  const whole = (): null =>
    dispute(
      ledger,
      map3(three, (one) => sourceOf(spot(one))),
      path,
    );
  if (!base || !ours || !theirs) return whole();
  const width = base.items.length;
  const mapFor = (name: SideName, cells: Cells): ColumnMap | null => {
    const map = grid.columns[name];
    if (map) return map.to.length === width && map.width === cells.length ? map : null;
    return cells.length === width && three[name].element.name === 'tr' ? same(width) : null;
  };
  const [mine, yours] = [mapFor('ours', ours.items), mapFor('theirs', theirs.items)];
  if (!mine || !yours) return whole();
  const cells = { base: base.items, ours: ours.items, theirs: theirs.items };
  const inner = mergeCells(ledger, cells, { ours: mine, theirs: yours }, grid, path);
  const tail = choose({ base: base.tail, ours: ours.tail, theirs: theirs.tail });
  return shell === null || inner === null ? null : wrap(shell, inner + tail, false);
}

const only = ({ doc, nodes }: Spot): Holder => ({ doc, element: nodes[0] as ElementNode });

function mergeSection(ledger: Ledger, three: Three<Holder>, grid: Grid, path: string[]): string | null {
  const shell = mergeShell(
    ledger,
    map3(three, ({ doc, element }) => shellOf(doc, element)),
    path,
  );
  const { base, ours, theirs } = map3(three, ({ doc, element }) => elementsIn(doc, element, /^tr$/));
  if (!base || !ours || !theirs)
    return dispute(
      ledger,
      map3(three, (one) => sourceOf(spot(one))),
      path,
    );
  const items = { base: named(base.items), ours: named(ours.items), theirs: named(theirs.items) };
  const inner = mergeItems(ledger, items, path, (rows, at) =>
    mergeRow(
      ledger,
      map3(rows, ({ node }) => only(node)),
      grid,
      [...at, rows.base.name()],
    ),
  );
  const tail = choose({ base: base.tail, ours: ours.tail, theirs: theirs.tail });
  return shell === null || inner === null ? null : wrap(shell, inner + tail, false);
}

/** Rows by what stands in their first cell that says something. */
function named(rows: Cells): Cells {
  return rows.map((row, at) => ({ ...row, name: () => rowName(row, at) }));
}

function rowName(row: Item<Spot>, at: number): string {
  const { doc, element } = only(row.node);
  for (const cell of childElements(element).slice(0, 8)) {
    const text = previewOf(doc, { nodes: [cell], start: cell.start, end: cell.end });
    if (text !== '') return `row ${quoted(text)}`;
  }
  return `row ${at + 1}`;
}

/** Merges two versions of a table by rows and cells. Null with the conflicts on record. */
export function mergeTable(ledger: Ledger, three: Three<Holder>, path: string[]): string | null {
  const whole = (at: string): null =>
    dispute(
      ledger,
      map3(three, (one) => sourceOf(spot(one))),
      at === '' ? path : [...path, at],
    );
  const grid = gridOf(three);
  const shell = mergeShell(
    ledger,
    map3(three, ({ doc, element }) => shellOf(doc, element)),
    path,
  );
  const rowsOnly = map3(three, ({ doc, element }) => elementsIn(doc, element, /^tr$/));
  let merged: string | null;
  if (all3(rowsOnly, (one) => one !== null)) merged = mergeSection(ledger, three, grid, path);
  else {
    const { base, ours, theirs } = map3(three, ({ doc, element }) => fieldsIn(doc, element));
    if (!base || !ours || !theirs) return whole('');
    const fields = { base: base.fields, ours: ours.fields, theirs: theirs.fields };
    if (!all3(fields, areNamed)) return whole('');
    const inner = mergeRecord(ledger, fields, (field) => {
      const at = [...path, fieldName((field.base ?? field.ours ?? field.theirs)?.id ?? '')];
      if (!field.base || !field.ours || !field.theirs)
        return dispute(
          ledger,
          map3(field, (one) => one?.bytes ?? ''),
          at,
        );
      const parts = {
        base: only(field.base.node),
        ours: only(field.ours.node),
        theirs: only(field.theirs.node),
      };
      const name = parts.base.element.name;
      if (name === 'colgroup') return mergeRow(ledger, parts, grid, at);
      if (/^t(head|body|foot)$/.test(name)) return mergeSection(ledger, parts, grid, at);
      return dispute(
        ledger,
        map3(field, (one) => one?.bytes ?? ''),
        at,
      );
    });
    const tail = choose({ base: base.tail, ours: ours.tail, theirs: theirs.tail });
    merged = shell === null || inner === null ? null : wrap(shell, inner + tail, false);
  }
  if (merged === null) return null;
  const rows = parseStorage(merged).children.flatMap((node) => (node.type === 'element' ? rowsOf(node) : []));
  const sound = all3(three, ({ element }) => isRectangular(rowsOf(element)));
  return sound && !isRectangular(rows) ? whole('rows and columns') : merged;
}
