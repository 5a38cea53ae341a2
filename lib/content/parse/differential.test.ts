import { decodeHTMLStrict } from 'entities';
import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { type ElementNode, parseStorage } from './parse.ts';

/** Elements with attributes and texts in order; a CDATA section is text. */
type Seen = string[] | 'refused';

function add(events: string[], text: string): void {
  const last = events.at(-1);
  if (last?.startsWith('"')) events[events.length - 1] = last + text;
  else if (text !== '') events.push(`"${text}`);
}

/** XML reads each line end as one line feed. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');

/** All names of HTML that a body mentions, for a parser that knows none of them. */
function entitiesIn(storage: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [whole, name = ''] of storage.matchAll(/&([A-Za-z][A-Za-z0-9]*);/g)) {
    const text = decodeHTMLStrict(whole);
    if (text !== whole) found[name] = text;
  }
  return found;
}

/** What the strict XML parser sees, with Confluence's prefixes free to use and HTML's entities defined. */
function theirs(storage: string): Seen {
  const events: string[] = [];
  let refused = !storage.isWellFormed();
  const parser = new SaxesParser({ xmlns: false });
  Object.assign(parser.ENTITIES, entitiesIn(storage));
  parser.on('error', () => {
    refused = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    events.push(`<${name} ${JSON.stringify(Object.entries(attributes))}`);
  });
  parser.on('closetag', ({ name }) => events.push(`/${name}`));
  parser.on('text', (text) => add(events, text));
  parser.on('cdata', (text) => add(events, text));
  parser.on('comment', (text) => events.push(`!${text}`));
  const body = lines(`<body>${storage}</body>`);
  // saxes takes any "?" for the end of an instruction's name; XML 1.0 (production 16) wants white space or "?>" there.
  parser.on('processinginstruction', ({ body: { length }, body: [first] }) => {
    const before = body[parser.position - '?>'.length - length - 1] ?? '';
    if (first === '?' && !/\s/.test(before)) refused = true;
  });
  parser.write(body).close();
  return refused ? 'refused' : events.slice(1, -1);
}

function ours(storage: string): Seen {
  const events: string[] = [];
  const open: ElementNode[] = [];
  const close = (index: number): void => {
    for (let last = open.at(-1); last && last.last <= index; last = open.at(-1)) {
      events.push(`/${last.name}`);
      open.pop();
    }
  };
  try {
    const doc = parseStorage(storage);
    for (const node of doc.nodes) {
      close(node.index);
      if (node.type === 'element') {
        const pairs = node.attributes.map(({ name, value }) => [name, value]);
        events.push(`<${node.name} ${JSON.stringify(pairs)}`);
        open.push(node);
      } else if (node.type === 'text' || node.type === 'cdata') {
        // A reference to a carriage return is one, a carriage return is a line end.
        add(events, lines(node.text));
      } else if (node.type === 'comment') {
        events.push(`!${lines(node.text)}`);
      }
    }
    close(doc.nodes.length);
    return events;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return 'refused';
  }
}

/** Says nothing about the order in which an empty text joins its neighbours. */
const agree = (storage: string): void => expect(ours(storage)).toEqual(theirs(storage));

test('sees what a strict XML parser sees in well-formed bodies', () => {
  agree(pageBody);
  expect(ours(pageBody)).not.toBe('refused');
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      agree(storage);
      expect(ours(storage)).not.toBe('refused');
    }),
    { numRuns: 400 },
  );
});

const pieces = fc.constantFrom(
  ...[
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<p/>',
    '<ac:link a="1">',
    '</ac:link>',
    '<P>',
    '< p>',
    '</p >',
    '</ p>',
    '<p',
    '>',
  ],
  ...[
    ' a="1"',
    " b='2'",
    ' a=1',
    ' a',
    ' a=""',
    ' a = "x"',
    'a="1"',
    ' a="<"',
    ' a="&amp;"',
    ' a="&"',
    ' \u00e9="1"',
    ' 1="1"',
  ],
  ...[
    '&',
    '&amp;',
    '&nbsp;',
    '&nosuch;',
    '&nbsp',
    '&#65;',
    '&#x41;',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&#x1F600;',
    '&#000000065;',
    '&#;',
  ],
  ...[
    '<!--',
    '-->',
    '--',
    '-',
    '<!-- x -->',
    '<![CDATA[',
    ']]>',
    ']]',
    '<!DOCTYPE x>',
    '<!',
    '<?',
    '?>',
    '<?x y?>',
    '<?xml ?>',
    '<?x?>',
  ],
  ...[
    'text',
    ' ',
    '\n',
    '\t',
    '\r\n',
    '"',
    "'",
    '<',
    '/',
    '=',
    '\u0000',
    '\u0001',
    '\u00a0',
    '\ufffe',
    '\ud800',
    '😀',
    '\u00d7',
    '·',
    ']',
  ],
);
test('where the name of an instruction ends', () => {
  for (const storage of ['<?x?<p><?x y?>>', '<?x??>', '<?x?\r\ny?>']) {
    expect(ours(storage)).toBe('refused');
    agree(storage);
  }
  for (const storage of ['<?x ??>', '<?x\r\n?\r\n?y?>', '<?x?>', '<?x\t?<p><?x y?>&gt;']) {
    expect(ours(storage)).not.toBe('refused');
    agree(storage);
  }
});

const soup = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
const whole = fc.tuple(soup, soup).map(([a, b]) => `<p>${a}</p>${b}`);
const mangled = fc
  .tuple(
    bodyArbitrary,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), pieces), { minLength: 1, maxLength: 3 }),
  )
  .map(([body, cuts]) =>
    cuts.reduce((text, [place, length, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, body),
  );

test('refuses exactly what a strict XML parser refuses, and sees the same in the rest', () => {
  let [accepted, refused] = [0, 0];
  fc.assert(
    fc.property(fc.oneof(soup, whole, mangled), (storage) => {
      // A body that closes and opens the enclosing element is well-formed only with that element around it.
      if (storage.includes('body>')) return;
      const seen = ours(storage);
      if (seen === 'refused') refused += 1;
      else accepted += 1;
      expect(seen).toEqual(theirs(storage));
    }),
    { numRuns: 4000 },
  );
  expect(accepted).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});
