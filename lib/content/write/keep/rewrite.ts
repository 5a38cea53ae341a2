import type { Nodes, Paragraph, RootContent } from 'mdast';
import type { Group } from '../../blocks/groups.ts';
import { headingLevel, isInline } from '../../parse/elements.ts';
import { type ElementNode, parseStorage } from '../../parse/parse.ts';
import { makeView } from '../../view/markdown.ts';
import { codeStorage } from '../code.ts';
import { fenceStorage } from '../fence.ts';
import { headingStorage } from '../inline.ts';
import { listStorage } from '../list.ts';
import type { Page } from '../originals.ts';
import { tableStorage } from '../table.ts';
import type { Writer } from '../writer.ts';
import { mergeInline } from './inline-merge.ts';
import { patched } from './patch.ts';
import { refilled } from './tags.ts';

/** A picture that stands alone, with another text or caption. */
function image(writer: Writer, { view }: Page, element: ElementNode, node: Paragraph): string | null {
  const doc = parseStorage(writer.inline(node.children));
  const [only, ...rest] = doc.children;
  if (only?.type !== 'element' || rest.length > 0) return null;
  return patched({ view, element }, { view: makeView(doc), element: only }, mergeInline);
}

function line(writer: Writer, page: Page, group: Group, node: Paragraph): string | null {
  const [element] = group.nodes;
  const alone = group.nodes.length === 1 && element?.type === 'element' && !isInline(element);
  if (alone && element.name === 'ac:image') return image(writer, page, element, node);
  if (alone && element.name !== 'p' && element.name !== 'div') return null;
  const next = writer.inline(node.children);
  if (next.trim() === '') return '';
  if (!alone) return mergeInline(page.view, group.nodes, next);
  return refilled(page.doc.source, element, mergeInline(page.view, element.children, next));
}

type Rewrite = (writer: Writer, page: Page, element: ElementNode, node: Nodes) => string | null;

const REWRITES: Partial<Record<Nodes['type'], Rewrite>> = {
  heading: (writer, { view, doc }, element, node) => {
    if (node.type !== 'heading' || !headingLevel(element)) return null;
    const inner = mergeInline(view, element.children, headingStorage(writer, node.children));
    return refilled(doc.source, element, inner, `h${node.depth}`);
  },
  list: (writer, _page, element, node) => (node.type === 'list' ? listStorage(writer, node, element) : null),
  blockquote: (writer, { doc }, element, node) =>
    node.type === 'blockquote' ? refilled(doc.source, element, writer.blocks(node) || '<p />') : null,
  code: (writer, _page, element, node) => (node.type === 'code' ? codeStorage(writer, node, element) : null),
  table: (writer, _page, element, node) =>
    node.type === 'table' && element.name === 'table' ? tableStorage(writer, node, false, element) : null,
  containerDirective: (writer, _page, element, node) =>
    node.type === 'containerDirective' ? fenceStorage(writer, node, element) : null,
};

/**
 * A block that was changed, on the bytes of its original: tag, attributes, and whatever in it is as it was
 * stay. null where nothing of the original can be used.
 */
export function rewritten(writer: Writer, group: Group, node: RootContent): string | null {
  const { page } = writer.originals;
  if (!page) return null;
  if (node.type === 'paragraph') return line(writer, page, group, node);
  const [element] = group.nodes;
  if (element?.type !== 'element') return null;
  return REWRITES[node.type]?.(writer, page, element, node) ?? null;
}
