import { insideOf } from '../blocks/block-identity.ts';
import { type Group, groupNodes } from '../blocks/groups.ts';
import { childElement, collapse, headingLevel, isBlank, isInline, macroName } from '../parse/elements.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { canonical } from './canonical.ts';
import { MAX_NESTING, note, type View } from './context.ts';
import { codeFence, containerFence, frozenFence } from './fence.ts';
import { inlineMarkdown } from './inline.ts';
import { isList, listMarkdown, taskMarkdown } from './list.ts';
import { adfDetails, elementName, ownDetails, placeholder } from './placeholder.ts';
import { tableMarkdown } from './table.ts';

function quoteMarkdown(view: View, quote: ElementNode): string {
  return blocksMarkdown(view, quote.children)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

const isBlockInside = (node: StorageNode): boolean =>
  node.type === 'element' &&
  (/^(ul|ol|table|p|pre|div|blockquote|hr|h[1-6]|ac:task-list|ac:layout|ac:adf-extension)$/.test(node.name) ||
    (macroName(node) !== null &&
      node.children.some((c) => c.type === 'element' && /^ac:(rich|plain)-text-body$/.test(c.name))));

/** Elements of a pasted HTML document that only hold blocks. */
const OF_HTML = /^(?:html|body|main|article|section|header|footer|nav|aside|figure|center|form|fieldset)$/;

/** Depth-first look for content that is not a line of text, not deeper than a few levels. */
function holdsBlocks(nodes: StorageNode[], depth = 4): boolean {
  return nodes.some(
    (node) =>
      isBlockInside(node) ||
      (depth > 0 &&
        node.type === 'element' &&
        (isInline(node) || OF_HTML.test(node.name)) &&
        holdsBlocks(node.children, depth - 1)),
  );
}

function paragraph(view: View, element: ElementNode): string {
  if (holdsBlocks(element.children)) {
    return frozenFence(view, element, `element ${element.name}`, blocksMarkdown(view, element.children));
  }
  return shownText(view, inlineMarkdown(view, element.children));
}

/** Spaces and breaks alone are counted, not shown. */
function shownText(view: View, text: string): string {
  if (!/^(?:[\s\u00a0]|<br>|\\\n)*$/.test(text)) return text;
  note(view, 'empty paragraph');
  return '';
}

const isNamed = (node: StorageNode, name: string): boolean => node.type === 'element' && node.name === name;

function extension(view: View, element: ElementNode): string {
  const node = childElement(element, 'ac:adf-node');
  const content = node ? childElement(node, 'ac:adf-content') : null;
  const type = collapse((node ? attr(node, 'type') : null) ?? '');
  const known =
    (node?.children.length ?? 0) < 100 &&
    node?.children.every((c) => c === content || isBlank(c) || isNamed(c, 'ac:adf-attribute')) &&
    element.children.every((c) => c === node || isBlank(c) || isNamed(c, 'ac:adf-fallback'));
  if (!node || !content || !known || !/^[\w-]+$/.test(type)) return placeholder(view, element, true);
  return frozenFence(
    view,
    element,
    `adf ${type}`,
    blocksMarkdown(view, content.children),
    adfDetails(view, node),
  );
}

const WRITERS: Record<string, (view: View, element: ElementNode) => string> = {
  p: paragraph,
  ul: listMarkdown,
  ol: listMarkdown,
  'ac:task-list': taskMarkdown,
  table: tableMarkdown,
  blockquote: quoteMarkdown,
  hr: () => '---',
  pre: codeFence,
  'ac:adf-extension': extension,
  'ac:image': (view, element) => inlineMarkdown(view, [element], { block: true }),
  img: (view, element) => inlineMarkdown(view, [element], { block: true }),
};

function macroMarkdown(view: View, macro: ElementNode): string {
  const rich = childElement(macro, 'ac:rich-text-body');
  if (rich) return containerFence(view, macro, rich, blocksMarkdown(view, rich.children));
  const plain = childElement(macro, 'ac:plain-text-body');
  if (plain && !plain.selfClosing) return codeFence(view, macro);
  return placeholder(view, macro, true);
}

function elementMarkdown(view: View, element: ElementNode): string {
  if (view.nesting > MAX_NESTING) return placeholder(view, element, true);
  const level = headingLevel(element);
  if (level)
    return `${'#'.repeat(level)} ${inlineMarkdown(view, element.children, { heading: true })}`.trimEnd();
  if (macroName(element) !== null) return macroMarkdown(view, element);
  const writer = WRITERS[element.name];
  if (writer) return writer(view, element);
  const inside = insideOf(element);
  if (inside) return containerFence(view, element, inside, blocksMarkdown(view, inside.children));
  if (element.name === 'div') return paragraph(view, element);
  if (holdsBlocks(element.children)) {
    const name = elementName(element);
    const content = blocksMarkdown(view, element.children);
    return frozenFence(view, element, `element ${name}`, content, ownDetails(view, element));
  }
  return placeholder(view, element, true);
}

/** One block as Markdown, '' where it shows nothing. */
export function groupMarkdown(view: View, group: Group): string {
  const [node] = group.nodes;
  if (!node) return '';
  view.nesting += 1;
  const alone = group.nodes.length === 1 && node.type === 'element' && !isInline(node);
  const markdown = alone
    ? elementMarkdown(view, node)
    : group.nodes.length === 1 && node.type === 'comment'
      ? placeholder(view, node, true)
      : shownText(view, inlineMarkdown(view, group.nodes));
  view.nesting -= 1;
  if (markdown !== '') {
    const { start, end } = group;
    view.record.blocks.push({
      markdown,
      bytes: view.doc.source.slice(start, end),
      start,
      end,
      key: canonical(markdown),
    });
  }
  return markdown;
}

/** Blocks as separate pieces of Markdown, with ids where wanted; two lists in a row are kept apart. */
export function blockList(view: View, groups: Group[]): { markdown: string; start: number }[] {
  const parts: { markdown: string; start: number }[] = [];
  let lastList = '';
  for (const group of groups) {
    const text = groupMarkdown(view, group);
    if (text === '') continue;
    const id = view.ids?.get(group.start);
    const list = isList(group.nodes[0]) ? (/^\d/.test(text) ? 'ol' : 'ul') : '';
    const apart = list !== '' && list === lastList && !id ? '<!-- -->\n\n' : '';
    parts.push({ markdown: `${apart}${id ? `<!-- #${id} -->\n` : ''}${text}`, start: group.start });
    lastList = list;
  }
  return parts;
}

export function blocksMarkdown(view: View, children: StorageNode[]): string {
  return blockList(view, groupNodes(children))
    .map((part) => part.markdown)
    .join('\n\n');
}
