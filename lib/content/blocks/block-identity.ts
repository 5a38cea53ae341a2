import {
  childElement,
  collapse,
  headingLevel,
  isInline,
  isVolatile,
  macroName,
  parametersOf,
  shortHash,
} from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import {
  attr,
  type ElementNode,
  type StorageDoc,
  type StorageNode,
  spacedText,
  visibleText,
} from '../parse/parse.ts';
import type { Group } from './groups.ts';

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

export const PREFIX: Record<BlockKind, string> = {
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

export function kindOf(group: Group): BlockKind {
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

export function hashSeed(doc: StorageDoc, group: Group, inside: ElementNode | null): string {
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

export function previewOf(doc: StorageDoc, group: Group): string {
  const [node] = group.nodes;
  if (node?.type === 'comment') return collapse(`<!--${node.text.slice(0, 80)}-->`);
  let text = readable(group.nodes.map((one) => spacedText(doc, one, 200)).join(''));
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
  const points = [...readable(text.slice(0, 400))];
  return points.length > 80 ? `${points.slice(0, 79).join('')}…` : points.join('');
}

export function localId(node: StorageNode | undefined): string | null {
  if (node?.type !== 'element') return null;
  const value = attr(node, 'local-id') ?? attr(node, 'ac:local-id') ?? attr(node, 'ac:macro-id');
  if (value === null || value === '') return null;
  const plain = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain.length >= 4 && value.length < 80 ? plain.slice(0, 8) : shortHash(value);
}
