import { expect, test } from 'vitest';
import { mergeBothWays as merge, placesOf as where } from '../testing/merge-both-ways.ts';
import { mergeStorage } from './merge.ts';

const tasks = (list: [string, boolean][]): string =>
  `<ac:task-list>${list
    .map(
      ([text, done], i) =>
        `<ac:task><ac:task-id>${i + 1}</ac:task-id><ac:task-status>${done ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${text}</ac:task-body></ac:task>`,
    )
    .join('\n')}</ac:task-list>`;

test('tasks: one ticks, the other rewords; two rewordings are a conflict', () => {
  const base = tasks([
    ['Write docs', false],
    ['Ship', false],
  ]);
  expect(
    merge(
      base,
      tasks([
        ['Write docs', true],
        ['Ship', false],
      ]),
      tasks([
        ['Publish a manual', false],
        ['Ship', true],
      ]),
    ),
  ).toEqual({
    ok: true,
    storage: tasks([
      ['Publish a manual', true],
      ['Ship', true],
    ]),
  });
  expect(
    where(
      merge(
        base,
        tasks([
          ['Write the docs', true],
          ['Ship', false],
        ]),
        tasks([
          ['Write docs now', false],
          ['Ship', false],
        ]),
      ),
    ),
  ).toEqual(['tasks > task "Write docs" > text']);
});

const nested = (a: string, x: string, y: string): string =>
  `<ul><li><p>${a}</p><ul><li><p>${x}</p></li><li><p>${y}</p></li></ul></li><li>last</li></ul>`;

test('lists: items, and items of lists inside items', () => {
  expect(merge(nested('a', 'x', 'y'), nested('a', 'x one', 'y'), nested('a b', 'x', 'y two'))).toEqual({
    ok: true,
    storage: nested('a b', 'x one', 'y two'),
  });
  expect(where(merge(nested('a', 'x', 'y'), nested('a', 'x one', 'y'), nested('a', 'x two', 'y')))).toEqual([
    'list > item "a x y" > list "x y" > item "x"',
  ]);
});

const code = (text: string, language = 'js'): string =>
  `<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">${language}</ac:parameter><ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`;

test('code: by line; neighbouring lines are a conflict, parameters are apart', () => {
  expect(merge(code('a\nb\nc\nd'), code('A\nb\nc\nd'), code('a\nb\nc\nD', 'py'))).toEqual({
    ok: true,
    storage: code('A\nb\nc\nD', 'py'),
  });
  const clash = merge(code('a\nb\nc'), code('A\nb\nc'), code('a\nB\nc'));
  expect(clash).toMatchObject({
    conflicts: [{ where: 'code > lines 1 to 2', base: 'a\nb', ours: 'A\nb', theirs: 'a\nB', form: 'text' }],
  });
  const split = code('x\ny = "]]]]><![CDATA[>"\nz\nend');
  expect(merge(split, split.replace('x\n', 'X\n'), split.replace('end', 'END'))).toEqual({
    ok: true,
    storage: split.replace('x\n', 'X\n').replace('end', 'END'),
  });
  expect(
    merge('<pre>a\nb &lt; c\nd</pre>', '<pre>A\nb &lt; c\nd</pre>', '<pre>a\nb &lt; c\nD</pre>'),
  ).toEqual({
    ok: true,
    storage: '<pre>A\nb &lt; c\nD</pre>',
  });
});

test('text: by line and by sentence, never within a sentence that both reworded', () => {
  expect(
    merge(
      '<p>First one. Second e.g. this. Third one.</p>',
      '<p>First 1. Second e.g. this. Third one.</p>',
      '<p>First one. Second e.g. this. Third 3.</p>',
    ),
  ).toEqual({ ok: true, storage: '<p>First 1. Second e.g. this. Third 3.</p>' });
  expect(
    merge(
      '<p>one<br />two<br />three</p>',
      '<p>uno<br />two<br />three</p>',
      '<p>one<br />two<br />tres</p>',
    ),
  ).toEqual({
    ok: true,
    storage: '<p>uno<br />two<br />tres</p>',
  });
  const sentence = (a: string, b: string): string => `<p>Before. ${a} clients may send e.g. ${b}.</p>`;
  expect(merge(sentence('All', 'ten'), sentence('Some', 'ten'), sentence('All', 'nine'))).toMatchObject({
    ok: false,
    conflicts: [{ ours: 'Some clients may send e.g. ten.', theirs: 'All clients may send e.g. nine.' }],
  });
});

test('a comment, bold or another target beside a rewording of the same sentence', () => {
  const line = (first: string, second: string): string => `<p>${first} may send ${second} a minute.</p>`;
  const marker = '<ac:inline-comment-marker ac:ref="c">100 requests</ac:inline-comment-marker>';
  expect(
    merge(
      line('Every client', '100 requests'),
      line('Every client', marker),
      line('Each client', '100 requests'),
    ),
  ).toEqual({
    ok: true,
    storage: line('Each client', marker),
  });
  expect(
    merge(
      line('Every client', '100 requests'),
      line('Every client', marker),
      line('Every client', '90 to 95 calls'),
    ).ok,
  ).toBe(false);
  const link = (page: string, text: string): string =>
    `<p>See <ac:link><ri:page ri:content-title="${page}" /><ac:link-body>${text}</ac:link-body></ac:link>.</p>`;
  expect(merge(link('A', 'text'), link('B', 'text'), link('A', 'words'))).toEqual({
    ok: true,
    storage: link('B', 'words'),
  });
});

test('images and macros: attributes, caption, parameters and body apart', () => {
  const image = (width: number, alt: string, caption: string): string =>
    `<ac:image ac:width="${width}" ac:alt="${alt}"><ri:attachment ri:filename="x.png" /><ac:caption><p>${caption}</p></ac:caption></ac:image>`;
  expect(merge(image(1, 'a', 'cap'), image(2, 'a', 'cap'), image(1, 'b', 'words'))).toEqual({
    ok: true,
    storage: image(2, 'b', 'words'),
  });
  expect(where(merge(image(1, 'a', 'cap'), image(2, 'a', 'cap'), image(3, 'a', 'cap')))).toEqual([
    'image "cap" > attribute ac:width',
  ]);
  const panel = (title: string, extra: string, body: string): string =>
    `<ac:structured-macro ac:name="panel"><ac:parameter ac:name="title">${title}</ac:parameter>${extra}<ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;
  const colour = '<ac:parameter ac:name="bgColor">red</ac:parameter>';
  const inCell = (text: string): string =>
    `<table><tbody><tr><td>${text}</td><td>z</td></tr></tbody></table>`;
  for (const place of [(text: string) => text, inCell]) {
    expect(
      merge(
        place(panel('T', '', '<p>x</p><p>y</p>')),
        place(panel('U', '', '<p>x1</p><p>y</p>')),
        place(panel('T', colour, '<p>x</p><p>y1</p>')),
      ),
    ).toEqual({ ok: true, storage: place(panel('U', colour, '<p>x1</p><p>y1</p>')) });
  }
  expect(
    where(merge(panel('T', '', '<p>x</p>'), panel('U', '', '<p>x</p>'), panel('V', '', '<p>x</p>'))),
  ).toEqual(['panel > parameter "title"']);
});

test('moves: an edit goes along with the block; moved twice, or moved and deleted, is a conflict', () => {
  const base = '<p>alpha beta</p><p>b</p><p>c</p>';
  const moved = '<p>b</p><p>c</p><p>alpha beta</p>';
  expect(merge(base, moved, '<p>alpha beta gamma</p><p>b</p><p>c</p>')).toEqual({
    ok: true,
    storage: '<p>b</p><p>c</p><p>alpha beta gamma</p>',
  });
  expect(merge(base, moved, '<p>b</p><p>alpha beta</p><p>c</p>').ok).toBe(false);
  expect(merge(base, moved, '<p>b</p><p>c</p>').ok).toBe(false);
  expect(merge(base, moved, moved)).toEqual({ ok: true, storage: moved });
});

test('a block put under a heading that the other side deleted with its section is a conflict', () => {
  const base = '<h2>A</h2><p>x</p><h2>B</h2>';
  expect(where(merge(base, '<h2>B</h2>', '<h2>A</h2><p>x</p><p>added</p><h2>B</h2>'))).toEqual([
    'A > paragraph "x"',
  ]);
});

test('wrapping blocks in a panel keeps what the other side wrote in them', () => {
  const panel = (inner: string): string =>
    `<ac:structured-macro ac:name="info"><ac:rich-text-body>${inner}</ac:rich-text-body></ac:structured-macro>`;
  expect(merge('<p>a</p><p>b</p>', panel('<p>a</p><p>b</p>'), '<p>a</p><p>b changed</p>')).toEqual({
    ok: true,
    storage: panel('<p>a</p><p>b changed</p>'),
  });
});

test('where both sides deleted, what either deleted is gone; ids of the newest version stay', () => {
  expect(merge('<p>a</p><p>b</p><p>c</p><p>d</p>', '<p>c</p><p>d</p>', '<p>a</p><p>d</p>')).toEqual({
    ok: true,
    storage: '<p>d</p>',
  });
  expect(
    mergeStorage(
      '<ul><li><p>a one</p></li><li><p>b</p></li></ul>',
      '<ul><li><p>a uno</p></li><li><p>b</p></li></ul>',
      '<ul local-id="u"><li><p local-id="1">a one</p></li><li><p local-id="2">b two</p></li></ul>',
    ),
  ).toEqual({
    ok: true,
    storage: '<ul local-id="u"><li><p>a uno</p></li><li><p local-id="2">b two</p></li></ul>',
  });
});

test('a block put between two that the other side replaced by something else: both are shown', () => {
  expect(merge('<p>a</p><p>b</p>', '<hr />', '<p>a</p><p>new</p><p>b</p>')).toMatchObject({
    ok: false,
    conflicts: [{ base: '<p>a</p><p>b</p>', ours: '<hr />', theirs: '<p>a</p><p>new</p><p>b</p>' }],
  });
});
