import { expect, test } from 'vitest';
import { diffStorage } from './body-diff.ts';

/** Hostile sizes: work that grew with the square would take minutes. */
const quick = (name: string, run: () => void): void => test(name, { timeout: 60_000 }, run);

const paragraphs = Array.from(
  { length: 4_000 },
  (_, i) => `<p>Paragraph ${i} says that ${i * 7919} of ${i * 31} clients wait.</p>`,
);

quick('4,000 paragraphs in reverse order', () => {
  expect(diffStorage(paragraphs.join(''), [...paragraphs].reverse().join('')).counts).toMatchObject({
    moved: 3_999,
    added: 0,
    removed: 0,
  });
});
quick('4,000 paragraphs in reverse order and changed', () => {
  const after = [...paragraphs].reverse().map((text) => text.replace('wait', 'hope'));
  const { counts } = diffStorage(paragraphs.join(''), after.join(''));
  expect((counts.moved ?? 0) + counts.changed).toBeGreaterThan(3_900);
});
quick('everything rewritten', () => {
  const after = paragraphs.map((_, i) => `<p>Nothing of this was there ${i * 17} ${i * 3}</p>`);
  expect(diffStorage(paragraphs.join(''), after.join('')).counts.kept).toBe(0);
});

const grid = (rows: number, columns: number, cell: (y: number, x: number) => string): string =>
  `<table><tbody>${Array.from({ length: rows }, (_, y) => `<tr>${Array.from({ length: columns }, (__, x) => `<td>${cell(y, x)}</td>`).join('')}</tr>`).join('')}</tbody></table>`;

quick('100,000 cells, one changed; 40,000 all changed or all equal; one row, one column', () => {
  const cell = (y: number, x: number): string => `${y}.${x}`;
  const before = grid(1_000, 100, cell);
  const one = diffStorage(before, before.replace('>500.50<', '>x<'));
  expect(JSON.stringify(one).length).toBeLessThan(20_000);
  diffStorage(
    grid(400, 100, cell),
    grid(400, 100, (y, x) => `${x}-${y}`),
  );
  diffStorage(
    grid(400, 100, () => 'x'),
    grid(401, 100, () => 'x'),
  );
  diffStorage(
    grid(1, 30_000, (_, x) => `${x}`),
    grid(1, 30_000, (_, x) => `${x + 1}`),
  );
  diffStorage(
    grid(20_000, 1, (y) => `${y}`),
    grid(20_000, 1, (y) => `${y * 2}`),
  );
});
quick('cells that claim a million columns', () => {
  const wide = (text: string): string =>
    `<table><tbody>${`<tr><td colspan="1000" rowspan="1000">${text}</td><td colspan="1000">b</td></tr>`.repeat(5_000)}</tbody></table>`;
  diffStorage(wide('a'), wide('c'));
});
quick('one paragraph of a megabyte', () => {
  const words = (seed: number): string =>
    Array.from({ length: 150_000 }, (_, i) => `w${(i * seed) % 9_973}`).join(' ');
  const text = words(31);
  expect(
    JSON.stringify(diffStorage(`<p>${text}</p>`, `<p>${text.replace('w31 ', 'X ')}</p>`)).length,
  ).toBeLessThan(10_000);
  diffStorage(`<p>${text}</p>`, `<p>${words(37)}</p>`);
});
