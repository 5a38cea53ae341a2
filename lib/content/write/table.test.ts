import { expect, test } from 'vitest';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

const rewrite = (storage: string, from: string, to: string): string => {
  const { markdown } = toMarkdown(storage);
  expect(markdown).toContain(from);
  return markdownToStorage(markdown.replace(from, to), { originals: storage });
};

const plain =
  '<table data-layout="wide" ac:local-id="t"><colgroup><col style="width: 100.0px;" /><col style="width: 200.0px;" /></colgroup><tbody>\n<tr ac:local-id="r0"><th><p>Name</p></th><th><p>Size</p></th></tr>\n<tr><th data-highlight-colour="#eee"><p local-id="p">ramp</p></th><td><p>1&nbsp;m</p></td></tr></tbody></table>';

test('a changed cell, a new row, a row that goes', () => {
  expect(rewrite(plain, '| ramp |', '| long ramp |')).toBe(plain.replace('ramp', 'long ramp'));
  expect(rewrite(plain, 'm |', 'm |\n| boat | 2 m |')).toBe(
    plain.replace('</tbody>', '<tr><th><p>boat</p></th><td><p>2 m</p></td></tr></tbody>'),
  );
  expect(rewrite(plain, '| --- | --- |\n', '| --- | --- |\n| boat | 2 m |\n')).toBe(
    plain.replace('\n<tr><th data', '\n<tr><th><p>boat</p></th><td><p>2 m</p></td></tr><tr><th data'),
  );
  expect(rewrite(plain, '\n| ramp | 1\u00a0m |', '')).toBe(plain.replace(/\n<tr><th data.*<\/tr>/, ''));
});

test('a column that comes or goes takes its width with it', () => {
  const wider = markdownToStorage('| Name | No | Size |\n|---|---|---|\n| ramp | 7 | 1\u00a0m |', {
    originals: plain,
  });
  expect(wider).toBe(
    plain
      .replace('<col style="width: 200', '<col /><col style="width: 200')
      .replace('<th><p>Size', '<th><p>No</p></th><th><p>Size')
      .replace('<td><p>1&nbsp;m', '<td><p>7</p></td><td><p>1&nbsp;m'),
  );
  expect(markdownToStorage('| Name |\n|---|\n| ramp |', { originals: plain })).toBe(
    plain
      .replace('<col style="width: 200.0px;" />', '')
      .replace('<th><p>Size</p></th>', '')
      .replace('<td><p>1&nbsp;m</p></td>', ''),
  );
});

const merged =
  '<table ac:local-id="t"><tbody><tr><th colspan="2"><p>Boats</p></th></tr><tr><td rowspan="2" data-highlight-colour="#fff"><p>Berth</p></td><td><ul local-id="u"><li>one</li><li>two</li></ul></td></tr><tr><td><p>three</p></td></tr></tbody></table>';

test('rows and cells of a table with merged cells and lists', () => {
  expect(rewrite(merged, '| ↑ | three |', '| ↑ | three |\n| Pier | four |')).toBe(
    merged.replace('</tbody>', '<tr><td><p>Pier</p></td><td><p>four</p></td></tr></tbody>'),
  );
  expect(rewrite(merged, '| ↑ | three |', '| ↑ | three |\n| ↑ | four |')).toBe(
    merged.replace('rowspan="2"', 'rowspan="3"').replace('</tbody>', '<tr><td><p>four</p></td></tr></tbody>'),
  );
  expect(rewrite(merged, '\n| ↑ | three |', '')).toBe(
    merged.replace(' rowspan="2"', '').replace('<tr><td><p>three</p></td></tr>', ''),
  );
  expect(rewrite(merged, '• two', '• two<br>• more')).toBe(
    merged.replace('<li>two</li>', '<li>two</li><li><p>more</p></li>'),
  );
  expect(rewrite(merged, '• one', '• 1')).toBe(merged.replace('>one<', '>1<'));
  expect(rewrite(merged, '| ↑ |', '| Pier |')).toBe(
    merged.replace(' rowspan="2"', '').replace('<td><p>three', '<td><p>Pier</p></td><td><p>three'),
  );
  expect(() => rewrite(merged, '| Boats | ← |', '| ← | Boats |')).toThrow(/row 1, column 1/);
});

test('a new table with merged cells, a header column, lists', () => {
  expect(
    markdownToStorage(
      ':::table {layout=wide width=960 headers=both}\n| A | ← |\n|---|---|\n| b | • x<br>• y |\n| ↑ | - \\| |\n:::',
    ),
  ).toBe(
    '<table data-layout="wide" data-table-width="960"><tbody><tr><th colspan="2"><p>A</p></th></tr><tr><th rowspan="2"><p>b</p></th><td><ul><li><p>x</p></li><li><p>y</p></li></ul></td></tr><tr><td><p>- |</p></td></tr></tbody></table>',
  );
  // Outside of a fence an arrow is an arrow.
  expect(markdownToStorage('| ← |\n|---|\n| ↑ |')).toContain('<p>←</p>');
  expect(() => markdownToStorage(':::table\ntext\n:::')).toThrow(/one table/);
  expect(() => markdownToStorage(':::table {colour=red}\n| a |\n|---|\n:::')).toThrow(/cannot have/);
});
