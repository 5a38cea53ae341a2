import { isVolatile } from './elements.ts';
import { escapeAttribute, escapeXml } from './entities.ts';
import type { ElementNode, StorageDoc, StorageNode } from './parse.ts';

/** Attributes Confluence fills in with what is the default anyway. */
const DEFAULTS: Record<string, string> = { 'ol start': '1', 'table data-layout': 'default' };

function openTag(element: ElementNode): string {
  const attributes = element.attributes
    .filter(({ name, value }) => !isVolatile(name) && DEFAULTS[`${element.name} ${name}`] !== value)
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value.replace(/\r\n?/g, '\n'))}"`)
    .sort();
  return `<${element.name}${attributes.join('')}>`;
}

/** `<li><p>x</p></li>` and `<li>x</li>` are one to Confluence; likewise table cells. */
function isSoleParagraph(node: StorageNode): boolean {
  if (node.type !== 'element' || node.name !== 'p' || !node.parent) return false;
  if (!/^(li|td|th|ac:task-body)$/.test(node.parent.name)) return false;
  return node.parent.children.every(
    (sibling) => sibling === node || (sibling.type === 'text' && sibling.text.trim() === ''),
  );
}

const SKIPPED = new Set(['tbody', 'colgroup', 'col']);
/** Elements between whose children white space means nothing. */
const STRUCTURE =
  /^(?:ul|ol|table|tbody|thead|tfoot|tr|colgroup|ac:(?:layout(?:-section|-cell)?|structured-macro|macro|rich-text-body|task-list|task|image|link|adf-.*))$/;

function isMeaningless(node: StorageNode): boolean {
  if (node.type !== 'text' || !/^[ \t\r\n]*$/.test(node.text)) return false;
  if (!node.parent || STRUCTURE.test(node.parent.name)) return true;
  return node.parent.children.some(
    (one) => one.type === 'element' && /^(p|ul|ol|table|h[1-6]|ac:task-list)$/.test(one.name),
  );
}

/**
 * Nodes in the form that two saves of the same content share: without the ids Confluence adds, with
 * attributes sorted, references resolved, and no white space between blocks.
 */
export function normalForm(doc: StorageDoc, nodes: StorageNode[]): string {
  const parts: string[] = [];
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
      if (!node || isMeaningless(node)) continue;
      if (node.type === 'element') {
        if (SKIPPED.has(node.name) || isSoleParagraph(node)) continue;
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
