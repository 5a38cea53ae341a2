import type { List, ListItem, Nodes, Parents, RootContent } from 'mdast';
import { insideOf } from '../../blocks/block-identity.ts';
import { type Group, groupNodes } from '../../blocks/groups.ts';
import { childElement, childElements, headingLevel, isInline } from '../../parse/elements.ts';
import type { ElementNode, StorageNode } from '../../parse/parse.ts';
import { canonical } from '../../view/canonical.ts';
import type { Drawn } from '../originals.ts';
import { hoistTasks } from '../prepare.ts';
import { blockSource, type Writer } from '../writer.ts';
import type { Span } from './assemble.ts';
import { type Side, versions } from './pairs.ts';
import { lazyWords, shapeOfMarkdown, shapeOfNode } from './shapes.ts';

/** An original block, or list item, that a written one stands for; `same`: unchanged. */
export type Match = { at: number; group: Group; same: boolean };

/** How the children of one written node stand to those of its original. */
export type Pairing = Span & { spans: Span[]; of: Map<Nodes, Match> };

export type Matches = {
  drawn: Drawn;
  pairings: Map<Nodes, Pairing>;
  /** Originals that no written block stands for in its place, by key. */
  free: Map<string, Group[]>;
  /** Of those, what was put somewhere, in page order. */
  claimed: Span[];
};

export const noMatches = (): Matches => ({
  drawn: { blocks: new Map(), tables: new Map() },
  pairings: new Map(),
  free: new Map(),
  claimed: [],
});

/** What a block is compared by. The view drops white space of any kind at the end of some lines. */
export const blockKey = (markdown: string): string => canonical(markdown).trim();

type Old = Side & { group: Group };
type New<T> = Side & { node: T };

const keyOf = (span: Span): string => `${span.start}:${span.end}`;

export const itemChildren = (item: ElementNode): StorageNode[] =>
  item.name === 'ac:task' ? (childElement(item, 'ac:task-body')?.children ?? []) : item.children;

class Planner {
  readonly #writer: Writer;
  readonly #matches: Matches;

  constructor(writer: Writer) {
    this.#writer = writer;
    this.#matches = writer.matches;
  }

  /** Pairs originals with what is written, remembers it, and gives the pairs that differ. */
  #pair<T extends Nodes>(parent: Nodes, frame: Span, olds: Old[], news: New<T>[]): [Group, T][] {
    const of = new Map<Nodes, Match>();
    const spans = olds.map(({ group }) => ({ start: group.start, end: group.end }));
    const changed: [Group, T][] = [];
    const set = (old: number, next: number, same: boolean): void => {
      const [original, written] = [olds[old], news[next]];
      if (!original || !written) return;
      of.set(written.node, { at: old, group: original.group, same });
      if (!same) changed.push([original.group, written.node]);
    };
    for (const { old, next, same } of versions(olds, news)) set(old, next, same);
    const taken = new Set([...of.values()].map(({ at }) => at));
    for (const [at, old] of olds.entries()) if (!taken.has(at)) this.#free(old);
    this.#matches.pairings.set(parent, { start: frame.start, end: frame.end, spans, of });
    return changed;
  }

  /** What moved is looked for among these, and among all that is in them. */
  #free(old: Pick<Old, 'key' | 'group'>): void {
    const { free, drawn } = this.#matches;
    const queue = [old];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const list = free.get(next.key);
      if (list) list.push(next.group);
      else free.set(next.key, [next.group]);
      const inner = next.group.nodes.flatMap((node) => (node.type === 'element' ? [node] : []));
      for (let element = inner.pop(); element; element = inner.pop()) {
        if (/^(?:ul|ol|ac:task-list)$/.test(element.name)) {
          for (const item of childElements(element)) queue.push(this.#itemOld(item));
          continue;
        }
        for (const group of groupNodes(element.children)) {
          const block = drawn.blocks.get(keyOf(group));
          if (block) queue.push({ key: block.key.trim(), group });
          else
            for (const piece of group.nodes.flatMap((node) => (node.type === 'element' ? [node] : [])))
              inner.push(piece);
        }
      }
    }
  }

  blocks(parent: Nodes, frame: Span, children: StorageNode[], nodes: RootContent[]): void {
    const olds = groupNodes(children).flatMap((group): Old[] => {
      const drawn = this.#matches.drawn.blocks.get(keyOf(group));
      if (!drawn) return [];
      return [{ group, key: drawn.key.trim(), ...shapeOfMarkdown(drawn.markdown) }];
    });
    const news = nodes
      .filter((node) => node.type !== 'definition')
      .map((node) => {
        const source = blockSource(this.#writer, node);
        return { node, key: blockKey(source), ...shapeOfNode(node, source) };
      });
    for (const [group, node] of this.#pair(parent, frame, olds, news)) this.#within(group, node);
  }

  #within({ nodes: [first] }: Group, node: RootContent): void {
    if (first?.type !== 'element' || isInline(first) || headingLevel(first)) return;
    if (node.type === 'list') this.#items(first, node);
    else if (node.type === 'blockquote') this.#inside(first, node);
    else if (node.type === 'containerDirective') {
      const inside = insideOf(first) ?? frozenInside(first);
      if (inside) this.#inside(inside, node);
    }
  }

  #inside(element: ElementNode, node: Parents): void {
    const frame = { start: element.openEnd, end: element.closeStart };
    this.blocks(node, frame, element.children, node.children as RootContent[]);
  }

  #itemOld(item: ElementNode): Old {
    const parts = groupNodes(itemChildren(item)).map((group) => this.#matches.drawn.blocks.get(keyOf(group)));
    const group = { nodes: [item], start: item.start, end: item.end };
    const markdown = parts.map((part) => part?.markdown ?? '').join('\n');
    const key = parts.flatMap((part) => part?.key.trim() ?? []).join('\n\n');
    return { group, key: `${item.name}:${key}`, shape: item.name, id: null, words: lazyWords(markdown) };
  }

  #itemNew(item: ListItem): New<ListItem> {
    const sources = item.children.map((child) => blockSource(this.#writer, child));
    const shape = itemName(item);
    return {
      node: item,
      key: itemKey(this.#writer, item),
      shape,
      id: null,
      words: lazyWords(sources.join('\n')),
    };
  }

  #listOld(list: ElementNode): Old {
    const group = { nodes: [list], start: list.start, end: list.end };
    const drawn = this.#matches.drawn.blocks.get(keyOf(list));
    return {
      group,
      key: drawn?.key.trim() ?? '',
      shape: 'tasks',
      id: null,
      words: lazyWords(drawn?.markdown ?? ''),
    };
  }

  #listNew(list: List): New<List> {
    const source = blockSource(this.#writer, list);
    return { node: list, key: blockKey(source), shape: 'tasks', id: null, words: lazyWords(source) };
  }

  #items(list: ElementNode, node: List): void {
    const kids = childElements(list);
    const nested = list.name === 'ac:task-list' && kids.some(({ name }) => name === list.name);
    const olds = kids.map((item) =>
      item.name === 'ac:task-list' ? this.#listOld(item) : this.#itemOld(item),
    );
    const items: (ListItem | List)[] = nested ? hoistTasks(node) : node.children;
    const news = items.map((item) => (item.type === 'list' ? this.#listNew(item) : this.#itemNew(item)));
    const frame = { start: list.openEnd, end: list.closeStart };
    for (const [group, item] of this.#pair<ListItem | List>(node, frame, olds, news)) {
      const [original] = group.nodes;
      if (original?.type !== 'element') continue;
      if (item.type === 'list') {
        this.#items(original, item);
        continue;
      }
      const holder = original.name === 'ac:task' ? childElement(original, 'ac:task-body') : original;
      if (holder) this.#inside(holder, item);
    }
  }
}

const itemName = (item: ListItem): string => (typeof item.checked === 'boolean' ? 'ac:task' : 'li');

/** What a list item is compared by: all that is in it. An empty task shows a break. */
export function itemKey(writer: Writer, item: ListItem): string {
  const keys = item.children.map((child) => blockKey(blockSource(writer, child)));
  return `${itemName(item)}:${keys.filter((one) => !/^(?:<br>)?$/.test(one)).join('\n\n')}`;
}

/** The element whose children a fence shows that stands for an element Markdown cannot write. */
export function frozenInside(element: ElementNode): ElementNode | null {
  if (element.name === 'table') return null;
  if (element.name !== 'ac:adf-extension') return element;
  const node = childElement(element, 'ac:adf-node');
  return node ? childElement(node, 'ac:adf-content') : null;
}

/** Finds for each written block the original it stands for; those that moved are found when they are written. */
export function planMatches(writer: Writer, root: Parents): void {
  const { part } = writer.originals;
  if (!part) return;
  new Planner(writer).blocks(root, part, part.children, root.children as RootContent[]);
  for (const list of writer.matches.free.values()) list.sort((a, b) => b.start - a.start);
}

/**
 * The original of an item or block that stands elsewhere now. Each serves once, with all that is in it.
 */
export function claim({ matches: { free, claimed } }: Writer, key: string): Group | null {
  const list = free.get(key) ?? [];
  for (let group = list.pop(); group; group = list.pop()) {
    let [low, high] = [0, claimed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((claimed[middle]?.start ?? 0) < group.end) low = middle + 1;
      else high = middle;
    }
    if ((claimed[low - 1]?.end ?? 0) > group.start) continue;
    claimed.splice(low, 0, group);
    return group;
  }
  return null;
}
