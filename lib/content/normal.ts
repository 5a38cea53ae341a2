import { isInline, isVolatile } from './elements.ts';
import { escapeAttribute, escapeXml } from './entities.ts';
import type { ElementNode, StorageDoc, StorageNode } from './parse.ts';

/**
 * `same`: equal for what is the same content whoever wrote it; used where a difference must never be
 * overlooked. `saved`: also evens out what Confluence fills in or rewraps when it saves a body.
 */
export type NormalForm = 'same' | 'saved';

/** Attributes Confluence fills in with what is the default anyway. */
const DEFAULTS: Record<string, string> = { 'ol start': '1', 'table data-layout': 'default' };

function openTag(element: ElementNode, form: NormalForm): string {
  const filled = (name: string, value: string): boolean =>
    form === 'saved' && DEFAULTS[`${element.name} ${name}`] === value;
  const attributes = element.attributes
    .filter(({ name, value }) => !isVolatile(name) && !filled(name, value))
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value.replace(/\r\n?/g, '\n'))}"`)
    .sort();
  return `<${element.name}${attributes.join('')}>`;
}

/** `<li><p>x</p></li>` and `<li>x</li>` are one to Confluence; likewise table cells. */
function isSoleParagraph(node: ElementNode): boolean {
  if (node.name !== 'p' || !node.parent || !/^(li|td|th|ac:task-body)$/.test(node.parent.name)) return false;
  return node.parent.children.every(
    (sibling) => sibling === node || (sibling.type === 'text' && sibling.text.trim() === ''),
  );
}

/** What Confluence adds to tables by itself. */
const FILLED_IN = new Set(['tbody', 'colgroup', 'col']);

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
        if (form === 'saved' && (FILLED_IN.has(node.name) || isSoleParagraph(node))) continue;
        parts.push(openTag(node, form));
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
