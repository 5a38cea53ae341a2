import { locator } from '../blocks/locate.ts';
import { childElement, childElements, macroName, ownText, parameterOf } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type ElementNode, parseStorage, type StorageDoc, type StorageNode } from '../parse/parse.ts';

export type LineKind = 'paragraph' | 'heading' | 'item' | 'cell' | 'task' | 'decision' | 'code';

/**
 * One line of text as a reader sees it. In `text` a mention stands as `@[account id]` and a date as `2026-11-26`.
 */
export type Line = {
  kind: LineKind;
  text: string;
  block: string | null;
  headingPath: string[];
  /** Of tasks: ticked or not, and the id Confluence gave it on this page. */
  done?: boolean;
  taskId?: string;
};

/** A table as text, cells over several columns or rows repeated in each. */
export type TextTable = {
  block: string | null;
  headingPath: string[];
  rows: { text: string; header: boolean }[][];
};

/** The mention of a person in the text of a line. */
export const mentionToken = /@\[([^\][\s]{3,128})\]/g;

const kinds: Record<string, LineKind> = {
  p: 'paragraph',
  blockquote: 'paragraph',
  div: 'paragraph',
  'ac:rich-text-body': 'paragraph',
  'ac:layout-cell': 'paragraph',
  'ac:adf-content': 'paragraph',
  li: 'item',
  td: 'cell',
  th: 'cell',
  'ac:task-body': 'task',
  'ac:plain-text-body': 'code',
  pre: 'code',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
};

/** What an element stands for in text, besides the text inside it. */
function sign(element: ElementNode): string {
  if (element.name === 'br') return '\n';
  if (element.name === 'time') return ` ${(attr(element, 'datetime') ?? '').slice(0, 10)} `;
  if (element.name === 'ri:user') {
    const id = attr(element, 'ri:account-id');
    return id === null ? '' : ` @[${id}] `;
  }
  if (element.name === 'ri:page' && element.parent?.children.length === 1) {
    return ` ${attr(element, 'ri:content-title') ?? ''} `;
  }
  if (element.name === 'ac:emoticon') return attr(element, 'ac:emoji-fallback') ?? '';
  return macroName(element) === 'status' ? ` ${parameterOf(element, 'title') ?? ''} ` : '';
}

const isDecision = (element: ElementNode): boolean =>
  element.name === 'ac:adf-content' &&
  element.parent?.name === 'ac:adf-node' &&
  attr(element.parent, 'type') === 'decision-item';

type Owner = { element: ElementNode | null; kind: LineKind };

/** The line each element's text belongs to. Parents come before their children, so one look up suffices. */
function ownerOf(element: ElementNode, owners: Map<ElementNode, Owner>): Owner {
  const above: Owner = (element.parent && owners.get(element.parent)) ?? { element: null, kind: 'paragraph' };
  // A task inside a task is one of its own.
  if (element.name === 'ac:task-body' && above.kind !== 'code') return { element, kind: 'task' };
  if (above.kind === 'task' || above.kind === 'decision' || above.kind === 'code') return above;
  if (isDecision(element)) return { element, kind: 'decision' };
  const kind = kinds[element.name];
  if (kind === undefined) return above;
  // The first paragraph of an item is the item.
  if (element.name === 'p' && (above.kind === 'item' || above.kind === 'cell'))
    return { element, kind: above.kind };
  return { element, kind };
}

function hiddenText(node: StorageNode): boolean {
  if (node.type === 'element') return false;
  if (node.hidden) return true;
  const holder = node.parent;
  return holder?.name === 'ac:parameter';
}

/** Text and signs of all nodes, gathered by the line they belong to. */
function gather(
  doc: StorageDoc,
): Map<ElementNode | null, { kind: LineKind; parts: string[]; start: number }> {
  const owners = new Map<ElementNode, Owner>();
  const gathered = new Map<ElementNode | null, { kind: LineKind; parts: string[]; start: number }>();
  const add = (owner: Owner, text: string, at: number): void => {
    if (text === '') return;
    const line = gathered.get(owner.element);
    if (line) line.parts.push(text);
    else gathered.set(owner.element, { kind: owner.kind, parts: [text], start: owner.element?.start ?? at });
  };
  for (const node of doc.nodes) {
    if (node.type === 'element') {
      const owner = ownerOf(node, owners);
      owners.set(node, owner);
      add(owner, sign(node), node.start);
    } else if ((node.type === 'text' || node.type === 'cdata') && !hiddenText(node)) {
      const owner = (node.parent && owners.get(node.parent)) ?? { element: null, kind: 'paragraph' as const };
      add(owner, node.type === 'text' ? node.text.replace(/[ \t\r\n]+/g, ' ') : node.text, node.start);
    }
  }
  return gathered;
}

function taskFacts(element: ElementNode | null): Pick<Line, 'done' | 'taskId'> {
  const task = element?.parent;
  if (task?.name !== 'ac:task') return {};
  const status = childElement(task, 'ac:task-status');
  const id = childElement(task, 'ac:task-id');
  return {
    done: status !== null && ownText(status).trim() === 'complete',
    ...(id === null ? {} : { taskId: ownText(id).trim() }),
  };
}

/**
 * The lines of a body: paragraphs, headings, list items, cells, tasks, decisions, code. A line break starts a new line,
 * except in tasks and decisions, which stay whole.
 * @throws ContentError on malformed storage
 */
export function linesOf(storage: string): Line[] {
  const doc = parseStorage(storage);
  const blockAt = locator(doc);
  const found: Line[] = [];
  for (const [element, { kind, parts, start }] of gather(doc)) {
    const block = blockAt(start);
    const whole = parts.join('');
    const texts = kind === 'task' || kind === 'decision' ? [whole] : whole.split('\n');
    for (const one of texts) {
      const text = readable(one).replace(/ ([,.;:!?)])/g, '$1');
      if (text === '') continue;
      found.push({
        kind,
        text,
        block: block?.id ?? null,
        headingPath: block?.headingPath ?? [],
        ...(kind === 'task' ? taskFacts(element) : {}),
      });
    }
  }
  return found;
}

const most = { columns: 60, rows: 2000, span: 60 };

function cellText(doc: StorageDoc, cell: ElementNode): string {
  let text = '';
  for (let at = cell.index + 1; at < cell.last && text.length < 2000; at += 1) {
    const node = doc.nodes[at] as StorageNode;
    if (node.type === 'element') text += kinds[node.name] === undefined ? sign(node) : ` ${sign(node)}`;
    else if ((node.type === 'text' || node.type === 'cdata') && !hiddenText(node)) text += node.text;
  }
  return readable(text);
}

const spanOf = (cell: ElementNode, name: string): number =>
  Math.min(most.span, Math.max(1, Number.parseInt(attr(cell, name) ?? '1', 10) || 1));

function rowsOf(table: ElementNode): ElementNode[] {
  return childElements(table).flatMap((child) =>
    child.name === 'tr' ? [child] : /^t(head|body|foot)$/.test(child.name) ? childElements(child) : [],
  );
}

/**
 * The tables of a body as text, at most 2,000 rows and 60 columns of each.
 * @throws ContentError on malformed storage
 */
export function tablesOf(storage: string): TextTable[] {
  const doc = parseStorage(storage);
  const blockAt = locator(doc);
  const tables: TextTable[] = [];
  for (const node of doc.nodes) {
    if (node.type !== 'element' || node.name !== 'table') continue;
    const rows: TextTable['rows'] = [];
    const held: { left: number; cell: { text: string; header: boolean } }[] = [];
    for (const row of rowsOf(node).slice(0, most.rows)) {
      const cells: TextTable['rows'][number] = [];
      const takeHeld = (): void => {
        for (let above = held[cells.length]; above && above.left > 0; above = held[cells.length]) {
          above.left -= 1;
          cells.push(above.cell);
        }
      };
      for (const element of childElements(row).filter(({ name }) => name === 'td' || name === 'th')) {
        takeHeld();
        const cell = { text: cellText(doc, element), header: element.name === 'th' };
        const down = spanOf(element, 'rowspan') - 1;
        for (let times = spanOf(element, 'colspan'); times > 0 && cells.length < most.columns; times -= 1) {
          held[cells.length] = { left: down, cell };
          cells.push(cell);
        }
      }
      takeHeld();
      rows.push(cells);
    }
    const block = blockAt(node.start);
    tables.push({ block: block?.id ?? null, headingPath: block?.headingPath ?? [], rows });
  }
  return tables;
}
