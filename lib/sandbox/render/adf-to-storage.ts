import type { AdfNode } from './adf.ts';
import { escapeHtml } from './escape.ts';

/** An ADF document that cannot be turned into storage; the message says which node. */
export class AdfProblem extends Error {}

/** Turns the JSON text of an ADF document into storage format; throws AdfProblem for what it does not know. */
export function adfToStorage(value: string): string {
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch (error) {
    throw new AdfProblem(`The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isNode(document) || document.type !== 'doc')
    throw new AdfProblem('The body must be an object of type "doc".');
  return inside(document);
}

function isNode(value: unknown): value is AdfNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function inside(node: AdfNode): string {
  return (node.content ?? []).map(one).join('');
}

function one(node: AdfNode): string {
  const write = Object.hasOwn(writers, node.type) ? writers[node.type] : undefined;
  if (!write)
    throw new AdfProblem(`The practice Confluence cannot store an ADF node of type "${node.type}".`);
  return write(node);
}

const attribute = (node: AdfNode, name: string): string => String(node.attrs?.[name] ?? '');

function wrap(tag: string): (node: AdfNode) => string {
  return (node) => `<${tag}>${inside(node)}</${tag}>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function macro(name: string, parameters: Record<string, string>, body: string): string {
  const list = Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `<ac:parameter ac:name="${escapeHtml(key)}">${escapeHtml(value)}</ac:parameter>`);
  return `<ac:structured-macro ac:name="${escapeHtml(name)}" ac:schema-version="1">${list.join('')}${body}</ac:structured-macro>`;
}

const richBody = (node: AdfNode): string => `<ac:rich-text-body>${inside(node)}</ac:rich-text-body>`;
const panelMacros: Record<string, string> = {
  info: 'info',
  note: 'note',
  success: 'tip',
  warning: 'warning',
  error: 'warning',
};

function macroParams(node: AdfNode): Record<string, string> {
  const parameters = node.attrs?.parameters;
  const held =
    typeof parameters === 'object' && parameters !== null && 'macroParams' in parameters
      ? parameters.macroParams
      : {};
  return Object.fromEntries(
    Object.entries((held ?? {}) as Record<string, { value?: unknown }>).map(([key, entry]) => [
      key,
      String(entry.value ?? ''),
    ]),
  );
}

function cell(tag: string): (node: AdfNode) => string {
  return (node) => {
    const spans = ['colspan', 'rowspan'].filter((name) => Number(node.attrs?.[name] ?? 1) > 1);
    return `<${tag}${spans.map((name) => ` ${name}="${Number(node.attrs?.[name])}"`).join('')}>${inside(node)}</${tag}>`;
  };
}

const extension = (node: AdfNode): string =>
  macro(
    attribute(node, 'extensionKey'),
    macroParams(node),
    node.content
      ? richBody(node)
      : attribute(node, 'text')
        ? `<ac:plain-text-body>${cdata(attribute(node, 'text'))}</ac:plain-text-body>`
        : '',
  );

const writers: Record<string, (node: AdfNode) => string> = {
  text: marked,
  paragraph: wrap('p'),
  heading: (node) => {
    const level = Math.min(6, Math.max(1, Number(node.attrs?.level ?? 1)));
    return `<h${level}>${inside(node)}</h${level}>`;
  },
  bulletList: wrap('ul'),
  orderedList: wrap('ol'),
  listItem: wrap('li'),
  blockquote: wrap('blockquote'),
  rule: () => '<hr />',
  hardBreak: () => '<br />',
  codeBlock: (node) =>
    macro(
      'code',
      { language: attribute(node, 'language') },
      `<ac:plain-text-body>${cdata((node.content ?? []).map((one) => one.text ?? '').join(''))}</ac:plain-text-body>`,
    ),
  panel: (node) => macro(panelMacros[attribute(node, 'panelType')] ?? 'panel', {}, richBody(node)),
  expand: (node) => macro('expand', { title: attribute(node, 'title') }, richBody(node)),
  nestedExpand: (node) => macro('expand', { title: attribute(node, 'title') }, richBody(node)),
  table: (node) => `<table><tbody>${inside(node)}</tbody></table>`,
  tableRow: wrap('tr'),
  tableHeader: cell('th'),
  tableCell: cell('td'),
  taskList: (node) => `<ac:task-list>${inside(node)}</ac:task-list>`,
  taskItem: (node) =>
    `<ac:task><ac:task-status>${attribute(node, 'state') === 'DONE' ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${inside(node)}</ac:task-body></ac:task>`,
  layoutSection: (node) => {
    const type =
      (node.content?.length ?? 1) === 3
        ? 'three_equal'
        : (node.content?.length ?? 1) === 2
          ? 'two_equal'
          : 'fixed-width';
    return `<ac:layout><ac:layout-section ac:type="${type}">${inside(node)}</ac:layout-section></ac:layout>`;
  },
  layoutColumn: wrap('ac:layout-cell'),
  mention: (node) => `<ac:link><ri:user ri:account-id="${escapeHtml(attribute(node, 'id'))}" /></ac:link>`,
  emoji: (node) =>
    `<ac:emoticon ac:name="${escapeHtml(attribute(node, 'shortName').replaceAll(':', ''))}" ac:emoji-shortname="${escapeHtml(attribute(node, 'shortName'))}" ac:emoji-fallback="${escapeHtml(attribute(node, 'text'))}" />`,
  date: (node) =>
    `<time datetime="${new Date(Number(node.attrs?.timestamp ?? 0)).toISOString().slice(0, 10)}" />`,
  status: (node) => macro('status', { title: attribute(node, 'text'), colour: attribute(node, 'color') }, ''),
  inlineCard: (node) =>
    `<a href="${escapeHtml(attribute(node, 'url'))}">${escapeHtml(attribute(node, 'url'))}</a>`,
  blockCard: (node) =>
    `<p><a href="${escapeHtml(attribute(node, 'url'))}">${escapeHtml(attribute(node, 'url'))}</a></p>`,
  extension,
  bodiedExtension: extension,
  inlineExtension: extension,
};

const markTags: Record<string, string> = {
  strong: 'strong',
  em: 'em',
  underline: 'u',
  strike: 'del',
  code: 'code',
};

function marked(node: AdfNode): string {
  return (node.marks ?? []).reduceRight(
    (inner, mark) => {
      const tag = Object.hasOwn(markTags, mark.type) ? markTags[mark.type] : undefined;
      if (tag) return `<${tag}>${inner}</${tag}>`;
      if (mark.type === 'link') return `<a href="${escapeHtml(String(mark.attrs?.href ?? ''))}">${inner}</a>`;
      if (mark.type === 'subsup')
        return mark.attrs?.type === 'sub' ? `<sub>${inner}</sub>` : `<sup>${inner}</sup>`;
      if (mark.type === 'annotation')
        return `<ac:inline-comment-marker ac:ref="${escapeHtml(String(mark.attrs?.id ?? ''))}">${inner}</ac:inline-comment-marker>`;
      return inner;
    },
    escapeHtml(node.text ?? ''),
  );
}
