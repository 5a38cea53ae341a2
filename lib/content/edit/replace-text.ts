import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { cleanText, escapeXml, referenceAt, toCdata } from '../parse/entities.ts';
import type { ElementNode, LeafNode, StorageDoc } from '../parse/parse.ts';
import type { Change, EditedPage, Worked } from './change.ts';
import type { Edit } from './edit-fields.ts';
import { type Found, findText, type Run, typed } from './find-text.ts';
import { lineStorage } from './inline-text.ts';
import { ambiguousAmong, describeBlock, quoted, rangeOf } from './targets.ts';
import { asRead, blocksWithin, missingWords } from './words.ts';

/** How far into a text node offsets were worked out: characters of its text, and where they are in the source. */
const reached = new WeakMap<LeafNode, { decoded: number; at: number }>();

/** Source offset of a character of a text node. Asked in rising order it costs one walk over the node in all. */
function sourceOffset(source: string, node: LeafNode, offset: number): number {
  if (node.type === 'cdata') return node.start + 9 + offset;
  // A reference is longer than what it stands for: equal lengths mean there is none.
  if (node.end - node.start === node.text.length) return node.start + offset;
  const from = reached.get(node);
  let { decoded, at } = from && from.decoded <= offset ? from : { decoded: 0, at: node.start };
  while (decoded < offset) {
    const reference = source[at] === '&' ? referenceAt(source, at) : null;
    decoded += reference?.text.length ?? 1;
    at += reference?.length ?? 1;
  }
  reached.set(node, { decoded, at });
  return at;
}

function commonEnds(before: string, after: string, loose: boolean): { head: number; tail: number } {
  const same = (a = '', b = ''): boolean => a === b || (loose && typed(a) === typed(b));
  const limit = Math.min(before.length, after.length);
  let head = 0;
  while (head < limit && same(before[head], after[head])) head += 1;
  if (head > 0 && /[\ud800-\udbff]/.test(before[head - 1] ?? '')) head -= 1;
  let tail = 0;
  while (tail < limit - head && same(before[before.length - 1 - tail], after[after.length - 1 - tail]))
    tail += 1;
  if (tail > 0 && /[\udc00-\udfff]/.test(before[before.length - tail] ?? '')) tail -= 1;
  return { head, tail };
}

type Piece = Run['pieces'][number];

const endOf = (piece: Piece): number => piece.from + piece.node.text.length;

/** The last piece that begins at or before an offset of the run; -1 where none does. */
function pieceAt({ pieces }: Run, offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The sections of CDATA that a change lies in, where they follow one another: code that holds `]]>` has several. */
function cdataPieces(run: Run, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = pieceAt(run, start); at < run.pieces.length; at += 1) {
    const piece = run.pieces[at];
    const before = pieces.at(-1);
    if (piece?.node.type !== 'cdata' || piece.from > start !== pieces.length > 0) return [];
    if (before && (before.node.end !== piece.node.start || before.node.parent !== piece.node.parent))
      return [];
    pieces.push(piece);
    if (end <= endOf(piece)) return pieces;
  }
  return [];
}

const acrossMarks = (): ContentError =>
  new ContentError(
    'The text to replace reaches over formatting or lines, so it is not clear how the new text should look.',
    {
      code: 'ambiguous',
      next: 'Give the new text as markdown, with its formatting, or replace its parts one by one.',
    },
  );

function cdataChange(source: string, pieces: Piece[], start: number, end: number, text: string): Change {
  const [first, last] = [pieces[0] as Piece, pieces.at(-1) as Piece];
  // The usual change is told from its neighbours alone: code may be long and have many.
  const near = first.node.text.slice(Math.max(0, start - first.from - 2), start - first.from);
  const far = first.node.text.slice(end - first.from, end - first.from + 2);
  if (first === last && cleanText(text) === text && !`${near}${text}${far}`.includes(']]>')) {
    const at = first.node.start + '<![CDATA['.length - first.from;
    return { start: at + start, end: at + end, text };
  }
  const whole = pieces.map(({ node }) => node.text).join('');
  const cdata = toCdata(whole.slice(0, start - first.from) + text + whole.slice(end - first.from));
  const [from, to] = [
    sourceOffset(source, first.node, start - first.from),
    sourceOffset(source, last.node, end - last.from),
  ];
  // Written anew as a whole only where the new text may complete a "]]>" with what stands around it.
  return source.slice(first.node.start, from) + text + source.slice(to, last.node.end) === cdata
    ? { start: from, end: to, text }
    : { start: first.node.start, end: last.node.end, text: cdata };
}

/**
 * The smallest change of the source that puts plain text in place of what was found; null when nothing changes.
 * @throws ContentError `ambiguous` where the text reaches over formatting or lines
 */
export function plainChange(tree: BlockTree, { run, from, to, loose }: Found, next: string): Change | null {
  const old = run.text.slice(from, to);
  if (old === next) return null;
  const { head, tail } = commonEnds(old, next, loose);
  const [start, end] = [from + head, to - tail];
  if (start === end && head + tail === next.length) return null;
  // What is put in goes on the text before it where some of that is kept.
  const inserts = start === end && head > 0;
  const near = run.pieces[pieceAt(run, inserts ? start - 1 : start)];
  const piece = near && (inserts || start < endOf(near)) && end <= endOf(near) ? near : undefined;
  const { source } = tree.doc;
  const text = next.slice(head, next.length - tail);
  if (piece?.node.type === 'text') {
    const at = (offset: number): number => sourceOffset(source, piece.node, offset - piece.from);
    return { start: at(start), end: at(end), text: escapeXml(text) };
  }
  const code = piece ? [piece] : cdataPieces(run, start, end);
  if (code.length === 0) throw acrossMarks();
  return cdataChange(source, code, start, end, text);
}

/** Marks that may go with the text they are on when the new text brings its own. */
const MARKS = /^(?:strong|b|em|i|u|s|del|strike|ins|sub|sup|small|big|code|span)$/;

/** The marks a text node stands in, innermost first, up to its line. */
function marksOf(node: LeafNode): ElementNode[] {
  const marks: ElementNode[] = [];
  for (let at = node.parent; at && MARKS.test(at.name) && marks.length < 50; at = at.parent) marks.push(at);
  return marks;
}

/** The range of the source from one character to another with whole marks in it, or null where marks are cut in two or more than marks is in it. */
function rangeAcross(doc: StorageDoc, first: Piece, last: Piece, from: number, to: number): Change | null {
  const { source } = doc;
  let [start, end] = [
    sourceOffset(source, first.node, from - first.from),
    sourceOffset(source, last.node, to - last.from),
  ];
  const [before, behind] = [marksOf(first.node), marksOf(last.node)];
  // What is left around both ends must be one element, or it would be cut in two.
  let [left, right] = [first.node.parent, last.node.parent];
  for (const mark of before) {
    if (behind.includes(mark)) break;
    if (start !== mark.openEnd) return null;
    start = mark.start;
    left = mark.parent;
  }
  for (const mark of behind) {
    if (before.includes(mark)) break;
    if (end !== mark.closeStart) return null;
    end = mark.end;
    right = mark.parent;
  }
  if (left !== right) return null;
  for (let i = first.node.index; i <= last.node.index; i += 1) {
    const node = doc.nodes[i];
    if (node?.type === 'element' && !(MARKS.test(node.name) && node.start >= start && node.end <= end))
      return null;
  }
  return { start, end, text: '' };
}

function markdownChange(page: EditedPage, found: Found, markdown: string): Change {
  const { run, from, to } = found;
  const { doc } = page.tree;
  const first = run.pieces[pieceAt(run, from)];
  const last = run.pieces[pieceAt(run, to - 1)];
  const storage = lineStorage(page, markdown);
  if (!first || !last || storage === null) {
    throw new ContentError(
      storage === null
        ? 'The new text for replace_text must fit in a line: it has blocks.'
        : 'The text to replace reaches over lines.',
      { next: 'Replace the block instead.' },
    );
  }
  if ([first, last].some(({ node }) => node.type === 'cdata' || node.parent?.name === 'ac:parameter')) {
    throw new ContentError('The text to replace is in code or a title, which holds plain text only.', {
      next: 'Give the new text with `with`.',
    });
  }
  const range = rangeAcross(doc, first, last, from, to);
  if (range === null) throw acrossMarks();
  return { ...range, text: storage };
}

function tooMany(tree: BlockTree, text: string, found: Found[], wanted: number | undefined): ContentError {
  const blocks = found.map((one) => describeBlock(tree.byId.get(one.block.id) ?? one.block));
  const many = `stands ${found.length} times there${wanted === undefined ? '; which one' : `, not ${wanted} times; it`}`;
  return ambiguousAmong(
    `The text ${quoted(text)} ${many}`,
    blocks,
    `Quote more of it, so that it is unique, or give occurrences: ${found.length} to replace them all.`,
  );
}

/**
 * Replaces a quoted text by plain text (`with`) or a line of Markdown; marks, links and comment markers around it
 * stay. With a block or heading beside the text only that part of the page is searched. A text that stands there
 * several times is replaced only where `occurrences` says how often.
 */
export function replaceText(page: EditedPage, edit: Edit): Worked {
  const { tree } = page;
  const text = edit.target?.text;
  if (text === undefined || text === '') {
    throw new ContentError('replace_text needs target.text, the old text.', {
      next: 'Quote the words to replace in target.text.',
    });
  }
  const range = rangeOf(tree, edit.target);
  const blocks = blocksWithin(tree, range);
  const literal = findText(tree, text, blocks, true);
  const read = literal.length === 0 && edit.markdown !== undefined ? asRead(text) : null;
  const found = read === null ? literal : findText(tree, read, blocks, true);
  if (found.length === 0) throw missingWords(tree, text, range);
  if (found.length !== (edit.occurrences ?? 1)) throw tooMany(tree, text, found, edit.occurrences);
  const changes = found.flatMap((one) => {
    if (edit.markdown !== undefined) return markdownChange(page, one, edit.markdown);
    return plainChange(tree, one, edit.with ?? '') ?? [];
  });
  const same = changes.filter(({ start, end, text: next }) => tree.doc.source.slice(start, end) !== next);
  return same.length > 0 ? { changes: same } : { changes: [], idle: `${quoted(text)} stands there already.` };
}
