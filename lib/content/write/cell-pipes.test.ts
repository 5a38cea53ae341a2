import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

const table = (inside: string): string =>
  `<table><tbody><tr><td>${inside}</td><td>beside</td></tr></tbody></table>`;
const rewrite = (storage: string, from: string, to: string): string => {
  const { markdown } = toMarkdown(storage);
  expect(markdown).toContain(from);
  return markdownToStorage(markdown.replace(from, to), { originals: storage });
};
const macro = (value: string): string =>
  `<ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">${value}</ac:parameter><ac:parameter ac:name="z">c d</ac:parameter></ac:structured-macro>`;

/** What may stand in a cell and has a pipe in it, or the sign of a break, as a backslash before it or not. */
const INSIDES = {
  text: 'a \\| b || c \\\\| d',
  'a mark': '<em>\\</em>|<strong>|\\</strong>|',
  code: '<code>grep a\\|b</code> and <code>a|b \\\\|</code>',
  'code in pieces': '<code>\\</code><code>| a</code>',
  'code with a token': '<code>{{macro:toc a="x|y"}} {status:a|red}</code>',
  link: '<a href="https://e.example/\\|x|">\\|</a>',
  'link with code': '<a href="https://e.example/"><code>\\| |</code></a>',
  'code with a link': '<code><a href="https://e.example/">\\|</a></code>',
  'page link': '<ac:link><ri:page ri:content-title="a\\|b|" /></ac:link>',
  image: '<ac:image ac:alt="a\\|b|"><ri:attachment ri:filename="x\\|y|.png" /></ac:image>',
  caption:
    '<ac:image><ri:attachment ri:filename="x.png" /><ac:caption><p>c \\| <code>\\| |</code><br />d</p></ac:caption></ac:image>',
  placeholder: macro('a\\|b | \\\\|'),
  'a break in a placeholder': macro('a&lt;br&gt;b'),
  'a break in code': '<code>&lt;br&gt; |</code>',
  'unknown elements': '<ac:unknown>a \\| b<br /><br />c</ac:unknown>',
  status:
    '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">A|\\|B</ac:parameter></ac:structured-macro>',
};

test.each(Object.entries(INSIDES))('%s in a cell does not end it', (_name, inside) => {
  for (const cell of [inside, `<p>${inside}</p>`, `<p>${inside}</p><p>2nd</p>`]) {
    const storage = table(cell);
    expect(rewrite(storage, 'beside', 'besides')).toBe(storage.replace('beside', 'besides'));
    if (cell.endsWith('<p>2nd</p>'))
      expect(rewrite(storage, '2nd', 'second')).toBe(storage.replace('2nd', 'second'));
  }
  // Without the page, and where the text goes on, it means the same.
  const shown = toMarkdown(table(`<p>${inside}</p>`)).markdown;
  if (!shown.includes('{{')) expect(toMarkdown(markdownToStorage(shown)).markdown).toBe(shown);
  const longer = table(`<p>start ${inside}</p>`);
  expect(rewrite(longer, 'start', 'begin')).toBe(longer.replace('start', 'begin'));
});

test('a pipe with a backslash is another text than one without, except in a cell', () => {
  expect(rewrite('<p>x <code>a\\|b</code></p>', '\\|', '|')).toBe('<p>x <code>a|b</code></p>');
  const code = (text: string): string =>
    `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`;
  expect(rewrite(code('grep a\\|b'), '\\|', '|')).toBe(code('grep a|b'));
  const link = (text: string): string =>
    `<p><a href="https://e.example/" local-id="1"><code>${text}</code></a></p>`;
  expect(rewrite(link('a\\|b'), '\\|', '|')).toBe(link('a|b'));
  expect(
    markdownToStorage('| a |\n|---|\n| `x\\|y` ![z](u\\|v) <i a="\\|"> ![n](attachment:a.png "c `d\\|e`") |'),
  ).toBe(
    '<table><tbody><tr><th><p>a</p></th></tr><tr><td><p><code>x|y</code> ![z](u|v) &lt;i a="|"&gt; <ac:image ac:alt="n"><ri:attachment ri:filename="a.png" /><ac:caption><p>c <code>d|e</code></p></ac:caption></ac:image></p></td></tr></tbody></table>',
  );
});

test('the sign of a break in code or in a placeholder begins no new line of a cell', () => {
  const code = (text: string): string => table(`<p>x <code>${text}</code></p><p>2nd</p>`);
  expect(rewrite(code('&lt;br&gt; a'), '`<br> a`', '`<br> b <br> c`')).toBe(
    code('&lt;br&gt; b &lt;br&gt; c'),
  );
  const before = (text: string): string => table(`<p>${macro('a&lt;br&gt;b')}${text}</p><p>2nd</p>`);
  expect(rewrite(before(' y'), ' y<br>', ' z<br>3rd<br>')).toBe(
    before(' z').replace('<p>2nd', '<p>3rd</p><p>2nd'),
  );
});

test('no text, code, link or picture of a cell ends it', { timeout: 120_000 }, () => {
  const sign = fc.constantFrom(
    '\\',
    '\\',
    '|',
    '|',
    '`',
    '*',
    'a',
    'b c',
    ']',
    '(',
    '{',
    '}',
    '&quot;',
    '&lt;br&gt;',
  );
  const text = fc.array(sign, { minLength: 1, maxLength: 6 }).map((signs) => signs.join(''));
  const inside = fc.oneof(
    text,
    text.map((one) => `<code>${one}</code>`),
    text.map((one) => `<em>${one}</em>`),
    fc.tuple(text, text).map(([one, two]) => `<a href="https://e.example/${one}">${two}</a>`),
    fc.tuple(text, text).map(([one, two]) => `<a href="https://e.example/${one}"><code>${two}</code></a>`),
    text.map((one) => `<ac:link><ri:page ri:content-title="${one}" /></ac:link>`),
    fc
      .tuple(text, text)
      .map(
        ([one, two]) =>
          `<ac:image ac:alt="${one}"><ri:attachment ri:filename="a.png" /><ac:caption><p>${two}<code>${one}</code></p></ac:caption></ac:image>`,
      ),
    text.map(macro),
  );
  const line = fc.array(inside, { minLength: 1, maxLength: 3 }).map((parts) => `<p>${parts.join('')}</p>`);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 2 }), (lines) => {
      const storage = table(lines.join('').replace('<p>', '<p>start '));
      expect(rewrite(storage, 'start ', 'begin ')).toBe(storage.replace('start ', 'begin '));
      expect(rewrite(storage, 'beside', 'besides')).toBe(storage.replace('beside', 'besides'));
    }),
    { numRuns: 500 },
  );
});
