import { kindOf, localId, previewOf } from '../blocks/block-identity.ts';
import { type Group, groupNodes } from '../blocks/groups.ts';
import { normalForm } from '../normal.ts';
import { collapse, headingLevel, isBlank, macroName, ownText } from '../parse/elements.ts';
import { attr, type ElementNode, type StorageDoc, type StorageNode } from '../parse/parse.ts';
import { quoted, type Spot } from './ledger.ts';
import type { Field } from './record.ts';
import type { Item } from './sides.ts';

const NAMES: Record<string, string> = { tr: 'row', li: 'item', 'ac:task': 'task', td: 'cell', th: 'cell' };

/** A line of text is one thing to people, whether it is a paragraph or stands alone. */
export function shapeOf(group: Group): string {
  const [node] = group.nodes;
  const kind = kindOf(group);
  if (kind === 'text' || kind === 'paragraph') return 'line';
  if (node?.type !== 'element') return kind;
  const macro = macroName(node);
  if (macro !== null) return `macro ${macro}`;
  if (kind === 'heading' || kind === 'list') return kind;
  return kind === 'other' ? node.name : `${kind} ${node.name}`;
}

function saysSomething(doc: StorageDoc, group: Group): boolean {
  return group.nodes.some((node) => {
    if (node.type === 'comment') return true;
    if (node.type !== 'element') return node.type !== 'instruction' && node.text.trim() !== '';
    if (macroName(node) !== null || node.name.startsWith('ac:') || node.name === 'img') return true;
    for (let i = node.index + 1; i < Math.min(node.last, node.index + 200); i += 1) {
      const inner = doc.nodes[i];
      if (inner?.type === 'text' || inner?.type === 'cdata') {
        if (inner.text.replace(/\u00a0/g, ' ').trim() !== '') return true;
      } else if (
        inner?.type === 'element' &&
        inner.selfClosing &&
        /^(ac|ri|at):|^(img|time)$/.test(inner.name)
      )
        return true;
    }
    return node.last - node.index > 200;
  });
}

const forms = new WeakMap<StorageNode, string>();

/** The normal form of nodes, worked out once for an element: parts are compared at several levels. */
export function formOf(doc: StorageDoc, nodes: StorageNode[]): string {
  const [node] = nodes;
  if (!node || nodes.length > 1) return normalForm(doc, nodes);
  const known = forms.get(node);
  if (known !== undefined) return known;
  const form = normalForm(doc, nodes);
  forms.set(node, form);
  return form;
}

/** A block, row, list item or the like as a part of a sequence. */
export function itemOf(doc: StorageDoc, group: Group, gap: string): Item<Spot> {
  const [node] = group.nodes;
  const element = group.nodes.length === 1 && node?.type === 'element' ? node : null;
  const named = element ? NAMES[element.name] : undefined;
  const kind = kindOf(group);
  const macro = element && kind === 'macro' ? `macro ${macroName(element)}` : kind;
  const shape = named ?? shapeOf(group);
  const title = named ?? (kind === 'text' ? 'text' : macro);
  return {
    key: formOf(doc, group.nodes),
    bytes: doc.source.slice(group.start, group.end),
    gap,
    shape,
    id: element ? idOf(element) : null,
    name() {
      const preview = previewOf(doc, group);
      return preview === '' ? title : `${title} ${quoted(preview)}`;
    },
    under: [],
    level: element ? headingLevel(element) : null,
    solid: () => saysSomething(doc, group),
    plain: isPlain(shape),
    text: () => textOf(doc, group),
    node: { doc, nodes: group.nodes },
  };
}

/** Lines and headings: two of them at one place can be compared sentence by sentence, however they differ. */
export const isPlain = (shape: string): boolean => shape === 'line' || shape === 'heading';

/** Visible words of a block, at most about 2,000 characters; texts of different elements apart. */
export function textOf(doc: StorageDoc, { nodes }: Group): string {
  let text = '';
  for (const node of nodes) {
    const [from, to] = node.type === 'element' ? [node.index + 1, node.last] : [node.index, node.last];
    for (let i = from; i < to && text.length < 2000 && i < from + 2000; i += 1) {
      const one = doc.nodes[i];
      if ((one?.type === 'text' || one?.type === 'cdata') && !one.hidden)
        text += ` ${one.text.slice(0, 2000)}`;
    }
  }
  return text;
}

/** By what a block can be known again: its local id; of a task its number, of an image its file. */
export function idOf(element: ElementNode): string | null {
  if (element.name === 'ac:task') return taskId(element);
  const local = localId(element);
  if (local !== null || element.name !== 'ac:image') return local;
  for (const child of element.children)
    if (child.type === 'element') return attr(child, 'ri:filename') ?? attr(child, 'ri:value');
  return null;
}

function taskId(task: ElementNode): string | null {
  for (const child of task.children)
    if (child.type === 'element' && child.name === 'ac:task-id') return ownText(child).trim() || null;
  return null;
}

export type Sequence = { items: Item<Spot>[]; tail: string };

function sequenceOf(doc: StorageDoc, groups: Group[], from: number, to: number): Sequence {
  let done = from;
  const items = groups.map((group) => {
    const gap = doc.source.slice(done, group.start);
    done = group.end;
    return itemOf(doc, group, gap);
  });
  return { items, tail: doc.source.slice(Math.min(done, to), to) };
}

/** The blocks inside an element. */
export const blocksIn = (doc: StorageDoc, element: ElementNode): Sequence =>
  sequenceOf(doc, groupNodes(element.children), element.openEnd, element.closeStart);

/** The elements inside an element that holds nothing else, such as the items of a list; else null. */
export function elementsIn(doc: StorageDoc, element: ElementNode, wanted: RegExp): Sequence | null {
  const groups: Group[] = [];
  for (const child of element.children) {
    if (child.type === 'element' && wanted.test(child.name))
      groups.push({ nodes: [child], start: child.start, end: child.end });
    else if (!isBlank(child)) return null;
  }
  return sequenceOf(doc, groups, element.openEnd, element.closeStart);
}

/** What an element inside a macro, task or image is called there. */
function fieldId(element: ElementNode): string {
  if (element.name.startsWith('ri:')) return 'resource';
  return `${element.name} ${attr(element, 'ac:name') ?? attr(element, 'name') ?? attr(element, 'key') ?? ''}`.trim();
}

/** The elements inside a macro, task, image or table by name; null where other things stand between them. */
export function fieldsIn(
  doc: StorageDoc,
  element: ElementNode,
): { fields: Field<Spot>[]; tail: string } | null {
  const fields: Field<Spot>[] = [];
  let done = element.openEnd;
  for (const child of element.children) {
    if (child.type !== 'element') {
      if (isBlank(child)) continue;
      return null;
    }
    fields.push({
      id: fieldId(child),
      key: formOf(doc, [child]),
      bytes: doc.source.slice(child.start, child.end),
      gap: doc.source.slice(done, child.start),
      node: { doc, nodes: [child] },
    });
    done = child.end;
  }
  return { fields, tail: doc.source.slice(Math.min(done, element.closeStart), element.closeStart) };
}

const FIELD_NAMES: Record<string, string> = {
  'ac:task-status': 'status',
  'ac:task-body': 'text',
  'ac:rich-text-body': '',
  'ac:plain-text-body': '',
  'ac:caption': 'caption',
  resource: 'file',
  colgroup: 'column widths',
  tbody: '',
  thead: '',
  tfoot: '',
};

export function fieldName(id: string): string {
  if (id.startsWith('ac:parameter')) return `parameter ${quoted(collapse(id.slice(12)))}`;
  return FIELD_NAMES[id] ?? id.replace(/^\w+:/, '');
}
