import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { attr, checkStorage, type ElementNode, parseStorage } from './parse.ts';

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
  // Tags.
  [
    '<p>a</b>',
    /line 1, column 5: <\/b> where <\/p> was expected \(opened at line 1, column 1\)/,
    /<\/p> before/,
  ],
  ['<p>\n<b>x</b>', /line 1, column 1: <p> is never closed/, /Put <\/p>/],
  ['<p>one<p>two</p>', /line 1, column 1: <p> is never closed/, /Put <\/p>/],
  ['<b><i>x</b></i>', /column 8: <\/b> where <\/i> was expected/, /<\/i> belongs before <\/b>/],
  ['x</p>', /<\/p> closes nothing/, /Take it out/],
  ['<p>a<br>b</p>', /column 5: <br> is never closed/, /Write <br \/>/],
  ['<p>a</br>b</p>', /<\/br> where <\/p> was expected/, /Write <br \/> alone/],
  ['a</br>', /<\/br> closes nothing/, /Write <br \/> alone/],
  ['<ac:image><ri:url ri:value="x"></ac:image>', /column 11: <ri:url> is never closed/, /Write <ri:url \/>/],
  ['<P>x</p>', /<\/p> where <\/P> was expected/, /upper and lower case/],
  ['<ac:link></link>', /<\/link> where <\/ac:link> was expected/, /with its prefix/],
  ['<link></ac:link>', /<\/ac:link> where <\/link> was expected/, /Write <ac:link> with its prefix/],
  ['<p', /the tag <p> does not end/, /">" of <p>/],
  ['<p <b>x</b></p>', /column 4: an unexpected character in the tag <p>: "<"/, /End <p> with ">"/],
  ['<br / >', /"\/"/, /"\/>"/],
  ['</ p>', /a closing tag without a name/, /without white space/],
  ['<p></p', /the closing tag <\/p> does not end/, /<\/p>/],
  ['< p>x</p>', /a "<" that starts no tag, for white space follows/, /Take out the white space/],
  // Text.
  ['a & b', /column 3: an "&" that starts no entity/, /&amp;/],
  ['<a href="/x?a=1&b=2">x</a>', /column 16: an "&"/, /in addresses too/],
  ['a&nbsp b', /&nbsp has no ";" at its end/, /Write &nbsp;/],
  ['<p>\n &nosuch; </p>', /line 2, column 2: the entity &nosuch; is unknown/, /&amp;nosuch;/],
  ['&#0;', /&#0; names no character/, /the character itself/],
  ['&#x110000;', /names no character/, /the character itself/],
  ['&#65', /no ";"/, /reference/],
  ['a < b', /a "<" that starts no tag/, /&lt;/],
  ['x <3', /a "<" that starts no tag/, /&lt;/],
  ['a ]]> b', /"\]\]>" outside a CDATA section/, /\]\]&gt;/],
  ['a\u0001b', /control character.*U\+0001/, /Take it out/],
  ['a\ud800b', /control character.*U\+D800/, /Take it out/],
  // Attributes.
  ['<p a=1></p>', /column 6: the value of a has no quotes/, /Write a="1"/],
  ['<p a=\u201cx\u201d></p>', /typographic/, /Write a="x"/],
  ['<td nowrap></td>', /the attribute nowrap has no value/, /nowrap="nowrap"/],
  ['<p a="1" a="2"/>', /column 10: the attribute a twice/, /Keep one/],
  ['<p a="<"/>', /"<" in the value of a/, /&lt;/],
  ['<a href="x>y</a>', /a value of href that does not end/, /closing quote/],
  ['<p a="1"b="2"/>', /unexpected character.*no space/, /Put a space/],
  ['<p a="1"" b="2"/>', /a quote that opens no value/, /&quot;/],
  ['<p a="1", b="2"/>', /unexpected character in the tag <p>: ","/, /name="value"/],
  // The rest.
  ['<!-- x', /a comment that does not end/, /-->/],
  ['<!-- a -- b -->', /column 8: "--" inside a comment/, /single dash/],
  ['<![CDATA[x', /a CDATA section that does not end/, /\]\]>/],
  ['<![cdata[x]]>', /CDATA in another case/, /capitals/],
  ['<!DOCTYPE x [<!ENTITY a "b">]><p/>', /declaration/, /without DOCTYPE/],
  ['<?xml version="1.0"?><p/>', /XML declaration/, /first block/],
  ['<? x ?>', /instruction without a name/, /Take it out/],
  ['<?x y', /instruction that does not end/, /\?>/],
  // What Confluence refuses although it is well-formed.
  [
    '<p>\n<o:p>x</o:p></p>',
    /line 2, column 1: the name o:p has a prefix Confluence does not know/,
    /ac:, ri: and at:/,
  ],
  ['<p a:b:c="1"/>', /the name a:b:c/, /prefixes/],
  ['<ac:link :x="1"/>', /the name :x/, /prefixes/],
  ['<p>a &check; b</p>', /column 6: the entity &check; is not one Confluence knows/, /itself: ✓/],
  ['<a title="&check;"/>', /&check;/, /✓/],
])('refuses %j with its place and how to mend it', (storage, message, next) => {
  const error = errorOf(storage);
  expect(error.message).toMatch(message);
  expect(error.next).toMatch(next);
  expect(error.code).toBe('invalid_input');
});

test('shows the line with a caret under the place', () => {
  const { message, data } = errorOf(`<p>\n<b>fine</b>\t${'long '.repeat(20)}AT&T${' long'.repeat(20)}\n</p>`);
  const [, line = '', caret = ''] = message.split('\n');
  expect(line[caret.indexOf('^')]).toBe('&');
  expect(line).toMatch(/^….*AT&T.*…$/);
  expect(data).toEqual({ line: 2, column: 115 });
});

test('accepts what real pages hold', () => {
  checkStorage(pageBody);
  checkStorage(
    '<?x y?><!-- a - b --><p title=\'"\'>&nbsp;&eacute;&#x1F600;&#233;&#0000000000065;\r\n</p ><at:var at:name="v"/>',
  );
  checkStorage('<p><![CDATA[&check; a:b:c]]><!-- &check; --></p><svg:g xmlns:svg="urn:x" svg:x="1"/>');
  expect(parseStorage('<p>&nbsp;&rarr;</p>').texts[0]?.text).toBe('\u00a0→');
  expect(attr(parseStorage('<p a="x\r\ny&#10;z"/>').children[0] as ElementNode, 'a')).toBe('x y\nz');
  // Reading is more patient than checking: what Confluence gave is shown.
  expect(parseStorage('<o:p>&check;</o:p>').texts[0]?.text).toBe('✓');
});

test('a body is read once while the work at hand lasts, and few are kept', async () => {
  const body = (number: number): string => `<p>${number}</p>${pageBody}${pageBody}`;
  const doc = parseStorage(body(0));
  expect(parseStorage(body(0))).toBe(doc);
  expect(parseStorage(`${body(0)} `)).not.toBe(doc);
  for (let number = 1; number < 6; number += 1) parseStorage(body(number));
  expect(parseStorage(body(0))).not.toBe(doc);
  const again = parseStorage(body(0));
  await Promise.resolve();
  expect(parseStorage(body(0))).not.toBe(again);
  const large = `<p>${'x'.repeat(4_000_000)}</p>`;
  const first = parseStorage(large);
  parseStorage(`${large} `);
  expect(parseStorage(large)).not.toBe(first);
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
