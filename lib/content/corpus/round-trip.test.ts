import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { macroName } from '../parse/elements.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import { mixArbitrary } from '../testing/arbitrary-mixes.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from '../write/storage.ts';
import { corpus } from './corpus.fixture.ts';

const back = new Map(
  corpus.map((body) => {
    const { markdown } = toMarkdown(body.storage);
    return [body, { markdown, storage: markdownToStorage(markdown, { originals: body.storage }) }];
  }),
);

/** What must never be lost: text that is seen or hidden, macros, comment markers, files, people, pages. */
function belongings(storage: string): string[] {
  return parseStorage(storage).nodes.flatMap((node) => {
    if (node.type !== 'element') {
      const text = node.text.replace(/[\s\u00a0\u200b]+/g, '');
      return text === '' || node.type === 'comment' || node.type === 'instruction' ? [] : [text];
    }
    const kept =
      macroName(node) !== null || /^(?:ri:|ac:inline-comment-marker|ac:image|time|at:)/.test(node.name);
    return kept ? [storage.slice(node.start, node.openEnd)] : [];
  });
}

test('Markdown, storage and Markdown again is the same Markdown, for every body', () => {
  for (const [{ name }, { markdown, storage }] of back) {
    checkStorage(storage);
    expect({ name, markdown: toMarkdown(storage).markdown }).toEqual({ name, markdown });
  }
});

test('no text, macro, marker, file, person or page is lost where nothing was edited', () => {
  for (const [body, { storage }] of back) {
    expect({ name: body.name, kept: belongings(storage) }).toEqual({
      name: body.name,
      kept: belongings(body.storage),
    });
  }
});

test('every body comes back byte for byte', () => {
  expect(
    [...back].filter(([body, { storage }]) => storage !== body.storage).map(([{ name }]) => name),
  ).toEqual([]);
});

test('blocks of the corpus in other blocks come back byte for byte', () => {
  fc.assert(
    fc.property(mixArbitrary, (storage) => {
      const { markdown } = toMarkdown(storage);
      expect(markdownToStorage(markdown, { originals: storage })).toBe(storage);
    }),
    { numRuns: 300 },
  );
});
