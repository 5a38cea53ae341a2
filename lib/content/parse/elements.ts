import { attr, type ElementNode, type StorageNode } from './parse.ts';

/** Elements that stand inside a line of text. */
const INLINE = new Set([
  'a',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'del',
  'strike',
  'ins',
  'sub',
  'sup',
  'small',
  'big',
  'code',
  'span',
  'br',
  'time',
  'tt',
  'kbd',
  'q',
  'cite',
  'font',
  'mark',
  'var',
  'samp',
  'abbr',
  'ac:link',
  'ac:emoticon',
  'ac:inline-comment-marker',
  'ac:placeholder',
  'at:var',
  'at:string',
]);

/** True for a node that stands inside a line of text (a macro alone counts as a block). */
export function isInline(node: StorageNode): boolean {
  if (node.type === 'element') return INLINE.has(node.name) || macroName(node) === 'status';
  return node.type === 'text' || node.type === 'cdata';
}

export function isBlank(node: StorageNode): boolean {
  return node.type === 'text' && /^[ \t\r\n]*$/.test(node.text);
}

/** The name of a macro (`ac:structured-macro`, or the older `ac:macro`), or null if the node is none. */
export function macroName(node: StorageNode): string | null {
  if (node.type !== 'element') return null;
  if (node.name !== 'ac:structured-macro' && node.name !== 'ac:macro') return null;
  return attr(node, 'ac:name') ?? '';
}

export function childElement(element: ElementNode, name: string): ElementNode | null {
  for (const child of element.children) if (child.type === 'element' && child.name === name) return child;
  return null;
}

export function childElements(element: ElementNode): ElementNode[] {
  return element.children.filter((child) => child.type === 'element');
}

export function headingLevel(node: StorageNode): number | null {
  if (node.type !== 'element' || !/^h[1-6]$/.test(node.name)) return null;
  return Number(node.name[1]);
}

/** Concatenated text of the direct text children of an element. */
export function ownText(element: ElementNode): string {
  let text = '';
  for (const child of element.children)
    if (child.type === 'text' || child.type === 'cdata') text += child.text;
  return text;
}

const RESOURCE_ATTRIBUTES = [
  'ri:content-title',
  'ri:filename',
  'ri:value',
  'ri:account-id',
  'ri:userkey',
  'ri:username',
  'ri:space-key',
  'ri:content-id',
  'href',
];

/** What a macro parameter says, readable: its text, or the page, file, address or person it names. */
export function parameterValue(parameter: ElementNode): string {
  const text = ownText(parameter);
  if (text.trim() !== '') return text;
  const names: string[] = [];
  const queue = childElements(parameter);
  let steps = 0;
  for (let element = queue.shift(); element && names.length < 5 && steps < 50; element = queue.shift()) {
    steps += 1;
    for (const name of RESOURCE_ATTRIBUTES) {
      const value = attr(element, name);
      if (value !== null) names.push(value);
    }
    queue.push(...childElements(element).slice(0, 20));
  }
  return names.join(' ');
}

/** A macro's parameters in order; an unnamed parameter has the name ''. */
export function parametersOf(macro: ElementNode): { name: string; value: string; element: ElementNode }[] {
  const found: { name: string; value: string; element: ElementNode }[] = [];
  for (const child of macro.children) {
    if (child.type !== 'element' || (child.name !== 'ac:parameter' && child.name !== 'ac:default-parameter'))
      continue;
    found.push({ name: attr(child, 'ac:name') ?? '', value: parameterValue(child), element: child });
  }
  return found;
}

export function parameterOf(macro: ElementNode, name: string): string | null {
  return parametersOf(macro).find((parameter) => parameter.name === name)?.value ?? null;
}

/** White space runs become one space, ends are trimmed. Non-breaking spaces stay. */
export function collapse(text: string): string {
  // Most text has single spaces only, and looking is cheaper than replacing each by itself.
  return (/[\t\r\n]| {2}/.test(text) ? text.replace(/[ \t\r\n]+/g, ' ') : text).trim();
}

const VOLATILE = new Set([
  'local-id',
  'ac:local-id',
  'ac:macro-id',
  'ac:schema-version',
  'ri:version-at-save',
]);

/** Attributes that Confluence adds or changes by itself on save. */
export function isVolatile(attribute: string): boolean {
  return VOLATILE.has(attribute);
}

/** Short hash of a text (two 32-bit FNV-like lanes, base 36). For names, not for security. */
export function shortHash(text: string, length = 6): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  const high = (a >>> 0).toString(36).padStart(7, '0');
  const low = (b >>> 0).toString(36).padStart(7, '0');
  return (high.slice(1) + low.slice(1)).slice(0, length);
}
