import { expect, test } from 'vitest';
import {
  applyEdits,
  ContentError,
  diffStorage,
  markdownToStorage,
  mergeStorage,
  outline,
  textOf,
  toMarkdown,
  toRich,
  verifyStorage,
} from './index.ts';

/** Hostile sizes: work that grew with the square would take minutes. */
const quick = (name: string, run: () => void): void => test(name, { timeout: 60_000 }, run);

const every = (storage: string): void => {
  toMarkdown(storage, { maxChars: 1000 });
  outline(storage);
  toRich(storage);
  textOf(storage);
  const after = `${storage}<p>x</p>`;
  expect(applyEdits(storage, [{ op: 'append', markdown: 'x' }]).storage).toBe(after);
  diffStorage(storage, after);
  verifyStorage(storage, after, after);
  expect(mergeStorage(storage, after, `<p>y</p>${storage}`)).toEqual({
    ok: true,
    storage: `<p>y</p>${after}`,
  });
};

quick('4,000 nested elements', () => every('<div>'.repeat(4_000) + '</div>'.repeat(4_000)));
quick('1,500 nested panels', () =>
  every(
    `${'<ac:structured-macro ac:name="info"><ac:parameter ac:name="title">t</ac:parameter><ac:rich-text-body>'.repeat(1_500)}${'</ac:rich-text-body></ac:structured-macro>'.repeat(1_500)}`,
  ),
);
quick('9,000 cells', () =>
  every(`<table><tbody>${`<tr>${'<td>x</td>'.repeat(100)}</tr>`.repeat(90)}</tbody></table>`),
);
quick('4,000 equal paragraphs', () => every('<p>same</p>'.repeat(4_000)));
quick('many references and attributes', () =>
  every(
    `<p>${'&amp;&nbsp;'.repeat(12_000)}</p><p ${Array.from({ length: 6_000 }, (_, i) => `a${i}="${i}"`).join(' ')} />`,
  ),
);
quick('Markdown that nests or repeats', () => {
  for (const markdown of [
    '>'.repeat(10_000),
    '- '.repeat(10_000),
    '*'.repeat(10_000),
    '['.repeat(10_000),
    '`'.repeat(10_001),
    '{{macro:x '.repeat(4_000),
    '{status:'.repeat(4_000),
    '|'.repeat(4_000),
    ':::info\n'.repeat(2_000),
    '@['.repeat(4_000),
    '<u>'.repeat(4_000),
    'a_'.repeat(10_000),
    '<!-- '.repeat(4_000),
    '![a]('.repeat(4_000),
  ]) {
    try {
      markdownToStorage(markdown);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
    }
  }
});

quick('the whole of a very deep or wide page is kept by an edit', () => {
  for (const storage of [
    '<div>'.repeat(100_000) + '</div>'.repeat(100_000),
    `<table><tbody><tr>${'<td>x</td>'.repeat(100_000)}</tr></tbody></table>`,
  ]) {
    expect(applyEdits(storage, [{ op: 'append', markdown: 'x' }]).storage).toBe(`${storage}<p>x</p>`);
  }
});

quick('rows of images, spaces and inline elements', () => {
  every(`${'<ac:image><ri:attachment ri:filename="x" /></ac:image>'.repeat(4_000)}text`);
  every(`<p>${' <b>x</b>'.repeat(6_000)}</p>`);
  every(`<ul><li>${'<p>x</p> '.repeat(4_000)}</li></ul>`);
});
