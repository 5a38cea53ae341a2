import { elements, textOf, type XmlElement, type XmlNode } from './parse.ts';
import type { RewriteContext, RewriteStep } from './rewrite.ts';
import { eachElement, element, isBlank, isInline, textNode } from './shape.ts';

const tableWidth = 760;

/** Number of columns: of the longest row, merged cells counted. */
function columnsOf(rows: readonly XmlElement[]): number {
  const widths = rows.map((row) =>
    elements(row).reduce(
      (sum, cell) => sum + Math.max(1, Math.min(1000, Number(cell.attributes.colspan ?? 1) || 1)),
      0,
    ),
  );
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

export const tables: RewriteStep = (nodes, { classic }) =>
  eachElement(nodes, (table) => {
    if (table.name !== 'table') return;
    const isPart = (node: XmlNode): boolean =>
      node.kind !== 'element' || ['tr', 'td', 'th'].includes(node.name);
    if (elements(table, 'tr').length > 0) {
      const at = table.children.findIndex((node) => node.kind === 'element' && node.name === 'tr');
      const end = table.children.findIndex((node, index) => index > at && !isPart(node));
      const rows = table.children.splice(at, (end < 0 ? table.children.length : end) - at);
      table.children.splice(at, 0, element('tbody', {}, rows));
    }
    const made =
      table.attributes['data-layout'] !== undefined || table.attributes['data-table-width'] !== undefined;
    if (classic || made || elements(table, 'colgroup').length > 0) return;
    const count = columnsOf(elements(table).flatMap((part) => elements(part, 'tr')));
    if (count === 0 || count > 100) return;
    const style = `width: ${(tableWidth / count).toFixed(1)}px;`;
    table.children.unshift(
      element(
        'colgroup',
        {},
        Array.from({ length: count }, () => element('col', { style })),
      ),
    );
  });

/** Blocks that are macros of the new editor itself and carry no layout. */
const native = new Set(['code', 'info', 'note', 'tip', 'warning', 'panel', 'status', 'anchor']);

export const defaults: RewriteStep = (nodes) =>
  eachElement(nodes, (node, parent) => {
    const fill = (name: string, value: string): void => {
      node.attributes[name] ??= value;
    };
    if (node.name === 'ol') fill('start', '1');
    if (node.name === 'table') {
      fill('data-table-width', String(tableWidth));
      fill('data-layout', 'default');
    }
    if (node.name === 'ac:layout-section') fill('ac:breakout-mode', 'default');
    const placed = 'ac:layout' in node.attributes || 'ac:align' in node.attributes;
    if (node.name === 'ac:image' && !placed && parent?.name !== 'p') {
      fill('ac:align', 'center');
      fill('ac:layout', 'center');
    }
    const standsAlone = parent === null || /^(?:ac:rich-text-body|ac:layout-cell|td|th)$/.test(parent.name);
    const name = node.attributes['ac:name'] ?? '';
    if (node.name === 'ac:structured-macro' && standsAlone && !native.has(name))
      fill('data-layout', 'default');
  });

export const macroIds: RewriteStep = (nodes, { id }) =>
  eachElement(nodes, (node) => {
    if (node.name !== 'ac:structured-macro') return;
    node.attributes['ac:schema-version'] ??= '1';
    node.attributes['ac:macro-id'] ??= id('uuid', node);
  });

export const versions: RewriteStep = (nodes, { versionOf }) =>
  eachElement(nodes, (node) => {
    if (node.name === 'ri:page' || node.name === 'ri:attachment')
      node.attributes['ri:version-at-save'] ??= String(versionOf(node));
  });

const short = new Set(['p', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote']);
const long = new Set([
  'table',
  'tr',
  'td',
  'th',
  'ac:image',
  'ac:caption',
  'ac:layout-section',
  'ac:layout-cell',
]);

export const ids: RewriteStep = (nodes, { id }) =>
  eachElement(nodes, (node) => {
    if (short.has(node.name)) node.attributes['local-id'] ??= id('short', node);
    if (long.has(node.name) || node.name === 'ac:structured-macro')
      node.attributes['ac:local-id'] ??= id('uuid', node);
  });

const idOf = (task: XmlElement): string => {
  const held = elements(task, 'ac:task-id')[0];
  return held === undefined ? '' : textOf(held).trim();
};

/** Numbers for the check boxes: each keeps its own; one without, or with that of another, gets the next. */
function numbersOf(all: readonly XmlElement[]): Map<XmlElement, string> {
  const numbers = new Map<XmlElement, string>();
  const taken = new Set<string>();
  for (const task of all) {
    const own = idOf(task);
    if (!/^\d{1,15}$/.test(own) || taken.has(own)) continue;
    taken.add(own);
    numbers.set(task, own);
  }
  let last = Math.max(0, ...[...taken].map(Number));
  for (const task of all) {
    if (numbers.has(task)) continue;
    last += 1;
    numbers.set(task, String(last));
  }
  return numbers;
}

function withIds(task: XmlElement, number: string, context: RewriteContext): XmlNode[] {
  const uuid =
    elements(task, 'ac:task-uuid')[0] ?? element('ac:task-uuid', {}, [textNode(context.id('uuid', task))]);
  const rest = task.children.filter(
    (child) => !(child.kind === 'element' && /^ac:task-(?:id|uuid)$/.test(child.name)),
  );
  return [element('ac:task-id', {}, [textNode(number)]), uuid, ...rest];
}

/** The words of a check box stand in a span that the editor shows as a placeholder while it is empty. */
function inSpan(body: XmlElement): void {
  const end = body.children.findIndex((child) => !isInline(child));
  const words = body.children.slice(0, end < 0 ? undefined : end);
  if (words.length === 0 || words.every(isBlank)) return;
  if (words.some((one) => one.kind === 'element' && one.attributes.class === 'placeholder-inline-tasks'))
    return;
  body.children = [
    element('span', { class: 'placeholder-inline-tasks' }, words),
    ...(end < 0 ? [] : body.children.slice(end)),
  ];
}

const onLines = (children: XmlNode[]): XmlNode[] => [
  ...children.filter((child) => !isBlank(child)).flatMap((child) => [textNode('\n'), child]),
  textNode('\n'),
];

export const tasks: RewriteStep = (nodes, context) => {
  const all: XmlElement[] = [];
  eachElement(nodes, (node) => {
    if (node.name === 'ac:task') all.push(node);
  });
  const numbers = numbersOf(all);
  eachElement(nodes, (node) => {
    const number = numbers.get(node);
    if (number !== undefined) node.children = withIds(node, number, context);
    if (node.name === 'ac:task-body' && !context.classic) inSpan(node);
    if (node.name === 'ac:task-list' && !context.classic)
      node.attributes['ac:task-list-id'] ??= context.id('uuid', node);
    if (node.name === 'ac:task-list' || node.name === 'ac:task') node.children = onLines(node.children);
  });
};
