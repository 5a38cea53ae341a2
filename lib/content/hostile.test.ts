import { expect, test } from 'vitest';
import {
  anchorsOf,
  applyEdits,
  ContentError,
  checkStorage,
  commentMarkers,
  diffStorage,
  diffText,
  linesOf,
  links,
  markdownToStorage,
  mergeStorage,
  occurrences,
  outline,
  outlineText,
  parseStorage,
  references,
  replaceMatches,
  sectionsOf,
  tablesOf,
  textOf,
  toMarkdown,
  toRich,
  verifyStorage,
  warningsOf,
} from './index.ts';
import { hostileBodies, hostileTexts } from './testing/hostile-bodies.ts';

/** Hostile sizes: work that grew with the square would take minutes. */
const LIMIT = { timeout: 60_000 };
const MANY = 100_000;
const SOME = 8_000;

test.each(Object.entries(hostileBodies))('reads and edits 100,000 of: %s', LIMIT, (_name, make) => {
  const body = make(MANY);
  checkStorage(body);
  const { markdown } = toMarkdown(body, { maxChars: 1000 });
  expect(markdown.length).toBeLessThan(2000);
  textOf(body);
  const after = `${body}<p>x</p>`;
  const { storage } = applyEdits(body, [{ op: 'append', storage: '<p>x</p>' }]);
  // Of a body that ends with inline elements or blanks the place may be before them.
  expect(storage.length).toBe(after.length);
  expect(storage.startsWith(body.trimEnd())).toBe(true);
});

const found = (text: string): { from: number; to: number; with: string }[] =>
  [...text.matchAll(/x/g)].map(({ index }) => ({ from: index, to: index + 1, with: 'y' }));

test.each(Object.entries(hostileBodies))('all else with 8,000 of: %s', LIMIT, (_name, make) => {
  const body = make(SOME);
  const [after, other] = [`${body}<p>tail</p>`, body.replaceAll('x', 'y')];
  outlineText(outline(body));
  const { markdown } = toMarkdown(body, { withIds: true });
  for (const read of [
    textOf,
    toRich,
    links,
    references,
    linesOf,
    tablesOf,
    anchorsOf,
    sectionsOf,
    commentMarkers,
  ])
    read(body);
  occurrences(body, 'x');
  replaceMatches(body, found);
  for (const [old, now] of [
    [body, after],
    [body, other],
    [body, '<p>tail</p>'],
    ['<p>tail</p>', body],
  ] as const) {
    diffText(diffStorage(old, now));
    warningsOf(old, now);
  }
  expect(verifyStorage(body, after, after).ok).toBe(true);
  verifyStorage(body, after, other);
  // Where there is no block, both sides put theirs in the same place.
  expect(mergeStorage(body, after, `<p>head</p>${body}`).ok).toBe(outline(body).length > 0);
  mergeStorage(body, other, body.replaceAll('x', 'z'));
  for (const target of [{ text: 'tail' }, { text: 't a  i l' }, { text: 'x' }]) {
    refusable(() => applyEdits(after, [{ op: 'replace_text', target, with: 'n' }]));
  }
  refusable(() => markdownToStorage(markdown, { originals: body }));
});

function refusable(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
  }
}

test.each(Object.entries(hostileTexts))('refuses a million of: %s', LIMIT, (_name, make) => {
  const text = make(1_000_000);
  for (const read of [parseStorage, checkStorage, toMarkdown, outline]) {
    expect(() => read(text)).toThrow(ContentError);
  }
  expect(() => applyEdits('<p>x</p>', [{ op: 'append', storage: text }])).toThrow(ContentError);
  expect(() => verifyStorage('', text, '')).toThrow(ContentError);
  expect(() => mergeStorage('', '<p>x</p>', text)).toThrow(ContentError);
});

test('an error about a million characters is short', () => {
  for (const make of Object.values(hostileTexts)) {
    try {
      parseStorage(make(1_000_000));
    } catch (error) {
      expect((error as ContentError).message.length).toBeLessThan(600);
    }
  }
});

test('the largest body there may be is edited', { timeout: 120_000 }, () => {
  for (const block of ['<p>x</p>', '<b>x</b>']) {
    const body = block.repeat(Math.floor(5_200_000 / block.length));
    expect(applyEdits(body, [{ op: 'append', storage: '<p>y</p>' }]).storage).toBe(`${body}<p>y</p>`);
  }
});

const quick = (name: string, run: () => void): void => test(name, LIMIT, run);

quick('Markdown that nests or repeats', () => {
  for (const markdown of [
    '>'.repeat(10_000),
    '- '.repeat(10_000),
    '*'.repeat(10_000),
    '['.repeat(10_000),
    '`'.repeat(10_001),
    '{{macro:x '.repeat(4_000),
    '{status:'.repeat(4_000),
    '|'.repeat(4_000),
    ':::info\n'.repeat(2_000),
    '@['.repeat(4_000),
    '<u>'.repeat(4_000),
    'a_'.repeat(10_000),
    '<!-- '.repeat(4_000),
    '![a]('.repeat(4_000),
  ]) {
    try {
      markdownToStorage(markdown);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
    }
  }
});
