import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import { markdownArbitrary } from '../testing/arbitrary-markdown.ts';
import { toMarkdown } from '../view/markdown.ts';
import { originalsOf, withinRange } from './originals.ts';
import { markdownToStorage, writeMarkdown } from './storage.ts';

/** Storage of random Markdown, or null where it is refused for a stated reason. */
function accepted(markdown: string): string | null {
  try {
    return markdownToStorage(markdown);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    expect(error.next).toBeTruthy();
    expect(error.message).toMatch(/columns|layout|footnotes|fence/);
    return null;
  }
}

/** Ids of placeholders differ where bytes do; a web address in text becomes a link. */
const comparable = (markdown: string): string =>
  markdown
    .replace(/#[\w.-]+(?=\}|\s\})/g, '#')
    .replace(/^([ \t>]*):{3,}/gm, '$1:::')
    .replace(/<(https?:[^<>\s]*)>/g, '$1')
    .replace(
      /<\/?(strong|em|del)>/g,
      (_tag, name: string) => ({ strong: '**', em: '*', del: '~~' })[name] ?? '',
    )
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .trim();

test('Markdown to storage to Markdown: what was read once reads the same again', { timeout: 240_000 }, () => {
  let refused = 0;
  fc.assert(
    fc.property(markdownArbitrary, (markdown) => {
      const storage = accepted(markdown);
      if (storage === null) {
        refused += 1;
        return;
      }
      const first = toMarkdown(storage).markdown;
      expect(markdownToStorage(first, { originals: storage })).toBe(storage);
      const anew = writeMarkdown(first, withinRange(originalsOf(storage), 0, -1));
      checkStorage(anew);
      expect(comparable(toMarkdown(anew).markdown)).toBe(comparable(first));
    }),
    { numRuns: 3000 },
  );
  expect(refused).toBeLessThan(300);
});

const ELEMENTS =
  /^(?:p|h[1-6]|ul|ol|li|table|tbody|tr|t[dh]|strong|em|del|u|sub|sup|code|a|br|hr|blockquote|time|ac:(?:structured-macro|parameter|rich-text-body|plain-text-body|task-list|task|task-id|task-status|task-body|link|link-body|image|caption|emoticon|layout|layout-section|layout-cell)|ri:(?:page|attachment|url|user|space))$/;
const ATTRIBUTES =
  /^(?:href|start|datetime|colspan|rowspan|data-card-appearance|data-layout|data-table-width|ac:(?:name|anchor|alt|width|custom-width|height|align|layout|type|card-appearance)|ri:(?:content-title|space-key|filename|value|account-id))$/;

test('nothing in Markdown becomes an element or attribute of its own', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(markdownArbitrary, (markdown) => {
      const storage = accepted(markdown);
      for (const node of storage === null ? [] : parseStorage(storage).nodes) {
        if (node.type !== 'element') continue;
        expect(node.name).toMatch(ELEMENTS);
        for (const { name, value } of node.attributes) {
          expect(name).toMatch(ATTRIBUTES);
          if (name === 'href') expect(value).toMatch(/^(?:https?:|mailto:|[/?#])/);
          if (name === 'ac:name') expect(value).not.toBe('html');
        }
      }
    }),
    { numRuns: 1500 },
  );
});

test('random signs give storage or a reason, never anything else', { timeout: 120_000 }, () => {
  const sign = fc.constantFrom(
    ...[
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
      ')',
      '![',
      '](',
    ],
    ...[
      '|',
      '|---|',
      ':::info',
      ':::',
      '::: x',
      '{#a}',
      '<b>',
      '</b>',
      '<script>',
      '&',
      '&amp;',
      '<',
      ']]>',
      '\\',
    ],
    ...[
      '{status:a|b}',
      '{status:a|red}',
      '{date:2026-99-01}',
      '{{macro:toc a=1}}',
      '{{macro:',
      '@[n](user:1)',
    ],
    ...[
      '{comment #x}',
      '{/comment}',
      ':tick:',
      '\u2e281\u2e29',
      '\u0000',
      '\ud800',
      'text',
      '    ',
      '\t',
      '<br>',
    ],
    ...[
      '<!-- x -->',
      '[^1]',
      '[^1]: n',
      '[r]: http://x',
      '{width=9}',
      '{card=x}',
      '←',
      '↑',
      '•',
      ':::table',
      ':::macro',
    ],
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
      try {
        checkStorage(markdownToStorage(signs.join('')));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        expect(error.next).toBeTruthy();
      }
    }),
    { numRuns: 6000 },
  );
});
