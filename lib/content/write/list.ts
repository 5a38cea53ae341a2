import type { List, ListItem, RootContent } from 'mdast';
import { groupNodes } from '../blocks/groups.ts';
import { childElement } from '../parse/elements.ts';
import { attr, type ElementNode, parseStorage } from '../parse/parse.ts';
import { assemble } from './keep/assemble.ts';
import { claim, itemKey, type Match } from './keep/plan.ts';
import { openTag, refilled, renamed, withAttribute } from './keep/tags.ts';
import { takeTaskNumber } from './originals.ts';
import { hoistTasks } from './prepare.ts';
import type { Writer } from './writer.ts';

const STATUS = /(<ac:task-status[^>]*>)[^<]*(<\/ac:task-status>)/;

/** A task with its box as wanted; all else stays. */
function ticked(task: string, done: boolean): string {
  const [, open = '', close = ''] = STATUS.exec(task) ?? [];
  if (/<ac:task-status[^>]*>\s*complete\s*</.test(task) === done) return task;
  return task.replace(STATUS, () => `${open}${done ? 'complete' : 'incomplete'}${close}`);
}

const isTask = (item: ListItem | List): boolean =>
  item.type === 'listItem' && typeof item.checked === 'boolean';

function taskBody(writer: Writer, item: ListItem): string {
  // A task holds a line: its paragraphs are lines of it.
  const isText = (child: RootContent | undefined): boolean => /^(?:paragraph|html)$/.test(child?.type ?? '');
  let body = '';
  // What goes on in the line before it is set apart by a break.
  let goesOn = false;
  for (const child of item.children) {
    const text = child.type === 'paragraph' ? writer.inline(child.children) : writer.blocks(item, [child]);
    const line = child.type === 'html' ? text.replace(/^<p>|<\/p>$/g, '') : text;
    const joined: boolean = goesOn && isText(child) && line !== '';
    // Pictures and macros without a word between them would be blocks.
    const blocks: boolean =
      isText(child) && !joined && /^<ac:/.test(line) && groupNodes(parseStorage(line).children).length > 1;
    body += joined ? `<br />${line}` : blocks ? `<p>${line}</p>` : line;
    if (line !== '') goesOn = isText(child) && !blocks;
  }
  // So an empty task is shown: without anything the box would be text.
  return body === '<br />' ? '' : body;
}

function freshItem(writer: Writer, item: ListItem): string {
  if (!isTask(item)) return `<li>${writer.blocks(item) || '<p />'}</li>`;
  const status = `<ac:task-status>${item.checked ? 'complete' : 'incomplete'}</ac:task-status>`;
  const number = takeTaskNumber(writer.originals.page, writer.tasks);
  return `<ac:task><ac:task-id>${number}</ac:task-id>${status}<ac:task-body>${taskBody(writer, item)}</ac:task-body></ac:task>`;
}

/** An item whose content changed: its tag, ids and number stay. */
function changedItem(writer: Writer, original: ElementNode, item: ListItem, source: string): string | null {
  if (original.name === 'li') return refilled(source, original, writer.blocks(item) || '<p />');
  const body = childElement(original, 'ac:task-body');
  if (!body || original.name !== 'ac:task') return null;
  const empty = (writer.matches.pairings.get(item)?.spans.length ?? 0) === 0;
  const text = refilled(source, body, empty ? taskBody(writer, item) : writer.blocks(item));
  return source.slice(original.start, body.start) + text + source.slice(body.end, original.end);
}

function itemStorage(writer: Writer, item: ListItem | List, match: Match | undefined): string {
  const source = writer.originals.page?.doc.source ?? '';
  if (item.type === 'list') {
    const [list] = match?.group.nodes ?? [];
    if (match?.same) return source.slice(match.group.start, match.group.end);
    return listStorage(writer, item, list?.type === 'element' ? list : null);
  }
  const group = match?.same ? match.group : match ? null : claim(writer, itemKey(writer, item));
  const [original] = match?.group.nodes ?? [];
  const kept = group
    ? source.slice(group.start, group.end)
    : original?.type === 'element'
      ? changedItem(writer, original, item, source)
      : null;
  if (kept === null) return freshItem(writer, item);
  return isTask(item) ? ticked(kept, item.checked === true) : kept;
}

function openList(list: List, original: ElementNode | null, source: string): { tag: string; name: string } {
  const tasks = list.children.some(isTask);
  const name = tasks ? 'ac:task-list' : list.ordered ? 'ol' : 'ul';
  const start = String(list.start ?? 1);
  if (!original) return { name, tag: name === 'ol' ? `<ol start="${start}">` : `<${name}>` };
  const tag = renamed(openTag(source, original), original.name, name);
  if (name !== 'ol') return { name, tag: tasks ? tag : withAttribute(tag, 'start', null) };
  return { name, tag: (attr(original, 'start') ?? '1') === start ? tag : withAttribute(tag, 'start', start) };
}

/** A list, or the list with a check box before each item; items of `original` that are still there are kept. */
export function listStorage(writer: Writer, list: List, original: ElementNode | null): string {
  const pairing = writer.matches.pairings.get(list);
  const source = writer.originals.page?.doc.source ?? '';
  const items: (ListItem | List)[] = original || pairing ? list.children : hoistTasks(list);
  const pieces = items.map((item) => {
    const match = pairing?.of.get(item);
    return { at: match?.at ?? -1, text: itemStorage(writer, item, match) };
  });
  const { tag, name } = openList(list, original, source);
  const inner = pairing ? assemble(source, pairing, pieces) : pieces.map(({ text }) => text).join('');
  return `${tag}${inner}</${name}>`;
}
