import { expect, test } from 'vitest';
import { NotWellFormed, parseXml } from '../xml/parse.ts';
import { plainText } from '../xml/plain-text.ts';
import { storageToAdf } from './adf.ts';
import { adfToStorage } from './adf-to-storage.ts';
import { type RenderContext, storageToHtml } from './html.ts';

const context: RenderContext = {
  personName: (id) => (id === 'a1' ? 'Ada' : undefined),
  pageUrl: (title) => (title === 'Known' ? '/wiki/spaces/ENG/pages/1' : undefined),
  spaceUrl: () => undefined,
  attachmentUrl: (name) => (name === 'x.png' ? '/wiki/download/attachments/1/x.png' : undefined),
};
const html = (storage: string) => storageToHtml(storage, context);

test('nothing in a body runs or loads from elsewhere', () => {
  const made = html(
    '<script>alert(1)</script><p onclick="x()" style="background:url(//evil)">a</p><img src="https://evil/x.png" /><iframe src="x"></iframe><a href="javascript:alert(1)">b</a><a href="//evil.example">c</a><ac:image><ri:url ri:value="https://evil/x.png" /></ac:image>',
  );
  for (const part of ['<script', 'onclick', 'url(', '<img', '<iframe', 'javascript:', 'href="//'])
    expect(made).not.toContain(part);
});

test('macros, tasks, links, images and mentions are drawn', () => {
  expect(
    html(
      '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Live</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro>',
    ),
  ).toBe('<span class="lozenge green">Live</span>');
  expect(
    html(
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a<b]]></ac:plain-text-body></ac:structured-macro>',
    ),
  ).toContain('<code>a&lt;b</code>');
  expect(
    html(
      '<ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">AB-1</ac:parameter></ac:structured-macro>',
    ),
  ).toContain('key: AB-1');
  expect(
    html(
      '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Do</ac:task-body></ac:task></ac:task-list>',
    ),
  ).toContain('checked');
  expect(html('<ac:link><ri:page ri:content-title="Known" /></ac:link>')).toContain(
    '<a href="/wiki/spaces/ENG/pages/1"',
  );
  expect(html('<ac:link><ri:page ri:content-title="Nope" /></ac:link>')).toContain('class="missing"');
  expect(html('<ac:link><ri:user ri:account-id="a1" /></ac:link>')).toContain('@Ada');
  expect(html('<ac:image ac:width="90"><ri:attachment ri:filename="x.png" /></ac:image>')).toContain(
    'width="90"',
  );
  expect(html('<ac:structured-macro ac:name="__proto__" />')).toContain('__proto__');
});

test('the parser is strict about what Confluence is strict about', () => {
  for (const good of [
    '',
    'text',
    '<p/>',
    '<br />',
    '&nbsp;&eacute;&#8364;&#x20AC;',
    '<!-- c --><p>x</p>',
    '<a href="?a=1&amp;b=2">l</a>',
    "<p a='1'>'</p>",
  ])
    expect(() => parseXml(good)).not.toThrow();
  for (const bad of [
    '<p>',
    '</p>',
    '<p></b>',
    'a & b',
    '&nope;',
    '<p a=1/>',
    '<p a="1" a="2"/>',
    '<x:p/>',
    '<![CDATA[',
    '<!-- ',
    '1 < 2',
    '<p>'.repeat(600) + '</p>'.repeat(600),
  ])
    expect(() => parseXml(bad)).toThrow(NotWellFormed);
});

test('plain text has the words of a page and not its machinery', () => {
  expect(
    plainText(
      '<h1>Title</h1><p>One <strong>two</strong></p><ac:structured-macro ac:name="code"><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[x()]]></ac:plain-text-body></ac:structured-macro>',
    ),
  ).toBe('Title\nOne two\nx()');
});

test('ADF of a page goes back to the storage it came from', () => {
  const storage =
    '<h2>H</h2><p>a <strong>b</strong> <a href="https://x.example">c</a></p><ul><li><p>one</p></li></ul><table><tbody><tr><th><p>h</p></th><td colspan="2"><p>d</p></td></tr></tbody></table><hr /><ac:structured-macro ac:name="code" ac:schema-version="1"><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[x]]]]><![CDATA[>]]></ac:plain-text-body></ac:structured-macro><ac:structured-macro ac:name="jira" ac:schema-version="1"><ac:parameter ac:name="key">A-1</ac:parameter></ac:structured-macro>';
  expect(adfToStorage(JSON.stringify(storageToAdf(storage)))).toBe(storage);
  expect(() => adfToStorage('{"type":"doc","content":[{"type":"syncBlock"}]}')).toThrow('syncBlock');
});
