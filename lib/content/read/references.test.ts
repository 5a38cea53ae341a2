import { expect, test } from 'vitest';
import { anchorsOf, hasAnchor, linesOf, references, tablesOf } from '../index.ts';

const targets = (storage: string) => references(storage).map(({ target }) => target);

test('every kind of reference is found with its use, block and line', () => {
  const storage = [
    '<h2>Links</h2>',
    '<p>See <ac:link ac:anchor="Part"><ri:page ri:space-key="HW" ri:content-title="A &amp; B"/><ac:link-body>the <b>list</b></ac:link-body></ac:link> now.</p>',
    '<p><ac:link><ri:content-entity ri:content-id="12"/></ac:link><ac:link><ri:page ri:content-id="13"/></ac:link></p>',
    '<p><ac:link ac:anchor="here"><ac:plain-text-link-body><![CDATA[up]]></ac:plain-text-link-body></ac:link><a href="#there">x</a></p>',
    '<p><a href=" https://a.example/?x=1&amp;y=2 ">web</a></p>',
    '<ac:image ac:alt="Plan"><ri:attachment ri:filename="p.png"><ri:page ri:content-title="Q"/></ri:attachment></ac:image>',
    '<ac:image><ri:url ri:value="https://a.example/i.png"/></ac:image>',
    '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name"><ri:attachment ri:filename="f.pdf"/></ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name">old.pdf</ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="viewxls"><ac:parameter ac:name="page">Tab</ac:parameter><ac:parameter ac:name="name"><ri:attachment ri:filename="t.xls"/></ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Inc"/></ac:link></ac:parameter></ac:structured-macro>',
    '<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user"><ri:user ri:account-id="u:1"/></ac:parameter></ac:structured-macro>',
    '<p><ac:link><ri:blog-post ri:content-title="Post" ri:posting-day="2026/01/02"/></ac:link><ac:link><ri:space ri:space-key="ENG"/></ac:link><ac:link><ri:user ri:userkey="k"/></ac:link></p>',
  ].join('');
  const found = references(storage);
  expect(found.map(({ target, use }) => ({ ...target, use }))).toEqual([
    { kind: 'page', title: 'A & B', space: 'HW', anchor: 'Part', use: 'link' },
    { kind: 'content', id: '12', anchor: null, use: 'link' },
    { kind: 'content', id: '13', anchor: null, use: 'link' },
    { kind: 'anchor', anchor: 'here', use: 'link' },
    { kind: 'anchor', anchor: 'there', use: 'link' },
    { kind: 'url', url: 'https://a.example/?x=1&y=2', use: 'link' },
    { kind: 'attachment', filename: 'p.png', page: { title: 'Q', space: null }, use: 'image' },
    { kind: 'url', url: 'https://a.example/i.png', use: 'image' },
    { kind: 'attachment', filename: 'f.pdf', page: null, use: 'preview' },
    { kind: 'attachment', filename: 'old.pdf', page: null, use: 'preview' },
    { kind: 'attachment', filename: 't.xls', page: { title: 'Tab', space: null }, use: 'preview' },
    { kind: 'page', title: 'Inc', space: null, anchor: null, use: 'include' },
    { kind: 'person', accountId: 'u:1', use: 'parameter' },
    { kind: 'blog_post', title: 'Post', space: null, anchor: null, use: 'link' },
    { kind: 'space', space: 'ENG', use: 'link' },
    { kind: 'person', accountId: null, use: 'link' },
  ]);
  expect(found[0]).toMatchObject({ text: 'the list', headingPath: ['Links'], snippet: 'See the list now.' });
  expect(found[0]?.block).toMatch(/^p-/);
  expect(found[6]?.text).toBe('Plan');
});

test('a link in a code block or a macro title is no link', () => {
  expect(
    targets(
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[<a href="x">]]></ac:plain-text-body></ac:structured-macro>',
    ),
  ).toEqual([]);
});

test('deep nesting costs no more than its length', () => {
  const deep = `${'<div>'.repeat(20_000)}<a href="x">y</a>${'</div>'.repeat(20_000)}`;
  const began = process.cpuUsage();
  expect(targets(deep)).toHaveLength(1);
  expect(linesOf(deep)).toHaveLength(1);
  expect(anchorsOf(deep).open).toBe(false);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(3000);
});

test('anchors: headings in the forms editors write, anchor macros, repeated headings', () => {
  const anchors = anchorsOf(
    '<h2>Rollback &amp; Procedures</h2><p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">fn-1</ac:parameter></ac:structured-macro></p><h2>バージョン番号</h2>',
  );
  for (const name of [
    'Rollback-&-Procedures',
    'Rollback-%26-Procedures',
    'MyPage-Rollback&Procedures',
    'id-MyPage-Rollback&Procedures',
    'Rollback-&-Procedures.1',
    'fn-1',
    'top',
    '%E3%83%90%E3%83%BC%E3%82%B8%E3%83%A7%E3%83%B3%E7%95%AA%E5%8F%B7',
  ])
    expect(hasAnchor(anchors, name, 'My Page'), name).toBe(true);
  expect(hasAnchor(anchors, 'Version-numbers', 'My Page')).toBe(false);
  expect(hasAnchor(anchors, '%E0%A4%A', 'My Page')).toBe(false);
  const include = '<ac:structured-macro ac:name="include"></ac:structured-macro>';
  expect(anchorsOf(include).open).toBe(true);
});

test('lines: mentions and dates stand in the text, a break starts a new line, tasks and decisions stay whole', () => {
  const mention = '<ac:link><ri:user ri:account-id="712020:ada"/></ac:link>';
  const lines = linesOf(
    [
      `<h2>Next</h2><p>Action: ${mention} writes<br/>TODO: all</p>`,
      '<ul><li>one<ul><li><p>two</p></li></ul></li></ul>',
      `<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span>${mention} calls <time datetime="2026-11-26"/></span></ac:task-body></ac:task></ac:task-list>`,
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>We <b>go</b></ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul><li>We go</li></ul></ac:adf-fallback></ac:adf-extension>',
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[TODO: not me]]></ac:plain-text-body></ac:structured-macro>',
    ].join(''),
  );
  expect(lines.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'heading: Next',
    'paragraph: Action: @[712020:ada] writes',
    'paragraph: TODO: all',
    'item: one',
    'item: two',
    'task: @[712020:ada] calls 2026-11-26',
    'decision: We go',
    'code: TODO: not me',
  ]);
  expect(lines[5]).toMatchObject({ done: true, taskId: '7', headingPath: ['Next'] });
});

test('tables: cells over several rows and columns are repeated', () => {
  const [table] = tablesOf(
    '<table><tbody><tr><th>Action</th><th colspan="2">Who</th></tr><tr><td rowspan="2"><p>Paint</p></td><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>',
  );
  expect(table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
    ['Action', 'Who', 'Who'],
    ['Paint', 'A', 'B'],
    ['Paint', 'C', 'D'],
  ]);
  expect(table?.rows[0]?.every((cell) => cell.header)).toBe(true);
});
