import { parseXml, type XmlElement, type XmlNode } from './parse.ts';
import { eachElement, isMacro } from './shape.ts';
import { writeXml } from './write.ts';

export const damages = ['drop-macro', 'lose-paragraph', 'change-text', 'truncate'] as const;
/** A way in which a body can be spoiled while it is saved. */
export type Damage = (typeof damages)[number];

function without(nodes: XmlNode[], wanted: (node: XmlElement) => boolean): XmlNode[] {
  let found: { node: XmlElement; parent: XmlElement | null } | undefined;
  eachElement(nodes, (node, parent) => {
    if (wanted(node)) found ??= { node, parent };
  });
  if (!found) return nodes;
  const { node, parent } = found;
  if (parent === null) return nodes.filter((one) => one !== node);
  parent.children = parent.children.filter((one) => one !== node);
  return nodes;
}

const hasText = (node: XmlNode): boolean =>
  node.kind === 'text' ? node.text.trim() !== '' : node.kind === 'element' && node.children.some(hasText);

function changeText(nodes: readonly XmlNode[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'element') return node.name !== 'ac:adf-fallback' && changeText(node.children);
    if (node.kind !== 'text' || !/\p{L}{3}/u.test(node.text)) return false;
    node.text = node.text.replace(/\p{L}{3,}/u, (word) => [...word].reverse().join('') + word.length);
    return true;
  });
}

const ways: Record<Damage, (nodes: XmlNode[]) => XmlNode[]> = {
  'drop-macro': (nodes) => without(nodes, isMacro),
  'lose-paragraph': (nodes) => without(nodes, (node) => node.name === 'p' && hasText(node)),
  'change-text': (nodes) => {
    changeText(nodes);
    return nodes;
  },
  truncate: (nodes) => nodes.slice(0, Math.floor(nodes.length / 2)),
};

/** A body as a broken Confluence would keep it: without its first macro or paragraph, with a word changed, or cut in half. */
export function damaged(storage: string, damage: Damage): string {
  return writeXml(ways[damage](parseXml(storage)));
}
