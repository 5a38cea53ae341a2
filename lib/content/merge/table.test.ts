import { expect, test } from 'vitest';
import { mergeBothWays as merge, placesOf as where } from '../testing/merge-both-ways.ts';

type Rows = string[][];
const table = (rows: Rows): string =>
  `<h2>Rate limits</h2><table><tbody>${rows
    .map((row, y) => {
      const tag = y === 0 ? 'th' : 'td';
      return `<tr>${row.map((cell) => `<${tag}><p>${cell}</p></${tag}>`).join('')}</tr>`;
    })
    .join('')}</tbody></table>`;
const ROWS: Rows = [
  ['Name', 'Meaning', 'Type'],
  ['Retry-After', 'seconds', 'int'],
  ['X-Limit', 'count', ''],
  ['X-Left', 'remaining', 'int'],
];
const rows = (change: (copy: Rows) => void): string => {
  const copy = ROWS.map((row) => [...row]);
  change(copy);
  return table(copy);
};
const set =
  (y: number, x: number, text: string) =>
  (copy: Rows): void => {
    (copy[y] as string[])[x] = text;
  };
const both =
  (...changes: ((copy: Rows) => void)[]) =>
  (copy: Rows): void => {
    for (const change of changes) change(copy);
  };
const column =
  (at: number, head: string, remove = 0) =>
  (copy: Rows): void => {
    for (const [y, row] of copy.entries())
      row.splice(at, remove, ...(remove > 0 ? [] : [y === 0 ? head : '']));
  };
const addRow =
  (at: number, ...cells: string[]) =>
  (copy: Rows): void => {
    copy.splice(at, 0, cells);
  };
const dropRow =
  (at: number) =>
  (copy: Rows): void => {
    copy.splice(at, 1);
  };

const disjoint: [string, (copy: Rows) => void, (copy: Rows) => void, (copy: Rows) => void][] = [
  ['two rows', set(1, 1, 'secs'), set(2, 1, 'number'), both(set(1, 1, 'secs'), set(2, 1, 'number'))],
  ['two cells of a row', set(1, 1, 'secs'), set(1, 2, 'float'), both(set(1, 1, 'secs'), set(1, 2, 'float'))],
  [
    'a new row and a cell',
    addRow(2, 'New', 'n', 'x'),
    set(2, 2, 'int'),
    both(set(2, 2, 'int'), addRow(2, 'New', 'n', 'x')),
  ],
  ['a row gone and a cell', dropRow(1), set(2, 2, 'int'), both(set(2, 2, 'int'), dropRow(1))],
  [
    'a new column and a cell',
    column(1, 'Unit'),
    set(1, 1, 'secs'),
    both(set(1, 1, 'secs'), column(1, 'Unit')),
  ],
  [
    'a last column and a cell',
    column(3, 'Unit'),
    set(2, 2, 'int'),
    both(set(2, 2, 'int'), column(3, 'Unit')),
  ],
  ['a column gone and a cell', column(1, '', 1), set(2, 2, 'int'), both(set(2, 2, 'int'), column(1, '', 1))],
  [
    'new columns at two places',
    column(1, 'Unit'),
    column(3, 'Note'),
    both(column(3, 'Note'), column(1, 'Unit')),
  ],
];

test.each(disjoint)('tables: %s', (_name, ours, theirs, merged) => {
  expect(merge(table(ROWS), rows(ours), rows(theirs))).toEqual({ ok: true, storage: rows(merged) });
});

const clashes: [string, (copy: Rows) => void, (copy: Rows) => void, string][] = [
  [
    'one cell',
    set(1, 1, 'secs'),
    set(1, 1, 'minutes'),
    'Rate limits > table > row "Retry-After" > column "Meaning"',
  ],
  ['a row gone that was edited', dropRow(1), set(1, 2, 'float'), 'Rate limits > table > row "Retry-After"'],
  [
    'a column gone that was edited',
    column(1, '', 1),
    set(2, 1, 'no'),
    'Rate limits > table > row "X-Limit" > column "Meaning"',
  ],
  [
    'two rows at one place',
    addRow(4, 'Y', 'y', 'yy'),
    addRow(4, 'Z', 'z', 'zz'),
    'Rate limits > table > after row "X-Left"',
  ],
  [
    'a new row and a new column',
    column(1, 'Unit'),
    addRow(4, 'Z', 'z', 'zz'),
    'Rate limits > table > rows and columns',
  ],
];

test.each(clashes)('tables, conflict: %s', (_name, ours, theirs, place) => {
  expect(where(merge(table(ROWS), rows(ours), rows(theirs)))).toEqual([place]);
});

test('tables: a column beside one that looks the same is not guessed', () => {
  const empty = (width: number, text = ''): string =>
    `<table><tbody>${[0, 1, 2]
      .map(
        (y) =>
          `<tr>${Array.from({ length: width }, (_, x) => `<td><p>${y === 1 && x === 1 ? text : ''}</p></td>`).join('')}</tr>`,
      )
      .join('')}</tbody></table>`;
  expect(merge(empty(2), empty(3), empty(2, 'typed')).ok).toBe(false);
});

test('tables with merged cells: cells are merged where the shape stayed, and the shape is kept sound', () => {
  const merged = (a: string, b: string, c: string): string =>
    `<table><tbody><tr><td rowspan="2">${a}</td><td>${b}</td></tr><tr><td>${c}</td></tr></tbody></table>`;
  expect(merge(merged('a', 'b', 'c'), merged('A1', 'b', 'c'), merged('a', 'b', 'C1'))).toEqual({
    ok: true,
    storage: merged('A1', 'b', 'C1'),
  });
  const gone = '<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>';
  const longer = merged('a', 'b', 'c')
    .replace('"2"', '"3"')
    .replace('</tbody>', '<tr><td>d</td></tr></tbody>');
  expect(merge(merged('a', 'b', 'c'), gone, longer).ok).toBe(false);
  const wider = merged('a', 'b', 'c').replaceAll('</tr>', '<td>new</td></tr>');
  const row = merged('a', 'b', 'c').replace('</tbody>', '<tr><td>d</td><td>e</td></tr></tbody>');
  expect(where(merge(merged('a', 'b', 'c'), wider, row))).toEqual(['table > rows and columns']);
});
