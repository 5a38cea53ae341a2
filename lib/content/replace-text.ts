import type { BlockNode, BlockTree } from './blocks.ts';
import { ContentError } from './content-error.ts';
import { isInline } from './elements.ts';
import { escapeXml, referenceAt, toCdata } from './entities.ts';
import { stripInvisible } from './invisible.ts';
import type { LeafNode, StorageDoc } from './parse.ts';
import { ambiguous, type EditTarget, findBlock, findHeading, missing } from './targets.ts';

/** The text of a block, and which text node each of its characters comes from; breaks between blocks are in no node. */
type Run = { text: string; pieces: { from: number; node: LeafNode }[] };

function isBreak(doc: StorageDoc, before: LeafNode, after: LeafNode): boolean {
  for (let i = before.index + 1; i <= after.index; i += 1) {
    const node = doc.nodes[i];
    if (node?.type === 'element' && (!isInline(node) || node.name === 'br')) return true;
  }
  return blockOf(before) !== blockOf(after);
}

function blockOf(node: LeafNode): unknown {
  let parent = node.parent;
  while (parent && isInline(parent)) parent = parent.parent;
  return parent;
}

export function runOf(doc: StorageDoc, block: BlockNode): Run {
  const pieces: Run['pieces'] = [];
  const parts: string[] = [];
  let length = 0;
  let last: LeafNode | null = null;
  for (const root of block.nodes) {
    for (let i = root.index; i < root.last; i += 1) {
      const node = doc.nodes[i];
      if (!node || (node.type !== 'text' && node.type !== 'cdata') || node.hidden || node.text === '')
        continue;
      if (last && isBreak(doc, last, node)) {
        parts.push('\n');
        length += 1;
      }
      pieces.push({ from: length, node });
      parts.push(node.text);
      length += node.text.length;
      last = node;
    }
  }
  return { text: parts.join(''), pieces };
}

/** `loose`: found without regard to kinds of white space. */
export type Found = { block: BlockNode; run: Run; from: number; to: number; loose: boolean };

function occurrences(text: string, wanted: string, limit: number): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(wanted);
    at !== -1 && found.length < limit;
    at = text.indexOf(wanted, at + wanted.length)
  )
    found.push(at);
  return found;
}

/** Text as a reader sees it: white space runs are one space, invisible characters are gone. `map` gives the offset of each character. */
function loosen(text: string): { text: string; map: number[] } {
  const map: number[] = [];
  let out = '';
  let space = false;
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const blank = /^[\s\u00a0]$/.test(char);
    if (blank ? !space : stripInvisible(char) !== '') {
      for (let unit = 0; unit < char.length; unit += 1) map.push(i + unit);
      out += blank ? ' ' : char;
      space = blank;
    }
    i += char.length;
  }
  map.push(text.length);
  return { text: out, map };
}

function search(tree: BlockTree, blocks: BlockNode[], wanted: string, loose: boolean): Found[] {
  const target = loose ? loosen(wanted).text.trim() : wanted;
  if (target === '') return [];
  const found: Found[] = [];
  for (const block of blocks) {
    if (found.length > 12) break;
    const run = runOf(tree.doc, block);
    if (!loose) {
      for (const from of occurrences(run.text, target, 13))
        found.push({ block, run, from, to: from + target.length, loose });
      continue;
    }
    const { text, map } = loosen(run.text);
    for (const start of occurrences(text, target, 13)) {
      const last = map[start + target.length - 1] ?? 0;
      found.push({ block, run, from: map[start] ?? 0, to: last + 1, loose });
    }
  }
  return found;
}

/** Blocks that hold text of their own: of containers only what stands outside their inner blocks (a macro's title). */
export function textBlocks(tree: BlockTree): BlockNode[] {
  return tree.all.map((block) => {
    if (!block.inside || !block.element) return block;
    const inside = block.inside;
    return {
      ...block,
      nodes: block.element.children.filter((child) => child !== inside && inside !== block.element),
    };
  });
}

function find(tree: BlockTree, wanted: string, blocks = textBlocks(tree)): Found[] {
  const exact = search(tree, blocks, wanted, false);
  return exact.length > 0 ? exact : search(tree, blocks, wanted, true);
}

const quoted = (text: string): string => `The text "${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;

/** The one block that holds the quoted text. */
export function textBlock(tree: BlockTree, wanted: string): BlockNode {
  const found = find(tree, wanted);
  const blocks = [...new Set(found.map((one) => one.block.id))].map((id) => tree.byId.get(id) as BlockNode);
  const [first] = blocks;
  if (first && blocks.length === 1) return first;
  if (first) throw ambiguous(quoted(wanted), blocks, 'Quote more of it, or name the block by its id.');
  throw missing(
    quoted(wanted),
    tree.all.filter((block) => block.chars > 0),
    'Quote text exactly as the page has it, within one block.',
  );
}

function scope(tree: BlockTree, target: EditTarget): BlockNode[] | undefined {
  const all = textBlocks(tree);
  if ('block' in target) {
    const block = findBlock(tree, target.block);
    return all.filter((one) => one.start >= block.start && one.end <= block.end);
  }
  if ('heading' in target) {
    const heading = findHeading(tree, target.heading);
    const siblings = heading.parent?.kids ?? tree.roots;
    const next = siblings
      .slice(siblings.indexOf(heading) + 1)
      .find((one) => one.kind === 'heading' && (one.level ?? 6) <= (heading.level ?? 6));
    const end = next?.start ?? heading.parent?.end ?? tree.doc.source.length;
    return all.filter((one) => one.start >= heading.start && one.end <= end);
  }
  return undefined;
}

/** Source offset of a character of a text node. */
function sourceOffset(source: string, node: LeafNode, offset: number): number {
  if (node.type === 'cdata') return node.start + 9 + offset;
  let at = node.start;
  for (let decoded = 0; decoded < offset; ) {
    const reference = source[at] === '&' ? referenceAt(source, at) : null;
    decoded += reference?.text.length ?? 1;
    at += reference?.length ?? 1;
  }
  return at;
}

function commonEnds(before: string, after: string, loose: boolean): { head: number; tail: number } {
  const blank = /^[\s\u00a0]$/;
  const same = (a = '', b = ''): boolean => a === b || (loose && blank.test(a) && blank.test(b));
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

export type Replaced = { start: number; end: number; text: string };

/** The smallest change of the source that puts `next` in place of what was found; null when nothing changes. */
export function splice(tree: BlockTree, { run, from, to, loose }: Found, next: string): Replaced | null {
  const old = run.text.slice(from, to);
  if (old === next) return null;
  const { head, tail } = commonEnds(old, next, loose);
  const [start, end] = [from + head, to - tail];
  if (start === end && head + tail === next.length) return null;
  const owns = (piece: Run['pieces'][number]): boolean => {
    const last = piece.from + piece.node.text.length;
    return start === end
      ? head > 0
        ? piece.from < start && start <= last
        : piece.from <= start && start < last
      : piece.from <= start && end <= last;
  };
  const piece = run.pieces.find(owns);
  if (!piece) {
    throw new ContentError(
      'The text to replace reaches over formatting or lines, so it is not clear how the new text should look.',
      {
        code: 'ambiguous',
        next: 'Replace its parts one by one, or replace the block.',
      },
    );
  }
  const { source } = tree.doc;
  const text = next.slice(head, next.length - tail);
  const [first, last] = [
    sourceOffset(source, piece.node, start - piece.from),
    sourceOffset(source, piece.node, end - piece.from),
  ];
  if (piece.node.type === 'text') return { start: first, end: last, text: escapeXml(text) };
  // A CDATA section is written anew as a whole: the new text may complete a "]]>" with what stands around it.
  const whole = piece.node.text.slice(0, start - piece.from) + text + piece.node.text.slice(end - piece.from);
  const cdata = toCdata(whole);
  const plain = source.slice(piece.node.start, first) + text + source.slice(last, piece.node.end);
  return plain === cdata
    ? { start: first, end: last, text }
    : { start: piece.node.start, end: piece.node.end, text: cdata };
}

/**
 * The splice that replaces an exact text inside one block, as small as it can be; null where nothing
 * changes. With a block or heading beside the text, only that part of the page is searched.
 */
export function replaceText(
  tree: BlockTree,
  target: EditTarget | undefined,
  next: string | undefined,
): Replaced | null {
  if (!target || !('text' in target) || target.text === '' || next === undefined) {
    throw new ContentError('replace_text needs target.text (the old text) and with (the new text).');
  }
  const found = find(tree, target.text, scope(tree, target));
  const [first] = found;
  if (first && found.length === 1) return splice(tree, first, next);
  if (first) {
    const blocks = found.map((one) => tree.byId.get(one.block.id) as BlockNode);
    throw ambiguous(
      `${quoted(target.text)} stands ${found.length > 12 ? 'more than 12' : found.length} times on the page; which one`,
      blocks,
      'Quote more of it, so that it is unique.',
    );
  }
  throw missing(
    quoted(target.text),
    tree.all.filter((block) => block.chars > 0),
    'Quote text exactly as the page has it, within one block.',
  );
}
