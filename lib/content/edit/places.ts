import type { BlockNode, BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { childElements } from '../parse/elements.ts';
import { type ElementNode, parseStorage } from '../parse/parse.ts';
import type { Edit } from './edit-fields.ts';
import { bodyOf, findBlock, findHeading } from './targets.ts';
import { textBlock } from './words.ts';

/** The edits of whole blocks. */
export type BlockOp = 'replace' | 'insert_before' | 'insert_after' | 'delete' | 'append' | 'prepend';

/**
 * Where a block edit writes. `lean`: of two insertions at one place the one that follows a block comes first.
 * `before` and `after` open up an element that was self-closing. `under`: the block around the place.
 */
export type Place = {
  start: number;
  end: number;
  lean: 0 | 1;
  before: string;
  after: string;
  under: BlockNode | null;
};

const at = (offset: number, lean: 0 | 1, under: BlockNode | null): Place => ({
  start: offset,
  end: offset,
  lean,
  before: '',
  after: '',
  under,
});

/** The opening and closing tag of a self-closing element. */
export function opened(source: string, element: ElementNode): { before: string; after: string } {
  const tag = source.slice(element.start, element.end).replace(/(?<!\s)\s*\/>$/, '>');
  return { before: tag, after: `</${element.name}>` };
}

/** The part of an ADF extension that holds blocks: its one `ac:adf-content` around blocks. */
function extensionBody(block: BlockNode, tree: BlockTree): ElementNode | null {
  const { element } = block;
  if (!element) return null;
  const found: ElementNode[] = [];
  for (let i = element.index; i < element.last; i += 1) {
    const node = tree.doc.nodes[i];
    if (node?.type === 'element' && node.name === 'ac:adf-content') found.push(node);
    if (node?.type === 'element' && node.name === 'ac:adf-fallback') i = node.last - 1;
  }
  const [only] = found;
  return only && found.length === 1 ? only : null;
}

function withinExtension(tree: BlockTree, block: BlockNode, side: 'start' | 'end'): Place {
  const body = extensionBody(block, tree);
  if (!body || body.selfClosing) {
    throw new ContentError(
      `Nothing can be added inside the block #${block.id}: it has no one body of blocks.`,
      {
        code: 'not_possible',
        next: 'Use insert_before or insert_after, or replace the whole block with storage.',
      },
    );
  }
  return at(side === 'start' ? body.openEnd : body.closeStart, 0, block);
}

/** The inside of a container at its start or end; a self-closing one is opened up. */
function insidePlace(tree: BlockTree, block: BlockNode, side: 'start' | 'end'): Place | null {
  if (block.kind === 'extension') return withinExtension(tree, block, side);
  const body = block.inside;
  if (!body) return null;
  if (body.selfClosing)
    return { ...at(body.start, 0, block), end: body.end, ...opened(tree.doc.source, body) };
  const kid = side === 'start' ? block.kids[0] : block.kids.at(-1);
  if (!kid) return at(side === 'start' ? body.openEnd : body.closeStart, 0, block);
  return side === 'start' ? at(kid.start, 1, block) : at(kid.end, 0, block);
}

function pagePlace(tree: BlockTree, op: BlockOp): Place {
  return op === 'prepend'
    ? at(tree.roots[0]?.start ?? 0, 1, null)
    : at(tree.roots.at(-1)?.end ?? tree.doc.source.length, 0, null);
}

function headingPlace(tree: BlockTree, op: BlockOp, heading: BlockNode): Place {
  const body = bodyOf(heading, tree);
  const end = body.at(-1)?.end ?? heading.end;
  const places: Record<BlockOp, () => Place> = {
    replace: () => ({ ...at(body[0]?.start ?? heading.end, 0, heading.parent), end }),
    delete: () => ({ ...at(heading.start, 0, heading.parent), end }),
    insert_before: () => at(heading.start, 1, heading.parent),
    insert_after: () => at(end, 0, heading.parent),
    append: () => at(end, 0, heading.parent),
    prepend: () => at(heading.end, 0, heading.parent),
  };
  return places[op]();
}

function blockPlace(tree: BlockTree, op: BlockOp, block: BlockNode): Place {
  const whole = { ...at(block.start, 0, block.parent), end: block.end };
  const places: Record<BlockOp, () => Place> = {
    replace: () => {
      const cell = block.kind === 'cell' ? insidePlace(tree, block, 'start') : null;
      return cell ? { ...cell, end: Math.max(cell.end, block.kids.at(-1)?.end ?? cell.end) } : whole;
    },
    delete: () => whole,
    insert_before: () => at(block.start, 1, block.parent),
    insert_after: () => at(block.end, 0, block.parent),
    append: () => insidePlace(tree, block, 'end') ?? at(block.end, 0, block.parent),
    prepend: () => insidePlace(tree, block, 'start') ?? at(block.start, 1, block.parent),
  };
  return places[op]();
}

/** Where a block edit writes. @throws ContentError for a target that is missing or ambiguous */
export function placeOf(tree: BlockTree, op: BlockOp, target: Edit['target']): Place {
  if (!target) return pagePlace(tree, op);
  const { text } = target;
  if (text !== undefined) return blockPlace(tree, op, textBlock(tree, { ...target, text }));
  if ('heading' in target) return headingPlace(tree, op, findHeading(tree, target.heading));
  if (!('block' in target)) return pagePlace(tree, op);
  const block = findBlock(tree, target.block);
  const section = block.kind === 'heading' && (op === 'append' || op === 'prepend');
  return section ? headingPlace(tree, op, block) : blockPlace(tree, op, block);
}

/** Layouts hold sections, sections hold cells: nothing else may stand there. */
export function checkStructure(place: Place, text: string, op: BlockOp): void {
  const wanted =
    place.under?.kind === 'layout'
      ? 'ac:layout-section'
      : place.under?.kind === 'section'
        ? 'ac:layout-cell'
        : null;
  if (wanted === null) return;
  const doc = parseStorage(text);
  const fits = doc.children.every((node) =>
    node.type === 'element' ? node.name === wanted : node.type !== 'text' || node.text.trim() === '',
  );
  const siblings = place.under?.element ? childElements(place.under.element).length : 0;
  if (!fits || (op === 'delete' && siblings < 2) || (op === 'delete' && wanted === 'ac:layout-cell')) {
    throw new ContentError(
      `A ${place.under?.kind} holds only ${wanted} elements in the number its type says.`,
      { next: 'Edit the blocks inside a cell, or replace the whole layout.' },
    );
  }
}
