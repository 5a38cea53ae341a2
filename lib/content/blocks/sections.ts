import { bodyOf, findHeading } from '../edit/targets.ts';
import { parseStorage } from '../parse/parse.ts';
import { type Block, type BlockNode, type BlockTree, blockTree } from './blocks.ts';

/** A heading with what lies under it, down to the next heading of the same or a higher level. */
export type Section = {
  id: string;
  title: string;
  level: number;
  /** Headings it lies under, outermost first. */
  headingPath: string[];
  /** Visible characters of the heading and everything under it. */
  chars: number;
  /** Blocks under it; what is inside a container counts with the container. */
  blocks: number;
  start: number;
  end: number;
};

type Open = { section: Section; level: number };

/**
 * The sections of a body in order, with their sizes. One pass over the blocks, whatever the nesting.
 * @throws ContentError on malformed storage
 */
export function sectionsOf(storage: string): Section[] {
  return sectionsIn(blockTree(parseStorage(storage)));
}

function sectionsIn({ all }: BlockTree): Section[] {
  const sections: Section[] = [];
  /** Open headings of each container on the way to the block at hand. */
  const frames: Open[][] = [];
  for (const block of all) {
    frames.length = Math.min(frames.length, block.depth + 1);
    while (frames.length <= block.depth) frames.push([]);
    const open = frames[block.depth] as Open[];
    const { level } = block;
    if (level !== undefined) while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    // What is inside a container is counted with the container.
    for (const { section } of open) {
      section.chars += block.chars;
      section.blocks += 1;
      section.end = block.end;
    }
    if (level === undefined) continue;
    const section: Section = {
      id: block.id,
      title: block.preview,
      level,
      headingPath: block.headingPath,
      chars: block.chars,
      blocks: 0,
      start: block.start,
      end: block.end,
    };
    sections.push(section);
    open.push({ section, level });
  }
  return sections;
}

/** The heading or other block that `section` names, as the Markdown view takes it. */
function named(tree: BlockTree, section: string): BlockNode {
  const found = tree.named(section.trim().replace(/^#/, ''));
  const [block] = found;
  return block && found.length === 1 && block.kind !== 'heading' ? block : findHeading(tree, section);
}

/** A part of a body: its bytes, and the blocks in it. */
export type Part = { start: number; end: number; blocks: Block[]; sections: Section[] };

/**
 * The part of a body under a heading (its text, path `A > B` or id), one block by its id, or the whole body.
 * @throws ContentError malformed storage; `not_found` or `ambiguous` section, with the candidates
 */
export function partOf(storage: string, section?: string): Part {
  const tree = blockTree(parseStorage(storage));
  let [start, end] = [0, storage.length];
  if (section !== undefined) {
    const block = named(tree, section);
    start = block.start;
    end = (block.kind === 'heading' ? bodyOf(block, tree).at(-1) : undefined)?.end ?? block.end;
  }
  const within = (one: { start: number; end: number }): boolean => one.start >= start && one.end <= end;
  return {
    start,
    end,
    blocks: tree.all.filter(within),
    sections: sectionsIn(tree).filter(within),
  };
}
