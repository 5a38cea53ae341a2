import { nameOf } from '../data/entity-names.ts';
import type { XmlElement, XmlNode } from './parse.ts';

/** Elements whose text Confluence keeps in CDATA sections. */
const inCdata = new Set(['ac:plain-text-body', 'ac:plain-text-link-body']);

/** How attributes stand in stored bodies; those not named here follow in the order in which they were sent. */
const order: Record<string, string> = {
  'ac:structured-macro': 'ac:name ac:schema-version data-layout ac:local-id ac:macro-id',
  'ac:image':
    'ac:align ac:layout ac:original-height ac:original-width ac:custom-width ac:alt ac:width ac:height ac:local-id',
  'ac:link': 'ac:anchor ac:card-appearance ac:local-id',
  'ac:emoticon': 'ac:emoji-shortname ac:emoji-id ac:emoji-fallback ac:name',
  'ac:layout-section': 'ac:type ac:breakout-mode ac:breakout-width ac:local-id',
  'ri:page': 'ri:space-key ri:content-title ri:version-at-save',
  'ri:attachment': 'ri:filename ri:version-at-save',
  a: 'href data-card-appearance local-id',
  ol: 'start local-id',
  table: 'data-table-width data-layout ac:local-id',
  td: 'colspan rowspan data-highlight-colour ac:local-id',
  th: 'colspan rowspan data-highlight-colour ac:local-id',
};
const orders = new Map(Object.entries(order).map(([name, list]) => [name, list.split(' ')]));

const named = (text: string): string =>
  text.replace(/[^\0-\x9f]/g, (char) => {
    const name = nameOf.get(char);
    return name === undefined ? char : `&${name};`;
  });

const escaped = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');

function attributesOf(element: XmlElement): string {
  const first = orders.get(element.name) ?? [];
  const names = Object.keys(element.attributes);
  const sorted = [
    ...first.filter((name) => names.includes(name)),
    ...names.filter((name) => !first.includes(name)),
  ];
  return sorted
    .map((name) => {
      const value = escaped(element.attributes[name] ?? '')
        .replace(/\n/g, '&#10;')
        .replace(/\t/g, '&#9;');
      return ` ${name}="${value}"`;
    })
    .join('');
}

function childrenOf(element: XmlElement): string {
  if (!inCdata.has(element.name) || element.children.some((child) => child.kind !== 'text'))
    return writeXml(element.children);
  const text = element.children.map((child) => (child.kind === 'text' ? child.text : '')).join('');
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function one(node: XmlNode): string {
  if (node.kind === 'comment') return `<!--${node.text}-->`;
  if (node.kind === 'text') return named(escaped(node.text));
  const open = `<${node.name}${attributesOf(node)}`;
  const inside = childrenOf(node);
  return inside === '' ? `${open} />` : `${open}>${inside}</${node.name}>`;
}

/**
 * A body as Confluence keeps it, whatever way it was written: double quotes, attributes in its own order, empty
 * elements closed at once, references resolved and the characters that XHTML has a name for named, literal text of
 * macros in CDATA sections that are split at `]]>`.
 */
export function writeXml(nodes: readonly XmlNode[]): string {
  return nodes.map(one).join('');
}
