import type { BlockNode, BlockTree } from '../blocks/blocks.ts';
import { isInline, macroName } from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import type { ElementNode, LeafNode, StorageDoc, StorageNode } from '../parse/parse.ts';

/** The text of a block, and which text node each of its characters comes from; breaks between lines are in no node. */
export type Run = { text: string; pieces: { from: number; node: LeafNode }[] };

/** Elements within links, which do not end a line. */
const IN_LINK = /^(?:ac:link-body|ac:plain-text-link-body|ri:.*)$/;

/** Text runs on over it: marks, links, the title of a status. */
function flows(element: ElementNode): boolean {
  if (element.name === 'br') return false;
  if (isInline(element) || IN_LINK.test(element.name)) return true;
  return element.name === 'ac:parameter' && element.parent !== null && macroName(element.parent) === 'status';
}

/** Finds the element whose line a text stands in. Each element is climbed once, however deep marks are nested. */
export function lineFinder(): (node: StorageNode) => ElementNode | null {
  const known = new Map<ElementNode, ElementNode | null>();
  return ({ parent }) => {
    const passed: ElementNode[] = [];
    let at = parent;
    while (at && flows(at) && !known.has(at)) {
      passed.push(at);
      at = at.parent;
    }
    const line = at && flows(at) ? (known.get(at) ?? null) : at;
    for (const element of passed) known.set(element, line);
    return line;
  };
}

function opensLine(doc: StorageDoc, before: LeafNode, after: LeafNode): boolean {
  for (let i = before.index + 1; i <= after.index; i += 1) {
    const node = doc.nodes[i];
    if (node?.type === 'element' && !flows(node)) return true;
  }
  return false;
}

/** The visible text of some nodes, a line break between lines. */
export function runOf(doc: StorageDoc, nodes: readonly StorageNode[]): Run {
  const pieces: Run['pieces'] = [];
  const parts: string[] = [];
  const lineOf = lineFinder();
  let length = 0;
  let last: LeafNode | null = null;
  for (const root of nodes) {
    for (let i = root.index; i < root.last; i += 1) {
      const node = doc.nodes[i];
      if (!node || (node.type !== 'text' && node.type !== 'cdata') || node.hidden || node.text === '')
        continue;
      if (last && (opensLine(doc, last, node) || lineOf(last) !== lineOf(node))) {
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

/** `loose`: found without regard to kinds of white space, quotation marks and dashes. */
export type Found = { block: BlockNode; run: Run; from: number; to: number; loose: boolean };

const ALIKE: Record<string, string> = { '\u2018': "'", '\u2019': "'", '\u201c': '"', '\u201d': '"' };
const DASH = /[\u2010-\u2015\u2212]/;

/** A character as it is typed: one kind of space, of quotation mark, of dash. */
export function typed(char: string): string {
  if (/^[\s\u00a0]$/.test(char)) return ' ';
  return ALIKE[char] ?? (DASH.test(char) ? '-' : char);
}

/** Text as typed: white space runs are one space, invisible characters are gone. `map` gives the offset of each character. */
export function loosen(text: string): { text: string; map: number[] } {
  const map: number[] = [];
  const out: string[] = [];
  let space = false;
  for (let i = 0; i < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const plain = typed(char);
    if (plain === ' ' ? !space : stripInvisible(char) !== '') {
      for (let unit = 0; unit < plain.length; unit += 1) map.push(i + unit);
      out.push(plain);
      space = plain === ' ';
    }
    i += char.length;
  }
  map.push(text.length);
  return { text: out.join(''), map };
}

function placesIn(text: string, wanted: string, limit: number): number[] {
  const found: number[] = [];
  let at = text.indexOf(wanted);
  while (at !== -1 && found.length < limit) {
    found.push(at);
    at = text.indexOf(wanted, at + wanted.length);
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

/** More blocks than this are not looked at once the text is known to stand in several. */
const MANY = 13;

function search(
  doc: StorageDoc,
  blocks: readonly BlockNode[],
  wanted: string,
  loose: boolean,
  perBlock: number,
): Found[] {
  const target = loose ? loosen(wanted).text.trim() : wanted;
  if (target === '') return [];
  const found: Found[] = [];
  let holding = 0;
  for (const block of blocks) {
    if (holding >= MANY && perBlock === MANY) break;
    const run = runOf(doc, block.nodes);
    const { text, map } = loose ? loosen(run.text) : { text: run.text, map: null };
    const starts = placesIn(text, target, perBlock);
    if (starts.length > 0) holding += 1;
    for (const start of starts) {
      const last = start + target.length;
      found.push(
        map === null
          ? { block, run, from: start, to: last, loose }
          : { block, run, from: map[start] ?? 0, to: (map[last - 1] ?? 0) + 1, loose },
      );
    }
  }
  return found;
}

/**
 * Where a text stands among the words a reader sees, marks and links notwithstanding: as written, else without
 * regard to kinds of white space, quotation marks and dashes. `all`: every place, else enough of them to tell that
 * there are several.
 */
export function findText(tree: BlockTree, wanted: string, blocks = textBlocks(tree), all = false): Found[] {
  const limit = all ? Number.POSITIVE_INFINITY : MANY;
  const exact = search(tree.doc, blocks, wanted, false, limit);
  return exact.length > 0 ? exact : search(tree.doc, blocks, wanted, true, limit);
}
