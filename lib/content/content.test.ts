import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RichNode } from '#lib/wire';
import {
  applyEdits,
  diffStorage,
  hasHiddenText,
  links,
  markdownToStorage,
  mentions,
  mergeStorage,
  outline,
  replaceLinkTargets,
  stripInvisible,
  textOf,
  toMarkdown,
  toRich,
} from './index.ts';
import { bodyArbitrary } from './testing/arbitrary-bodies.ts';
import { pageBody } from './testing/page-body.ts';

test('text of a page', () => {
  expect(textOf(pageBody).split('\n').slice(0, 6)).toEqual([
    'API Guidelines',
    'Read this first & ask .',
    'Rate limits',
    'Every client may send 100 requests a minute.',
    'Burst: 20',
    'Window: 60\u00a0s',
  ]);
  expect(textOf(pageBody)).toContain('Done :tick: see Runbook (old)');
});

test('people and links', () => {
  expect(mentions(pageBody)).toEqual(['712020:jane']);
  expect(links(pageBody)).toEqual([
    { kind: 'attachment', filename: 'plan.png', page: null, space: null, image: true, text: '' },
    { kind: 'page', title: 'Runbook (old)', space: 'ENG', anchor: null, text: '' },
  ]);
});

test('only link targets change', () => {
  const body =
    '<p>docs.old.example <a href="https://docs.old.example/a?x=1&amp;y=2" local-id="1">docs.old.example</a><ac:image><ri:url ri:value=\'https://docs.old.example/i.png\'/></ac:image></p>';
  const { storage, touched } = replaceLinkTargets(body, (url) =>
    url.includes('docs.old.example') ? url.replace('docs.old.example', 'docs.new.example') : null,
  );
  expect(storage).toBe(
    body
      .replace('//docs.old.example/a', '//docs.new.example/a')
      .replace('//docs.old.example/i', '//docs.new.example/i'),
  );
  expect(touched).toHaveLength(2);
});

test('the Markdown view: sections, parts, ids, people, addresses', () => {
  expect(toMarkdown(pageBody, { section: 'Headers' }).markdown).toBe(
    '### Headers\n\n| Name | Meaning |\n| --- | --- |\n| Retry-After | seconds |',
  );
  const jira = outline(pageBody).find((block) => block.macro === 'jira');
  expect(toMarkdown(pageBody, { section: jira?.id ?? '' }).markdown).toMatch(
    /^\{\{macro:jira key=ENG-1 #\w+\}\}$/,
  );
  expect(
    outline('<p>a<strong>b</strong></p><ul><li>one</li><li>t\u200bwo</li></ul>').map(
      (block) => block.preview,
    ),
  ).toEqual(['ab', 'one two']);
  expect(() => toMarkdown(pageBody, { section: 'Nope' })).toThrow(/Rate limits/);
  const view = toMarkdown(pageBody, {
    people: { '712020:jane': 'Jane Doe' },
    pageUrl: (title, space) => `https://wiki.example/${space}/${title.length}`,
    withIds: true,
  });
  expect(view.markdown).toContain('@[Jane Doe](user:712020:jane)');
  expect(view.markdown).toContain(
    '[Runbook (old)](https://wiki.example/ENG/13 "page:ENG/Runbook %28old%29")',
  );
  expect(view.markdown).toContain('<!-- #h-aaaa1111 -->\n# API Guidelines');
  expect(view.notRendered).toEqual([
    { what: 'width or layout', count: 3 },
    { what: 'cell colour', count: 1 },
  ]);
  const whole = view.markdown;
  const parts: string[] = [];
  let cursor: string | undefined;
  do {
    const part = toMarkdown(pageBody, {
      people: { '712020:jane': 'Jane Doe' },
      pageUrl: (title, space) => `https://wiki.example/${space}/${title.length}`,
      withIds: true,
      maxChars: 150,
      cursor,
    });
    expect(part.markdown.length).toBeLessThanOrEqual(152);
    parts.push(part.markdown);
    cursor = part.cursor ?? undefined;
  } while (cursor);
  expect(parts.join('')).toBe(whole);
  expect(() =>
    toMarkdown(`${pageBody}<p>x</p>`, { cursor: toMarkdown(pageBody, { maxChars: 50 }).cursor ?? '' }),
  ).toThrow(/cursor/);
  // With names, addresses and ids written in, it still turns back into the original bytes.
  expect(markdownToStorage(whole, { originals: pageBody }).replace(/\n/g, '')).toBe(
    pageBody.replace(/\n/g, ''),
  );
});

test('new Markdown as Confluence writes it', () => {
  expect(
    markdownToStorage(
      '1. a\n2. b\n\n:::warning Mind *this*\nx\n:::\n\n{status:Done|green} {date:2026-01-31} @[Jane](user:1:2)',
    ),
  ).toBe(
    '<ol start="1"><li><p>a</p></li><li><p>b</p></li></ol><ac:structured-macro ac:name="warning"><ac:parameter ac:name="title">Mind *this*</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Done</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro> <time datetime="2026-01-31" /> <ac:link><ri:user ri:account-id="1:2" /></ac:link></p>',
  );
  expect(markdownToStorage('<script>alert(1)</script> [x](javascript:alert(1)) ![y](data:x)')).not.toMatch(
    /<script|href|<ri:url/,
  );
  expect(markdownToStorage('::: nothing\n{{ jinja }} 10:30 note:this https://e.example/a_b, ok')).toBe(
    '<p>::: nothing\n{{ jinja }} 10:30 note:this <a href="https://e.example/a_b">https://e.example/a_b</a>, ok</p>',
  );
});

const tags = (nodes: RichNode[]): RichNode[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...tags(node.kids ?? [])]));

test('the tree for the browser holds nothing that runs or loads', () => {
  const hostile =
    '<p><a href="javascript:alert(1)">a</a><a href=" JaVaScript:x">b</a><a href="data:text/html,x">c</a><a href="https://ok.example/">d</a></p><script>x</script><img src="https://evil.example/x.png" onerror="x"/><iframe src="x"/>';
  const hrefs = tags(toRich(hostile))
    .map((node) => (typeof node === 'string' ? undefined : node.at?.href))
    .filter(Boolean);
  expect(hrefs).toEqual(['https://ok.example/']);
  expect(JSON.stringify(toRich(hostile))).not.toContain('onerror');
  expect(toRich(pageBody)[0]).toEqual({ tag: 'h1', kids: ['API Guidelines'] });
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      toRich(storage);
      textOf(storage);
      links(storage);
    }),
    { numRuns: 200 },
  );
});

test('hidden characters are found and removed, writing is left alone', () => {
  for (const hidden of [
    'a\u200bb',
    '\u202Egnp',
    'x\u{e0041}\u{e0042}',
    '\ufeff',
    'a\u2060b',
    'go\u00adne',
    'a\u200db',
  ])
    expect(hasHiddenText(hidden)).toBe(true);
  for (const plain of [
    '👩‍👩‍👧',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'می‌خواهم',
    'ക്‍ഷ',
    '❤️',
    'plain',
  ]) {
    expect(hasHiddenText(plain), plain).toBe(false);
    expect(stripInvisible(plain)).toBe(plain);
  }
  const view = toMarkdown('<p>ig\u200bnore</p>');
  expect(view.markdown).toBe('ignore');
  expect(view.notRendered).toEqual([{ what: 'invisible characters', count: 1 }]);
  expect(
    applyEdits('<p>ig\u200bnore me</p>', [
      { op: 'replace_text', target: { text: 'ignore me' }, with: 'gone' },
    ]).storage,
  ).toBe('<p>gone</p>');
});

test('a space between words counts, one between blocks does not', () => {
  expect(
    diffStorage(
      '<ul><li><b>a</b> <i>b</i><ul><li>c</li></ul></li></ul>',
      '<ul><li><b>a</b><i>b</i><ul><li>c</li></ul></li></ul>',
    ).counts.changed,
  ).toBe(1);
  expect(diffStorage('<ul><li>a</li></ul><p>b</p>', '<ul>\n<li>a</li>\n</ul>\n<p>b</p>').counts.kept).toBe(2);
});

test('a merge keeps a change of column widths beside a change of a cell as a conflict', () => {
  const table = (width: number, cell: string): string =>
    `<table><colgroup><col style="width: ${width}px;" /></colgroup><tbody><tr><td>${cell}</td></tr></tbody></table>`;
  expect(mergeStorage(table(1, 'a'), table(2, 'a'), table(1, 'b')).ok).toBe(false);
});
