import { type BlockNode, blockTree } from './blocks/blocks.ts';
import { type NormalForm, normalForm } from './normal.ts';
import { shortHash } from './parse/elements.ts';
import { parseStorage, type StorageDoc } from './parse/parse.ts';

/**
 * A piece of a body: a block without inner blocks, or the opening or closing part of a container.
 * All units with the gaps before them, and the tail, make up the whole body.
 */
export type Unit = {
  /** Equal for what Confluence takes as the same content. */
  key: string;
  bytes: string;
  /** What stands between the unit before and this one. */
  gap: string;
  part: 'leaf' | 'open' | 'close';
  block: BlockNode;
};

export type Units = { units: Unit[]; tail: string; doc: StorageDoc };

type Piece = { start: number; end: number; part: Unit['part']; block: BlockNode; key: string };

/** Splits a body into units. @throws ContentError on malformed storage */
export function unitsOf(storage: string, form: NormalForm = 'same'): Units {
  const doc = parseStorage(storage);
  const tree = blockTree(doc);
  const pieces: Piece[] = [];
  for (const block of tree.all) {
    const body = block.inside;
    if (!body || body.selfClosing || !block.element) {
      pieces.push({
        start: block.start,
        end: block.end,
        part: 'leaf',
        block,
        key: normalForm(doc, block.nodes, form),
      });
      continue;
    }
    const shell = { ...block.element, last: block.element.index + 1 };
    const others = block.element === body ? [] : block.element.children.filter((child) => child !== body);
    const open = `open ${normalForm(doc, [shell], form)}${normalForm(doc, others, form)}`;
    pieces.push({ start: block.start, end: body.openEnd, part: 'open', block, key: open });
    pieces.push({
      start: body.closeStart,
      end: block.end,
      part: 'close',
      block,
      key: `close ${shortHash(open, 10)}`,
    });
  }
  pieces.sort((a, b) => a.start - b.start);
  let done = 0;
  const units = pieces.map(({ start, end, part, block, key }): Unit => {
    const gap = storage.slice(done, start);
    done = end;
    return { key, bytes: storage.slice(start, end), gap, part, block };
  });
  return { units, tail: storage.slice(done), doc };
}

export const keysOf = (units: Unit[]): string[] => units.map((unit) => unit.key);

/** A unit as people call it: `paragraph "Text"`. */
export function nameOf(unit: Unit): string {
  const { kind, macro, preview } = unit.block;
  const what = macro && kind === 'macro' ? `macro ${macro}` : kind;
  return preview === '' ? what : `${what} "${preview}"`;
}
