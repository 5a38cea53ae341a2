import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { written } from './corpus/corpus.fixture.ts';
import {
  anchorsOf,
  applyEdits,
  ContentError,
  checkStorage,
  diffStorage,
  diffText,
  type Edit,
  linesOf,
  links,
  markdownToStorage,
  mergeStorage,
  outline,
  outlineText,
  references,
  tablesOf,
  textOf,
  toMarkdown,
  toRich,
  verifyStorage,
  warningsOf,
} from './index.ts';
import { bodyArbitrary } from './testing/arbitrary-bodies.ts';

/** What a call gives, or null where it refuses in our own words; any other error is a mistake of ours. */
function refusable<T>(call: () => T): T | null {
  try {
    return call();
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

const edits: Edit[] = [
  { op: 'append', markdown: 'x' },
  { op: 'prepend', storage: '<p>x</p>' },
  { op: 'replace_text', target: { text: 'a' }, with: 'b & <c>' },
  { op: 'replace', target: { text: 'the' }, markdown: '**new** {status:x}' },
  { op: 'delete', target: { text: 'e' } },
];

/** Everything that reads a body. True where it was taken as well-formed; then nothing else may refuse it. */
function readAll(storage: string): boolean {
  const blocks = refusable(() => outline(storage));
  if (blocks === null) {
    for (const read of [toMarkdown, textOf, toRich, links, references, linesOf, tablesOf, anchorsOf]) {
      expect(refusable<unknown>(() => read(storage))).toBeNull();
    }
    return false;
  }
  outlineText(blocks);
  for (const read of [textOf, toRich, links, references, linesOf, tablesOf, anchorsOf]) read(storage);
  const { markdown } = toMarkdown(storage);
  refusable(() => markdownToStorage(markdown, { originals: storage }));
  return true;
}

/** All that compares or writes, with a second body. */
function compareAll(storage: string, other: string): void {
  diffText(diffStorage(storage, other));
  warningsOf(storage, other);
  verifyStorage(storage, other, other);
  mergeStorage(storage, other, `<p>mine</p>${storage}`);
  for (const edit of edits) {
    const done = refusable(() => applyEdits(storage, [edit]));
    if (done) checkStorageOf(storage, done.storage);
  }
}

/** What an edit makes of a body that Confluence takes, it takes as well. */
function checkStorageOf(before: string, after: string): void {
  if (refusable(() => checkStorage(before)) !== null) checkStorage(after);
}

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<p/>',
      '<b>',
      '</b>',
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</tr>',
      '</table>',
      '<li>',
      '</li>',
      '<ul>',
      '</ul>',
    ],
    ...[
      '<ac:structured-macro ac:name="info">',
      '</ac:structured-macro>',
      '<ac:rich-text-body>',
      '</ac:rich-text-body>',
    ],
    ...[
      '<ac:parameter ac:name="title">',
      '</ac:parameter>',
      '<ac:link>',
      '</ac:link>',
      '<ri:page ri:content-title="T"/>',
      '<ac:task-list>',
    ],
    ...[
      '</ac:task-list>',
      '<ac:task>',
      '</ac:task>',
      '<td colspan="99999999999">',
      '<td rowspan="-1">',
      '<ol start="1e9">',
      '</ol>',
      '<h1>',
      '</h1>',
    ],
    ...[
      '&',
      '&amp;',
      '&#0;',
      '&#x110000;',
      '&nosuch;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?x?>',
      '<!DOCTYPE x>',
      '<',
      '>',
      '"',
      "'",
      '=',
    ],
    ...[
      'text',
      ' ',
      '\n',
      '\t',
      '\u0000',
      '\ud800',
      '\udc00',
      '\u202e',
      '\u200b',
      '{{macro:x}}',
      ':::info',
      '```',
      '| a |',
      '@[x](user:y)',
      '\u2e28',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const soup = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''));

const body = fc.oneof(fc.constantFrom(...written.map(({ storage }) => storage)), bodyArbitrary);
/** Well-formed bodies in which spans are dropped, doubled, swapped or filled with soup. */
const mangled = fc
  .tuple(
    body,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 60 }), fc.nat({ max: 3 }), soup), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([start, changes]) =>
    changes.reduce((text, [place, length, kind, more]) => {
      const at = place % (text.length + 1);
      const [head, span, tail] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
      return (
        [
          head + tail,
          head + span + span + tail,
          head + tail.slice(0, length) + span + tail.slice(length),
          head + more + tail,
        ][kind] ?? text
      );
    }, start),
  );
/** Well-formed bodies in which whole elements are dropped, doubled or swapped. */
const shuffled = fc.tuple(body, fc.nat(), fc.nat(), fc.nat({ max: 2 })).map(([text, one, two, kind]) => {
  const blocks = outline(text);
  const [a, b] = [blocks[one % (blocks.length || 1)], blocks[two % (blocks.length || 1)]];
  if (!a || !b) return text;
  if (kind === 0) return text.slice(0, a.start) + text.slice(a.end);
  if (kind === 1) return text.slice(0, a.end) + text.slice(a.start);
  return text.slice(0, a.start) + text.slice(b.start, b.end) + text.slice(a.end);
});

const runs = (numRuns: number) => ({ numRuns });

test('reads or refuses any text', { timeout: 120_000 }, () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(soup, mangled, fc.string({ unit: 'binary' })), (storage) => {
      if (readAll(storage)) taken += 1;
    }),
    runs(1500),
  );
  expect(taken).toBeGreaterThan(100);
});

test('reads, compares, merges and edits any well-formed body', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(shuffled, body, (storage, other) => {
      expect(readAll(storage)).toBe(true);
      compareAll(storage, other);
    }),
    runs(150),
  );
});

test('reads or refuses every beginning of a body', { timeout: 120_000 }, () => {
  const short = written.filter(({ storage }) => storage.length < 700).slice(0, 25);
  expect(short.length).toBeGreaterThan(10);
  for (const { storage } of short)
    for (let end = 0; end < storage.length; end += 1) refusable(() => outline(storage.slice(0, end)));
});

test('writes storage or refuses for any Markdown', { timeout: 120_000 }, () => {
  const sign = fc.constantFrom(
    ...[
      '*',
      '**',
      '_',
      '~~',
      '`',
      '```',
      '[',
      ']',
      '](',
      ')',
      '![',
      '<',
      '>',
      '> ',
      '- ',
      '1. ',
      '# ',
      '|',
      '|---|',
      '\n',
      '\n\n',
      '    ',
      '\\',
    ],
    ...[
      ':::info',
      ':::',
      ':::macro x',
      '{{macro:toc}}',
      '{{element:x #1}}',
      '{status:A|green}',
      '{date:2026-01-31}',
      '{comment #1}',
      '{/comment}',
    ],
    ...[
      '@[x](user:y)',
      ':tick:',
      '<u>',
      '</u>',
      '<br>',
      '<!--',
      '-->',
      '&amp;',
      '&',
      'word',
      'https://e.example/?a=1',
      '\u2e28',
      '1\u2e29',
      '\u0000',
      '\ud800',
    ],
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), body, (signs, originals) => {
      for (const options of [{}, { originals }]) {
        const storage = refusable(() => markdownToStorage(signs.join(''), options));
        if (storage !== null) outline(storage);
      }
    }),
    runs(400),
  );
});
