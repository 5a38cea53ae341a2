import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { ContentError } from './content-error.ts';
import { attr, checkStorage, type ElementNode, parseStorage } from './parse.ts';
import { bodyArbitrary } from './testing/arbitrary-bodies.ts';
import { pageBody } from './testing/page-body.ts';

function errorOf(storage: string): ContentError {
  try {
    checkStorage(storage);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('accepted');
}

test('knows the source range of every node', () => {
  const doc = parseStorage('<p a="1">x &amp; <b>y</b></p><br/>');
  const p = doc.children[0] as ElementNode;
  expect([p.start, p.openEnd, p.closeStart, p.end]).toEqual([0, 9, 25, 29]);
  expect(doc.texts.map((node) => node.text)).toEqual(['x & ', 'y']);
  expect(attr(p, 'a')).toBe('1');
  expect((doc.children[1] as ElementNode).selfClosing).toBe(true);
});

test.each([
  ['<p>a</b>', /line 1, column 5: <\/b> where <\/p> was expected/],
  ['<p>\n<b>x</b>', /line 1, column 1: <p> is never closed/],
  ['x</p>', /<\/p> closes nothing/],
  ['a & b', /column 3: an "&"/],
  ['<p>\n &nosuch; </p>', /line 2, column 2/],
  ['a < b', /a "<" that starts no tag/],
  ['<p a=1></p>', /no quotes/],
  ['<p a></p>', /no value/],
  ['<p a="1" a="2"/>', /twice/],
  ['<p a="<"/>', /"<" in the value/],
  ['<p a="1"b="2"/>', /unexpected character/],
  ['<!-- x', /a comment that does not end/],
  ['<![CDATA[x', /CDATA/],
  ['<!DOCTYPE x [<!ENTITY a "b">]><p/>', /declaration/],
  ['&#0;', /"&"/],
  ['a\u0001b', /control character/],
  ['a\ud800b', /control character/],
  ['<p', /does not end/],
])('refuses %j with its place', (storage, message) => {
  expect(errorOf(storage).message).toMatch(message);
  expect(errorOf(storage).code).toBe('invalid_input');
});

test('accepts what real pages hold', () => {
  checkStorage(pageBody);
  checkStorage(
    '<?x y?><!-- a -- b --><p title=\'"\'>&nbsp;&eacute;&#x1F600;&#233;\r\n</p ><at:var at:name="v"/>',
  );
  expect(parseStorage('<p>&nbsp;&rarr;</p>').texts[0]?.text).toBe('\u00a0→');
});

test('refuses a body over 5 MB', () => {
  expect(errorOf('x'.repeat(5 * 1024 * 1024 + 1)).code).toBe('too_large');
});

test('reads the same tree as htmlparser2', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      const theirs: string[] = [];
      let text = '';
      const flush = (): void => {
        if (text !== '') theirs.push(`"${text}`);
        text = '';
      };
      const parser = new Parser(
        {
          onopentag: (name, attributes) => {
            flush();
            theirs.push(`<${name} ${JSON.stringify(attributes)}`);
          },
          onclosetag: (name) => {
            flush();
            theirs.push(`/${name}`);
          },
          ontext: (data) => {
            text += data;
          },
        },
        { xmlMode: true, decodeEntities: false },
      );
      parser.end(storage);
      flush();
      const ours: string[] = [];
      const doc = parseStorage(storage);
      const open: ElementNode[] = [];
      const close = (index: number): void => {
        for (let last = open.at(-1); last && last.last <= index; last = open.pop() && open.at(-1))
          ours.push(`/${last.name}`);
      };
      for (const node of doc.nodes) {
        close(node.index);
        if (node.type === 'element') {
          const raw = node.attributes.map(({ name, start, end }) => [name, storage.slice(start, end)]);
          ours.push(`<${node.name} ${JSON.stringify(Object.fromEntries(raw))}`);
          open.push(node);
        } else if (node.type === 'text' || node.type === 'cdata') {
          const raw = node.type === 'text' ? storage.slice(node.start, node.end) : node.text;
          if (ours.at(-1)?.startsWith('"')) ours[ours.length - 1] += raw;
          else if (raw !== '') ours.push(`"${raw}`);
        }
      }
      close(doc.nodes.length);
      const join = (events: string[]): string => events.join('\n');
      expect(join(ours)).toBe(join(theirs));
    }),
    { numRuns: 300 },
  );
});

test('throws nothing but ContentError on mangled bodies', () => {
  const mangled = fc
    .tuple(
      bodyArbitrary,
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.constantFrom('<', '>', '&', '"', '/', ']]>', '<!--', '<![CDATA[', '\u0000', '&#x110000;', ''),
        ),
        { maxLength: 4 },
      ),
    )
    .map(([body, cuts]) =>
      cuts.reduce(
        (text, [at, piece]) =>
          text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + 1),
        body,
      ),
    );
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' }), fc.string()), (storage) => {
      try {
        const doc = parseStorage(storage);
        let at = 0;
        for (const node of doc.children) {
          expect(node.start).toBe(at);
          at = node.end;
        }
        expect(at).toBe(storage.length);
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});
