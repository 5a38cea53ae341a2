import { headingLevel, macroName, shortHash } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import {
  type ElementNode,
  parseStorage,
  type StorageDoc,
  type StorageNode,
  visibleChars,
  visibleText,
} from '../parse/parse.ts';
import { type BlockKind, hashSeed, insideOf, kindOf, localId, PREFIX, previewOf } from './block-identity.ts';
import { blockIds, type Identity } from './block-ids.ts';
import { type Group, groupNodes } from './groups.ts';

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
};

export type BlockTree = {
  doc: StorageDoc;
  all: BlockNode[];
  roots: BlockNode[];
  byId: Map<string, BlockNode>;
  /** The blocks a name can mean: one by its id, or by what its id was while it had equals or had none. */
  named: (name: string) => BlockNode[];
};

const pathText = (path: readonly { text: string }[]): string =>
  shortHash(path.map(({ text }) => text).join('\n'));

type Frame = {
  groups: Group[];
  at: number;
  parent: BlockNode | null;
  path: { level: number; text: string }[];
  /** The path as one short text. */
  under: string;
  /** Names the containers around, from outside. */
  within: string;
};

const frameOf = (
  groups: Group[],
  parent: BlockNode | null,
  path: Frame['path'],
  under: string,
  within: string,
): Frame => ({ groups, at: 0, parent, path, under, within });

/** Parts of a layout are told apart by their number, for they differ in nothing else. */
const counted = new Set<BlockKind>(['section', 'cell']);

/** Trees made so far, for as long as the parsed body is held. */
const trees = new WeakMap<StorageDoc, BlockTree>();

/** The blocks of a body as a tree, which is shared between callers, so nobody may change it. */
export function blockTree(doc: StorageDoc): BlockTree {
  const known = trees.get(doc);
  if (known) return known;
  const tree = readTree(doc);
  trees.set(doc, tree);
  return tree;
}

/** Iterative, so that nesting cannot exhaust the stack. */
function readTree(doc: StorageDoc): BlockTree {
  const tree: BlockTree = { doc, all: [], roots: [], byId: new Map(), named: () => [] };
  const identities: Identity[] = [];
  const stack: Frame[] = [frameOf(groupNodes(doc.children), null, [], '', '')];
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
    if (level) frame.under = pathText(frame.path);
    const content = `${PREFIX[kind]}-${shortHash(hashSeed(doc, group, inside))}`;
    const local = localId(element ?? undefined);
    const within = counted.has(kind) ? `${frame.within}/${frame.at}` : frame.within;
    identities.push({
      base: local === null ? content : `${PREFIX[kind]}-${local}`,
      content,
      path: frame.under,
      within,
    });
    // Few previews of a page are ever looked at.
    let preview: string | null = null;
    const block: BlockNode = {
      id: '',
      kind,
      headingPath: frame.path.map((heading) => heading.text),
      ...(level ? { level } : {}),
      chars: group.nodes.reduce((sum, one) => sum + visibleChars(doc, one), 0),
      get preview() {
        preview ??= previewOf(doc, group);
        return preview;
      },
      start: group.start,
      end: group.end,
      depth: stack.length - 1,
      ...(macro === null ? {} : { macro }),
      nodes: group.nodes,
      element,
      parent: frame.parent,
      inside,
      kids: [],
    };
    if (level && element) {
      frame.path = [...frame.path, { level, text: readable(visibleText(doc, element, 300)) }];
      frame.under = pathText(frame.path);
    }
    tree.all.push(block);
    (frame.parent?.kids ?? tree.roots).push(block);
    if (inside)
      stack.push(
        frameOf(
          groupNodes(inside.children),
          block,
          frame.path,
          frame.under,
          shortHash(`${content}\n${within}`),
        ),
      );
  }
  const { ids, names } = blockIds(identities);
  for (const [at, block] of tree.all.entries()) {
    block.id = ids[at] ?? '';
    tree.byId.set(block.id, block);
  }
  tree.named = (name) => {
    const exact = tree.byId.get(name);
    return exact ? [exact] : (names.get(name) ?? []).flatMap((at) => tree.all[at] ?? []);
  };
  return tree;
}

/**
 * The blocks of a page body in order. Layouts and macros with a rich body are listed, and so are the
 * blocks inside them. Ids come from Confluence's local ids where present, else from kind and text, of equal
 * blocks from where they stand as well, so they survive edits elsewhere on the page.
 *
 * @throws ContentError on malformed storage
 */
export function outline(storage: string): Block[] {
  return blockTree(parseStorage(storage)).all.map(
    ({ nodes: _nodes, element: _element, parent: _parent, inside: _inside, kids: _kids, ...block }) => block,
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
