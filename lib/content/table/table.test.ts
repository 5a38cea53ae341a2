import { expect, test } from 'vitest';
import { outline } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { applyEdits } from '../edit/edit.ts';
import type { Edit } from '../edit/edit-fields.ts';

const run = (storage: string, ...edits: Edit[]): string => applyEdits(storage, edits).storage;
const refused = (storage: string, edit: Edit): ContentError => {
  try {
    applyEdits(storage, [edit]);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('accepted');
};

const rows = [
  '<tr><th><p>Service</p></th><th><p>Owner</p></th><th><p>State</p></th></tr>',
  '<tr ac:local-id="r1"><td ac:local-id="c1" data-highlight-colour="#fff0b3"><p local-id="p1">Billing</p></td><td><p style="text-align: center;">Ann</p></td><td><p>ok</p></td></tr>',
  '<tr><td class="wide highlight-red" style="width: 80px; color: red"><p>Search</p></td><td><p style="text-align: center;">Ben &amp; co</p></td><td><p><strong>down</strong></p></td></tr>',
];
const plain = `<h2>Services</h2><table data-layout="default"><colgroup><col style="width: 100px;" /><col style="width: 50px;" /><col style="width: 70px;" /></colgroup><tbody>${rows.join('\n')}</tbody></table><p>after</p>`;

test('a row at the end takes kind and shape from the row above, not its colours or ids', () => {
  expect(run(plain, { op: 'add_row', cells: ['Mail', '**Cy**', ''] })).toBe(
    plain.replace(
      '</tbody>',
      '<tr><td class="wide" style="width: 80px;"><p>Mail</p></td><td><p style="text-align: center;"><strong>Cy</strong></p></td><td><p /></td></tr></tbody>',
    ),
  );
});

test('a row before or after a named one, with cells by header', () => {
  const after = run(plain, {
    op: 'add_row',
    target: { heading: 'Services' },
    after: 'Billing',
    cells: { State: 'new', service: 'Mail' },
  });
  expect(after).toContain(
    `${rows[1]}<tr><td><p>Mail</p></td><td><p style="text-align: center;" /></td><td><p>new</p></td></tr>\n`.replace(
      '<p style="text-align: center;" />',
      '<p />',
    ),
  );
  expect(run(plain, { op: 'add_row', before: 1, cells: ['a', 'b', 'c'] })).toContain(`${rows[0]}<tr><td`);
  expect(run(plain, { op: 'add_row', after: 0, cells: ['a', 'b', 'c'] })).toContain(`${rows[0]}<tr><td`);
  expect(refused(plain, { op: 'add_row', before: 0, cells: ['a', 'b', 'c'] }).message).toMatch(
    /above the header/,
  );
  expect(refused(plain, { op: 'add_row', cells: ['a', 'b'] }).message).toMatch(
    /needs 3 cells, for "Service", "Owner", "State"/,
  );
  const unknown = refused(plain, { op: 'add_row', cells: { Team: 'x' } });
  expect(unknown.code).toBe('not_found');
  expect(unknown.message).toContain('column 2 "Owner"');
});

test('cell text is Markdown; what only looks like a list stays text, several lines are blocks', () => {
  const short =
    '<table><tbody><tr><th><p>a</p></th><th><p>b</p></th></tr><tr><td><p>1</p></td><td><p>1</p></td></tr></tbody></table>';
  const cells = (text: string): string =>
    run(short, { op: 'add_row', cells: [text, '2'] })
      .slice(short.length - '</tbody></table>'.length + '<tr><td>'.length)
      .replace('</td><td><p>2</p></td></tr></tbody></table>', '');
  expect(cells('-')).toBe('<p>-</p>');
  expect(cells('2026.')).toBe('<p>2026.</p>');
  expect(cells('1. first')).toBe('<p>1. first</p>');
  expect(cells('> 5 & < 6')).toBe('<p>&gt; 5 &amp; &lt; 6</p>');
  expect(cells('# 1')).toBe('<p># 1</p>');
  expect(cells('---')).toBe('<p>---</p>');
  expect(cells('*so*')).toBe('<p><em>so</em></p>');
  expect(cells('- a\n- b')).toMatch(/^<ul><li>.*<\/ul>$/);
  expect(cells('{status:Done|green}')).toContain('ac:name="status"');
});

test('a cell is set inside its paragraph; everything else of it stays', () => {
  const set = (edit: Partial<Edit>): string =>
    run(plain, { op: 'set_cell', row: 'Billing', column: 'Owner', markdown: 'x', ...edit });
  expect(set({})).toBe(plain.replace('>Ann<', '>x<'));
  expect(set({ row: 2, column: 3, markdown: 'up & running' })).toBe(
    plain.replace('<strong>down</strong>', 'up &amp; running'),
  );
  expect(set({ row: -1, column: -1, markdown: 'up' })).toBe(plain.replace('<strong>down</strong>', 'up'));
  expect(set({ row: 0, column: 1, markdown: 'Team' })).toBe(plain.replace('<p>Service</p>', '<p>Team</p>'));
  expect(set({ column: 'service', markdown: 'Bills' })).toBe(
    plain.replace('local-id="p1">Billing', 'local-id="p1">Bills'),
  );
  expect(set({ markdown: '- a\n- b' })).toMatch(/<td><ul>.*?<\/ul><\/td><td><p>ok/);
  expect(
    applyEdits(plain, [{ op: 'set_cell', row: 'Search', column: 'Owner', markdown: 'Ben & co' }]),
  ).toMatchObject({
    storage: plain,
    touched: [],
    idle: ['The cell holds that already.'],
  });
  expect(refused(plain, { op: 'set_cell', row: '2', column: 1, markdown: 'x' }).next).toMatch(
    /without quotation marks/,
  );
  expect(refused(plain, { op: 'set_cell', row: 3, column: 1, markdown: 'x' }).message).toMatch(
    /no row 3: it has 2/,
  );
  expect(
    run('<table><tbody><tr><td /><td>b</td></tr></tbody></table>', {
      op: 'set_cell',
      row: 1,
      column: 1,
      markdown: 'x',
    }),
  ).toBe('<table><tbody><tr><td>x</td><td>b</td></tr></tbody></table>');
});

test('a row goes, and the table stays when it is the last', () => {
  expect(run(plain, { op: 'delete_row', row: 'Ann' })).toBe(plain.replace(rows[1] ?? '', ''));
  expect(
    refused('<table><tbody><tr><td>x</td></tr></tbody></table>', { op: 'delete_row', row: 1 }).code,
  ).toBe('not_possible');
});

test('columns come and go with their width', () => {
  const added = run(plain, { op: 'add_column', column: 'Since', cells: { Billing: '2019' }, after: 'Owner' });
  expect(added).toBe(
    plain
      .replace('<col style="width: 50px;" />', '<col style="width: 50px;" /><col style="width: 50px;" />')
      .replace('<th><p>State', '<th><p>Since</p></th><th><p>State')
      .replace('<td><p>ok', '<td><p style="text-align: center;">2019</p></td><td><p>ok')
      .replace('<td><p><strong>', '<td><p /></td><td><p><strong>'),
  );
  expect(run(added, { op: 'delete_column', column: 'Since' })).toBe(plain);
  expect(run(plain, { op: 'add_column', column: 'Last', cells: ['1', '2'] })).toContain(
    '<p>State</p></th><th><p>Last</p></th></tr>',
  );
  expect(run(plain, { op: 'add_column', column: 'First', before: 1 })).toContain(
    '<tr><th><p>First</p></th><th><p>Service',
  );
  expect(
    refused('<table><tbody><tr><td>x</td></tr></tbody></table>', { op: 'add_column', column: 'H' }).message,
  ).toMatch(/no header row/);
  expect(
    refused('<table><tbody><tr><td>x</td></tr></tbody></table>', { op: 'delete_column', column: 1 }).code,
  ).toBe('not_possible');
});

const merged = `<table><tbody><tr><th rowspan="2">Team</th><th colspan="2">Who</th></tr><tr><th>Lead</th><th>Deputy</th></tr><tr><td rowspan="2"><p>Core</p></td><td><p>Ann</p></td><td><p>Ben</p></td></tr><tr><td><p>Cy</p></td><td><p>Di</p></td></tr><tr><td><p>Edge</p></td><td colspan="2"><p>Open</p></td></tr></tbody></table>`;

test('merged cells: a row inside one makes it taller, a row at its end does not', () => {
  expect(run(merged, { op: 'add_row', after: 'Ann', cells: { Lead: 'Flo', Deputy: 'Gus' } })).toBe(
    merged
      .replace('<td rowspan="2">', '<td rowspan="3">')
      .replace('<tr><td><p>Cy', '<tr><td><p>Flo</p></td><td><p>Gus</p></td></tr><tr><td><p>Cy'),
  );
  expect(run(merged, { op: 'add_row', after: 'Cy', cells: ['New', 'Flo', 'Gus'] })).toBe(
    merged.replace(
      '<tr><td><p>Edge',
      '<tr><td><p>New</p></td><td><p>Flo</p></td><td><p>Gus</p></td></tr><tr><td><p>Edge',
    ),
  );
  // The last row's merged cell is not copied: a new row has a cell for every column.
  expect(run(merged, { op: 'add_row', cells: ['Z', 'Flo', 'Gus'] })).toContain(
    '<tr><td><p>Z</p></td><td><p>Flo</p></td><td><p>Gus</p></td></tr></tbody>',
  );
  expect(refused(merged, { op: 'add_row', after: 'Ann', cells: ['Other', 'Flo', 'Gus'] }).message).toMatch(
    /no cell of its own at "Team": the merged or numbered cell "Core"/,
  );
  expect(refused(merged, { op: 'add_row', after: 'Core', cells: ['', '', ''] }).code).toBe('ambiguous');
});

test('merged cells: set where they begin, refused where they go on', () => {
  expect(run(merged, { op: 'set_cell', row: 1, column: 'Team', markdown: 'Kernel' })).toBe(
    merged.replace('Core', 'Kernel'),
  );
  const refusal = refused(merged, { op: 'set_cell', row: 'Cy', column: 'Team', markdown: 'x' });
  expect(refusal.message).toMatch(/merged cell "Core", which covers rows 1 to 2/);
  expect(refused(merged, { op: 'set_cell', row: 'Cy', column: 'Who', markdown: 'x' }).code).toBe('ambiguous');
});

test('merged cells: deleted rows and columns make them smaller, and one that begins there moves on', () => {
  expect(run(merged, { op: 'delete_row', row: 'Cy' })).toBe(
    merged
      .replace('<td rowspan="2"><p>Core', '<td><p>Core')
      .replace('<tr><td><p>Cy</p></td><td><p>Di</p></td></tr>', ''),
  );
  expect(run(merged, { op: 'delete_row', row: 'Ann' })).toBe(
    merged
      .replace('<tr><td rowspan="2"><p>Core</p></td><td><p>Ann</p></td><td><p>Ben</p></td></tr>', '')
      .replace('<tr><td><p>Cy', '<tr><td><p>Core</p></td><td><p>Cy'),
  );
  expect(run(merged, { op: 'delete_column', column: 'Lead' })).toBe(
    merged
      .replace(' colspan="2">Who', '>Who')
      .replace('<th>Lead</th>', '')
      .replace('<td><p>Ann</p></td>', '')
      .replace('<td><p>Cy</p></td>', '')
      .replace(' colspan="2"><p>Open', '><p>Open'),
  );
  expect(run(merged, { op: 'add_column', after: 'Lead', column: 'Helper', cells: ['', 'Hal', ''] })).toBe(
    merged
      .replace('colspan="2">Who', 'colspan="3">Who')
      .replace('<th>Deputy', '<th>Helper</th><th>Deputy')
      .replace('<td><p>Ben', '<td><p /></td><td><p>Ben')
      .replace('<td><p>Di', '<td><p>Hal</p></td><td><p>Di')
      .replace('colspan="2"><p>Open', 'colspan="3"><p>Open'),
  );
});

test('header columns stay header cells, numbered columns go on counting', () => {
  const sides =
    '<table><tbody><tr><th>k</th><th>v</th></tr><tr><th scope="row">a</th><td>1</td></tr></tbody></table>';
  expect(run(sides, { op: 'add_row', cells: ['b', '2'] })).toContain(
    '<tr><th scope="row">b</th><td>2</td></tr></tbody>',
  );
  const numbered =
    '<table><tbody><tr><th class="numberingColumn"></th><th>v</th></tr><tr><td class="numberingColumn">1</td><td>a</td></tr><tr><td class="numberingColumn">2</td><td>b</td></tr></tbody></table>';
  expect(run(numbered, { op: 'add_row', cells: ['c'] }, { op: 'add_row', cells: ['d'] })).toBe(
    numbered.replace(
      '</tbody>',
      '<tr><td class="numberingColumn">3</td><td>c</td></tr><tr><td class="numberingColumn">4</td><td>d</td></tr></tbody>',
    ),
  );
  expect(run(numbered, { op: 'add_row', before: 'b', cells: ['x'] })).toBe(
    numbered.replace(
      '<tr><td class="numberingColumn">2',
      '<tr><td class="numberingColumn">2</td><td>x</td></tr><tr><td class="numberingColumn">3',
    ),
  );
  expect(run(numbered, { op: 'delete_row', row: 'a' })).toBe(
    numbered.replace('<tr><td class="numberingColumn">1</td><td>a</td></tr>', '').replace('>2<', '>1<'),
  );
});

test('a colour that a whole column has is taken over, one of a single cell is not', () => {
  const coloured =
    '<table><tbody><tr><td data-highlight-colour="#eee">a</td><td data-highlight-colour="#f00">1</td></tr><tr><td data-highlight-colour="#eee">b</td><td>2</td></tr></tbody></table>';
  expect(run(coloured, { op: 'add_row', cells: ['c', '3'] })).toContain(
    '<tr><td data-highlight-colour="#eee">c</td><td>3</td></tr></tbody>',
  );
});

test('tables are named by block, heading or words in them; several are refused with the candidates', () => {
  const two = `${plain}<h2>Other</h2><table><tbody><tr><th>a</th></tr><tr><td>zebra</td></tr></tbody></table>`;
  const refusal = refused(two, { op: 'add_row', cells: ['x'] });
  expect(refusal.code).toBe('ambiguous');
  expect(refusal.message).toMatch(/in #table-\w+, under Other/);
  const block = outline(two).findLast(({ kind }) => kind === 'table')?.id ?? '';
  for (const target of [{ block }, { heading: 'Other' }, { text: 'zebra' }, { heading: 'Other', text: 'a' }])
    expect(run(two, { op: 'add_row', target, cells: ['x'] })).toMatch(
      /<tr><td>x<\/td><\/tr><\/tbody><\/table>$/,
    );
  expect(
    refused(two, { op: 'add_row', target: { heading: 'Services', text: 'zebra' }, cells: ['x'] }).code,
  ).toBe('not_found');
  expect(refused('<p>x</p>', { op: 'delete_row', row: 1 }).message).toMatch(/There is none/);
  const nested =
    '<table><tbody><tr><td>outer</td><td><table><tbody><tr><td>inner</td></tr></tbody></table></td></tr></tbody></table>';
  expect(run(nested, { op: 'set_cell', target: { text: 'inner' }, row: 1, column: 1, markdown: 'x' })).toBe(
    nested.replace('inner', 'x'),
  );
  expect(run(nested, { op: 'delete_column', column: 2 })).toBe(
    '<table><tbody><tr><td>outer</td></tr></tbody></table>',
  );
});

test('a table that no browser could draw is refused, a large one is edited', { timeout: 60_000 }, () => {
  const overlap =
    '<table><tbody><tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td></tr></tbody></table>';
  expect(refused(overlap, { op: 'add_row', cells: ['a', 'b'] }).message).toMatch(/overlap in row 2/);
  expect(
    refused('<table><tbody><tr><td rowspan="3">a</td><td>b</td></tr></tbody></table>', {
      op: 'add_row',
      cells: ['x', 'y'],
    }).message,
  ).toMatch(/more rows than the table has/);
  const many = `<table><tbody>${'<tr><td rowspan="65000">x</td></tr>'.repeat(5000)}</tbody></table>`;
  expect(refused(many, { op: 'add_row', cells: ['x'] }).code).toBe('too_large');
  const large = `<table><tbody>${Array.from({ length: 10_000 }, (_, y) => `<tr>${'<td><p>x</p></td>'.repeat(9)}<td><p>r${y}</p></td></tr>`).join('')}</tbody></table>`;
  const cells = Object.fromEntries(Array.from({ length: 300 }, (_, y) => [`r${y}`, 'y']));
  expect(run(large, { op: 'add_column', cells })).toHaveLength(
    large.length + 9700 * '<td><p /></td>'.length + 300 * '<td><p>y</p></td>'.length,
  );
});
