import { expect, test } from 'vitest';
import { mergeStorage } from './merge.ts';

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const table = (height: number, width: number, cell: (y: number, x: number) => string): string =>
  `<table><tbody>${repeat(height, (y) => `<tr>${repeat(width, (x) => `<td><p>${cell(y, x)}</p></td>`)}</tr>`)}</tbody></table>`;
const list = (depth: number, inner: string): string =>
  `${'<ul><li><p>x</p>'.repeat(depth)}${inner}${'</li></ul>'.repeat(depth)}`;
const panel = (inner: string): string =>
  `<ac:structured-macro ac:name="info"><ac:rich-text-body>${inner}</ac:rich-text-body></ac:structured-macro>`;

const LONG = { timeout: 120_000 };

test('100,000 cells: every second one changed by each side', LONG, () => {
  const plain = (y: number, x: number): string => `c${y} ${x}`;
  const result = mergeStorage(
    table(1000, 100, plain),
    table(1000, 100, (y, x) => (x % 2 ? `o${y} ${x}` : plain(y, x))),
    table(1000, 100, (y, x) => (x % 2 ? plain(y, x) : `t${y} ${x}`)),
  );
  expect(result).toEqual({
    ok: true,
    storage: table(1000, 100, (y, x) => (x % 2 ? `o${y} ${x}` : `t${y} ${x}`)),
  });
});

test('4,000 equal paragraphs: one changed on each side; all rewritten on both', LONG, () => {
  const same = (at: number, text: string): string =>
    repeat(4000, (i) => `<p>${i === at ? text : 'same'}</p>`);
  expect(mergeStorage(same(-1, ''), same(7, 'ours'), same(3990, 'theirs'))).toEqual({
    ok: true,
    storage: repeat(4000, (i) => `<p>${i === 7 ? 'ours' : i === 3990 ? 'theirs' : 'same'}</p>`),
  });
  for (const [more, less] of [
    [4000, 4000],
    [4003, 3990],
  ] as const) {
    const result = mergeStorage(
      same(-1, ''),
      repeat(more, (i) => `<p>ours ${i}</p>`),
      repeat(less, (i) => `<p>theirs ${i}</p>`),
    );
    expect(result.ok).toBe(false);
  }
});

test(
  '5,000 lists or 10,000 panels in one another, blocks in another order, 80,000 lines of code',
  LONG,
  () => {
    expect(mergeStorage(list(5000, '<p>a</p>'), list(5000, '<p>o</p>'), list(5000, '<p>t</p>')).ok).toBe(
      false,
    );
    const deep = (inner: string): string =>
      '<ac:structured-macro ac:name="info"><ac:rich-text-body>'.repeat(10_000) +
      inner +
      '</ac:rich-text-body></ac:structured-macro>'.repeat(10_000);
    expect(
      mergeStorage(deep('<p>a</p><p>b</p>'), deep('<p>o</p><p>b</p>'), deep('<p>a</p><p>t</p>')),
    ).toEqual({
      ok: true,
      storage: deep('<p>o</p><p>t</p>'),
    });
    const wide = (text: string): string => repeat(6000, (i) => panel(`<p>${text}${i}</p>`));
    expect(mergeStorage(wide('a'), wide('o'), wide('t')).ok).toBe(false);
    const order = (step: number): string => repeat(8000, (i) => `<p>block ${(i * step) % 8000}</p>`);
    expect(mergeStorage(order(1), order(7919), order(4801)).ok).toBe(false);
    const code = (line: (i: number) => string): string =>
      `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${Array.from({ length: 80_000 }, (_, i) => line(i)).join('\n')}]]></ac:plain-text-body></ac:structured-macro>`;
    expect(
      mergeStorage(
        code(String),
        code((i) => (i % 10 === 0 ? `o${i}` : `${i}`)),
        code((i) => (i % 10 === 5 ? `t${i}` : `${i}`)),
      ).ok,
    ).toBe(true);
  },
);

test('a sentence of 50,000 dots, quotes or spaces; 20,000 sentences', LONG, () => {
  for (const filler of ['.', '."', ' ', '.)', '。', 'a. ']) {
    const line = (text: string): string => `<p>${'x.'}${filler.repeat(50_000)}${text}</p>`;
    expect(mergeStorage(line('a'), line('b'), line('c')).ok).toBe(false);
  }
  const text = (word: (i: number) => string): string =>
    `<p>${repeat(20_000, (i) => `${word(i)} ${i} is here. `)}</p>`;
  const result = mergeStorage(
    text(() => 'Boat'),
    text((i) => (i % 3 ? 'Boat' : 'Ship')),
    text((i) => (i % 3 === 1 ? 'Ferry' : 'Boat')),
  );
  expect(result).toEqual({
    ok: true,
    storage: text((i) => (i % 3 === 0 ? 'Ship' : i % 3 === 1 ? 'Ferry' : 'Boat')),
  });
});
