import type { Nodes, Paragraph, Parents, PhrasingContent, RootContent } from 'mdast';
import type { Group } from '../blocks/groups.ts';
import { isInline } from '../parse/elements.ts';
import { escapeXml } from '../parse/entities.ts';
import { codeStorage } from './code.ts';
import { fenceStorage } from './fence.ts';
import { headingStorage, inlineStorage, linked, refuseFootnote } from './inline.ts';
import { assemble, type Piece } from './keep/assemble.ts';
import { blockKey, claim, type Match } from './keep/plan.ts';
import { rewritten } from './keep/rewrite.ts';
import { listStorage } from './list.ts';
import { namedAtom } from './originals.ts';
import { tableStorage } from './table.ts';
import { tokenStorage } from './tokens.ts';
import { asWritten, blockSource, sourceOf, type Writer } from './writer.ts';

/** A paragraph that is one placeholder or image alone stands for a block, not for a line of text. */
function loneBlock(writer: Writer, children: PhrasingContent[]): string | null {
  const [only, next] = children;
  if (only?.type === 'image' || only?.type === 'imageReference') {
    if (next && !(next.type === 'text' && /^\{[^{}\n]*\}$/.test(next.value) && children.length === 2))
      return null;
    const storage = inlineStorage(writer, children);
    return /^<ac:image[ >]/.test(storage) && storage.endsWith('</ac:image>') ? storage : null;
  }
  if (only?.type !== 'text' || next) return null;
  const match = /^\s*\u2e28(\d+)\u2e29\s*$/.exec(only.value);
  const entry = match ? writer.stash.tokens[Number(match[1])] : undefined;
  if (entry?.token.kind !== 'placeholder') return null;
  const { id } = entry.token;
  if (id !== null && namedAtom(writer.originals.page, id)?.block === false) return null;
  return tokenStorage(writer, entry.token, entry.source);
}

function paragraph(writer: Writer, { children }: Paragraph): string {
  const alone = loneBlock(writer, children);
  if (alone !== null) return alone;
  const inner = inlineStorage(writer, children);
  return inner.trim() === '' ? '' : `<p>${inner}</p>`;
}

function paragraphOfSource(writer: Writer, node: Nodes): string {
  const text = escapeXml(sourceOf(writer, node)).trim();
  return text === '' ? '' : `<p>${text.replace(/\n/g, '<br />')}</p>`;
}

function html(writer: Writer, value: string): string {
  const text = asWritten(writer, value)
    .replace(/<!-- (?:#[\w.-]+ )?-->\n?/g, '')
    .trim();
  return text === '' ? '' : `<p>${linked(text).replace(/\n/g, '<br />')}</p>`;
}

type Fresh = {
  [Type in RootContent['type']]?: (writer: Writer, node: RootContent & { type: Type }) => string;
};

const FRESH: Fresh = {
  paragraph,
  heading: (writer, node) => `<h${node.depth}>${headingStorage(writer, node.children)}</h${node.depth}>`,
  list: (writer, node) => listStorage(writer, node, null),
  code: (writer, node) => codeStorage(writer, node, null),
  blockquote: (writer, node) => `<blockquote>${writer.blocks(node) || '<p />'}</blockquote>`,
  thematicBreak: () => '<hr />',
  table: (writer, node) => tableStorage(writer, node, false),
  containerDirective: (writer, node) => fenceStorage(writer, node, null),
  html: (writer, node) => html(writer, node.value),
  definition: () => '',
  footnoteDefinition: refuseFootnote,
};

/** A block as storage, made anew. */
function fresh(writer: Writer, node: RootContent): string {
  const make = FRESH[node.type] as ((writer: Writer, node: RootContent) => string) | undefined;
  return (make ?? paragraphOfSource)(writer, node);
}

/** True for text that stands where blocks stand, without an element around it. */
const isRun = ({ nodes }: Group): boolean =>
  nodes.length > 1 || (nodes[0] !== undefined && isInline(nodes[0]));

type Block = Piece & { run: boolean };

function blockStorage(writer: Writer, node: RootContent, match: Match | undefined): Block {
  const source = writer.originals.page?.doc.source ?? '';
  const at = match?.at ?? -1;
  if (match) {
    const { group, same } = match;
    const kept = same ? source.slice(group.start, group.end) : rewritten(writer, group, node);
    if (kept !== null) return { at, text: kept, run: isRun(group) };
  } else if (writer.matches.free.size > 0) {
    const moved = claim(writer, blockKey(blockSource(writer, node)));
    if (moved) return { at, text: source.slice(moved.start, moved.end), run: isRun(moved) };
  }
  return { at, text: fresh(writer, node), run: false };
}

const BESIDE =
  /^<(?:p|h[1-6]|ul|ol|table|div|blockquote|hr|pre|ac:task-list|ac:layout|ac:adf-extension)[\s/>]/;

/**
 * Text without an element around it goes on with what stands beside it: where its neighbours are others
 * than on the page it gets a paragraph.
 */
function apart(pieces: Block[]): Piece[] {
  const joins = (one: Block, beside: Block | undefined, step: number): boolean =>
    beside !== undefined &&
    (one.at < 0 || beside.at !== one.at + step) &&
    (beside.run || !BESIDE.test(beside.text));
  return pieces.map((one, index) => {
    const wrap = one.run && (joins(one, pieces[index - 1], -1) || joins(one, pieces[index + 1], 1));
    return { at: one.at, text: wrap ? `<p>${one.text}</p>` : one.text };
  });
}

/**
 * What is in a node as storage. Blocks whose Markdown is unchanged come back as their original bytes, with
 * what stood between them.
 */
export function blocksStorage(
  writer: Writer,
  parent: Parents,
  children = parent.children as RootContent[],
): string {
  const pairing = writer.matches.pairings.get(parent);
  const blocks = children
    .map((child) => blockStorage(writer, child, pairing?.of.get(child)))
    .filter(({ text }) => text !== '');
  const { page } = writer.originals;
  const pieces = apart(blocks);
  if (!pairing || !page) return pieces.map(({ text }) => text).join('');
  return assemble(page.doc.source, pairing, pieces);
}
