import { elements, macroParameters, parseXml, textOf, type XmlElement, type XmlNode } from './parse.ts';

const blocks = new Set(
  'p h1 h2 h3 h4 h5 h6 li tr td th pre div blockquote br hr ac:task ac:layout-cell ac:rich-text-body ac:plain-text-body ac:structured-macro ac:caption'.split(
    ' ',
  ),
);
const silent = new Set([
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'ac:adf-fallback',
  'ac:placeholder',
  'ac:parameter',
]);

/** The words of a storage body in reading order, for search and excerpts. */
export function plainText(storage: string): string {
  return parseXml(storage)
    .map(read)
    .join('')
    .replace(/[ \t\r\u00a0]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

function read(node: XmlNode): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'comment' || silent.has(node.name)) return '';
  const inner = shownValue(node) ?? node.children.map(read).join('');
  return blocks.has(node.name) ? `\n${inner}\n` : inner;
}

/** What an element shows that is not text inside it: titles of macros, link targets, dates. */
function shownValue(node: XmlElement): string | undefined {
  if (node.name === 'ac:structured-macro') {
    const { title } = macroParameters(node);
    const body = node.children.map(read).join('');
    return title ? `${title} ${body}` : undefined;
  }
  if (node.name === 'time') return node.attributes.datetime ?? '';
  if (node.name === 'ac:link' && node.children.every((child) => textOf(child) === ''))
    return elements(node)[0]?.attributes['ri:content-title'] ?? '';
  if (node.name === 'ac:emoticon') return node.attributes['ac:emoji-fallback'] ?? '';
  return undefined;
}

export type Facts = { macros: string[]; mentions: string[]; links: string[] };

/** The macro names, mentioned account ids and outside links in a storage body. */
export function factsOf(storage: string): Facts {
  const facts: Facts = { macros: [], mentions: [], links: [] };
  const visit = (node: XmlNode): void => {
    if (node.kind !== 'element') return;
    const { attributes } = node;
    if (node.name === 'ac:structured-macro' || node.name === 'ac:macro')
      facts.macros.push(attributes['ac:name'] ?? '');
    if (node.name === 'ri:user') facts.mentions.push(attributes['ri:account-id'] ?? '');
    if (node.name === 'a') facts.links.push(attributes.href ?? '');
    node.children.forEach(visit);
  };
  parseXml(storage).forEach(visit);
  return facts;
}
