import { expect, test } from 'vitest';
import { adfMentions, adfNodes, adfSection, adfToMarkdown } from '../index.ts';
import type { AdfNode } from './document.ts';

const p = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
const text = (words: string, ...marks: string[]): AdfNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const markdown = (...nodes: AdfNode[]) => adfToMarkdown(nodes).markdown;

test('text, marks, links, mentions, dates, status, emoji', () => {
  const nodes = [
    p(
      text('Plain *stars* and '),
      text('bold', 'strong'),
      text(' '),
      { type: 'text', text: 'a page', marks: [{ type: 'link', attrs: { href: 'https://x.example/a b' } }] },
      text(' '),
      { type: 'mention', attrs: { id: '712020:a', text: '@Jane' } },
      text(' '),
      { type: 'date', attrs: { timestamp: '1764547200000' } },
      { type: 'status', attrs: { text: 'Done', color: 'green' } },
      { type: 'emoji', attrs: { shortName: ':smile:', text: '😄' } },
      { type: 'inlineCard', attrs: { url: 'https://y.example' } },
    ),
  ];
  const view = adfToMarkdown(nodes, { '712020:a': 'Jane Doe' });
  expect(view.markdown).toBe(
    'Plain \\*stars\\* and **bold** [a page](<https://x.example/a b>) @[Jane Doe](user:712020:a) {date:2025-12-01}{status:Done|green}😄<https://y.example>',
  );
  expect(view.notRendered).toEqual([]);
  expect(adfMentions(nodes)).toEqual(['712020:a']);
});

test('headings, lists, tasks, decisions, tables, panels, expands, code, quotes, layouts', () => {
  const item = (...content: AdfNode[]): AdfNode => ({ type: 'listItem', content });
  expect(
    markdown(
      { type: 'heading', attrs: { level: 3 }, content: [text('Title')] },
      {
        type: 'orderedList',
        attrs: { order: 3 },
        content: [
          item(p(text('a')), { type: 'bulletList', content: [item(p(text('b')))] }),
          item(p(text('c'))),
        ],
      },
      {
        type: 'taskList',
        content: [
          { type: 'taskItem', attrs: { state: 'DONE' }, content: [text('done')] },
          { type: 'taskItem', attrs: { state: 'TODO' }, content: [text('open')] },
        ],
      },
      {
        type: 'decisionList',
        content: [{ type: 'decisionItem', attrs: { state: 'DECIDED' }, content: [text('we go')] }],
      },
    ),
  ).toBe('### Title\n\n3. a\n\n   - b\n4. c\n\n- [x] done\n- [ ] open\n\n- (decided) we go');
  const cell = (type: string, ...content: AdfNode[]): AdfNode => ({ type, content });
  expect(
    markdown(
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [cell('tableHeader', p(text('h'))), cell('tableHeader', p(text('i|j')))],
          },
          { type: 'tableRow', content: [cell('tableCell', p(text('a')), p(text('b')))] },
        ],
      },
      { type: 'panel', attrs: { panelType: 'warning' }, content: [p(text('careful'))] },
      { type: 'expand', attrs: { title: 'More of it' }, content: [p(text('inside'))] },
      { type: 'codeBlock', attrs: { language: 'js' }, content: [text('a < b')] },
      { type: 'blockquote', content: [p(text('said'))] },
      { type: 'rule' },
    ),
  ).toBe(
    '| h | i\\|j |\n| --- | --- |\n| a<br>b |  |\n\n:::panel warning\ncareful\n:::\n\n:::expand "More of it"\ninside\n:::\n\n```js\na < b\n```\n\n> said\n\n---',
  );
});

test('what it does not know is a visible placeholder with its type and words; marks that are lost are counted', () => {
  const view = adfToMarkdown([
    { type: 'syncBlock', attrs: { resourceId: 'r-1' } },
    { type: 'somethingNew', content: [p(text('its words'))] },
    {
      type: 'extension',
      attrs: { extensionKey: 'jira', parameters: { macroParams: { key: { value: 'ENG-1' } } } },
    },
    p(text('red', 'textColor')),
  ]);
  expect(view.markdown).toBe(
    '{{adf:syncBlock resourceId=r-1}}\n\n{{adf:somethingNew text="its words"}}\n\n{{adf:extension extensionKey=jira key=ENG-1}}\n\nred',
  );
  expect(view.notRendered).toEqual([{ what: 'textColor mark', count: 1 }]);
});

test('a document of another shape is read as far as it goes', () => {
  expect(adfNodes('[]')).toBeNull();
  expect(adfNodes('{')).toBeNull();
  expect(adfNodes('{"type":"doc"}')).toEqual([]);
  expect(markdown({ type: 'paragraph', content: 'x' } as unknown as AdfNode)).toBe('');
  expect(
    markdown(p({ type: 'text' } as AdfNode, { type: 'text', text: 'a', marks: 'b' } as unknown as AdfNode)),
  ).toBe('a');
});

test('hostile nesting shows as a placeholder', { timeout: 20_000 }, () => {
  let node: AdfNode = p(text('core'));
  for (let depth = 0; depth < 20_000; depth += 1) node = { type: 'panel', content: [node] };
  expect(markdown(node)).toContain('{{adf:panel');
});

test('a section by heading or path', () => {
  const h = (level: number, words: string): AdfNode => ({
    type: 'heading',
    attrs: { level },
    content: [text(words)],
  });
  const nodes = [h(1, 'A'), p(text('1')), h(2, 'X'), p(text('2')), h(1, 'B'), h(2, 'X'), p(text('3'))];
  expect(markdown(...adfSection(nodes, 'A > X'))).toBe('## X\n\n2');
  expect(markdown(...adfSection(nodes, 'b'))).toBe('# B\n\n## X\n\n3');
  expect(() => adfSection(nodes, 'X')).toThrow(/ambiguous: A > X; B > X/);
  expect(() => adfSection(nodes, 'C')).toThrow(/not at the top level/);
});

test('a pipe does not end a cell, whatever stands before it', () => {
  const row = (...cells: AdfNode[][]): AdfNode => ({
    type: 'tableRow',
    content: cells.map((content) => ({ type: 'tableCell', content })),
  });
  const cell = [p(text('a \\| b '), text('c|d', 'code'), text(' '), text('grep e\\|f', 'code'))];
  const table = markdown({ type: 'table', content: [row(cell, [p(text('beside'))])] });
  expect(table.split('\n')[0]).toBe('| a \\\\\\| b `c\\|d` <code>grep e\\\\\\|f</code> | beside |');
});
