import { expect, test } from 'vitest';
import { markdownToStorage } from '../write/storage.ts';
import { toMarkdown } from './markdown.ts';

const macro = (name: string, inner: string): string =>
  `<ac:structured-macro ac:name="${name}">${inner}</ac:structured-macro>`;
const parameter = (name: string, inner: string): string =>
  `<ac:parameter ac:name="${name}">${inner}</ac:parameter>`;
const shown = (storage: string, people: Record<string, string> = {}): string =>
  toMarkdown(storage, { people }).markdown.replace(/ ?#[a-z0-9.]{6,}(?=\}\}|\}$)/gm, '');

test('people, pages, spaces, files and addresses in parameters are readable', () => {
  const ann = '<ri:user ri:account-id="712020:ann" />';
  const link = '<ac:link><ri:page ri:content-title="Fares" ri:space-key="SALES" /></ac:link>';
  expect(shown(macro('profile', parameter('user', ann)), { '712020:ann': 'Ann "A" [x]' })).toBe(
    '{{macro:profile user="@[Ann A x ](user:712020:ann)"}}',
  );
  expect(shown(macro('include', parameter('', link)))).toBe('{{macro:include _=SALES/Fares}}');
  expect(shown(macro('blog-posts', parameter('spaces', '<ri:space ri:space-key="NEWS" />')))).toBe(
    '{{macro:blog-posts spaces=NEWS}}',
  );
  expect(shown(macro('view-file', parameter('name', '<ri:attachment ri:filename="a b.pdf" />')))).toBe(
    '{{macro:view-file name="a b.pdf"}}',
  );
  expect(shown(macro('widget', parameter('url', '<ri:url ri:value="https://v.example/" />')))).toBe(
    '{{macro:widget url=https://v.example/}}',
  );
});

test('a placeholder that names a person comes back whatever the person is called', () => {
  const body = `<p>By ${macro('profile', parameter('user', '<ri:user ri:account-id="712020:ann" />'))}</p>`;
  const { markdown } = toMarkdown(body, { people: { '712020:ann': 'Ann Other' } });
  expect(markdown).toContain('@[Ann Other](user:712020:ann)');
  expect(markdownToStorage(`${markdown} again`, { originals: body })).toBe(
    body.replace('</p>', ' again</p>'),
  );
});

test('what says most comes first', () => {
  const jira = macro('jira', parameter('serverId', '1') + parameter('key', 'BW-1'));
  expect(shown(jira)).toBe('{{macro:jira key=BW-1 serverId=1}}');
});

test('long values are cut, and say by how much', () => {
  const words = 'tide '.repeat(100).trim();
  expect(shown(macro('x', parameter('a', words)))).toBe(`{{macro:x a="${words.slice(0, 300)}…(+199)"}}`);
  const data = 'eNpL'.repeat(100);
  expect(shown(macro('x', parameter('data', data)))).toBe(`{{macro:x data="${data.slice(0, 60)}…(+340)"}}`);
  const long = `<ac:unknown>${'word '.repeat(1000)}</ac:unknown>`;
  const view = toMarkdown(long);
  expect(view.markdown).toMatch(/^\{\{element:unknown text="(?:word )+…\(\+2999\)" #\w+\}\}$/);
  expect(view.notRendered).toEqual([{ what: 'end of a long text in a placeholder', count: 1 }]);
});

test('a macro with very many parameters still comes back', () => {
  const inner = Array.from({ length: 200 }, (_, at) => parameter(`p${at}`, 'value '.repeat(20))).join('');
  const body = `<p>x ${macro('many', inner)}</p>`;
  const view = toMarkdown(body);
  expect(view.markdown.length).toBeLessThan(6000);
  expect(view.markdown).toMatch(/parameters-left-out=\d+ #\w+\}\}$/);
  expect(view.notRendered).toEqual([{ what: 'parameters of a macro with very many', count: 1 }]);
  expect(markdownToStorage(`y ${view.markdown}`, { originals: body })).toBe(body.replace('<p>', '<p>y '));
});

test('what a macro holds besides its body is shown', () => {
  const two = macro(
    'two',
    '<ac:rich-text-body><p>rich</p></ac:rich-text-body><ac:plain-text-body><![CDATA[plain]]></ac:plain-text-body>',
  );
  expect(shown(two)).toBe(':::two {more=plain}\nrich\n:::');
  const gallery = macro('gallery', '<ac:image><ri:attachment ri:filename="a.png" /></ac:image>');
  expect(shown(gallery)).toBe('{{macro:gallery more="image [a.png]"}}');
});

test('content that stands in a placeholder reads as one line', () => {
  const table =
    '<table><tbody><tr><th>Port</th><td>4 m</td></tr><tr><th>Holm</th><td><strong>6 m</strong></td></tr></tbody></table>';
  expect(shown(`<table><tbody><tr><td>${table}</td></tr></tbody></table>`)).toContain(
    '{{element:table text="Port \\| 4 m / Holm \\| **6 m**"}}',
  );
  const panel = macro(
    'info',
    `<ac:rich-text-body><ul><li>one</li><li>two ${macro('status', parameter('title', 'Done'))}</li></ul></ac:rich-text-body>`,
  );
  expect(shown(`<table><tbody><tr><td>${panel}</td></tr></tbody></table>`)).toContain(
    '{{macro:info text="• one • two [status] title=Done"}}',
  );
});

test('a break in a placeholder is seen, and so is a second one', () => {
  const list = (text: string): string =>
    `<span style="color: red;"><ul><li><p>item</p><p>${text}</p></li><li>next</li></ul></span>`;
  expect(shown(list('First line<br />second line<br /><br />after an empty line'))).toBe(
    '{{element:ul text="• item First line\\nsecond line\\n\\nafter an empty line • next"}}',
  );
});

test('a caption whose code would end the title of the picture stands in a placeholder', () => {
  const body = (text: string): string =>
    `<p>see <ac:image><ri:attachment ri:filename="a.png" /><ac:caption><p>${text}</p></ac:caption></ac:image></p>`;
  expect(shown(body('say \\"x" <code>"</code>'))).toBe(
    'see ![a.png](attachment:a.png "say \\\\\\"x\\" `\\"`")',
  );
  const odd = body('<code>\\"</code>');
  expect(shown(odd)).toBe('see {{element:image filename=a.png text="`\\\\\\"`"}}');
  expect(markdownToStorage(`${toMarkdown(odd).markdown} it`, { originals: odd })).toBe(
    odd.replace(/<\/p>$/, ' it</p>'),
  );
});
