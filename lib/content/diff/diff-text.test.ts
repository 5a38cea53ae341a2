import { expect, test } from 'vitest';
import { applyEdits } from '../edit/edit.ts';
import { pageBody } from '../testing/page-body.ts';
import { diffStorage } from './body-diff.ts';
import { diffSummary, diffText } from './diff-text.ts';

const said = (before: string, after: string): string => diffText(diffStorage(before, after));
const body = (before: string, after: string): string[] => said(before, after).split('\n').slice(1);

test('a list and a heading', () => {
  const after = applyEdits(pageBody, [
    { op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 50' },
    { op: 'append', markdown: '## End' },
  ]).storage;
  expect(said(pageBody, after)).toBe(
    [
      '1 changed, 1 added, 0 removed, 17 unchanged blocks; 5 macros kept; 1 inline comment kept',
      '  … 4 unchanged blocks (API Guidelines; Rate limits)',
      '@@ API Guidelines > Rate limits > list @@',
      '~ - Burst: [-20-][+50+]',
      '  - Window: 60\u00a0s',
      '  … 13 unchanged blocks (Headers; Errors; Status)',
      '@@ API Guidelines > h2 @@',
      '+ End',
    ].join('\n'),
  );
  expect(said(pageBody, pageBody)).toBe('No change.');
});

test('values, comments and macros', () => {
  expect(body(pageBody, pageBody.replace('ENG-1<', 'ENG-2<'))[2]).toBe(
    '~ {Jira issues} (key: ENG-1 -> ENG-2)',
  );
  expect(body(pageBody, pageBody.replace('100 requests', '200 requests'))).toEqual([
    '! inline comment on "100 requests" stays, on "200 requests"',
    '  … 3 unchanged blocks (API Guidelines; Rate limits)',
    '@@ API Guidelines > Rate limits > paragraph @@',
    '~ Every client may send [-100-][+200+] requests a minute.',
    '  … 14 unchanged blocks (Rate limits; Headers; Errors; Status)',
  ]);
  expect(body(pageBody, pageBody.replace('>incomplete<', '>complete<'))[2]).toBe(
    '~ - [x] Write docs 2026-01-31 (task: open -> done)',
  );
  const link = (to: string): string => `<p>See <a href="${to}">the docs</a> now.</p>`;
  expect(body(link('https://a.example/'), link('https://b.example/'))[1]).toBe(
    '~ See the docs (link: https://a.example/ -> https://b.example/) now.',
  );
  expect(body('<p>a</p>', `<p>a</p>${link('https://a.example/')}`)[2]).toBe(
    '+ See the docs (https://a.example/) now.',
  );
});

test('moves are told once, with both places', () => {
  const [first, second, third] = [
    '<p>First paragraph here.</p>',
    '<p>Second paragraph here.</p>',
    '<p>Third paragraph here.</p>',
  ];
  expect(
    body(`<h2>A</h2>${first}${second}<h2>B</h2>${third}`, `<h2>A</h2>${second}<h2>B</h2>${third}${first}`),
  ).toEqual([
    '  … 1 unchanged block (A)',
    '  (moved away from here: paragraph "First paragraph here.")',
    '  … 3 unchanged blocks (A; B)',
    '@@ B > paragraph (moved from under "A", first, to under "B", after "Third paragraph here.") @@',
    '> First paragraph here.',
  ]);
});

test('kinds that turned, splits, code, panels', () => {
  expect(body('<h2>Limits of use</h2>', '<h3>Limits of use</h3>')).toEqual([
    '@@ heading 2 -> heading 3 @@',
    '  Limits of use',
  ]);
  expect(
    body(
      '<p>We ship on Friday. Then we eat cake and drink coffee.</p>',
      '<p>We ship on Friday.</p><p>Then we eat cake and drink tea.</p>',
    ),
  ).toEqual([
    '@@ paragraph (split in several) @@',
    '~ We ship on Friday. [+¶+]Then we eat cake and drink [-coffee-][+tea+].',
  ]);
  const code = (text: string): string =>
    `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`;
  expect(body(code('a();\nb(1);'), code('a();\nb(2);'))).toEqual([
    '@@ code block @@',
    '  a();',
    '- b(1);',
    '+ b(2);',
  ]);
  const panel =
    '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>One</p><p>Two</p></ac:rich-text-body></ac:structured-macro>';
  expect(body('<p>a</p>', `<p>a</p>${panel}`)).toEqual([
    '  … 1 unchanged block',
    '@@ info panel and 2 more blocks @@',
    '+ {info panel}',
    '+ One',
    '+ Two',
  ]);
});

test('text of the page cannot pass for a mark', () => {
  expect(body('<p>see [+this+] x</p>', '<p>see [+this+] y</p>')[1]).toBe('~ see \\[+this+\\] [-x-][+y+]');
});

test('it stays within its budget and says what is left out', () => {
  const long = Array.from({ length: 3000 }, (_, i) => `<p>word ${i} ${'x'.repeat(20)}</p>`).join('');
  const text = said('<p>a</p>', long);
  expect(text.length).toBeLessThan(14_000);
  expect(text).toMatch(/… and \d+ more changes$/);
  expect(said('<p>a</p>', `<p>${'b '.repeat(9_000)}</p>`).length).toBeLessThan(2_000);
});

test('a summary names each changed block without its text', () => {
  const after = pageBody
    .replace('<p>seconds</p>', '<p>milliseconds</p>')
    .replace('100 requests', '200 requests');
  expect(diffSummary(diffStorage(pageBody, after))).toBe(
    [
      '2 changed, 0 added, 0 removed, 16 unchanged blocks; 5 macros kept; 1 inline comment on changed text',
      '! inline comment on "100 requests" stays, on "200 requests"',
      '- changed: API Guidelines > Rate limits > paragraph',
      '- changed: API Guidelines > Rate limits > Headers > table',
    ].join('\n'),
  );
  expect(diffSummary(diffStorage(pageBody, pageBody))).toBe('No change.');
});
