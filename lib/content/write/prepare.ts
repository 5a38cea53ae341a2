import type {
  Definition,
  Html,
  List,
  ListItem,
  Nodes,
  Paragraph,
  Parents,
  Root,
  RootContent,
  Table,
} from 'mdast';
import { type Stash, unstash } from './stash.ts';

const PLACEHOLDER_LINE = /^[ \t>]*\u2e28(\d+)\u2e29[ \t]*$/;

/** Ids written by the view, the sign that keeps two lists apart, and breaks that stand alone say nothing. */
function saysNothing(node: Html, { tokens }: Stash): boolean {
  const text = unstash(node.value, tokens).replace(/<!-- (?:#[\w.-]+ )?-->\n?/g, '');
  return /^\s*(?:<br *\/?>\s*)*$/i.test(text);
}

/** Several placeholders on lines of their own, without blank lines between, are several blocks. */
function placeholderLines(node: Paragraph, { text, tokens }: Stash): Paragraph[] {
  const [only, ...rest] = node.children;
  if (only?.type !== 'text' || rest.length > 0 || !only.value.includes('\n')) return [node];
  const lines = only.value.split('\n');
  const alone = lines.every((line) => {
    const match = PLACEHOLDER_LINE.exec(line);
    return match !== null && tokens[Number(match[1])]?.token.kind === 'placeholder';
  });
  if (!alone) return [node];
  let from = node.position?.start.offset ?? 0;
  return lines.map((line): Paragraph => {
    const value = line.replace(/[ \t>]/g, '');
    const offset = text.indexOf(value, from);
    from = offset + value.length;
    const position = {
      start: { line: 1, column: 1, offset },
      end: { line: 1, column: 1 + value.length, offset: from },
    };
    return { type: 'paragraph', children: [{ type: 'text', value, position }], position };
  });
}

const isTask = (item: ListItem | undefined): boolean => typeof item?.checked === 'boolean';

/** Items with a check box are a task list; a list that mixes both kinds is several lists. */
function listRuns(list: List): List[] {
  const runs: List[] = [];
  let number = list.start ?? 1;
  for (let at = 0; at < list.children.length; ) {
    const from = at;
    while (at < list.children.length && isTask(list.children[at]) === isTask(list.children[from])) at += 1;
    runs.push({ ...list, start: list.ordered ? number : null, children: list.children.slice(from, at) });
    number += at - from;
  }
  return runs.length < 2 ? [list] : runs;
}

const isBreak = (node: Nodes): boolean => node.type === 'html' && /^<br *\/?>$/i.test(node.value);

function split(node: RootContent, stash: Stash): RootContent[] {
  if (node.type === 'html') return saysNothing(node, stash) ? [] : [node];
  // In a task a break keeps its box on a line of text where what follows is a block.
  if (node.type === 'paragraph' && node.children.every(isBreak)) return [];
  if (node.type === 'paragraph') return placeholderLines(node, stash);
  return node.type === 'list' ? listRuns(node) : [node];
}

/** The parser leaves the box of a task in the place of a paragraph that begins with something else than text. */
function skipBox(item: ListItem): void {
  const [line] = item.children;
  const start = line?.type === 'paragraph' ? line.children[0]?.position?.start : undefined;
  if (isTask(item) && line?.position && start) line.position.start = start;
}

const holdsBlocks = (node: Nodes): node is Parents =>
  /^(?:root|blockquote|list|listItem|containerDirective|footnoteDefinition)$/.test(node.type);

/** All that stands in the cells of a table. */
function noteCells(table: Table, cells: Set<Nodes>): void {
  const queue: Parents[] = [table];
  for (let parent = queue.pop(); parent; parent = queue.pop()) {
    for (const child of parent.children) {
      cells.add(child);
      if ('children' in child) queue.push(child);
    }
  }
}

/** Makes each node of a parsed document one block of a page. Gives the link definitions, and what stands in cells. */
export function prepare(
  root: Root,
  stash: Stash,
): { definitions: Map<string, Definition>; cells: Set<Nodes> } {
  const definitions = new Map<string, Definition>();
  const cells = new Set<Nodes>();
  const queue: Parents[] = [root];
  for (let parent = queue.pop(); parent; parent = queue.pop()) {
    const children = (parent.children as RootContent[]).flatMap((child) => split(child, stash));
    parent.children = children as typeof parent.children;
    for (const child of children) {
      if (child.type === 'definition' && !definitions.has(child.identifier))
        definitions.set(child.identifier, child);
      else if (child.type === 'table') noteCells(child, cells);
      else if (holdsBlocks(child)) queue.push(child);
      if (child.type === 'listItem') skipBox(child);
    }
  }
  return { definitions, cells };
}

/**
 * A list of tasks with the lists under its items beside them, as the new editor keeps them. Changes `list`.
 */
export function hoistTasks(list: List): (ListItem | List)[] {
  const flat = list.children.flatMap((item): (ListItem | List)[] => {
    if (item.type !== 'listItem' || !isTask(item)) return [item];
    const inner = item.children.filter(
      (child) => child.type === 'list' && isTask(child.children[0]),
    ) as List[];
    if (inner.length > 0) item.children = item.children.filter((child) => !inner.includes(child as List));
    return [item, ...inner];
  });
  list.children = flat as ListItem[];
  return flat;
}
