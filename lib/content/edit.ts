import type { ChangeWarning } from '#lib/wire';
import { type BlockNode, type BlockTree, blockTree } from './blocks.ts';
import { ContentError } from './content-error.ts';
import { childElements } from './elements.ts';
import { checkStorage, parseStorage } from './parse.ts';
import { replaceText, textBlock } from './replace-text.ts';
import { bodyOf, type EditTarget, findBlock, findHeading } from './targets.ts';
import { warningsOf } from './warnings.ts';
import { originalsOf, withinRange } from './write/originals.ts';
import { writeMarkdown } from './write/storage.ts';
import type { Originals } from './write/writer.ts';

/**
 * One change of a page body. A heading stands for its section: `replace` keeps the heading and replaces
 * what is under it, `append` and `insert_after` go to the section's end, `delete` takes heading and all.
 */
export type Edit = {
  op: 'replace' | 'insert_before' | 'insert_after' | 'delete' | 'append' | 'prepend' | 'replace_text';
  target?: EditTarget;
  markdown?: string;
  storage?: string;
  /** Of replace_text: the new text, plain. */
  with?: string;
};

export type EditResult = {
  storage: string;
  /** Ranges of the old storage that were replaced or removed, in order; an insertion is an empty range. */
  touched: { start: number; end: number }[];
  /** What stands there now, one text for each range. */
  inserted: string[];
  warnings: ChangeWarning[];
};

/** `lean`: of two insertions at one place the one that follows a block comes first. `under`: what encloses it. */
type Splice = { start: number; end: number; text: string; lean: 0 | 1; order: number };
type Place = {
  start: number;
  end: number;
  lean: 0 | 1;
  before: string;
  after: string;
  under: BlockNode | null;
  whole: BlockNode | null;
};
type Op = Edit['op'];

const at = (offset: number, lean: 0 | 1, under: BlockNode | null): Place => ({
  start: offset,
  end: offset,
  lean,
  before: '',
  after: '',
  under,
  whole: null,
});

/** The inside of a container at its start or end; a self-closing one is opened up. */
function insidePlace(tree: BlockTree, block: BlockNode, side: 'start' | 'end'): Place | null {
  const body = block.inside;
  if (!body) return null;
  if (!body.selfClosing) {
    const kid = side === 'start' ? block.kids[0] : block.kids.at(-1);
    if (!kid) return at(side === 'start' ? body.openEnd : body.closeStart, 0, block);
    return side === 'start' ? at(kid.start, 1, block) : at(kid.end, 0, block);
  }
  const tag = tree.doc.source.slice(body.start, body.end).replace(/\s*\/>$/, '>');
  return {
    start: body.start,
    end: body.end,
    lean: 0,
    before: tag,
    after: `</${body.name}>`,
    under: block,
    whole: null,
  };
}

function pagePlace(tree: BlockTree, op: Op): Place {
  const [first, last] = [tree.roots[0], tree.roots.at(-1)];
  if (op === 'prepend') return at(first?.start ?? 0, 1, null);
  if (op === 'append') return at(last?.end ?? tree.doc.source.length, 0, null);
  throw new ContentError(`The edit "${op}" needs a target.`, {
    next: 'Name a block, a heading or a text of the page.',
  });
}

function headingPlace(tree: BlockTree, op: Op, heading: BlockNode): Place {
  const body = bodyOf(heading, tree);
  const end = body.at(-1)?.end ?? heading.end;
  const places: Record<Op, () => Place> = {
    replace: () => ({ ...at(body[0]?.start ?? heading.end, 0, heading.parent), end }),
    delete: () => ({ ...at(heading.start, 0, heading.parent), end, whole: heading }),
    insert_before: () => at(heading.start, 1, heading.parent),
    insert_after: () => at(end, 0, heading.parent),
    append: () => at(end, 0, heading.parent),
    prepend: () => at(heading.end, 0, heading.parent),
    replace_text: () => at(heading.start, 0, heading.parent),
  };
  return places[op]();
}

function blockPlace(tree: BlockTree, op: Op, block: BlockNode): Place {
  const whole = { ...at(block.start, 0, block.parent), end: block.end, whole: block };
  const cell = block.kind === 'cell' ? insidePlace(tree, block, 'start') : null;
  const last = block.kids.at(-1);
  const places: Record<Op, () => Place> = {
    replace: () => (cell ? { ...cell, end: Math.max(cell.end, last?.end ?? cell.end) } : whole),
    delete: () => whole,
    insert_before: () => at(block.start, 1, block.parent),
    insert_after: () => at(block.end, 0, block.parent),
    append: () => insidePlace(tree, block, 'end') ?? at(block.end, 0, block.parent),
    prepend: () => insidePlace(tree, block, 'start') ?? at(block.start, 1, block.parent),
    replace_text: () => whole,
  };
  return places[op]();
}

/** Layouts hold sections, sections hold cells: nothing else may stand there. */
function checkStructure(place: Place, text: string, op: Op): void {
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
      {
        next: 'Edit the blocks inside a cell, or replace the whole layout.',
      },
    );
  }
}

/**
 * Where Confluence's local ids of the old blocks go: nowhere else. New text comes from Markdown (with
 * placeholders of the whole page, and unchanged blocks of the replaced range) or as storage.
 */
function contentOf(edit: Edit, place: Place, originals: () => Originals): string {
  if (edit.op === 'delete') return '';
  if (edit.storage !== undefined && edit.markdown !== undefined) {
    throw new ContentError('An edit has both markdown and storage.', { next: 'Give one of them.' });
  }
  if (edit.storage !== undefined) {
    checkStorage(edit.storage);
    return edit.storage;
  }
  if (edit.markdown === undefined) {
    throw new ContentError(`The edit "${edit.op}" has no content.`, { next: 'Give markdown or storage.' });
  }
  return writeMarkdown(edit.markdown, withinRange(originals(), place.start, place.end));
}

function placeOf(tree: BlockTree, edit: Edit): Place {
  const { op, target } = edit;
  if (!target) return pagePlace(tree, op);
  if ('block' in target) {
    const block = findBlock(tree, target.block);
    const section = block.kind === 'heading' && (op === 'append' || op === 'prepend');
    return section ? headingPlace(tree, op, block) : blockPlace(tree, op, block);
  }
  if ('heading' in target) return headingPlace(tree, op, findHeading(tree, target.heading));
  return blockPlace(tree, op, textBlock(tree, target.text));
}

function splicesOf(tree: BlockTree, edits: Edit[]): Splice[] {
  let kept: Originals | null = null;
  const originals = (): Originals => {
    kept ??= originalsOf(tree.doc.source);
    return kept;
  };
  return edits.flatMap((edit, order): Splice[] => {
    if (edit.op === 'replace_text') {
      const found = replaceText(tree, edit.target, edit.with);
      return found ? [{ ...found, lean: 0, order }] : [];
    }
    const place = placeOf(tree, edit);
    const text = contentOf(edit, place, originals);
    checkStructure(place, text, edit.op);
    return [
      {
        start: place.start,
        end: place.end,
        text: place.before + text + place.after,
        lean: place.lean,
        order,
      },
    ];
  });
}

function checkOverlap(tree: BlockTree, splices: Splice[]): void {
  for (const [index, splice] of splices.entries()) {
    const before = splices[index - 1];
    if (!before || before.end <= splice.start) continue;
    const block = tree.all.findLast((one) => one.start <= splice.start && splice.start < one.end);
    throw new ContentError(
      `Edits ${before.order + 1} and ${splice.order + 1} overlap${block ? ` at block #${block.id}` : ''}.`,
      { next: 'Join them into one edit.' },
    );
  }
}

/**
 * Applies edits to a body. All targets are looked up in the given storage; every byte outside the
 * touched ranges stays as it is, and the result is checked for well-formedness.
 *
 * @throws ContentError: `not_found` or `ambiguous` target with the candidates, overlapping edits,
 *   malformed storage, content that may not stand at its place
 */
export function applyEdits(storage: string, edits: Edit[]): EditResult {
  const tree = blockTree(parseStorage(storage));
  const splices = splicesOf(tree, edits).sort(
    (a, b) => a.start - b.start || a.end - b.end || a.lean - b.lean || a.order - b.order,
  );
  checkOverlap(tree, splices);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text } of splices) {
    parts.push(storage.slice(done, start), text);
    done = end;
  }
  parts.push(storage.slice(done));
  const edited = parts.join('');
  checkStorage(edited);
  return {
    storage: edited,
    touched: splices.map(({ start, end }) => ({ start, end })),
    inserted: splices.map(({ text }) => text),
    warnings: warningsOf(storage, edited),
  };
}
