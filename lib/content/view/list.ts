import { groupNodes } from '../blocks/groups.ts';
import { childElement, isBlank, ownText } from '../parse/elements.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { groupMarkdown } from './block.ts';
import { canonical } from './canonical.ts';
import { note, type View } from './context.ts';
import { inlineMarkdown } from './inline.ts';
import { placeholder } from './placeholder.ts';

function indent(text: string, by: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${by}`);
}

export function isList(node: StorageNode | undefined): boolean {
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

/** Dashes alone on a line would be a rule, where they are a rule in an item or empty items in items. */
function withSign(sign: string, text: string): string {
  const line = sign === '- ' ? (/^[- ]+(?=\n|$)/.exec(text)?.[0] ?? '') : '';
  if (line === '---') return `- ***${text.slice(3)}`;
  return line.length > 2 ? `-\n  ${text}` : `${sign}${text}`.trimEnd();
}

/** The number of a list's first item. */
export function startOf(list: ElementNode): number {
  const start = Number.parseInt(attr(list, 'start') ?? '1', 10);
  return Number.isFinite(start) && start >= 0 && start < 1e8 ? start : 1;
}

export function listMarkdown(view: View, list: ElementNode): string {
  let number = startOf(list);
  const items: string[] = [];
  let tight = true;
  for (const { item, nodes } of listItems(list)) {
    const sign = list.name === 'ol' ? `${number}. ` : '- ';
    number += 1;
    const body = itemMarkdown(view, nodes, ' '.repeat(sign.length));
    if (item) recordItem(view, item, body.text);
    tight = tight && body.tight;
    items.push(withSign(sign, body.text));
  }
  if (items.length === 0) note(view, 'empty list');
  return items.join(tight ? '\n' : '\n\n');
}

/** Items of a list; what stands between them without being one is shown as an item. */
function listItems(list: ElementNode): { item: ElementNode | null; nodes: StorageNode[] }[] {
  const items: { item: ElementNode | null; nodes: StorageNode[] }[] = [];
  let stray: StorageNode[] | null = null;
  for (const child of list.children) {
    if (child.type === 'element' && child.name === 'li') {
      items.push({ item: child, nodes: child.children });
      stray = null;
    } else if (stray !== null) stray.push(child);
    else if (
      child.type === 'element' ||
      ((child.type === 'text' || child.type === 'cdata') && !isBlank(child))
    ) {
      stray = [child];
      items.push({ item: null, nodes: stray });
    }
  }
  return items;
}

/** True where a task has the usual parts, each at most once. */
export function isPlainTask(task: ElementNode): boolean {
  const names = task.children
    .filter((child) => !isBlank(child))
    .map((child) => (child.type === 'element' ? child.name : child.type));
  return (
    names.every((name) => /^ac:task-(?:id|uuid|status|body)$|^comment$/.test(name)) &&
    new Set(names).size === names.length
  );
}

const BLOCK_SIGN = /^(?:`{3}|:{3}|[|>#]|- |-$|---|\d{1,9}\. )/;

export function isDone(task: ElementNode): boolean {
  const status = childElement(task, 'ac:task-status');
  return status !== null && ownText(status).trim() === 'complete';
}

export function taskMarkdown(view: View, list: ElementNode): string {
  const lines: string[] = [];
  for (const task of list.children) {
    if (task.type !== 'element') {
      const text = task.type === 'text' || task.type === 'cdata' ? inlineMarkdown(view, [task]).trim() : '';
      if (text !== '') lines.push(`- ${text}`);
    } else if (task.name === 'ac:task-list') {
      // The new editor nests lists so; to a reader they belong to the task before.
      const inner = groupMarkdown(view, { nodes: [task], start: task.start, end: task.end });
      if (inner !== '')
        lines.push(lines.length === 0 ? `- ${indent(inner, '  ')}` : `  ${indent(inner, '  ')}`);
    } else if (task.name !== 'ac:task') {
      lines.push(`- ${itemMarkdown(view, [task], '  ').text}`);
    } else if (!isPlainTask(task)) {
      lines.push(`- ${placeholder(view, task, true)}`);
    } else {
      const body = childElement(task, 'ac:task-body');
      const { text } = itemMarkdown(view, body?.children ?? [], '  ');
      recordItem(view, task, text);
      const box = `- [${isDone(task) ? 'x' : ' '}]`;
      // A box belongs to a line of text; what is none stands below it.
      if (BLOCK_SIGN.test(text)) lines.push(`${box} <br>\n\n  ${text}`);
      else lines.push(`${box} ${text === '' ? '<br>' : text}`);
    }
  }
  if (lines.length === 0) note(view, 'empty list');
  return lines.join('\n');
}
