import * as fc from 'fast-check';

/** Random Markdown for property tests: all of our notation, CommonMark and GFM with their oddities, and hostile text. */

const word = fc.constantFrom(
  'release',
  'rate limit',
  'Zürich',
  '東京の会議',
  'خطة',
  '😀',
  'snake_case',
  '10:30',
  'a&b',
  '&amp;',
  '&lt;p&gt;',
  '<',
  '\\*',
  '\u00a0x',
  '$5',
  '{{ value }}',
  '</p><ac:structured-macro ac:name="html">',
  '"><img onerror=x>',
  '<script>alert(1)</script>',
  ']]>',
  'C:\\temp',
  '@[Jane Doe]',
  '!',
  '#1',
);
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

const inlineAtom = fc.constantFrom(
  '`code`',
  '`` a ` b ``',
  '{status:Done|green}',
  '{status:To do}',
  '{date:2026-01-31}',
  '@[Jane](user:712020:ab-1)',
  ':tick:',
  '[text](https://a.example/?a=1&b=2)',
  '[**bold** text](page:ENG/Run%2Fbook#top)',
  '[file](attachment:plan.pdf)',
  '[here](#anchor)',
  '[x](javascript:alert(1))',
  '[x](data:text/html,y)',
  '[ref]',
  '[named][ref]',
  '<https://a.example/b_c>',
  'https://a.example/(d)',
  '![alt](attachment:a.png "A *caption* \\"x\\"")',
  '![alt](https://a.example/a.png){width=600 align=center}',
  '[card](https://a.example/c){card=block}',
  '{{macro:anchor _=here}}',
  '{{macro:status title="A|B"}}',
  '<u>under</u>',
  'x<sup>2</sup>',
  '<b>bold</b>',
  '~~gone~~',
  '***both***',
  '**a*b*c**',
  '<br>',
  '\\\n',
  '  \n',
  '\n',
);
const inline = fc
  .array(fc.oneof({ arbitrary: text, weight: 3 }, { arbitrary: inlineAtom, weight: 2 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(' '));
const oneLine = inline.map((line) => line.replace(/\\?\n/g, ' ').replace(/^[ \t]+/, ''));
const cell = oneLine.map((line) => line.replace(/(?<!\\)\|/g, '\\|'));

const indented = (body: string, by: string): string => body.replace(/\n(?=.)/g, `\n${by}`);
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;

const { block } = fc.letrec<{ block: string; blocks: string }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((blocks) => blocks.join('\n\n')),
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { arbitrary: inline, weight: 4 },
    fc.tuple(fc.integer({ min: 1, max: 6 }), oneLine).map(([level, line]) => `${'#'.repeat(level)} ${line}`),
    oneLine.map((line) => `${line}\n===`),
    oneLine.map((line) => `## ${line} {#my-id}`),
    fc
      .tuple(
        fc.constantFrom('- ', '* ', '1. ', '7. ', '- [ ] ', '- [x] '),
        fc.array(oneLine, { minLength: 1, maxLength: 3 }),
      )
      .map(([sign, items]) => items.map((item) => sign + item).join('\n')),
    fc
      .tuple(fc.constantFrom('- ', '1. ', '- [ ] '), oneLine, tie('blocks'))
      .map(
        ([sign, line, inner]) =>
          `${sign}${line}\n\n${' '.repeat(sign === '1. ' ? 3 : 2)}${indented(inner, sign === '1. ' ? '   ' : '  ')}`,
      ),
    tie('blocks').map((inner) => `> ${inner.replace(/\n/g, '\n> ')}`),
    fc
      .tuple(
        fc.constantFrom(
          'info',
          'note Mind *this*',
          'tip',
          'warning',
          'panel Title {bgColor=#fff panelIconText="🚀"}',
          'expand More [x]',
          'excerpt {hidden=true}',
          'details',
          'error',
          'macro ui-step {size=3}',
          'macro com.vendor.box a=1 b="x y"',
        ),
        tie('blocks'),
      )
      .map(([head, inner]) => `:::::::::${head}\n${inner}\n:::::::::`),
    fc.constantFrom(
      '---',
      '```js\nlet a = 1 < 2 && "]]>";\n```',
      '```js title="a b.js" linenumbers firstline=3 collapse\nx\n```',
      '~~~\n```\n:::\n~~~',
      '    indented code',
      '```{{macro:plantuml}}\n@startuml\n```',
      '{{macro:toc maxLevel=3}}',
      '{{macro:toc}}\n{{macro:children depth=2}}',
      '{{macro:include _=page:ENG/Other}}',
      '{{macro:jira jqlQuery="project = ENG AND text ~ \\"x\\""}}',
      '![alt](attachment:a.png)',
      '<div onclick="x">block html</div>',
      '<!-- a comment -->',
      '<br>',
      '[ref]: https://ref.example "T"',
      '* * *',
      '::: not a fence',
      '10) ten\n11) eleven',
      '- a\n\n- b',
      '+ one\n- two',
    ),
    fc
      .tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 4 }),
      )
      .map(([width, rows]) => {
        const [head = [], ...body] = rows.map((cells) => row(cells.slice(0, width)));
        return [head, row(Array<string>(width).fill('---')), ...body].join('\n');
      }),
    fc.constantFrom(
      ':::table\n| A | ← |\n|---|---|\n| b | • x<br>• y |\n| ↑ | 1\\. p<br>2\\. q |\n:::',
      ':::table {headers=column}\n| | |\n|---|---|\n| a | [ ] t<br>[x] u |\n:::',
      '::::columns\n:::column\nleft\n:::\n:::column\nright\n:::\n::::',
    ),
  ),
}));

/** A Markdown document. Columns stand at the top level only, as Confluence wants them. */
export const markdownArbitrary: fc.Arbitrary<string> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((blocks) => blocks.join('\n\n'));
