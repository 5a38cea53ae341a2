import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { applyEdits } from './edit.ts';
import type { Edit } from './edit-fields.ts';

const marker = '<ac:inline-comment-marker ac:ref="r1">ten requests</ac:inline-comment-marker>';
const link =
  '<ac:link><ri:page ri:content-title="Runbook" /><ac:link-body>the runbook</ac:link-body></ac:link>';
const plainLink =
  '<ac:link><ri:attachment ri:filename="a.pdf" /><ac:plain-text-link-body><![CDATA[the file]]></ac:plain-text-link-body></ac:link>';
const code =
  '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[if (a[b[0]]]]><![CDATA[> 1) go()]]></ac:plain-text-body></ac:structured-macro>';
const page = `<p>Send ${marker} a <em>minute</em>, see ${link} or ${plainLink} – it’s fine.</p>${code}<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">Old title</ac:parameter><ac:rich-text-body><p>twice</p><p>twice</p></ac:rich-text-body></ac:structured-macro>`;

const edit = (text: string, next: Partial<Edit>, storage = page): string =>
  applyEdits(storage, [{ op: 'replace_text', target: { text }, ...next }]).storage;
const refused = (text: string, next: Partial<Edit>): ContentError => {
  try {
    edit(text, next);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('accepted');
};

test('comment markers, marks and links stay around the text in them', () => {
  expect(edit('ten requests', { with: 'nine calls' })).toBe(page.replace('ten requests', 'nine calls'));
  expect(edit('Send ten requests', { with: 'Send nine requests' })).toBe(page.replace('ten', 'nine'));
  expect(edit('see the runbook or the file', { with: 'see the handbook or the file' })).toBe(
    page.replace('the runbook', 'the handbook'),
  );
  expect(edit('or the file', { with: 'or the paper' })).toBe(page.replace('the file', 'the paper'));
  expect(edit('Old title', { with: 'New & title' })).toBe(page.replace('Old title', 'New &amp; title'));
});

test('quotation marks and dashes as typed find those of the page, which are kept', () => {
  expect(edit("- it's fine", { with: "- it's good" })).toBe(page.replace('fine', 'good'));
});

test('code that holds ]]> is changed across its sections', () => {
  expect(edit('b[0]]> 1', { with: 'b[1]]> 2' })).toBe(
    page.replace('b[0]]]]><![CDATA[> 1', 'b[1]]]]><![CDATA[> 2'),
  );
  expect(edit('go()', { with: 'go(x && y)' })).toBe(page.replace('go()', 'go(x && y)'));
});

test('plain new text is never read as Markdown; Markdown is written as a line', () => {
  expect(edit('fine', { with: '**fine** <b>' })).toBe(page.replace('fine', '**fine** &lt;b&gt;'));
  expect(edit('fine', { markdown: '**good** {status:ok|green}' })).toMatch(
    /it’s <strong>good<\/strong> <ac:structured-macro ac:name="status">/,
  );
  expect(edit(' a minute', { markdown: ' an *hour*' })).toBe(
    page.replace(' a <em>minute</em>', ' an <em>hour</em>'),
  );
  expect(edit('a *minute*', { markdown: 'a day' })).toBe(page.replace('a <em>minute</em>', 'a day'));
  expect(refused('fine', { markdown: '- a\n\n# b' }).code).toBe('invalid_input');
  expect(refused('go()', { markdown: 'stop' }).message).toMatch(/plain text only/);
  expect(refused('requests a minute', { markdown: 'x' }).code).toBe('ambiguous');
  expect(refused('requests a minute', { with: 'x' }).next).toMatch(/as markdown/);
  expect(refused('fine', { with: 'x', markdown: 'y' }).message).toMatch(/not both/);
});

test('a text that stands there several times needs its number', () => {
  const two = refused('twice', { with: 'once' });
  expect(two.code).toBe('ambiguous');
  expect(two.next).toMatch(/occurrences: 2/);
  expect(refused('twice', { with: 'once', occurrences: 3 }).message).toMatch(/stands 2 times there, not 3/);
  expect(edit('twice', { with: 'once', occurrences: 2 })).toBe(page.replaceAll('twice', 'once'));
});

test('a block of words is never taken for the only one because it has them often', () => {
  const often = `<p>${'e'.repeat(40)}</p><p>e</p>`;
  expect(() => applyEdits(often, [{ op: 'delete', target: { text: 'e' } }])).toThrow(/ambiguous/);
});

test('targets are found across marks, links and lines of Markdown', () => {
  const gone = (text: string): string => applyEdits(page, [{ op: 'delete', target: { text } }]).storage;
  const rest = page.slice(page.indexOf('</p>') + 4);
  for (const text of ['ten requests a minute', 'a *minute*, see', 'see the runbook or', "it's fine"])
    expect(gone(text)).toBe(rest);
  expect(gone('Send ten  requests')).toBe(rest);
});

test('words are found in deeply nested marks and among many at the cost of one look', {
  timeout: 30_000,
}, () => {
  const deep = `<p>${'<b>x '.repeat(20_000)}end${'</b>'.repeat(20_000)}</p>`;
  expect(edit('x end', { with: 'x stop' }, deep)).toBe(deep.replace('end', 'stop'));
  const many = '<p>a word</p>'.repeat(20_000);
  expect(edit('word', { with: 'term', occurrences: 20_000 }, many)).toBe('<p>a term</p>'.repeat(20_000));
});
