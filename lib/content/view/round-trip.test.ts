import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { macroName } from '../parse/elements.ts';
import { parseStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { comparable, writtenAnew } from '../testing/same-markdown.ts';
import { markdownToStorage } from '../write/storage.ts';
import { toMarkdown } from './markdown.ts';

/** A new task holds lines of text: its paragraphs become lines. */
function linesOfTasks(markdown: string): string {
  const next = /^([ \t>]*- \[[ x]\] [^\n]*(?:\n[ \t][^\n]*)*?)(?:\\\n|\n\n)(?=[ \t]+\S)/gm;
  let text = markdown;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(next, '$1\n');
  }
  return text;
}

test('unchanged Markdown comes back as the original bytes', () => {
  expect(markdownToStorage(toMarkdown(pageBody).markdown, { originals: pageBody })).toBe(pageBody);
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      expect(markdownToStorage(toMarkdown(storage).markdown, { originals: storage })).toBe(storage);
    }),
    { numRuns: 200 },
  );
});

test('Markdown written anew shows the same Markdown again', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      const [before, after] = [toMarkdown(storage), toMarkdown(writtenAnew(storage))];
      const read = (markdown: string): string => comparable(linesOfTasks(markdown));
      expect(read(after.markdown)).toBe(read(before.markdown));
    }),
    { numRuns: 200 },
  );
});

test('every word and every macro of a page is in its Markdown', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      const { markdown } = toMarkdown(storage);
      const doc = parseStorage(storage);
      for (const node of doc.texts) {
        if (node.hidden) continue;
        for (const word of node.text.match(/[\p{L}\p{N}]{3,}/gu) ?? []) expect(markdown).toContain(word);
      }
      for (const node of doc.nodes) {
        const shown: Record<string, string> = { status: 'status', code: '```' };
        const name = macroName(node);
        if (name !== null) expect(markdown).toContain(shown[name] ?? name);
      }
    }),
    { numRuns: 200 },
  );
});
