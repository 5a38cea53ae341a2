import type { BlockNode, BlockTree } from './blocks.ts';
import { ContentError } from './content-error.ts';
import type { Group } from './groups.ts';
import { readable } from './invisible.ts';
import { visibleText } from './parse.ts';

export type EditTarget = { block: string } | { heading: string } | { text: string };

const MAX_CANDIDATES = 12;

function describe(block: BlockNode): string {
  return `#${block.id} ${[...block.headingPath, block.preview].join(' > ')}`;
}

export function ambiguous(what: string, blocks: BlockNode[], next: string): ContentError {
  const candidates = blocks.slice(0, MAX_CANDIDATES).map(describe);
  return new ContentError(`${what} is ambiguous: ${candidates.join('; ')}.`, {
    code: 'ambiguous',
    next,
    data: { candidates },
  });
}

export function missing(what: string, blocks: BlockNode[], next: string): ContentError {
  const candidates = blocks.slice(0, MAX_CANDIDATES).map(describe);
  const list = candidates.length === 0 ? 'The page has none.' : `There are: ${candidates.join('; ')}.`;
  return new ContentError(`${what} is not on the page. ${list}`, {
    code: 'not_found',
    next,
    data: { candidates },
  });
}

/** The block with this id (a leading `#` is allowed). */
export function findBlock(tree: BlockTree, id: string): BlockNode {
  const block = tree.byId.get(id.trim().replace(/^#/, ''));
  if (block) return block;
  throw missing(`The block ${id}`, tree.all, 'Take an id from the outline of the current version.');
}

const plain = (text: string): string => readable(text.replace(/^#{1,6} +/, '')).toLowerCase();

function headingText(tree: BlockTree, block: BlockNode): string {
  return block.element ? plain(visibleText(tree.doc, block.element)) : '';
}

/** The heading with this text, path (`A > B`) or block id. Exact text wins over text in other case. */
export function findHeading(tree: BlockTree, wanted: string): BlockNode {
  const headings = tree.all.filter((block) => block.kind === 'heading');
  const byId = tree.byId.get(wanted.trim().replace(/^#/, ''));
  if (byId?.kind === 'heading') return byId;
  const text = plain(wanted);
  const exact = headings.filter(
    (block) => block.element && readable(visibleText(tree.doc, block.element)) === readable(wanted),
  );
  const loose = headings.filter((block) => headingText(tree, block) === text);
  const byPath = headings.filter((block) =>
    ` > ${plain([...block.headingPath, headingText(tree, block)].join(' > '))}`.endsWith(` > ${text}`),
  );
  const found = [exact, loose, byPath].find((some) => some.length > 0) ?? [];
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first)
    throw ambiguous(`The heading "${wanted}"`, found, 'Name it by its path ("A > B") or its block id.');
  throw missing(`The heading "${wanted}"`, headings, 'Use one of these headings or a block id.');
}

/** The blocks under a heading, up to the next heading of the same or a higher level among its siblings. */
export function bodyOf(heading: BlockNode, tree: BlockTree): BlockNode[] {
  const siblings = heading.parent?.kids ?? tree.roots;
  const at = siblings.indexOf(heading);
  const rest = siblings.slice(at + 1);
  const end = rest.findIndex(
    (block) => block.kind === 'heading' && (block.level ?? 6) <= (heading.level ?? 6),
  );
  return end === -1 ? rest : rest.slice(0, end);
}

/** A heading and the blocks under it. */
export function sectionOf(heading: BlockNode, tree: BlockTree): Group[] {
  return [heading, ...bodyOf(heading, tree)];
}
