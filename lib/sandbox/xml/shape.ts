import type { XmlElement, XmlNode } from './parse.ts';

/** Elements that stand inside a line of text. */
const inline = new Set(
  'a strong b em i u s del strike ins sub sup small big code span br time tt kbd q cite font mark var samp abbr ac:link ac:emoticon ac:inline-comment-marker ac:placeholder at:var at:string'.split(
    ' ',
  ),
);

export const isMacro = (node: XmlElement): boolean =>
  node.name === 'ac:structured-macro' || node.name === 'ac:macro';

export const isBlank = (node: XmlNode): boolean => node.kind === 'text' && /^[ \t\r\n]*$/.test(node.text);

/** True for a node of a line of text. */
export function isInline(node: XmlNode): boolean {
  if (node.kind === 'comment') return false;
  return (
    node.kind === 'text' ||
    inline.has(node.name) ||
    (isMacro(node) && node.attributes['ac:name'] === 'status')
  );
}

/** Pictures and macros without a body: they stand in a line where there is text beside them. */
export function mayStandInLine(node: XmlNode): boolean {
  if (node.kind !== 'element') return false;
  if (node.name === 'ac:image' || node.name === 'img') return true;
  return (
    isMacro(node) &&
    !node.children.some(
      (child) => child.kind === 'element' && /^ac:(?:rich|plain)-text-body$/.test(child.name),
    )
  );
}

/** Calls `visit` for every element, outer ones first; what lies in a fallback for the old editor is left alone. */
export function eachElement(
  nodes: readonly XmlNode[],
  visit: (element: XmlElement, parent: XmlElement | null) => void,
) {
  const walk = (list: readonly XmlNode[], parent: XmlElement | null): void => {
    for (const node of list) {
      if (node.kind !== 'element' || node.name === 'ac:adf-fallback') continue;
      visit(node, parent);
      walk(node.children, node);
    }
  };
  walk(nodes, null);
}

export const element = (
  name: string,
  attributes: Record<string, string> = {},
  children: XmlNode[] = [],
): XmlElement => ({ kind: 'element', name, attributes, children });

export const textNode = (text: string): XmlNode => ({ kind: 'text', text, cdata: false });
