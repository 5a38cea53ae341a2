import type { List, Nodes, Root, RootContent, Table } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { ContentError } from '../content-error.ts';
import { type Stretch, stretchesOf } from './stretches.ts';

type Parse = (markdown: string) => Root;

const LABEL = /\[((?:[^[\]\\]|\\.){1,999})\]/g;

/** Labels are compared as CommonMark compares them. */
const sameLabel = (label: string): string => label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();

/** Markdown that defines the label of each definition of links and footnotes among the nodes, by label. */
function definitionsOf(nodes: Nodes[]): Map<string, string> {
  const found = new Map<string, string>();
  const queue = [...nodes];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if ((node.type === 'definition' || node.type === 'footnoteDefinition') && node.label) {
      const label = node.type === 'definition' ? node.label : `^${node.label}`;
      found.set(sameLabel(label), `[${label}]: x\n\n`);
    }
    if ('children' in node) for (const child of node.children) queue.push(child);
  }
  return found;
}

/** Definitions of the labels that a stretch mentions. */
function definitionsFor(text: string, defined: Map<string, string>): string {
  if (defined.size === 0) return '';
  const used = new Set<string>();
  for (const [, label = ''] of text.matchAll(LABEL)) {
    const definition = defined.get(sameLabel(label));
    if (definition) used.add(definition);
  }
  // The comment ends a definition that what follows might go on with.
  return used.size === 0 ? '' : `${[...used].join('')}<!-- -->\n\n`;
}

/** Moves the places of all nodes; iterative, for the tree may be deep. */
function shift(nodes: Nodes[], by: { offset: number; line: number }): void {
  const queue: Nodes[] = [...nodes];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const { position } = node;
    for (const point of position ? [position.start, position.end] : []) {
      point.line += by.line;
      if (point.offset !== undefined) point.offset += by.offset;
    }
    if ('children' in node) for (const child of node.children) queue.push(child);
  }
}

const breaks = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** Of lines that start or underline something in one stretch, and of lines of any kind. Code may have more. */
const MAX_STARTS = 4000;
const MAX_LINES = 8000;

function checkSize({ starts, lines }: Stretch, line: number): void {
  if (starts <= MAX_STARTS && lines <= MAX_LINES) return;
  throw new ContentError(
    starts > MAX_STARTS
      ? `The list or quote in line ${line + 1} of the Markdown has too many parts within parts to be read.`
      : `From line ${line + 1} on the Markdown has more than ${MAX_LINES} lines without a blank line between.`,
    { code: 'too_large', next: 'Break it up with blank lines into several blocks.' },
  );
}

type Context = { text: string; parse: Parse; defined: Map<string, string> };

/** The blocks of one stretch, with their places in the whole text. */
function read({ text, parse, defined }: Context, stretch: Stretch, line: number): RootContent[] {
  const { start, end, head } = stretch;
  const own = text.slice(start, end);
  checkSize(stretch, line);
  const table = head ? `${text.slice(head.start, head.end)}\n` : '';
  const before = definitionsFor(own, defined) + table;
  const { children } = parse(before + own);
  const kept =
    before === '' ? children : children.filter((node) => (node.position?.end.offset ?? 0) > before.length);
  const [first] = kept;
  if (table !== '' && first?.type === 'table') first.children.shift();
  shift(kept, { offset: start - before.length, line: line - breaks(before) });
  return kept;
}

/** Whether the blocks of a stretch go on with the last of those before; null where the cut was a mistake. */
function goesOn(
  joins: Stretch['joins'],
  last: RootContent | undefined,
  first: RootContent | undefined,
): boolean | null {
  if (joins === null) return false;
  if (last?.type !== joins || first?.type !== joins) return null;
  // Two kinds of list in a row are two lists.
  return last.type !== 'list' || first.type !== 'list' || last.ordered === first.ordered;
}

function join(text: string, last: List | Table, first: List | Table): void {
  const between = text.slice(last.position?.end.offset ?? 0, first.position?.start.offset ?? 0);
  for (const child of first.children) (last.children as RootContent[]).push(child as RootContent);
  if (last.type === 'list' && first.type === 'list') {
    last.spread = last.spread === true || first.spread === true || /\n[ \t]*\n/.test(between);
  }
  if (last.position && first.position) last.position.end = first.position.end;
}

/** Stretches of which each goes on as it was cut; where one did not, what looked like a list or table was text. */
const MAX_MISTAKES = 3;

function readRange(context: Context, start: number, end: number, firstLine: number): RootContent[] {
  const stretches = stretchesOf(context.text, start, end);
  for (let mistakes = 0; mistakes <= MAX_MISTAKES; mistakes += 1) {
    const done = readAll(context, stretches, firstLine);
    if (done.blocks) return done.blocks;
    const [before, after] = stretches.slice(done.wrong - 1, done.wrong + 1) as [Stretch, Stretch];
    stretches.splice(done.wrong - 1, 2, {
      ...before,
      end: after.end,
      starts: before.starts + after.starts,
      lines: before.lines + after.lines,
    });
  }
  throw new ContentError('A list or table of the Markdown is too long and too irregular to be read.', {
    code: 'too_large',
    next: 'Put blank lines before and after it, or send it in several edits.',
  });
}

type Done = { blocks: RootContent[] } | { blocks: null; wrong: number };

/** `wrong`: the first stretch that does not go on with the one before. */
function readAll(context: Context, stretches: Stretch[], firstLine: number): Done {
  const out: RootContent[] = [];
  let line = firstLine;
  for (const [index, stretch] of stretches.entries()) {
    const lines = breaks(context.text.slice(stretch.start, stretch.end));
    const blocks = stretch.fence
      ? [fenceNode(context, stretch, stretch.fence, line, lines)]
      : read(context, stretch, line);
    line += lines;
    const [first] = blocks;
    const last = out.at(-1);
    const joins = goesOn(stretch.joins, last, first);
    if (joins === null) return { blocks: null, wrong: index };
    if (joins) join(context.text, last as List | Table, first as List | Table);
    for (const block of joins ? blocks.slice(1) : blocks) out.push(block);
  }
  return { blocks: out };
}

function fenceNode(
  context: Context,
  { start, end }: Stretch,
  { index, inside }: NonNullable<Stretch['fence']>,
  line: number,
  lines: number,
): ContainerDirective {
  const text = context.text.slice(start, end).replace(/\n$/, '');
  return {
    type: 'containerDirective',
    name: 'c',
    attributes: { x: index },
    children: readRange(context, inside.start, inside.end, line + 1) as ContainerDirective['children'],
    position: {
      start: { line: line + 1, column: 1, offset: start },
      end: {
        line: line + 1 + lines - (context.text[end - 1] === '\n' ? 1 : 0),
        column: text.length - text.lastIndexOf('\n'),
        offset: start + text.length,
      },
    },
  };
}

/**
 * Parses Markdown stretch by stretch; the tree is that of the whole text, with its places.
 *
 * @throws ContentError (`too_large`) for what could not be read in reasonable time
 */
export function readStretches(text: string, parse: Parse): Root {
  const children = readRange({ text, parse, defined: new Map() }, 0, text.length, 0);
  const defined = definitionsOf(children);
  // A link may be far from its definition: once all are known, everything is read again with those it mentions.
  return {
    type: 'root',
    children: defined.size === 0 ? children : readRange({ text, parse, defined }, 0, text.length, 0),
  };
}
