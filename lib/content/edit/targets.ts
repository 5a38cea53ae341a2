import type { BlockNode, BlockTree } from '../blocks/blocks.ts';
import type { Group } from '../blocks/groups.ts';
import { ContentError } from '../content-error.ts';
import { readable } from '../parse/invisible.ts';
import { type ElementNode, visibleText } from '../parse/parse.ts';

/**
 * What an edit is about: a block by its id, a heading (its section), or words of the page. Words beside a block or
 * heading are looked for in it only.
 */
export type EditTarget =
  | { block: string; text?: string }
  | { heading: string; text?: string }
  | { text: string };

export type Range = { start: number; end: number };

const MAX_CANDIDATES = 12;

/** A block as candidates name it: `#p-1x2y3z Heading > First words`. */
export function describeBlock(block: BlockNode): string {
  return `#${block.id} ${[...block.headingPath, block.preview].join(' > ')}`;
}

/** The error for a target that fits several things. */
export function ambiguousAmong(what: string, all: readonly string[], next: string): ContentError {
  const candidates = all.slice(0, MAX_CANDIDATES);
  const more = all.length > MAX_CANDIDATES ? ` and ${all.length - MAX_CANDIDATES} more` : '';
  return new ContentError(`${what} is ambiguous: ${candidates.join('; ')}${more}.`, {
    code: 'ambiguous',
    next,
    data: { candidates },
  });
}

/** The error for a target that fits nothing; `all` is what there is. */
export function missingAmong(what: string, all: readonly string[], next: string): ContentError {
  const candidates = all.slice(0, MAX_CANDIDATES);
  const more = all.length > MAX_CANDIDATES ? ` and ${all.length - MAX_CANDIDATES} more` : '';
  const list = candidates.length === 0 ? 'There is none.' : `There are: ${candidates.join('; ')}${more}.`;
  return new ContentError(`${what} is not on the page. ${list}`, {
    code: 'not_found',
    next,
    data: { candidates },
  });
}

export const quoted = (text: string): string =>
  `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`.replace(/\s+/g, ' ');

/** The block with this id (a leading `#` is allowed). */
export function findBlock(tree: BlockTree, id: string): BlockNode {
  const found = tree.named(id.trim().replace(/^#/, ''));
  const [block] = found;
  if (block && found.length === 1) return block;
  const next = 'Take an id from the outline of the current version.';
  if (block) throw ambiguousAmong(`The block ${id}`, found.map(describeBlock), next);
  throw missingAmong(`The block ${id}`, tree.all.map(describeBlock), next);
}

const plain = (text: string): string => readable(text.replace(/^#{1,6} +/, '')).toLowerCase();

/** The heading with this text, path (`A > B`) or block id. Exact text wins over text in other case. */
export function findHeading(tree: BlockTree, wanted: string): BlockNode {
  const headings = tree.all.filter((block) => block.kind === 'heading');
  const byId = tree.named(wanted.trim().replace(/^#/, ''));
  if (byId.length === 1 && byId[0]?.kind === 'heading') return byId[0];
  const text = plain(wanted);
  const texts = new Map(
    headings.map((one) => [one, one.element ? readable(visibleText(tree.doc, one.element)) : '']),
  );
  const textOf = (one: BlockNode): string => texts.get(one) ?? '';
  const exact = headings.filter((one) => textOf(one) === readable(wanted));
  const loose = headings.filter((one) => plain(textOf(one)) === text);
  const byPath = headings.filter((one) =>
    ` > ${plain([...one.headingPath, textOf(one)].join(' > '))}`.endsWith(` > ${text}`),
  );
  const found = [exact, loose, byPath].find((some) => some.length > 0) ?? [];
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first) {
    throw ambiguousAmong(
      `The heading "${wanted}"`,
      found.map(describeBlock),
      'Name it by its path ("A > B") or its block id.',
    );
  }
  throw missingAmong(
    `The heading "${wanted}"`,
    headings.map(describeBlock),
    'Use one of these headings or a block id.',
  );
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

/** The part of the page a block or heading stands for; null is the whole page. A heading stands for its section. */
export function rangeOf(tree: BlockTree, target: EditTarget | undefined): Range | null {
  if (target === undefined) return null;
  if ('heading' in target) {
    const heading = findHeading(tree, target.heading);
    return { start: heading.start, end: bodyOf(heading, tree).at(-1)?.end ?? heading.end };
  }
  if (!('block' in target)) return null;
  const { start, end } = findBlock(tree, target.block);
  return { start, end };
}

/** Elements a reader sees, in order, within a range: not those Confluence keeps for old readers only. */
export function shownElements(
  tree: BlockTree,
  range: Range | null,
  wanted: (element: ElementNode) => boolean,
): ElementNode[] {
  const found: ElementNode[] = [];
  const { nodes } = tree.doc;
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i];
    if (node?.type !== 'element') continue;
    if (node.name === 'ac:adf-fallback') {
      i = node.last - 1;
      continue;
    }
    if (range !== null && (node.start < range.start || node.end > range.end)) continue;
    if (wanted(node)) found.push(node);
  }
  return found;
}
