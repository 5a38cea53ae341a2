import { expect, test } from 'vitest';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

/** Hostile sizes: work that grew with the square would take minutes. */
const quick = (name: string, run: () => void): void => test(name, { timeout: 60_000 }, run);

function changesOnly(storage: string, from: string, to: string): void {
  const { markdown } = toMarkdown(storage);
  expect(markdown.split(from)).toHaveLength(2);
  expect(
    markdownToStorage(
      markdown.replace(from, () => to),
      { originals: storage },
    ),
  ).toBe(storage.replace(from, () => to));
}

const many = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

quick('one cell of 20,000', () => {
  changesOnly(
    `<table><tbody>${many(4000, (y) => `<tr>${many(5, (x) => `<td><p>c${y}x${x}e</p></td>`)}</tr>`)}</tbody></table>`,
    'c2000x3e',
    'new',
  );
  changesOnly(
    `<table><tbody><tr>${many(10_000, (x) => `<td><p>c${x}e</p></td>`)}</tr></tbody></table>`,
    'c5000e',
    'new',
  );
});

quick('every row of a table', () => {
  const table = (sign: string): string =>
    `<table ac:local-id="t"><tbody>${many(3000, (y) => `<tr ac:local-id="${y}"><td><p>${sign}${y}</p></td></tr>`)}</tbody></table>`;
  const { markdown } = toMarkdown(table('a'));
  expect(markdownToStorage(markdown.replaceAll('a', 'b'), { originals: table('a') })).toBe(table('b'));
});

quick('one item, one block, one word among many', () => {
  changesOnly(`<ul>${many(8000, (at) => `<li local-id="${at}"><p>i${at}e</p></li>`)}</ul>`, 'i4000e', 'new');
  changesOnly(
    many(8000, (at) => `<p local-id="${at}">i${at}e</p>`),
    'i4000e',
    'new',
  );
  changesOnly(`<p>${many(8000, (at) => `w${at}e <u>x</u> `)}</p>`, 'w7000e', 'new');
  changesOnly(
    `<p>${many(1000, (at) => `<ac:inline-comment-marker ac:ref="${at}">w${at}e</ac:inline-comment-marker> <ac:link><ri:user ri:account-id="1:${at}" /></ac:link> `)}</p>`,
    'w500e',
    'new',
  );
});

quick('all blocks move, none stays', () => {
  const blocks = Array.from({ length: 5000 }, (_, at) => `<p local-id="${at}">i${at}e</p>`);
  const paragraphs = toMarkdown(blocks.join('')).markdown.split('\n\n');
  const turned = markdownToStorage(paragraphs.toReversed().join('\n\n'), { originals: blocks.join('') });
  expect(turned.length).toBeGreaterThan(5000 * 15);
  const same = markdownToStorage(
    many(5000, () => 'same\n\n'),
    { originals: many(5000, () => '<p>other</p>') },
  );
  expect(same).toBe(many(5000, () => '<p>same</p>'));
});

quick('deep lists and fences', () => {
  const depth = 25;
  changesOnly(`${'<ul><li><p>a</p>'.repeat(depth)}<p>deep</p>${'</li></ul>'.repeat(depth)}`, 'deep', 'new');
  const panel = '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>a</p>';
  changesOnly(
    `${panel.repeat(depth)}<p>deep</p>${'</ac:rich-text-body></ac:structured-macro>'.repeat(depth)}`,
    'deep',
    'new',
  );
});
