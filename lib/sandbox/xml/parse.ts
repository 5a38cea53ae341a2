import { characterOf } from '../data/entity-names.ts';

export type XmlElement = {
  kind: 'element';
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
};
export type XmlText = { kind: 'text'; text: string; cdata: boolean };
export type XmlComment = { kind: 'comment'; text: string };
export type XmlNode = XmlElement | XmlText | XmlComment;

/** The storage body is not well-formed; the message is worded as Confluence words it. */
export class NotWellFormed extends Error {
  constructor(what: string, source: string, at: number) {
    const before = source.slice(0, at);
    const row = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    super(`Error parsing xhtml: ${what}\n at [row,col {unknown-source}]: [${row},${column}]`);
    this.name = 'NotWellFormed';
  }
}

const nameChars = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const openTag = new RegExp(
  `<(${nameChars})((?:\\s+${nameChars}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  'y',
);
const closeTag = new RegExp(`</(${nameChars})\\s*>`, 'y');
const attribute = new RegExp(`(${nameChars})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
// Readers of the tree recurse; real bodies nest some twenty levels.
const deepest = 500;
const prefixes = new Set(['ac', 'ri', 'at', 'xml']);

/**
 * Reads storage format strictly, as Confluence does: tags must match, `&` and `<` must be escaped, XHTML
 * named entities are known, the prefixes ac, ri and at need no declaration. Answers the nodes at the top.
 */
export function parseXml(source: string): XmlNode[] {
  const root: XmlElement = { kind: 'element', name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  const parent = () => open[open.length - 1] ?? root;
  let at = 0;
  const until = (mark: string, what: string): number => {
    const end = source.indexOf(mark, at);
    if (end < 0) throw new NotWellFormed(`Unexpected EOF in ${what}`, source, source.length);
    return end;
  };
  while (at < source.length) {
    if (source.startsWith('<![CDATA[', at)) {
      const end = until(']]>', 'CDATA section');
      parent().children.push({ kind: 'text', text: source.slice(at + 9, end), cdata: true });
      at = end + 3;
    } else if (source.startsWith('<!--', at)) {
      const end = until('-->', 'comment');
      parent().children.push({ kind: 'comment', text: source.slice(at + 4, end) });
      at = end + 3;
    } else if (source.startsWith('</', at)) {
      closeTag.lastIndex = at;
      const match = closeTag.exec(source);
      if (!match) throw new NotWellFormed('Unexpected character in end tag', source, at);
      const last = open.pop();
      if (!last || last === root)
        throw new NotWellFormed(`Unexpected close tag </${match[1]}>; no open tag`, source, at);
      if (last.name !== match[1])
        throw new NotWellFormed(`Unexpected close tag </${match[1]}>; expected </${last.name}>.`, source, at);
      at = closeTag.lastIndex;
    } else if (source[at] === '<') {
      openTag.lastIndex = at;
      const match = openTag.exec(source);
      if (!match) throw new NotWellFormed("Unexpected character in tag; '<' must be escaped", source, at);
      const element = startElement(match[1] ?? '', match[2] ?? '', source, at);
      parent().children.push(element);
      if (match[3] !== '/') open.push(element);
      if (open.length > deepest)
        throw new NotWellFormed(`Elements are nested more than ${deepest} levels deep`, source, at);
      at = openTag.lastIndex;
    } else {
      const next = source.indexOf('<', at);
      const end = next < 0 ? source.length : next;
      const text = source.slice(at, end);
      parent().children.push({ kind: 'text', text: decode(text, source, at), cdata: false });
      at = end;
    }
  }
  const left = open.pop();
  if (left && left !== root)
    throw new NotWellFormed(
      `Unexpected EOF; was expecting a close tag for element <${left.name}>`,
      source,
      at,
    );
  return root.children;
}

function startElement(name: string, attributeText: string, source: string, at: number): XmlElement {
  checkPrefix(name, source, at);
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single] of attributeText.matchAll(attribute)) {
    if (key in attributes) throw new NotWellFormed(`Duplicate attribute '${key}'`, source, at);
    if (!key.startsWith('xmlns')) checkPrefix(key, source, at);
    attributes[key] = decode(double ?? single ?? '', source, at);
  }
  return { kind: 'element', name, attributes, children: [] };
}

function checkPrefix(name: string, source: string, at: number): void {
  const colon = name.indexOf(':');
  if (colon > 0 && !prefixes.has(name.slice(0, colon)))
    throw new NotWellFormed(`Undeclared namespace prefix "${name.slice(0, colon)}"`, source, at);
}

/** What one reference stands for, or undefined for one that XHTML does not know. */
function referenced(body: string): string | undefined {
  const number = /^#(?:([0-9]{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(body);
  if (!number) return characterOf.get(body);
  const code = number[1] ? Number.parseInt(number[1], 10) : Number.parseInt(number[2] ?? '', 16);
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return allowed ? String.fromCodePoint(code) : undefined;
}

function decode(text: string, source: string, at: number): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s<]*)(;?)/g, (_whole, body: string, end: string, offset: number) => {
    const decoded = end === ';' ? referenced(body) : undefined;
    if (decoded !== undefined) return decoded;
    throw new NotWellFormed(
      end === ';' && body !== ''
        ? `Undeclared general entity "${body}"`
        : "Unexpected character; '&' must be escaped as &amp;",
      source,
      at + offset,
    );
  });
}

/** The child elements of an element, optionally only those of one name. */
export function elements(node: { children: XmlNode[] }, name?: string): XmlElement[] {
  return node.children.filter(
    (child): child is XmlElement => child.kind === 'element' && (name === undefined || child.name === name),
  );
}

/** All text inside a node, CDATA too, comments not. */
export function textOf(node: XmlNode): string {
  if (node.kind === 'text') return node.text;
  return node.kind === 'comment' ? '' : node.children.map(textOf).join('');
}

/** The named parameters of a macro as text. */
export function macroParameters(macro: XmlElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const parameter of elements(macro, 'ac:parameter')) {
    const resource = elements(parameter)[0];
    const value = resource
      ? (resource.attributes['ri:content-title'] ??
        resource.attributes['ri:value'] ??
        resource.attributes['ri:filename'] ??
        resource.attributes['ri:account-id'] ??
        resource.attributes['ri:space-key'] ??
        textOf(resource))
      : textOf(parameter);
    found[parameter.attributes['ac:name'] ?? ''] = value;
  }
  return found;
}
