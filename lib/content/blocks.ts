import { type BlockKind, hashSeed, insideOf, kindOf, localId, PREFIX, previewOf } from './block-identity.ts';
import { headingLevel, macroName, shortHash } from './elements.ts';
import { type Group, groupNodes } from './groups.ts';
import { readable } from './invisible.ts';
import {
  type ElementNode,
  parseStorage,
  type StorageDoc,
  type StorageNode,
  visibleChars,
  visibleText,
} from './parse.ts';

export type { BlockKind } from './block-identity.ts';

/** One block of a page body. `start` and `end` are offsets in the storage, `depth` counts enclosing blocks. */
export type Block = {
  id: string;
  kind: BlockKind;
  /** Texts of the headings the block lies under, outermost first; a heading's own text is not in it. */
  headingPath: string[];
  /** Of headings: 1 to 6. */
  level?: number;
  /** Visible characters. */
  chars: number;
  /** The first 80 characters of its text, or its parameters where it has no text. */
  preview: string;
  start: number;
  end: number;
  depth: number;
  /** Of macros: the name. */
  macro?: string;
};

/** A block with its place in the tree. */
export type BlockNode = Block & {
  nodes: StorageNode[];
  /** The element, or null for a run of text and inline elements that stands where blocks stand. */
  element: ElementNode | null;
  parent: BlockNode | null;
  /** Of containers: the element whose children are the inner blocks. */
  inside: ElementNode | null;
  kids: BlockNode[];
  /** The id the block would have without its local id. */
  alias: string;
};

export type BlockTree = {
  doc: StorageDoc;
  all: BlockNode[];
  roots: BlockNode[];
  byId: Map<string, BlockNode>;
};

/** The blocks of a body as a tree. Iterative, so that nesting cannot exhaust the stack. */
export function blockTree(doc: StorageDoc): BlockTree {
  const tree: BlockTree = { doc, all: [], roots: [], byId: new Map() };
  const aliases = new Map<string, number>();
  const ids = new Map<string, number>();
  const numbered = (seen: Map<string, number>, id: string): string => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}.${count}`;
  };
  type Frame = {
    groups: Group[];
    at: number;
    parent: BlockNode | null;
    path: { level: number; text: string }[];
  };
  const stack: Frame[] = [{ groups: groupNodes(doc.children), at: 0, parent: null, path: [] }];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const group = frame.groups[frame.at];
    frame.at += 1;
    if (!group) {
      stack.pop();
      continue;
    }
    const [node] = group.nodes;
    const kind = kindOf(group);
    const element = kind !== 'text' && node?.type === 'element' ? node : null;
    const inside = element ? insideOf(element) : null;
    const level = element ? headingLevel(element) : null;
    const macro = element ? macroName(element) : null;
    if (level) frame.path = frame.path.filter((heading) => heading.level < level);
    const hashed = `${PREFIX[kind]}-${shortHash(hashSeed(doc, group, inside))}`;
    const local = localId(element ?? undefined);
    const block: BlockNode = {
      id: numbered(ids, local === null ? hashed : `${PREFIX[kind]}-${local}`),
      kind,
      headingPath: frame.path.map((heading) => heading.text),
      ...(level ? { level } : {}),
      chars: group.nodes.reduce((sum, one) => sum + visibleChars(doc, one), 0),
      preview: previewOf(doc, group),
      start: group.start,
      end: group.end,
      depth: stack.length - 1,
      ...(macro === null ? {} : { macro }),
      nodes: group.nodes,
      element,
      parent: frame.parent,
      inside,
      kids: [],
      alias: numbered(aliases, hashed),
    };
    if (level && element)
      frame.path = [...frame.path, { level, text: readable(visibleText(doc, element, 300)) }];
    tree.all.push(block);
    (frame.parent?.kids ?? tree.roots).push(block);
    if (inside) stack.push({ groups: groupNodes(inside.children), at: 0, parent: block, path: frame.path });
  }
  for (const block of tree.all) if (!tree.byId.has(block.alias)) tree.byId.set(block.alias, block);
  for (const block of tree.all) tree.byId.set(block.id, block);
  return tree;
}

/**
 * The blocks of a page body in order. Layouts and macros with a rich body are listed, and so are the
 * blocks inside them. Ids come from Confluence's local ids where present, else from kind and text, so
 * they survive edits elsewhere on the page.
 *
 * @throws ContentError on malformed storage
 */
export function outline(storage: string): Block[] {
  return blockTree(parseStorage(storage)).all.map(
    ({
      nodes: _nodes,
      element: _element,
      parent: _parent,
      inside: _inside,
      kids: _kids,
      alias: _alias,
      ...block
    }) => block,
  );
}

/** The outline as compact text for a model: one line a block, indented by depth. */
export function outlineText(blocks: Block[]): string {
  return blocks
    .map((block) => {
      const kind =
        block.kind === 'heading'
          ? `h${block.level}`
          : block.macro && block.kind === 'macro'
            ? `macro:${block.macro}`
            : block.kind;
      return `${'  '.repeat(Math.min(block.depth, 20))}#${block.id} ${kind} ${block.chars}${block.preview === '' ? '' : ` ${block.preview}`}`;
    })
    .join('\n');
}
