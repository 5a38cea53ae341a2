import { escapeAttribute } from '../../parse/entities.ts';
import type { ElementNode } from '../../parse/parse.ts';

/** The opening tag of an element, never self-closing. */
export function openTag(source: string, element: ElementNode): string {
  const tag = source.slice(element.start, element.openEnd);
  return element.selfClosing ? tag.replace(/(?<!\s)\s*\/>$/, '>') : tag;
}

/** An opening tag with another name: all its attributes stay as they are. */
export function renamed(tag: string, from: string, to: string): string {
  return from === to ? tag : `<${to}${tag.slice(1 + from.length)}`;
}

const attributePattern = (name: string): RegExp => new RegExp(`\\s+${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`);

/** An opening tag with one attribute set or, with null, taken out; all other bytes stay. */
export function withAttribute(tag: string, name: string, value: string | null): string {
  const pattern = attributePattern(name);
  const written = value === null ? '' : ` ${name}="${escapeAttribute(value)}"`;
  if (pattern.test(tag)) return tag.replace(pattern, () => written);
  if (value === null) return tag;
  return tag.replace(/(?<!\s)\s*\/?>$/, (end) => written + end);
}

const OWN_IDS = ['local-id', 'ac:local-id', 'ac:macro-id'];

/** A copy of an element for a second place: ids that name one place are left for Confluence to give. */
export function withoutOwnIds(bytes: string): string {
  const end = bytes.indexOf('>') + 1;
  if (end === 0) return bytes;
  let tag = bytes.slice(0, end);
  for (const name of OWN_IDS) tag = withAttribute(tag, name, null);
  return tag + bytes.slice(end);
}

/** An element with the same tag around other content. */
export function refilled(source: string, element: ElementNode, inner: string, name = element.name): string {
  return `${renamed(openTag(source, element), element.name, name)}${inner}</${name}>`;
}
