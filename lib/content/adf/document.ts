/** A node of an Atlassian document (ADF) as it comes: only its type is certain. */
export type AdfNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: AdfNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
};

/** Deeper than this nothing is looked at: a body of Confluence nests a few levels. */
export const MAX_ADF_DEPTH = 64;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNode = (value: unknown): value is AdfNode => isObject(value) && typeof value.type === 'string';

/** The nodes inside a node; what is no node is left out, for the document may be of a later schema. */
export const kidsOf = (node: AdfNode): AdfNode[] =>
  (Array.isArray(node.content) ? node.content : []).filter(isNode);

/** An attribute as text; '' where there is none. */
export function attribute(node: { attrs?: Record<string, unknown> }, name: string): string {
  const value = isObject(node.attrs) ? node.attrs[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The top-level nodes of an ADF document, or null where the text is none. */
export function adfNodes(json: string): AdfNode[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return isNode(parsed) && parsed.type === 'doc' ? kidsOf(parsed) : null;
}

/** Text inside nodes in reading order, at most `limit` characters. Iterative: depth cannot exhaust the stack. */
export function adfText(nodes: readonly AdfNode[], limit = 100_000): string {
  const stack = [...nodes].reverse();
  let text = '';
  for (let node = stack.pop(); node && text.length < limit; node = stack.pop()) {
    if (node.type === 'text') text += typeof node.text === 'string' ? node.text : '';
    else if (node.type === 'hardBreak') text += ' ';
    else text += attribute(node, 'text');
    const kids = kidsOf(node);
    for (let at = kids.length - 1; at >= 0; at -= 1) stack.push(kids[at] as AdfNode);
  }
  return text.slice(0, limit);
}

/** True where a document says something: text, or any node that is not an empty paragraph. */
export const adfSaysSomething = (nodes: readonly AdfNode[]): boolean =>
  nodes.some((node) => node.type !== 'paragraph' || kidsOf(node).length > 0);
