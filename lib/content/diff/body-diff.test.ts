import { expect, test } from 'vitest';
import type { DiffEntry, RichNode } from '#lib/wire';
import { pageBody } from '../testing/page-body.ts';
import { diffStorage } from './body-diff.ts';

type Touched = Exclude<DiffEntry, { op: 'keep' }>;

const changes = (before: string, after: string): Touched[] =>
  diffStorage(before, after).entries.filter((entry): entry is Touched => entry.op !== 'keep');

const macro = (name: string, parameters: Record<string, string>, body = ''): string =>
  `<ac:structured-macro ac:name="${name}">${Object.entries(parameters)
    .map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`)
    .join('')}${body}</ac:structured-macro>`;
const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const code = (language: string, text: string): string =>
  macro('code', { language }, `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`);

/** The one changed value that a change shows, as `name: old -> new`. */
function notes(nodes: readonly RichNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.tag !== 'attr') return notes(node.kids ?? []);
    const side = (tag: string): unknown =>
      (node.kids ?? []).flatMap((kid) =>
        typeof kid === 'object' && kid.tag === tag ? (kid.kids ?? []) : [],
      )[0] ?? null;
    return [`${node.at?.title}: ${side('del')} -> ${side('ins')}`];
  });
}
const noted = (before: string, after: string): string[] =>
  changes(before, after).flatMap(({ rendered }) => notes(rendered));

test('no change is one count', () => {
  const diff = diffStorage(pageBody, pageBody.replace('<h2>Status', '\n<h2 local-id="x">Status'));
  expect(diff.entries).toEqual([
    {
      op: 'keep',
      count: 18,
      headings: ['API Guidelines', 'Rate limits', 'Headers', 'Errors', 'Status'],
      first: 'API Guidelines',
      last: 'Done see',
    },
  ]);
  expect(diff.counts).toEqual({
    kept: 18,
    changed: 0,
    added: 0,
    removed: 0,
    moved: 0,
    macrosKept: 5,
    macrosLost: 0,
    commentMarkersLost: 0,
    commentsAffected: 0,
    commentsKept: 1,
  });
});

test('marks words and list items; what goes and comes carries its mark', () => {
  const [list] = changes(
    '<ul><li>one two</li><li>three</li><li>four</li></ul>',
    '<ul><li>one 2</li><li>four</li><li>five</li></ul>',
  );
  expect(list?.rendered).toEqual([
    {
      tag: 'ul',
      kids: [
        { tag: 'li', kids: ['one ', { tag: 'del', kids: ['two'] }, { tag: 'ins', kids: ['2'] }] },
        { tag: 'li', at: { mark: 'remove' }, kids: [{ tag: 'del', kids: ['three'] }] },
        { tag: 'li', kids: ['four'] },
        { tag: 'li', at: { mark: 'add' }, kids: [{ tag: 'ins', kids: ['five'] }] },
      ],
    },
  ]);
});

test('a moved item is one item, and numbers stay true beside a fold', () => {
  const items = (names: string[]): string => `<ol>${names.map((name) => `<li>${name}</li>`).join('')}</ol>`;
  const names = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu', 'hen', 'ibis'];
  const [list] = changes(items(names), items([...names.slice(0, 7), 'ibis', 'hen']));
  expect(JSON.stringify(list?.rendered)).toBe(
    JSON.stringify([
      {
        tag: 'ol',
        kids: [
          { tag: 'fold', at: { kind: 'items', count: 7 } },
          { tag: 'li', at: { start: 8 }, kids: ['ibis'] },
          { tag: 'li', at: { mark: 'move', start: 9 }, kids: ['hen'] },
        ],
      },
    ]),
  );
});

test('a section that moved is one entry with both places, and its text is there once', () => {
  const [intro, limits, errors] = [
    '<h1>API</h1><p>Hello there.</p>',
    '<h2>Limits</h2><p>Sixty a minute.</p><hr />',
    '<h2>Errors</h2><p>All errors are documents.</p><p>See the code.</p><p>And the log.</p>',
  ];
  const diff = diffStorage(intro + limits + errors, intro + errors + limits);
  expect(diff.entries.map(({ op }) => op)).toEqual(['keep', 'left', 'keep', 'move']);
  expect(diff.entries.at(-1)).toMatchObject({
    op: 'move',
    kind: 'h2',
    count: 3,
    changed: false,
    from: { path: ['API'], after: 'Hello there.' },
    to: { path: ['API'], after: 'And the log.' },
  });
  expect(diff.counts).toMatchObject({ kept: 6, moved: 3, added: 0, removed: 0, changed: 0 });
});

test('a paragraph that moved and changed is one entry, with its words marked', () => {
  const text = 'Every client may send one hundred requests a minute, counted per token.';
  const [left, moved] = changes(
    `<h2>A</h2><p>${text}</p><p>First thing.</p><h2>B</h2><p>Second thing.</p>`,
    `<h2>A</h2><p>First thing.</p><h2>B</h2><p>Second thing.</p><p>${text.replace('one', 'two')}</p>`,
  );
  expect(left).toMatchObject({ op: 'left', to: { path: ['B'], after: 'Second thing.' } });
  expect(moved).toMatchObject({ op: 'move', changed: true, from: { path: ['A'], after: null } });
  expect(JSON.stringify(moved?.rendered)).toContain(
    '{"tag":"del","kids":["one"]},{"tag":"ins","kids":["two"]}',
  );
});

test('a paragraph split in two, and two merged, are one change', () => {
  const [one, two] = ['We ship on Friday afternoon.', 'Then we celebrate with cake and coffee.'];
  const [split] = changes(`<p>${one} ${two}</p>`, `<p>${one}</p><p>${two}</p>`);
  expect(split).toMatchObject({ op: 'change', shape: 'split' });
  const [merged] = changes(`<p>${one}</p><p>${two}</p>`, `<p>${one} ${two}</p>`);
  expect(merged).toMatchObject({ op: 'change', shape: 'merged' });
  expect(diffStorage(`<p>${one} ${two}</p>`, `<p>${one}</p><p>${two}</p>`).counts).toMatchObject({
    changed: 1,
    added: 0,
  });
});

test('another kind or level is a change that says what it was', () => {
  const [list] = changes(
    '<p>Bring apples, pears, plums</p>',
    '<ul><li>Bring apples</li><li>pears</li><li>plums</li></ul>',
  );
  expect(list).toMatchObject({ op: 'change', kind: 'list', was: 'paragraph' });
  const [heading] = changes('<h2>Limits of use</h2>', '<h3>Limits of use</h3>');
  expect(heading).toMatchObject({
    op: 'change',
    kind: 'h3',
    was: 'h2',
    rendered: [{ tag: 'h3', kids: ['Limits of use'] }],
  });
  const [panel] = changes(macro('info', {}, rich('<p>x</p>')), macro('warning', {}, rich('<p>x</p>')));
  expect(panel).toMatchObject({ op: 'change', kind: 'warning', was: 'info', frame: true });
});

test('a panel comes with what is in it, or as a frame around what stays', () => {
  const [whole] = changes(
    '<p>a</p>',
    `<p>a</p>${macro('info', { title: 'T' }, rich('<p>One</p><p>Two</p>'))}`,
  );
  expect(whole).toMatchObject({
    op: 'add',
    kind: 'info',
    count: 3,
    rendered: [{ tag: 'panel', at: { kind: 'info', title: 'T' } }],
  });
  const [frame] = changes('<p>One thing stays.</p>', macro('info', {}, rich('<p>One thing stays.</p>')));
  expect(frame).toMatchObject({ op: 'add', kind: 'info', frame: true });
  expect(
    diffStorage('<p>One thing stays.</p>', macro('info', {}, rich('<p>One thing stays.</p>'))).counts,
  ).toMatchObject({ kept: 1, added: 1 });
  const [inner] = changes(
    macro('expand', { title: 'More' }, rich('<p>Deep text</p>')),
    macro('expand', { title: 'More' }, rich('<p>Deep words</p>')),
  );
  expect(inner).toMatchObject({
    op: 'change',
    kind: 'paragraph',
    within: [{ kind: 'expand', title: 'More' }],
  });
});

test('what nothing draws is named: parameters, targets, colours, widths, formats', () => {
  expect(noted(pageBody, pageBody.replace('ENG-1<', 'ENG-2<'))).toEqual(['key: ENG-1 -> ENG-2']);
  expect(noted(macro('toc', { maxLevel: '3' }), macro('toc', { maxLevel: '4' }))).toEqual([
    'maxLevel: 3 -> 4',
  ]);
  expect(noted(code('js', 'a'), code('ts', 'a'))).toEqual(['language: js -> ts']);
  expect(noted(pageBody, pageBody.replace('ac:width="600"', 'ac:width="800" ac:layout="center"'))).toEqual([
    'width: 600 -> 800',
    'layout: null -> center',
  ]);
  expect(
    noted('<p><a href="https://a.example/">x</a></p>', '<p><a href="https://b.example/">x</a></p>'),
  ).toEqual(['link: https://a.example/ -> https://b.example/']);
  expect(noted('<p>very important</p>', '<p>very <strong>important</strong></p>')).toEqual([
    'format: null -> bold',
  ]);
  expect(noted('<p style="text-align: left;">a</p>', '<p style="text-align: center;">a</p>')).toEqual([
    'text align: left -> center',
  ]);
  const status = (colour: string): string => `<p>${macro('status', { title: 'Done', colour })}</p>`;
  expect(noted(status('Yellow'), status('Green'))).toEqual(['colour: Yellow -> Green']);
  expect(noted(pageBody, pageBody.replace('>incomplete<', '>complete<'))).toEqual(['task: open -> done']);
  expect(noted(pageBody, pageBody.replace('226.0px', '300.0px'))).toEqual(['column widths: 226 -> 300']);
  expect(noted(pageBody, pageBody.replace('#fff0b3', '#e3fcef'))).toEqual(['background: #fff0b3 -> #e3fcef']);
  expect(noted(pageBody, pageBody.replace('>Note<', '>Mind<'))).toEqual(['title: Note -> Mind']);
});

test('what has no name of its own is said too', () => {
  expect(noted('<p>a  b</p>', '<p>a b</p>')).toEqual(['white space: null -> changed']);
  expect(noted('<p>ab</p>', '<p>a\u200bb</p>')).toEqual(['invisible characters: null -> changed']);
  expect(noted('<p>a<!-- x --></p>', '<p>a</p>')).toEqual(['source comment: null -> changed']);
  const link = (body: string): string =>
    `<p><ac:link><ri:page ri:content-title="A" /><ac:${body}>b</ac:${body}></ac:link></p>`;
  expect(noted(link('link-body'), link('plain-text-link-body'))).toEqual(['stored form: null -> changed']);
});

test('code is compared by line, far lines are folded', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `let v${i} = ${i};`);
  const [change] = changes(
    code('js', lines.join('\n')),
    code('js', lines.join('\n').replace('v20 = 20', 'v20 = 21')),
  );
  expect(change?.rendered).toMatchObject([
    {
      tag: 'pre',
      kids: [
        { tag: 'fold', at: { kind: 'lines', count: 17 } },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line', at: { mark: 'remove' }, kids: ['let v20 = ', { tag: 'del', kids: ['20'] }, ';'] },
        { tag: 'line', at: { mark: 'add' }, kids: ['let v20 = ', { tag: 'ins', kids: ['21'] }, ';'] },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
        { tag: 'line' },
      ],
    },
  ]);
});

test('a long text is folded around its change', () => {
  const long = 'The quick brown fox jumps over the lazy dog near the river bank. '.repeat(20);
  const [change] = changes(`<p>${long}alpha. ${long}</p>`, `<p>${long}beta. ${long}</p>`);
  const text = JSON.stringify(change?.rendered);
  expect(text).toContain('"kind":"words"');
  expect(text.length).toBeLessThan(700);
});

test('comments: kept, on changed text, lost', () => {
  const swap = (by: string): string =>
    pageBody.replace('<ac:inline-comment-marker ac:ref="c-1">100 requests</ac:inline-comment-marker>', by);
  expect(diffStorage(pageBody, pageBody.replace('Burst: 20', 'Burst: 21'))).not.toHaveProperty('comments');
  const affected = diffStorage(pageBody, pageBody.replace('100 requests', '200 requests'));
  expect(affected.comments).toEqual([{ ref: 'c-1', before: '100 requests', after: '200 requests' }]);
  expect(affected.counts).toMatchObject({ commentsAffected: 1, commentMarkersLost: 0, commentsKept: 0 });
  const lost = diffStorage(pageBody, swap('100 requests'));
  expect(lost.comments).toEqual([{ ref: 'c-1', before: '100 requests', after: null }]);
  expect(lost.counts).toMatchObject({ commentsAffected: 0, commentMarkersLost: 1 });
});

test('a long line of storage is cut around what differs in it', () => {
  const long = 'word '.repeat(2_000);
  const [change] = changes(`<p>${long}one ${long}</p>`, `<p>${long}two ${long}</p>`);
  expect(change?.op === 'change' && change.lines.map(({ op, text }) => [op, text.length < 500])).toEqual([
    ['-', true],
    ['+', true],
  ]);
});
