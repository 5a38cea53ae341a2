import type { Block } from '../blocks/blocks.ts';
import type { Edit } from '../edit/edit-fields.ts';
import type { Random } from '../testing/random.ts';
import { type Body, kidsOf, sectionOf } from './body.fixture.ts';
import { type Maker, pick } from './run.fixture.ts';
import type { Span } from './scan.fixture.ts';

const MARKDOWN = [
  'A *new* paragraph & more.',
  '## Heading\n\n- a\n- b',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  ':::info Title\ntext\n:::',
  '```js\nif (a < b) {}\n```',
  '- [ ] task',
];

const STORAGE = ['<p>x &amp; y</p>', '<hr />', '<p>a</p><ul><li>b</li></ul>'];

function content(random: Random): Pick<Edit, 'markdown'> | Pick<Edit, 'storage'> {
  return random(3) === 0
    ? { storage: pick(STORAGE, random) ?? '<hr />' }
    : { markdown: pick(MARKDOWN, random) ?? 'x' };
}

const OPS = ['replace', 'insert_before', 'insert_after', 'delete', 'append', 'prepend'] as const;
const CONTAINERS = new Set(['cell', 'section', 'layout', 'extension']);
const at = (offset: number): Span => ({ start: offset, end: offset });

function aroundHeading(body: Body, op: (typeof OPS)[number], heading: Block): Span {
  const section = sectionOf(body, heading);
  const end = Math.max(heading.end, ...section.map((one) => one.end));
  const first = section.find((one) => one.depth === heading.depth);
  const spans: Record<typeof op, Span> = {
    replace: { start: first?.start ?? heading.end, end },
    delete: { start: heading.start, end },
    insert_before: at(heading.start),
    insert_after: at(end),
    append: at(end),
    prepend: at(heading.end),
  };
  return spans[op];
}

function aroundBlock(body: Body, op: (typeof OPS)[number], block: Block): Span {
  const kids = kidsOf(body, block);
  const [first, last] = [kids[0], kids.at(-1)];
  const spans: Record<typeof op, Span> = {
    replace: block.kind === 'cell' && first && last ? { start: first.start, end: last.end } : block,
    delete: block,
    insert_before: at(block.start),
    insert_after: at(block.end),
    append: last ? at(last.end) : block,
    prepend: first ? at(first.start) : block,
  };
  const { start, end } = spans[op];
  const inside = (op === 'append' || op === 'prepend') && !first;
  // A block without blocks in it takes more after or before it; an empty container within.
  return inside && !CONTAINERS.has(block.kind) && block.macro === undefined && block.kind !== 'div'
    ? at(op === 'append' ? block.end : block.start)
    : { start, end };
}

/** Edits of whole blocks, named by id, heading or words, or of the page's ends. */
export const blockEdit: Maker = (body, random) => {
  const op = pick(OPS, random) ?? 'append';
  const more = op === 'delete' ? {} : content(random);
  const block = pick(body.blocks, random);
  if (!block || ((op === 'append' || op === 'prepend') && random(12) === 0)) {
    if (op !== 'append' && op !== 'prepend') return null;
    const roots = body.blocks.filter(({ depth }) => depth === 0);
    const end = roots.at(-1)?.end ?? body.storage.length;
    return { edit: { op, ...more }, allowed: [at(op === 'append' ? end : (roots[0]?.start ?? 0))] };
  }
  if (block.kind === 'heading' && random(2) === 0)
    return {
      edit: { op, target: { heading: block.id }, ...more },
      allowed: [aroundHeading(body, op, block)],
    };
  const words = body.words.filter(({ start, end }) => start >= block.start && end <= block.end);
  const quoted =
    random(4) === 0 && kidsOf(body, block).length === 0 && block.kind !== 'heading'
      ? pick(words, random)
      : undefined;
  if (quoted)
    return { edit: { op, target: { text: quoted.text }, ...more }, allowed: [aroundBlock(body, op, block)] };
  const section = block.kind === 'heading' && (op === 'append' || op === 'prepend');
  return {
    edit: { op, target: { block: block.id }, ...more },
    allowed: [section ? aroundHeading(body, op, block) : aroundBlock(body, op, block)],
  };
};

const NEW_WORDS = ['quite other words', 'a < b & c ]]> d', '', 'Ümlaut “quoted”'];

/** Words replaced by plain text or by a line of Markdown. */
export const textEdit: Maker = (body, random) => {
  const words = pick(body.words, random);
  if (!words) return null;
  const { start, end, text } = words;
  const block = body.blocks.findLast((one) => one.start <= start && end <= one.end);
  const target = block && random(2) === 0 ? { block: block.id, text } : { text };
  const next =
    random(3) === 0
      ? { markdown: '**new** `words` {status:ok|green}' }
      : { with: pick(NEW_WORDS, random) ?? '' };
  return { edit: { op: 'replace_text', target, ...next }, allowed: [{ start, end }] };
};

/** All places of some words. */
export const manyTexts: Maker = (body, random) => {
  const words = pick(body.words, random);
  const [text] = words?.text.split(/[ ,.]+/).filter((one) => one.length > 3) ?? [];
  if (!text) return null;
  const places = [...body.storage.matchAll(new RegExp(text, 'g'))].map(({ index }) => ({
    start: index,
    end: index + text.length,
  }));
  return {
    edit: {
      op: 'replace_text',
      target: { text },
      with: `${text.slice(0, -1)}zz`,
      occurrences: Math.max(1, places.length - random(2)),
    },
    allowed: places,
  };
};
