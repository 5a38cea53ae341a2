import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import { markdownArbitrary } from '../testing/arbitrary-markdown.ts';
import { comparable, writtenAnew } from '../testing/same-markdown.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

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
      const anew = writtenAnew(storage);
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
      'http://x.example',
      ')',
      '![',
      '](',
    ],
    ...[
      '|',
      '|---|',
      '---',
      ':::info',
      ':::',
      ':::c{x=0}',
      '::: x',
      '{#a}',
      '<b>',
      '</b>',
      '<u>',
      '</u>',
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
        // It looks by itself whether what it made is well-formed.
        markdownToStorage(signs.join(''));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        expect(error.message).not.toContain('not well-formed');
        expect(error.next).toBeTruthy();
      }
    }),
    { numRuns: 6000 },
  );
});
