import {
  applyEdits,
  diffStorage,
  markdownToStorage,
  mergeStorage,
  outline,
  parseStorage,
  toMarkdown,
  verifyStorage,
} from '#lib/content';
import { bodyOf } from './content-body.ts';
import { median, type Row, table } from './row.ts';

type Size = { name: string; chars: number; times: number };

const sizes: Size[] = [
  { name: '10 KB', chars: 10_000, times: 31 },
  { name: '100 KB', chars: 100_000, times: 15 },
  { name: '1 MB', chars: 1_000_000, times: 7 },
];

/** A page and what was made of it: one paragraph in the middle changed, another near the start, many words. */
type Case = { body: string; block: string; one: string; other: string; many: string; markdown: string };

/** `body` with another first paragraph each time: what was read before must not help. */
function caseOf(body: string, number: number): Case {
  const own = `<p>Run ${number}</p>${body}`;
  const paragraphs = outline(own).filter(({ kind, depth }) => kind === 'paragraph' && depth === 0);
  const [middle, near] = [paragraphs[paragraphs.length >> 1], paragraphs[1]];
  if (!middle || !near) throw new Error('the body has no paragraphs');
  const put = (place: { start: number; end: number }, text: string): string =>
    own.slice(0, place.start) + text + own.slice(place.end);
  return {
    body: own,
    block: middle.id,
    one: put(middle, '<p>A new sentence for the middle.</p>'),
    other: put(near, '<p>Another one near the start.</p>'),
    many: own.replaceAll(' owner ', ' holder '),
    markdown: toMarkdown(own).markdown,
  };
}

/** An equal text that is another object, as the next request would bring it. */
const again = (text: string): string => Buffer.from(text).toString();

const works: { name: string; aim: string; run(one: Case): unknown; bytes?(one: Case): number }[] = [
  { name: 'parse', aim: '> 20', run: ({ body }) => parseStorage(body) },
  { name: 'outline', aim: '> 5', run: ({ body }) => outline(body) },
  { name: 'Markdown view', aim: '> 5', run: ({ body }) => toMarkdown(body) },
  {
    name: 'edit: one block from Markdown',
    aim: '> 10',
    run: ({ body, block }) =>
      applyEdits(body, [{ op: 'replace', target: { block }, markdown: 'A **new** sentence.' }]),
  },
  {
    name: 'edit: words replaced',
    aim: '> 10',
    run: ({ body, block }) =>
      applyEdits(body, [{ op: 'replace', target: { block }, storage: '<p>A new sentence.</p>' }]),
  },
  {
    name: 'Markdown in, of a page that is there',
    aim: '> 1',
    run: ({ body, markdown }) => markdownToStorage(markdown, { originals: body }),
  },
  {
    name: 'Markdown in, of a new page',
    aim: '',
    run: ({ markdown }) => markdownToStorage(plain(markdown)),
    bytes: ({ markdown }) => markdown.length,
  },
  { name: 'diff of one change', aim: '> 5', run: ({ body, one }) => diffStorage(body, one) },
  { name: 'diff of many changes', aim: '', run: ({ body, many }) => diffStorage(body, many) },
  { name: 'merge', aim: '> 2', run: ({ body, one, other }) => mergeStorage(body, one, other) },
  {
    name: 'verify',
    aim: '> 3',
    run: ({ body, one }) => verifyStorage(body, one, one.replaceAll('local-id="', 'local-id="f')),
  },
];

/** Markdown without what only its own page can say. */
const plain = (markdown: string): string =>
  markdown
    .replace(/\{#\w+\}|\{\/?comment[^}]*\}/g, '')
    .replace(/\{\{[^}]*\}\}/g, 'x')
    .replace(/^:::\w* ?.*$/gm, '');

async function measured(work: (typeof works)[number], body: string, times: number): Promise<number> {
  const taken: number[] = [];
  for (let number = -1; number < times; number += 1) {
    const made = caseOf(body, number + 1);
    const one: Case = {
      ...made,
      body: again(made.body),
      one: again(made.one),
      other: again(made.other),
      many: again(made.many),
    };
    // What making the case has read is forgotten.
    await Promise.resolve();
    const started = performance.now();
    work.run(one);
    const bytes = work.bytes?.(one) ?? one.body.length;
    if (number >= 0) taken.push(bytes / 1000 / (performance.now() - started));
  }
  return median(taken);
}

/**
 * Speed of the content engine on pages of three sizes, each page another one. The value is that of 1 MB; `growth` is
 * the time for a character of 1 MB against one of 10 KB.
 */
export async function contentRows(): Promise<Row[]> {
  const bodies = sizes.map((size) => ({ ...size, body: bodyOf(size.chars) }));
  const rows: Row[] = [];
  for (const work of works) {
    const speeds: number[] = [];
    for (const { body, times } of bodies) speeds.push(await measured(work, body, times));
    const [small = Number.NaN, middle = Number.NaN, large = Number.NaN] = speeds;
    rows.push({
      name: `content: ${work.name}`,
      value: large,
      unit: 'MB/s',
      aim: work.aim,
      note: `10 KB ${small.toFixed(1)}, 100 KB ${middle.toFixed(1)}, growth ${(small / large).toFixed(2)}, 1 MB in ${(1000 / large).toFixed(0)} ms`,
    });
  }
  return rows;
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${table(await contentRows())}\n`);
