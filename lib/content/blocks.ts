import {
  childElement,
  collapse,
  headingLevel,
  isBlank,
  isInline,
  isVolatile,
  macroName,
  parametersOf,
  shortHash,
} from './elements.ts';
import {
  attr,
  type ElementNode,
  parseStorage,
  type StorageDoc,
  type StorageNode,
  visibleChars,
  visibleText,
} from './parse.ts';

export type BlockKind =
  | 'heading'
  | 'paragraph'
  | 'list'
  | 'tasks'
  | 'table'
  | 'code'
  | 'macro'
  | 'image'
  | 'quote'
  | 'rule'
  | 'layout'
  | 'section'
  | 'cell'
  | 'div'
  | 'text'
  | 'comment'
  | 'extension'
  | 'pre'
  | 'other';

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

/** Nodes of one block: one element, or a run of inline nodes. */
export type Group = { nodes: StorageNode[]; start: number; end: number };

/** Splits the children of a container into blocks. White space and processing instructions between them are in none. */
export function groupNodes(children: StorageNode[]): Group[] {
  const groups: Group[] = [];
  let run: StorageNode[] = [];
  const flush = (): void => {
    while (run[0] && isBlank(run[0])) run.shift();
    while (run.length > 0 && isBlank(run[run.length - 1] as StorageNode)) run.pop();
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) groups.push({ nodes: run, start: first.start, end: last.end });
    run = [];
  };
  for (const node of children) {
    if (isInline(node)) {
      run.push(node);
      continue;
    }
    flush();
    if (node.type !== 'instruction') groups.push({ nodes: [node], start: node.start, end: node.end });
  }
  flush();
  return groups;
}

const KINDS: Record<string, BlockKind> = {
  p: 'paragraph',
  ul: 'list',
  ol: 'list',
  table: 'table',
  blockquote: 'quote',
  hr: 'rule',
  pre: 'pre',
  div: 'div',
  'ac:task-list': 'tasks',
  'ac:image': 'image',
  img: 'image',
  'ac:layout': 'layout',
  'ac:layout-section': 'section',
  'ac:layout-cell': 'cell',
  'ac:adf-extension': 'extension',
};

const PREFIX: Record<BlockKind, string> = {
  heading: 'h',
  paragraph: 'p',
  list: 'l',
  tasks: 'tasks',
  table: 'table',
  code: 'code',
  macro: 'm',
  image: 'img',
  quote: 'quote',
  rule: 'hr',
  layout: 'layout',
  section: 'section',
  cell: 'cell',
  div: 'div',
  text: 'text',
  comment: 'note',
  extension: 'x',
  pre: 'pre',
  other: 'e',
};

function kindOf(group: Group): BlockKind {
  const [node] = group.nodes;
  if (!node || group.nodes.length > 1 || isInline(node)) return 'text';
  if (node.type !== 'element') return 'comment';
  if (headingLevel(node)) return 'heading';
  const macro = macroName(node);
  if (macro !== null) return macro === 'code' ? 'code' : 'macro';
  return KINDS[node.name] ?? 'other';
}

function hasBlockChild(element: ElementNode): boolean {
  return element.children.some((child) => child.type === 'element' && !isInline(child));
}

/** The element whose children are the blocks inside, or null where a block has none of its own. */
export function insideOf(element: ElementNode): ElementNode | null {
  if (macroName(element) !== null) return childElement(element, 'ac:rich-text-body');
  if (/^ac:layout(-section|-cell)?$/.test(element.name)) return element;
  return element.name === 'div' && hasBlockChild(element) ? element : null;
}

/** What a block without visible text is: attributes of the first few elements in it. */
function fingerprint(doc: StorageDoc, group: Group): string {
  const parts: string[] = [];
  for (const root of group.nodes) {
    const last = Math.min(root.last, root.index + 12);
    for (let i = root.index; i < last; i += 1) {
      const node = doc.nodes[i];
      if (node?.type === 'comment') parts.push(node.text);
      if (node?.type !== 'element') continue;
      parts.push(node.name);
      for (const { name, value } of node.attributes) if (!isVolatile(name)) parts.push(name, value);
    }
  }
  return parts.join('\n');
}

function hashSeed(doc: StorageDoc, group: Group, inside: ElementNode | null): string {
  const [node] = group.nodes;
  if (node?.type === 'element' && macroName(node) !== null) {
    const own = parametersOf(node).map(({ name, value }) => `${name}=${value}`);
    const body = inside ? '' : visibleText(doc, node);
    return [macroName(node), ...own, body].join('\n');
  }
  if (inside && node?.type === 'element') return `${node.name}\n${attr(node, 'ac:type') ?? ''}`;
  const text = group.nodes.map((one) => visibleText(doc, one)).join('');
  return collapse(text) === '' ? fingerprint(doc, group) : collapse(text);
}

function previewOf(doc: StorageDoc, group: Group): string {
  const [node] = group.nodes;
  if (node?.type === 'comment') return collapse(`<!--${node.text.slice(0, 80)}-->`);
  let text = '';
  for (const one of group.nodes) if (text.length < 200) text += visibleText(doc, one, 200);
  text = collapse(text);
  if (text === '' && node?.type === 'element') {
    const macro = macroName(node);
    text = (macro === null ? [] : parametersOf(node).slice(0, 6))
      .map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
      .join(' ');
    if (text === '' && kindOf(group) === 'image') {
      text = node.children
        .map((c) => (c.type === 'element' ? (attr(c, 'ri:filename') ?? attr(c, 'ri:value') ?? '') : ''))
        .join('');
    }
  }
  const points = [...collapse(text.slice(0, 400))];
  return points.length > 80 ? `${points.slice(0, 79).join('')}…` : points.join('');
}

function localId(node: StorageNode | undefined): string | null {
  if (node?.type !== 'element') return null;
  const value = attr(node, 'local-id') ?? attr(node, 'ac:local-id') ?? attr(node, 'ac:macro-id');
  if (value === null || value === '') return null;
  const plain = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain.length >= 4 && value.length < 80 ? plain.slice(0, 8) : shortHash(value);
}

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
      frame.path = [...frame.path, { level, text: collapse(visibleText(doc, element, 300)) }];
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
