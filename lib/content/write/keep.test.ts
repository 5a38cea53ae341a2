import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupNodes } from '../blocks/groups.ts';
import { ContentError } from '../content-error.ts';
import { corpus } from '../corpus/corpus.fixture.ts';
import { parseStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

/** The body with a number in each word, so that each stands in it once, and where the words are. */
function numbered(storage: string): { body: string; words: { word: string; at: number }[] } {
  const words: { word: string; at: number }[] = [];
  let body = '';
  let done = 0;
  for (const { start, end, hidden } of parseStorage(storage).texts) {
    if (hidden) continue;
    const raw = storage.slice(start, end).replace('<![CDATA[', ' '.repeat(9));
    for (const match of raw.matchAll(/(?<![&#\w])[A-Za-z]{2,}(?![\w;])/g)) {
      const to = start + match.index + match[0].length;
      body += storage.slice(done, to);
      const word = `${match[0]}q${words.length}z`;
      words.push({ word, at: body.length - match[0].length });
      body += word.slice(match[0].length);
      done = to;
    }
  }
  return { body: body + storage.slice(done), words };
}

type Outcome = 'exact' | 'refused' | 'other' | 'skipped';

/** Changes one word in the Markdown of a body and writes it back. */
function changeOne(storage: string, pick: number): { outcome: Outcome; got: string; wanted: string } {
  const { body, words } = numbered(storage);
  const nothing = { outcome: 'skipped' as const, got: '', wanted: '' };
  const chosen = words[pick % Math.max(words.length, 1)];
  const { markdown } = toMarkdown(body);
  if (!chosen || markdown.split(chosen.word).length !== 2) return nothing;
  const { word, at } = chosen;
  const wanted = `${body.slice(0, at)}CHANGED${body.slice(at + word.length)}`;
  try {
    const got = markdownToStorage(markdown.replace(word, 'CHANGED'), { originals: body });
    return { outcome: got === wanted ? 'exact' : 'other', got, wanted };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    expect(error.message).toMatch(/placeholder|parameters|cannot be changed so/);
    return { ...nothing, outcome: 'refused' };
  }
}

/** The outermost block that holds an offset. */
function blockAt(storage: string, at: number): { start: number; end: number } {
  const found = groupNodes(parseStorage(storage).children).find(({ start, end }) => start <= at && at < end);
  return found ?? { start: 0, end: storage.length };
}

function expectNear({ got, wanted }: { got: string; wanted: string }): void {
  const { start, end } = blockAt(wanted, wanted.indexOf('CHANGED'));
  expect(got.slice(0, start)).toBe(wanted.slice(0, start));
  expect(got.slice(got.length - (wanted.length - end))).toBe(wanted.slice(end));
}

test('one changed word of the Markdown changes that word of the storage, in nearly every body', {
  timeout: 240_000,
}, () => {
  const counts: Record<Outcome, number> = { exact: 0, refused: 0, other: 0, skipped: 0 };
  const count = (storage: string, pick: number): void => {
    const one = changeOne(storage, pick);
    counts[one.outcome] += 1;
    // Where more changed than the word, it is in the same block.
    if (one.outcome === 'other') expectNear(one);
  };
  fc.assert(fc.property(bodyArbitrary, fc.nat(), count), { numRuns: 1000 });
  for (const storage of [...corpus.map((one) => one.storage), ...demoBodies()])
    for (let pick = 0; pick < (storage.length > 20_000 ? 1 : 40); pick += 13) count(storage, pick);
  expect(counts.other / counts.exact).toBeLessThan(0.02);
  expect(counts.refused / counts.exact).toBeLessThan(0.05);
});

const rewrite = (storage: string, change: (markdown: string) => string): string =>
  markdownToStorage(change(toMarkdown(storage).markdown), { originals: storage });

test('unchanged Markdown gives every body back byte for byte', { timeout: 240_000 }, () => {
  for (const storage of [...corpus.map((one) => one.storage), ...demoBodies()])
    expect(rewrite(storage, (markdown) => markdown)).toBe(storage);
});

test('a reworded sentence keeps what Markdown does not say', () => {
  const paragraph =
    '<p local-id="p1" style="text-align: center;">We ship <ac:inline-comment-marker ac:ref="c1">every second Friday</ac:inline-comment-marker>, says <ac:link ac:local-id="m"><ri:user ri:account-id="1:2" /></ac:link>. See <a href="https://a.example/x" data-card-appearance="inline">plan</a> and <span style="color: rgb(255,0,0);">do not be late</span>.&nbsp;Yours&hellip;</p>';
  expect(rewrite(paragraph, (markdown) => markdown.replace('We ship', 'From now on we release'))).toBe(
    paragraph.replace('We ship', 'From now on we release'),
  );
  // The marker is not even in the new Markdown: it stays on the words that are still there.
  expect(
    rewrite(paragraph, (markdown) =>
      markdown.replace(/\{comment #\w+\}|\{\/comment\}/g, '').replace('Friday', 'Monday'),
    ),
  ).toBe(paragraph.replace('Friday', 'Monday'));
  expect(rewrite(paragraph, (markdown) => markdown.replace('[plan]', '[the new plan]'))).toBe(
    paragraph.replace('>plan<', '>the new plan<'),
  );
  expect(rewrite(paragraph, (markdown) => markdown.replace('a.example/x', 'a.example/y'))).toBe(
    paragraph.replace('a.example/x', 'a.example/y'),
  );
  expect(rewrite(paragraph, (markdown) => markdown.replace('do not be', '**never** be'))).toBe(
    paragraph.replace('do not be', '<strong>never</strong> be'),
  );
});

test('a web address that was text stays text, one that was a link stays a link', () => {
  const text = '<p>See https://a.example/x_y?b=1&amp;c=2, please</p>';
  expect(rewrite(text, (markdown) => markdown.replace('please', 'now'))).toBe(text.replace('please', 'now'));
  const link = '<p>See <a href="https://a.example" local-id="1">https://a.example</a> please</p>';
  expect(rewrite(link, (markdown) => markdown.replace('please', 'now'))).toBe(link.replace('please', 'now'));
  const task =
    '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><a href="https://a.example" data-card-appearance="inline">b</a> https://c.example</ac:task-body></ac:task></ac:task-list>';
  expect(rewrite(task, (markdown) => markdown.replace('] a', '] c'))).toBe(task.replace('>a<', '>c<'));
});

test('headings, panels, lists, tasks, code and pictures keep their own', () => {
  const same = (storage: string, from: string, to: string, after = storage.replace(from, to)): void =>
    expect(rewrite(storage, (markdown) => markdown.replace(from, to))).toBe(after);
  same('<h2 local-id="h" id="x">Old name</h2>', 'Old', 'New');
  expect(rewrite('<h2 local-id="h">Name</h2>', (markdown) => `#${markdown}`)).toBe(
    '<h3 local-id="h">Name</h3>',
  );
  const panel =
    '<ac:structured-macro ac:name="info" ac:macro-id="i"><ac:parameter ac:name="icon">false</ac:parameter><ac:parameter ac:name="title">Old</ac:parameter><ac:rich-text-body>\n<p>a</p>\n\n<p />\n<p local-id="b">b</p></ac:rich-text-body></ac:structured-macro>';
  same(panel, 'Old', 'New');
  same(panel, '\nb\n', '\nbb\n', panel.replace('>b<', '>bb<'));
  same(panel, '\nb\n', '\nb\n\nc\n', panel.replace('</ac:rich-text-body>', '<p>c</p></ac:rich-text-body>'));
  const list =
    '<ol start="3" local-id="l"><li local-id="1"><p local-id="2">one</p><ul><li>x</li></ul></li>\n<li><p>two &amp; three</p></li></ol>';
  same(list, '- x', '- x y', list.replace('>x<', '>x y<'));
  same(list, 'two', 'seven');
  same(list, '4. two & three', '4. new\n5. two & three', list.replace('\n<li>', '\n<li><p>new</p></li><li>'));
  const tasks =
    '<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>incomplete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">Call <time datetime="2026-01-31" /></span></ac:task-body></ac:task></ac:task-list>';
  same(tasks, '[ ]', '[x]', tasks.replace('incomplete', 'complete'));
  same(tasks, 'Call', 'Ring');
  const code =
    '<ac:structured-macro ac:name="code" ac:macro-id="c"><ac:parameter ac:name="title">a.js</ac:parameter><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[let a;]]></ac:plain-text-body></ac:structured-macro>';
  same(code, 'let a', 'let b');
  const image =
    '<ac:image ac:width="600" ac:layout="center" ac:local-id="i"><ri:attachment ri:filename="a.png" ri:version-at-save="2" /><ac:caption ac:local-id="c"><p>Old <em>text</em></p></ac:caption><ac:adf-mark key="border" size="1" color="#000" /></ac:image>';
  same(image, 'Old', 'New');
  const status =
    '<p><ac:structured-macro ac:name="status" ac:macro-id="s"><ac:parameter ac:name="colour">Red</ac:parameter><ac:parameter ac:name="title">Late</ac:parameter></ac:structured-macro></p>';
  same(status, 'Late|red', 'Done|green', status.replace('Late', 'Done').replace('Red', 'Green'));
});

test('text without a paragraph does not run into its new neighbours', () => {
  expect(rewrite('one<p>two</p><b>three</b>', (markdown) => markdown.replace('two\n\n', ''))).toBe(
    '<p>one</p><p><b>three</b></p>',
  );
  expect(rewrite('<p>a</p>one', (markdown) => markdown.replace('a', 'b'))).toBe('<p>b</p>one');
});

test('what moves keeps its bytes, what is copied does not', () => {
  const storage =
    '<p local-id="a">first one</p><ac:structured-macro ac:name="info" ac:macro-id="i"><ac:rich-text-body><p local-id="b">second one</p></ac:rich-text-body></ac:structured-macro>';
  const { markdown } = toMarkdown(storage);
  const [first = '', ...rest] = markdown.split('\n\n');
  expect(markdownToStorage(`${rest.join('\n\n')}\n\n${first}`, { originals: storage })).toBe(
    '<ac:structured-macro ac:name="info" ac:macro-id="i"><ac:rich-text-body><p local-id="b">second one</p></ac:rich-text-body></ac:structured-macro><p local-id="a">first one</p>',
  );
  expect(markdownToStorage(`${markdown}\n\nfirst one`, { originals: storage })).toBe(
    `${storage}<p>first one</p>`,
  );
});
