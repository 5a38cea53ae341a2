import { expect, test } from 'vitest';
import type { RichNode } from '#lib/wire';
import { diffStorage } from './body-diff.ts';
import { diffText } from './diff-text.ts';

const table = (rows: string[][]): string =>
  `<table><tbody>${rows
    .map(
      (row, y) =>
        `<tr>${row.map((text) => (y === 0 ? `<th>${text}</th>` : `<td>${text}</td>`)).join('')}</tr>`,
    )
    .join('')}</tbody></table>`;

const head = ['Name', 'Owner', 'Meaning'];
const rows = [head, ...Array.from({ length: 20 }, (_, i) => [`H-${i}`, `Ana ${i}`, `means ${i}`])];
const replaced = (y: number, row: string[]): string[][] => rows.map((one, at) => (at === y ? row : one));

/** Only what follows the head of the table's entry. */
const said = (before: string, after: string): string[] => {
  const lines = diffText(diffStorage(before, after)).split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('@@')) + 1);
};

type Branch = Exclude<RichNode, string>;
const drawn = (before: string, after: string): Branch[] => {
  const [entry] = diffStorage(before, after).entries;
  const found =
    entry?.op === 'change'
      ? entry.rendered.find((node) => typeof node === 'object' && node.tag === 'table')
      : undefined;
  return typeof found === 'object'
    ? (found.kids ?? []).filter((row): row is Branch => typeof row === 'object')
    : [];
};

test('only changed rows are shown, under the head', () => {
  const after = table(replaced(9, ['H-8', 'Ben', 'means 8']));
  expect(drawn(table(rows), after).map(({ tag, at }) => [tag, at?.count])).toEqual([
    ['tr', undefined],
    ['fold', 8],
    ['tr', undefined],
    ['fold', 11],
  ]);
  expect(said(table(rows), after)).toEqual([
    '  … 8 unchanged rows …',
    '~ row "H-8", column "Owner": "Ana 8" -> "Ben"',
    '  … 11 unchanged rows …',
  ]);
});

test('a column that comes or goes does not make every row a change', () => {
  const few = rows.slice(0, 4);
  const more = few.map((row, y) => [...row, y === 0 ? 'Since' : `v${y}`]);
  expect(said(table(few), table(more))).toEqual([
    '~ (column "Since" added)',
    '+ column "Since", by row: H-0: v1; H-1: v2; H-2: v3',
  ]);
  expect(said(table(more), table(few))).toEqual([
    '~ (column "Since" removed)',
    '- column "Since", by row: H-0: v1; H-1: v2; H-2: v3',
  ]);
  const blank = few.map((row, y) => [row[0] ?? '', y === 0 ? 'Link' : '', ...row.slice(1)]);
  expect(said(table(few), table(blank))).toEqual(['~ (column "Link" added)']);
});

test('a column that goes and a row that comes in one edit are told apart', () => {
  const after = [...rows.slice(0, 3), ['H-new', 'Zoe', 'brand new'], ...rows.slice(3, 5)].map((row) => [
    row[0] ?? '',
    row[2] ?? '',
  ]);
  expect(said(table(rows.slice(0, 5)), table(after))).toEqual([
    '~ (column "Owner" removed)',
    '+ row: H-new | | brand new',
    '- column "Owner", by row: H-0: Ana 0; H-1: Ana 1; H-2: Ana 2; H-3: Ana 3',
  ]);
});

test('rows that come, go and move', () => {
  const few = rows.slice(0, 5);
  const [first, a, b, c, d] = few as [string[], string[], string[], string[], string[]];
  expect(said(table(few), table([first, a, c, d]))).toEqual(
    ['- row: H-1 | Ana 1 | means 1', '  … 2 unchanged rows …'].slice(0, 1),
  );
  expect(said(table(few), table([first, d, a, b, c]))).toEqual([
    '~ row "H-3" moved',
    '  … 3 unchanged rows …',
  ]);
  expect(said(table([first, a, b]), table([first, a, ['H-9', 'Cy', 'other'], b]))).toEqual([
    '+ row: H-9 | Cy | other',
  ]);
});

test('columns in another order have moved', () => {
  const few = rows.slice(0, 3);
  const lines = said(table(few), table(few.map(([x, y, z]) => [y ?? '', z ?? '', x ?? ''])));
  expect(lines[0]).toContain('column “Name”: place 1 -> place 3');
  expect(lines.some((line) => line.startsWith('+') || line.startsWith('-'))).toBe(false);
});

test('a head renamed, a cell coloured, a cell made a header', () => {
  const few = rows.slice(0, 3);
  expect(said(table(few), table(few).replace('>Owner<', '>Team<'))[0]).toBe(
    '~ head row, column "Team": "Owner" -> "Team"',
  );
  expect(
    said(table(few), table(few).replace('<td>Ana 0', '<td data-highlight-colour="#fff0b3">Ana 0'))[0],
  ).toBe('~ row "H-0", column "Owner": Ana 0 (background: none -> #fff0b3)');
  expect(said(table(few), table(few).replace('<td>H-0</td>', '<th>H-0</th>'))[0]).toBe(
    '~ row "H-0", column "Name": H-0 (cell: plain -> header)',
  );
});

test('merged cells: columns are counted, tied rows stay together, a merge is named', () => {
  const merged = (text: string): string =>
    `<table><tbody><tr><th>A</th><th>B</th><th>C</th></tr><tr><td rowspan="2">r</td><td colspan="2">wide</td></tr><tr><td>b</td><td>${text}</td></tr></tbody></table>`;
  expect(said(merged('c'), merged('d'))).toEqual(['~ row "b", column "C": "c" -> "d"']);
  expect(drawn(merged('c'), merged('d')).map(({ tag }) => tag)).toEqual(['tr', 'tr', 'tr']);
  const wider = said(merged('c'), merged('c').replace('colspan="2"', 'colspan="3"'));
  expect(wider).toContain('~ row "r", column "B": wide (columns spanned: 2 -> 3)');
});
