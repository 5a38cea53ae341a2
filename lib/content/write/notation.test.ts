import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownNotation } from './notation.ts';
import { markdownToStorage } from './storage.ts';

const macro = (name: string, parameters: Record<string, string>, body = ''): string =>
  `<ac:structured-macro ac:name="${name}">${Object.entries(parameters)
    .map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`)
    .join('')}${body}</ac:structured-macro>`;
const rich = (text: string): string => `<ac:rich-text-body>${text}</ac:rich-text-body>`;

function refusal(markdown: string, originals?: string): ContentError {
  try {
    markdownToStorage(markdown, originals === undefined ? {} : { originals });
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error(`accepted: ${markdown}`);
}

test.each<[string, string]>([
  ['{status:Done|green}', `<p>${macro('status', { title: 'Done', colour: 'Green' })}</p>`],
  ['{status:To do|neutral}', `<p>${macro('status', { title: 'To do', colour: 'Grey' })}</p>`],
  ['{date:2024-02-29}', '<p><time datetime="2024-02-29" /></p>'],
  [':tick: 10:30', '<p><ac:emoticon ac:name="tick" /> 10:30</p>'],
  [
    '[t](page:ENG/A%2FB#top)',
    '<p><ac:link ac:anchor="top"><ri:page ri:content-title="A/B" ri:space-key="ENG" /><ac:link-body>t</ac:link-body></ac:link></p>',
  ],
  ['[t](#top)', '<p><ac:link ac:anchor="top"><ac:link-body>t</ac:link-body></ac:link></p>'],
  [
    '[t](attachment:a.pdf)',
    '<p><ac:link><ri:attachment ri:filename="a.pdf" /><ac:link-body>t</ac:link-body></ac:link></p>',
  ],
  [
    '[t](https://a.example){card=block}, x',
    '<p><a href="https://a.example" data-card-appearance="block">t</a>, x</p>',
  ],
  [
    '[t](page:Plan){card=inline}',
    '<p><ac:link ac:card-appearance="inline"><ri:page ri:content-title="Plan" /><ac:link-body>t</ac:link-body></ac:link></p>',
  ],
  ['[t](https://a.example){x}', '<p><a href="https://a.example">t</a>{x}</p>'],
  ['[t][r]\n\n[r]: https://a.example', '<p><a href="https://a.example">t</a></p>'],
  [
    '![a](attachment:a.png "The *plan*"){width=600 align=center}',
    '<ac:image ac:layout="center" ac:width="600" ac:align="center" ac:custom-width="true" ac:alt="a"><ri:attachment ri:filename="a.png" /><ac:caption><p>The <em>plan</em></p></ac:caption></ac:image>',
  ],
  ['## T {#a}', `<h2>${macro('anchor', { '': 'a' })}T</h2>`],
  ['<b>x</b><u>y</u>2<sup>n</sup><br>z', '<p><strong>x</strong><u>y</u>2<sup>n</sup><br />z</p>'],
  ['a\\\nb', '<p>a<br />b</p>'],
  [
    '```JS title="a \\"b\\".js" linenumbers collapse firstline=3\nx\n```',
    macro(
      'code',
      { language: 'js', title: 'a "b".js', linenumbers: 'true', collapse: 'true', firstline: '3' },
      '<ac:plain-text-body><![CDATA[x]]></ac:plain-text-body>',
    ),
  ],
  [
    '```\n]]>\n```',
    macro('code', {}, '<ac:plain-text-body><![CDATA[]]]]><![CDATA[>]]></ac:plain-text-body>'),
  ],
  [':::success Well done\nx\n:::', macro('tip', { title: 'Well done' }, rich('<p>x</p>'))],
  [
    ':::panel T {bgColor=#deebff panelIconText="🚀"}\nx\n:::',
    macro('panel', { title: 'T', bgColor: '#deebff', panelIconText: '🚀' }, rich('<p>x</p>')),
  ],
  [':::macro ui-step size=3 a="b c"\nx\n:::', macro('ui-step', { size: '3', a: 'b c' }, rich('<p>x</p>'))],
  [
    ':::macro alert Mind it {type=info}\nx\n:::',
    macro('alert', { title: 'Mind it', type: 'info' }, rich('<p>x</p>')),
  ],
  ['{{macro:toc maxLevel=3}}', macro('toc', { maxLevel: '3' })],
  [
    '{{macro:include _=page:ENG/Other}}',
    macro('include', { '': '<ac:link><ri:page ri:content-title="Other" ri:space-key="ENG" /></ac:link>' }),
  ],
  [
    '{{macro:view-file name=attachment:a.pdf}}',
    macro('view-file', { name: '<ri:attachment ri:filename="a.pdf" />' }),
  ],
  ['{{macro:profile user=user:1:2}}', macro('profile', { user: '<ri:user ri:account-id="1:2" />' })],
  ['{{macro:jira key=ENG-1}}', macro('jira', { key: 'ENG-1' })],
  [
    '```{{macro:plantuml}}\nA\n```',
    macro('plantuml', {}, '<ac:plain-text-body><![CDATA[A]]></ac:plain-text-body>'),
  ],
  [
    '::::columns\n:::column\na\n:::\n:::column\nb\n:::\n::::',
    '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>',
  ],
  [
    '- [ ] a\n  - [x] b',
    '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task><ac:task-list><ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list></ac:task-list>',
  ],
  ['7. a', '<ol start="7"><li><p>a</p></li></ol>'],
  ['\\{status:x} \\:::info', '<p>{status:x} :::info</p>'],
  ['<div onclick="x">y</div>', '<p>&lt;div onclick="x"&gt;y&lt;/div&gt;</p>'],
  ['naïve\u00a0😀 خطة', '<p>naïve\u00a0😀 خطة</p>'],
])('%s', (markdown, storage) => {
  expect(markdownToStorage(markdown)).toBe(storage);
});

test.each<[string, RegExp, RegExp]>([
  [':::foo\nx\n:::', /":::foo" is unknown/, /info, note.*:::macro name/],
  [':::info\nx', /line 1 is never closed/, /":::"/],
  ['{status:x|orange}', /colour/, /grey, red, yellow/],
  ['{date:2026-02-30}', /no day/, /2026-01-31/],
  ['x[^1]\n\n[^1]: note', /no footnotes/, /brackets/],
  ['```js wrap\nx\n```', /no option "wrap"/, /linenumbers/],
  ['![a](attachment:a.png){width=wide}', /width=wide/, /pixels/],
  ['[a](https://a.example){card=big}', /card=big/, /inline, block or embed/],
  ['{{element:time}}', /no #id/, /\{\{macro:name/],
  ['{{macro:toc #nosuch}}', /names nothing/, /#id/],
  ['{{macro:toc a=1 a=2}}', /"a" twice/, /once/],
  [':::panel T {red}\nx\n:::', /not key=value/, /bgColor=/],
  [':::info {#nosuch}\nx\n:::', /names nothing/, /#id/],
  [':::info\n:::columns\n:::column\na\n:::\n:::\n:::', /top level/, /:::column/],
  [':::layout\ntext\n:::', /holds :::section/, /:::cell/],
  [':::cell\nx\n:::\n\n:::column\nx\n:::', /outside of :::columns/, /:::column/],
  ['| a |\n|---|\n| b | c |', /Row 2 .* 2 cells/, /as many cells/],
  [':::table\n| a | b |\n|---|---|\n| c | ↑ |\n| ← | d |\n:::', /row 3, column 1/, /rectangle/],
])('%s is refused', (markdown, message, next) => {
  const error = refusal(markdown);
  expect(error.message).toMatch(message);
  expect(error.next).toMatch(next);
});

test('what a page shows cannot be changed by the way', () => {
  const page = `${macro('toc', { maxLevel: '3' })}${macro('panel', { bgColor: '#fff' }, rich('<p>x</p>'))}${macro('code', { title: 'a', language: 'js' }, '<ac:plain-text-body><![CDATA[x]]></ac:plain-text-body>')}`;
  const { markdown } = toMarkdown(page);
  expect(refusal(markdown.replace('maxLevel=3', 'maxLevel=4'), page).next).toContain('set_parameter');
  expect(refusal(markdown.replace('#fff', '#000'), page).next).toContain('set_parameter');
  expect(refusal(markdown.replace('title=a', 'title=b'), page).next).toContain('set_parameter');
});

test('every example of the notation is accepted', () => {
  for (const piece of [
    '{date:2026-01-31}',
    ':tick:',
    '[text](page:SPACE/Title#anchor)',
    '[file](attachment:a.pdf)',
    '![alt](attachment:a.png "Caption"){width=600 align=center}',
    '## Heading {#anchor}',
    '```js title="a.js" linenumbers collapse firstline=3',
    'panel {bgColor=#deebff panelIconText="🚀"}',
    '{{macro:toc maxLevel=3}}',
    '```{{macro:plantuml}}',
    ':::macro name key=value',
    '{{macro:include _=page:ENG/Other}}',
  ]) {
    expect(markdownNotation).toContain(piece);
    const whole = piece.startsWith('```')
      ? `${piece}\nx\n\`\`\``
      : /^(?:panel|:::)/.test(piece)
        ? `:::${piece.replace(/^:::/, '')}\nx\n:::`
        : piece;
    expect(markdownToStorage(whole)).not.toMatch(/[{}]|:::/);
  }
  expect(markdownNotation.length).toBeLessThan(2000);
});
