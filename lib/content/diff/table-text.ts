import type { RichNode } from '#lib/wire';
import { type Branch, hasMark, plainText } from './nodes.ts';
import { foldWords, inlineText, type TextLine } from './rich-text.ts';
import { gridOf, type Row } from './table-grid.ts';

const branches = (node: Branch): Branch[] =>
  (node.kids ?? []).filter((kid): kid is Branch => typeof kid === 'object');

/** A cell as it is now; of one that went, as it was. */
function settled(cell: Branch): string {
  const text = (gone: boolean): string => {
    const keep = (node: RichNode): string => {
      if (typeof node === 'string') return node;
      if (node.tag === 'attr' || (node.tag === 'del' && !gone)) return '';
      return (node.kids ?? []).map(keep).join('');
    };
    return keep(cell).replace(/\s+/g, ' ').trim();
  };
  return text(false) || text(true);
}

/** Names of the columns from the first row, where it is a head. */
function headOf(rows: readonly Branch[]): string[] {
  const [first] = rows;
  if (!first || !branches(first).some(({ tag }) => tag === 'th')) return [];
  const names: string[] = [];
  for (const cell of branches(first))
    for (let k = 0; k < Math.min(cell.at?.colspan ?? 1, 100); k += 1) names.push(settled(cell));
  return names;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text);

/** `"seconds" -> "milliseconds"` where all of a cell was replaced, else its text with marks. */
function cellChange(cell: Branch): string {
  const text = inlineText(cell.kids ?? [], false).replaceAll(' / (', ' (');
  const parts = text.split(/\[-|-\]\[\+|\+\]/);
  const whole = /^\[-[^[\]]*-\]\[\+[^[\]]*\+\]/.test(text) && parts.length === 4;
  return whole ? `"${parts[1]}" -> "${parts[2]}"${parts[3]}` : text;
}

const wholeText = (row: Branch): string =>
  branches(row)
    .map((cell) => inlineText(cell.kids ?? [], true))
    .join(' | ');

type Told = { head: readonly string[]; byColumn: (column: string, value: string) => void };

function rowLines({ node: row, cells }: Row, isHead: boolean, { head, byColumn }: Told): TextLine[] {
  const mark = row.at?.mark;
  if (mark === 'add') return [{ sign: '+', text: `row: ${wholeText(row)}` }];
  if (mark === 'remove') return [{ sign: '-', text: `row: ${wholeText(row)}` }];
  const name = short(cells.map(({ node }) => settled(node)).find((text) => text !== '') ?? '');
  if (mark === 'move') return [{ sign: '~', text: `row "${name}" moved` }];
  const label = isHead ? 'head row' : `row "${name}"`;
  const lines: TextLine[] = [];
  for (const { node: cell, column } of cells) {
    const where = head[column] ? `column "${short(head[column] ?? '')}"` : `column ${column + 1}`;
    const own = cell.at?.mark;
    if (!hasMark(cell) || (own !== undefined && plainText([cell]).trim() === '')) continue;
    if (own === undefined) lines.push({ sign: '~', text: `${label}, ${where}: ${cellChange(cell)}` });
    else if (!isHead)
      byColumn(`${own === 'add' ? '+' : '-'}${where}`, `${name}: ${inlineText(cell.kids ?? [], true)}`);
  }
  return lines;
}

/** A table, where it changed cell by cell: `row "Retry-After", column "Meaning": "seconds" -> "milliseconds"`. */
export function tableLines(table: Branch, bare: boolean): TextLine[] {
  const rows = branches(table);
  const fold = (row: Branch): TextLine => ({
    sign: ' ',
    text: `… ${foldWords(row.at?.kind ?? 'rows', row.at?.count ?? 0)} …`,
  });
  // Where nothing is marked, or all of it came or went, the table itself is what there is to show.
  const isWhole =
    bare ||
    !hasMark(table) ||
    rows.every(({ at }) => at?.mark === 'add') ||
    rows.every(({ at }) => at?.mark === 'remove');
  const head = isWhole ? [] : headOf(rows);
  const columns = new Map<string, string[]>();
  const byColumn = (column: string, value: string): void => {
    const values = columns.get(column);
    if (values) values.push(value);
    else columns.set(column, [value]);
  };
  const told: Told = { head, byColumn };
  const lines = gridOf(table).rows.flatMap((row, at): TextLine[] => {
    if (row.node.tag === 'fold') return [fold(row.node)];
    if (isWhole) return [{ sign: ' ', text: wholeText(row.node) }];
    return rowLines(row, at === 0 && head.length > 0, told);
  });
  for (const [column, values] of columns)
    lines.push({
      sign: column.startsWith('+') ? '+' : '-',
      text: `${column.slice(1)}, by row: ${values.join('; ')}`,
    });
  return lines;
}
