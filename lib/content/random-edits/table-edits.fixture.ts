import type { Edit } from '../edit/edit-fields.ts';
import type { Random } from '../testing/random.ts';
import { type Body, kidsOf } from './body.fixture.ts';
import { type Maker, pick, type Try } from './run.fixture.ts';
import { attribute, type ScannedTable, type Span, type Tag } from './scan.fixture.ts';

const TEXTS = ['new', '**bold** & <x>', '', '- a\n- b', '{status:Done|green}', '-', '1. one'];

const headRows = ({ rows, tag }: ScannedTable): number => {
  const isHead = ({ tag: row, cells }: ScannedTable['rows'][number]): boolean =>
    row.parent?.name === 'thead' || (cells.length > 0 && cells.every(({ name }) => name === 'th'));
  const first = rows.findIndex((row) => !isHead(row));
  if (first !== -1) return first;
  return rows.length > 0 && rows.every(({ tag: row }) => row.parent === tag || row.parent?.name !== 'thead')
    ? 1
    : rows.length;
};

const inside = (cell: Tag): Span => (cell.selfClosing ? cell : { start: cell.openEnd, end: cell.closeStart });

/** All of a table but what is in these cells; numbers of numbered columns belong to the table. */
function besides(table: ScannedTable, kept: readonly Tag[]): Span[] {
  const spans: Span[] = [];
  let at = table.tag.openEnd;
  for (const cell of kept) {
    if (cell.selfClosing || attribute(cell, 'class')?.includes('numberingColumn')) continue;
    spans.push({ start: at, end: cell.openEnd });
    at = cell.closeStart;
  }
  return [...spans, { start: at, end: table.tag.closeStart }];
}

const cellsOf = (table: ScannedTable): Tag[] => table.rows.flatMap(({ cells }) => cells);

function chosen(body: Body, random: Random): { table: ScannedTable; target: Edit['target'] } | null {
  const found = pick(body.tables, random);
  if (!found || found.table.rows.length === 0) return null;
  const { table, block } = found;
  const within = (one: Span, other: Span): boolean => one.start >= other.start && one.end <= other.end;
  const inner = body.tags.filter(
    (tag) => tag.name === 'table' && tag !== table.tag && within(tag, table.tag),
  );
  // Words in a table in a cell name that table.
  const words = body.words.filter(
    (word) => within(word, table.tag) && !inner.some((tag) => within(word, tag)),
  );
  const only = body.tables.length === 1 && body.tags.filter(({ name }) => name === 'table').length === 1;
  const holder = body.blocks.findLast(
    (one) => one.kind === 'heading' && one.end <= block.start && one.depth === block.depth,
  );
  const ways: Edit['target'][] = [{ block: block.id }, { block: block.id }];
  const quoted = pick(words, random);
  if (quoted && kidsOf(body, block).length === 0) ways.push({ block: block.id, text: quoted.text });
  if (only && holder && block.headingPath.length > 0) ways.push({ heading: holder.id });
  return { table, target: pick(ways, random) };
}

const withTarget = (edit: Edit, target: Edit['target']): Edit => (target ? { ...edit, target } : edit);

const addRow: Maker = (body, random) => {
  const found = chosen(body, random);
  if (!found) return null;
  const { table, target } = found;
  const place = random(3);
  const row = 1 + random(Math.max(table.rows.length - headRows(table), 1));
  const edit: Edit = {
    op: 'add_row',
    cells: Array.from({ length: table.width }, () => (random(3) === 0 ? '' : (pick(TEXTS, random) ?? ''))),
    ...(place === 1 ? { before: row } : place === 2 ? { after: row } : {}),
  };
  return { edit: withTarget(edit, target), allowed: besides(table, cellsOf(table)) };
};

const setCell: Maker = (body, random) => {
  const found = chosen(body, random);
  if (!found) return null;
  const { table, target } = found;
  const head = headRows(table);
  const [y, x] = [random(table.rows.length), random(Math.max(table.width, 1))];
  const cell = table.places.get(`${y}:${x}`);
  if (!cell || y < head - 1) return null;
  const edit: Edit = {
    op: 'set_cell',
    row: y - head + 1,
    column: x + 1,
    markdown: pick(TEXTS, random) ?? '',
  };
  return { edit: withTarget(edit, target), allowed: [inside(cell)] };
};

const deleteRow: Maker = (body, random) => {
  const found = chosen(body, random);
  if (!found) return null;
  const { table, target } = found;
  const head = headRows(table);
  const y = head + random(Math.max(table.rows.length - head, 1));
  const row = table.rows[y];
  if (!row) return null;
  const allowed =
    table.merged || cellsOf(table).some((cell) => attribute(cell, 'class')?.includes('numbering'))
      ? besides(
          table,
          cellsOf(table).filter((cell) => !row.cells.includes(cell)),
        )
      : [row.tag];
  return { edit: withTarget({ op: 'delete_row', row: y - head + 1 }, target), allowed };
};

const addColumn: Maker = (body, random) => {
  const found = chosen(body, random);
  if (!found) return null;
  const { table, target } = found;
  const head = headRows(table);
  const edit: Edit = {
    op: 'add_column',
    ...(head > 0 ? { column: 'New' } : {}),
    cells: Array.from({ length: table.rows.length - head }, () => (random(2) === 0 ? '' : 'x')),
    ...(random(2) === 0 ? { after: 1 + random(Math.max(table.width, 1)) } : {}),
  };
  return { edit: withTarget(edit, target), allowed: besides(table, cellsOf(table)) };
};

const deleteColumn: Maker = (body, random) => {
  const found = chosen(body, random);
  if (!found) return null;
  const { table, target } = found;
  const x = random(Math.max(table.width, 1));
  const gone = new Set(table.rows.map((_, y) => table.places.get(`${y}:${x}`)));
  const own = [...gone].filter((cell) => cell !== undefined);
  const cols = table.tag.kids.filter(({ name }) => name === 'colgroup').flatMap(({ kids }) => kids);
  const narrowed = own.filter((cell) => Number(attribute(cell, 'colspan') ?? '1') > 1);
  const allowed: Span[] = [
    ...cols,
    ...own.map((cell) => (narrowed.includes(cell) ? { start: cell.start, end: cell.openEnd } : cell)),
  ];
  return { edit: withTarget({ op: 'delete_column', column: x + 1 }, target), allowed };
};

export const tableEdits: Maker[] = [addRow, setCell, deleteRow, addColumn, deleteColumn];
export type { Try };
