import { expect, test } from 'vitest';
import { pageBody } from '../testing/page-body.ts';
import { warningsOf } from './warnings.ts';

const said = (before: string, after: string): string[] =>
  warningsOf(before, after).map(
    ({ code, message, mustConfirm }) => `${mustConfirm ? '!' : ''}${code}: ${message}`,
  );

const macro = (name: string, title: string, body: string, id = ''): string =>
  `<ac:structured-macro ac:name="${name}"${id === '' ? '' : ` ac:macro-id="${id}"`}><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;
const text = '<p>Some words that stay on the page whatever happens to all of the rest of it here.</p>';

test('names the words a comment is on, also where only the words go', () => {
  const marked = (words: string): string =>
    `${text}<p>At <ac:inline-comment-marker ac:ref="a">${words}</ac:inline-comment-marker> most</p>`;
  expect(said(marked('ten &amp; more'), `${text}<p>At ten most</p>`)).toEqual([
    '!drops_comment: Removes the text that an inline comment is attached to: "ten & more".',
  ]);
  expect(said(marked('ten'), marked(''))).toHaveLength(1);
  expect(said(marked('ten'), marked('nine'))).toEqual([]);
});

test('names macros that go, and those whose content is replaced; an edited one is neither', () => {
  const more = macro('expand', 'More', '<p>Restart the worker and wait a minute</p>');
  expect(said(text + more, text)).toEqual(['!drops_macro: Removes the macro: expand "More".']);
  expect(said(text + text + more + more, text + text)).toEqual([
    '!drops_macro: Removes macros: expand "More" (2).',
  ]);
  const other = macro('expand', 'Else', '<p>Nothing alike</p>');
  expect(said(text + more, text + other)).toEqual([
    '!drops_macro: Replaces most of what is in: expand "More".',
  ]);
  expect(
    said(text + more, text + macro('expand', 'More', '<p>Restart the worker and wait an hour</p>')),
  ).toEqual([]);
  expect(said(text + more, `${text}${macro('expand', 'More', '')}`)).toEqual([
    '!drops_macro: Replaces most of what is in: expand "More".',
  ]);
  const ids = [
    macro('info', 'A', '<p>one two three</p>', 'id-a'),
    macro('info', 'B', '<p>four five six</p>', 'id-b'),
  ];
  expect(said(text + ids.join(''), text + (ids[1] ?? ''))).toEqual([
    '!drops_macro: Removes the macro: info "A".',
  ]);
  expect(said(text + ids.join(''), text + ids.toReversed().join(''))).toEqual([]);
  expect(
    said(`${text}<ac:adf-extension><ac:adf-node type="decision-list" /></ac:adf-extension>`, text),
  ).toEqual(['!drops_macro: Removes the macro: decision-list.']);
});

test('names files that are shown nowhere else', () => {
  const image = '<ac:image><ri:attachment ri:filename="plan.png" /></ac:image>';
  expect(said(text + image, text)).toEqual(['!drops_attachment: No longer shows or links: plan.png.']);
  expect(said(text + image + image, text + image)).toEqual([]);
});

test('over half of the text counts by words, not by length', () => {
  const old = '<p>alpha beta gamma delta epsilon zeta eta theta</p>';
  expect(said(old, '<p>alpha beta gamma delta epsilon</p>')).toEqual([]);
  expect(said(old, '<p>alpha beta</p>')[0]).toMatch(/^!removes_most: Removes 7\d % of the text/);
  expect(said(old, '<p>quite other words that make up for the length of it all</p>')[0]).toMatch(
    /Removes 100 %/,
  );
  expect(said('<p>東京の会議は明日です</p>', '<p>東京の会議は今日です</p>')).toEqual([]);
});

test('open tasks, mentions and web images are told without asking', () => {
  const task = (status: string): string =>
    `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>Call</ac:task-body></ac:task></ac:task-list>`;
  expect(said(text + task('incomplete'), text)).toEqual(['drops_task: Removes open tasks: "Call".']);
  expect(said(text + task('incomplete'), text + task('complete'))).toEqual([]);
  expect(said(text + task('complete'), text)).toEqual([]);
  const more =
    '<p><ac:link><ri:user ri:account-id="u1" /></ac:link><ac:image><ri:url ri:value="https://e.example/a.png" /></ac:image></p>';
  expect(said(text + more, text).map((one) => one.split(':')[0])).toEqual(['drops_image', 'drops_mention']);
});

test('an unchanged page has nothing to say', () => {
  expect(warningsOf(pageBody, pageBody)).toEqual([]);
  expect(warningsOf(pageBody, `${pageBody}<p>more</p>`)).toEqual([]);
});
