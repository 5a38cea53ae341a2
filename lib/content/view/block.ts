import { insideOf } from '../block-identity.ts';
import {
  childElement,
  childElements,
  collapse,
  headingLevel,
  isInline,
  macroName,
  ownText,
} from '../elements.ts';
import { type Group, groupNodes } from '../groups.ts';
import { attr, type ElementNode, type StorageNode } from '../parse.ts';
import { canonical } from './canonical.ts';
import { MAX_NESTING, note, type View } from './context.ts';
import { codeFence, containerFence, frozenFence } from './fence.ts';
import { inlineMarkdown } from './inline.ts';
import { placeholder } from './placeholder.ts';
import { tableMarkdown } from './table.ts';

function indent(text: string, by: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${by}`);
}

function isList(node: StorageNode | undefined): boolean {
  return node?.type === 'element' && /^(ul|ol|ac:task-list)$/.test(node.name);
}

/** The content of a list item after its sign. */
function itemMarkdown(view: View, nodes: StorageNode[], by: string): { text: string; tight: boolean } {
  const groups = groupNodes(nodes);
  const parts = groups
    .map((group) => ({ list: isList(group.nodes[0]), text: groupMarkdown(view, group) }))
    .filter(({ text }) => text !== '');
  let text = '';
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    // Only such a list may follow a paragraph without a blank line.
    const interrupts = part.list && !before?.list && /^(?:- |1\. )\S/.test(part.text);
    if (before) text += interrupts ? '\n' : before.list && part.list ? '\n\n<!-- -->\n\n' : '\n\n';
    text += part.text;
  }
  return { text: indent(text, by), tight: parts.filter((part) => !part.list).length <= 1 };
}

function recordItem(view: View, item: ElementNode, text: string): void {
  if (text.includes('\n')) return;
  view.record.blocks.push({
    markdown: text,
    bytes: view.doc.source.slice(item.start, item.end),
    start: item.start,
    end: item.end,
    key: `${item.name}:${canonical(text)}`,
  });
}

function listMarkdown(view: View, list: ElementNode): string {
  const start = Number.parseInt(attr(list, 'start') ?? '1', 10);
  let number = Number.isFinite(start) && start >= 0 && start < 1e8 ? start : 1;
  const items: string[] = [];
  let tight = true;
  for (const item of childElements(list)) {
    const sign = list.name === 'ol' ? `${number}. ` : '- ';
    number += 1;
    const stray = item.name !== 'li';
    const body = itemMarkdown(view, stray ? [item] : item.children, ' '.repeat(sign.length));
    if (!stray) recordItem(view, item, body.text);
    tight = tight && body.tight;
    items.push(`${sign}${body.text}`.trimEnd());
  }
  return items.join(tight ? '\n' : '\n\n');
}

function taskMarkdown(view: View, list: ElementNode): string {
  return childElements(list)
    .map((task) => {
      if (task.name !== 'ac:task') return `- ${itemMarkdown(view, [task], '  ').text}`;
      const body = childElement(task, 'ac:task-body');
      const status = childElement(task, 'ac:task-status');
      const done = status !== null && ownText(status).trim() === 'complete';
      const { text } = itemMarkdown(view, body?.children ?? [], '  ');
      recordItem(view, task, text);
      return `- [${done ? 'x' : ' '}] ${text === '' ? '<br>' : text}`;
    })
    .join('\n');
}

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

/** Depth-first look for content that is not a line of text, not deeper than a few levels. */
function holdsBlocks(nodes: StorageNode[], depth = 4): boolean {
  return nodes.some(
    (node) =>
      isBlockInside(node) ||
      (depth > 0 && node.type === 'element' && isInline(node) && holdsBlocks(node.children, depth - 1)),
  );
}

function paragraph(view: View, element: ElementNode): string {
  if (holdsBlocks(element.children)) {
    return frozenFence(view, element, `element ${element.name}`, blocksMarkdown(view, element.children));
  }
  if (/text-align|margin-left/.test(attr(element, 'style') ?? '')) note(view, 'alignment or indent');
  const text = inlineMarkdown(view, element.children);
  if (/^(?:[\s\u00a0]|<br>|\\\n)*$/.test(text)) {
    note(view, 'empty paragraph');
    return '';
  }
  return text;
}

function extension(view: View, element: ElementNode): string {
  const node = childElement(element, 'ac:adf-node');
  const content = node ? childElement(node, 'ac:adf-content') : null;
  const type = collapse((node ? attr(node, 'type') : null) ?? '').replace(/[^\w-]/g, '-');
  if (!content || type === '') return placeholder(view, element, true);
  return frozenFence(view, element, `adf ${type}`, blocksMarkdown(view, content.children));
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
    const name = element.name.replace(/[^\w:.-]/g, '-');
    return frozenFence(view, element, `element ${name}`, blocksMarkdown(view, element.children));
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
      : inlineMarkdown(view, group.nodes);
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
