import { isBlank } from '../parse/elements.ts';
import { type ElementNode, parseStorage, type StorageNode } from '../parse/parse.ts';
import type { Attribute } from '../parse/tokenize.ts';

/** A body from which one thing was taken or in which one thing was changed. `where`: `td@colspan`, `p`, `#text in ac:parameter`. */
export type Mutation = {
  kind: 'delete' | 'unwrap' | 'alter' | 'drop attribute' | 'alter attribute';
  where: string;
  /** What was taken or changed; of an attribute the element that had it. */
  node: StorageNode;
  attribute: Attribute | null;
  storage: string;
};

const nameOf = (node: StorageNode | null): string =>
  node === null ? 'page' : node.type === 'element' ? node.name : `#${node.type}`;

/** Another value of the same kind: a number stays one, a date too. */
function otherValue(raw: string): string {
  const number = raw.includes('&') ? null : /^(.*?)(\d)(\D*)$/s.exec(raw);
  if (number) return `${number[1]}${(Number(number[2]) + 1) % 10}${number[3]}`;
  return `${raw}Q`;
}

function ofAttribute(source: string, element: ElementNode, attribute: Attribute): Mutation[] {
  const where = `${element.name}@${attribute.name}`;
  const { start, end } = attribute;
  const opening = source.slice(0, start - 1).search(/\s[^\s=]+\s*=\s*$/);
  return [
    {
      kind: 'drop attribute',
      where,
      node: element,
      attribute,
      storage: source.slice(0, opening) + source.slice(end + 1),
    },
    {
      kind: 'alter attribute',
      where,
      node: element,
      attribute,
      storage: source.slice(0, start) + otherValue(source.slice(start, end)) + source.slice(end),
    },
  ];
}

function ofLeaf(source: string, node: StorageNode): Mutation[] {
  const { start, end, parent } = node;
  const blank = isBlank(node) ? 'white space' : nameOf(node);
  const where = `${blank} in ${nameOf(parent)}`;
  const removed: Mutation = {
    kind: 'delete',
    where,
    node,
    attribute: null,
    storage: source.slice(0, start) + source.slice(end),
  };
  if (node.type === 'element' || blank === 'white space') return [removed];
  const open = { text: 0, comment: 4, cdata: 9, instruction: 2 }[node.type];
  const close = { text: 0, comment: 3, cdata: 3, instruction: 2 }[node.type];
  const inner = source.slice(start + open, end - close);
  const altered = `${source.slice(0, start + open)}${inner}Q${source.slice(end - close)}`;
  return [removed, { kind: 'alter', where, node, attribute: null, storage: altered }];
}

/** All changes of one node or attribute, in document order, made when asked for. */
export function* mutationsOf(
  source: string,
  only: (index: number) => boolean = () => true,
): Generator<Mutation> {
  for (const node of parseStorage(source).nodes) {
    if (!only(node.index)) continue;
    if (node.type !== 'element') {
      yield* ofLeaf(source, node);
      continue;
    }
    const where = nameOf(node);
    const { start, end, openEnd, closeStart } = node;
    const [before, after] = [source.slice(0, start), source.slice(end)];
    yield { kind: 'delete', where, node, attribute: null, storage: before + after };
    if (!node.selfClosing && openEnd < closeStart) {
      const storage = before + source.slice(openEnd, closeStart) + after;
      yield { kind: 'unwrap', where, node, attribute: null, storage };
    }
    for (const attribute of node.attributes) yield* ofAttribute(source, node, attribute);
  }
}
