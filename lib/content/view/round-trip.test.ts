import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { macroName } from '../parse/elements.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { originalsOf, withinRange } from '../write/originals.ts';
import { markdownToStorage, writeMarkdown } from '../write/storage.ts';
import { toMarkdown } from './markdown.ts';

/** A new task holds lines of text: its paragraphs become lines. */
function linesOfTasks(markdown: string): string {
  const next = /^([ \t>]*- \[[ x]\] [^\n]*(?:\n[ \t]+[^\n]*)*?)(?:\\\n|\n\n)(?=[ \t]+\S)/gm;
  let text = markdown;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(next, '$1\n');
  }
  return text;
}

/** Ids and needless escapes may differ, and a web address in text becomes a link. */
const comparable = (markdown: string): string =>
  linesOfTasks(markdown)
    .replace(/#[\w.-]+(?=\}|\s\})/g, '#')
    .replace(/^([ \t]*):{3,}/gm, '$1:::')
    .replace(/<(https?:[^<>\s]*)>/g, '$1')
    .replace(
      /<\/?(strong|em|del)>/g,
      (_tag, name: string) => ({ strong: '**', em: '*', del: '~~' })[name] ?? '',
    )
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .trim();

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
      const { markdown } = toMarkdown(storage);
      const anew = writeMarkdown(markdown, withinRange(originalsOf(storage), 0, -1));
      expect(comparable(toMarkdown(anew).markdown)).toBe(comparable(markdown));
    }),
    { numRuns: 200 },
  );
});

test('Markdown always becomes well-formed storage', () => {
  const piece = fc.constantFrom(
    '# ',
    '\n',
    '\n\n',
    '- ',
    '- [ ] ',
    '1. ',
    '> ',
    '```',
    '`',
    '**',
    '*',
    '_',
    '~~',
    '[a](',
    'http://x.example',
    ')',
    '![',
    '](',
    '|',
    '---',
    ':::info',
    ':::',
    ':::c{x=0}',
    '<b>',
    '</b>',
    '<u>',
    '</u>',
    '<script>',
    '&',
    '&amp;',
    '<',
    ']]>',
    '{status:a|b}',
    '{{macro:toc a=1}}',
    '@[n](user:1)',
    '{comment #x}',
    '{/comment}',
    ':tick:',
    '\u2e281\u2e29',
    '\u0000',
    '\ud800',
    '\\',
    'text',
    '    ',
    '<br>',
    '<!-- x -->',
    '[^1]',
    '[^1]: n',
    '[r]: http://x',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const markdown = pieces.join('').replace(/\{comment #x\}/g, '');
      try {
        checkStorage(markdownToStorage(markdown));
      } catch (error) {
        expect((error as Error).message).toMatch(/fence|nested|status|footnotes|cells/);
      }
    }),
    { numRuns: 1500 },
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
