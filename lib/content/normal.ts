import { isInline, isVolatile } from './parse/elements.ts';
import { escapeAttribute, escapeXml } from './parse/entities.ts';
import type { ElementNode, StorageDoc, StorageNode } from './parse/parse.ts';
import { savedForm } from './verify/saved-form.ts';

/**
 * `same`: equal for what is the same content whoever wrote it; used where a difference must never be
 * overlooked. `saved`: also evens out what Confluence fills in or rewraps when it saves a body (`savedForm`).
 */
export type NormalForm = 'same' | 'saved';

function openTag(element: ElementNode): string {
  const attributes = element.attributes
    .filter(({ name }) => !isVolatile(name))
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value.replace(/\r\n?/g, '\n'))}"`)
    .sort();
  return `<${element.name}${attributes.join('')}>`;
}

/** Elements between whose children white space means nothing. */
const STRUCTURE =
  /^(?:ul|ol|table|tbody|thead|tfoot|tr|colgroup|ac:(?:layout(?:-section|-cell)?|structured-macro|macro|task-list|task|image|link|adf-.*))$/;

const standsInLine = (node: StorageNode | undefined): boolean => node !== undefined && isInline(node);

/** White space between blocks; between words and inline elements it is a space. */
function isMeaningless(node: StorageNode, before: StorageNode | undefined, doc: StorageDoc): boolean {
  if (node.type !== 'text' || !/^[ \t\r\n]*$/.test(node.text)) return false;
  if (node.parent && STRUCTURE.test(node.parent.name)) return true;
  if (node.parent && isInline(node.parent)) return false;
  const next = doc.nodes[node.last];
  const after = next && next.parent === node.parent ? next : undefined;
  return !standsInLine(before) || !standsInLine(after);
}

/**
 * Nodes in a form that is equal for equal content: without the ids Confluence adds, with attributes
 * sorted, references resolved, and no white space between blocks.
 */
export function normalForm(doc: StorageDoc, nodes: StorageNode[], form: NormalForm = 'same'): string {
  if (form === 'saved') return savedForm(doc, nodes);
  const parts: string[] = [];
  const lastOf = new Map<ElementNode | null, StorageNode>();
  for (const root of nodes) {
    const open: ElementNode[] = [];
    const closeTo = (index: number): void => {
      for (let last = open.at(-1); last && last.last <= index; last = open.at(-1)) {
        parts.push(`</${last.name}>`);
        open.pop();
      }
    };
    for (let i = root.index; i < root.last; i += 1) {
      closeTo(i);
      const node = doc.nodes[i];
      if (!node) continue;
      const before = lastOf.get(node.parent);
      lastOf.set(node.parent, node);
      if (isMeaningless(node, before, doc)) continue;
      if (node.type === 'element') {
        parts.push(openTag(node));
        open.push(node);
      } else if (node.type === 'text' || node.type === 'cdata') {
        parts.push(escapeXml(node.text.replace(/\r\n?/g, '\n')));
      } else {
        parts.push(doc.source.slice(node.start, node.end));
      }
    }
    closeTo(root.last);
  }
  return parts.join('');
}
