import { stripInvisible } from '../parse/invisible.ts';
import {
  destination,
  escapeLineStart,
  escapeMarkdown,
  pipesEscaped,
  placeholderValue,
} from '../view/canonical.ts';
import { joinPieces, type Mark, type Piece } from '../view/pieces.ts';
import { type AdfNode, adfText, attribute, isObject, kidsOf, MAX_ADF_DEPTH } from './document.ts';

export type AdfView = { markdown: string; notRendered: { what: string; count: number }[] };

type State = { people: Record<string, string>; lost: Map<string, number>; depth: number; cell: boolean };

const note = ({ lost }: State, what: string): void => void lost.set(what, (lost.get(what) ?? 0) + 1);

const MARKS: Record<string, Mark> = { strong: 'strong', em: 'em', strike: 'del', underline: 'u' };

/** What stands for a node that Markdown cannot say: its type and the attributes that name it. */
function placeholder(node: AdfNode): string {
  const shown = ['extensionKey', 'title', 'url', 'resourceId', 'alt', 'id', 'text']
    .map((name) => [name, attribute(node, name)] as const)
    .filter(([, value]) => value !== '')
    .slice(0, 4)
    .map(([name, value]) => `${name}=${placeholderValue(value, 120)}`);
  const parameters = isObject(node.attrs?.parameters) ? node.attrs.parameters.macroParams : undefined;
  const macro = Object.entries(isObject(parameters) ? parameters : {})
    .slice(0, 8)
    .map(
      ([name, one]) => `${name}=${placeholderValue(String((isObject(one) ? one.value : one) ?? ''), 120)}`,
    );
  const words = stripInvisible(adfText(kidsOf(node), 2000))
    .replace(/\s+/g, ' ')
    .trim();
  const text = words === '' ? [] : [`text=${placeholderValue(words, 2000)}`];
  return `{{adf:${node.type.replace(/[^\w-]/g, '-')}${[...shown, ...macro, ...text].map((one) => ` ${one}`).join('')}}}`;
}

function dateOf(node: AdfNode): string {
  const at = new Date(Number(attribute(node, 'timestamp')));
  return Number.isNaN(at.getTime()) ? placeholder(node) : `{date:${at.toISOString().slice(0, 10)}}`;
}

const INLINE: Record<string, (node: AdfNode, state: State) => string> = {
  hardBreak: () => '\\\n',
  mention: (node, { people }) => {
    const id = attribute(node, 'id');
    const name = people[id] ?? attribute(node, 'text').replace(/^@/, '');
    return `@[${escapeMarkdown(stripInvisible(name)) || 'someone'}](user:${id})`;
  },
  emoji: (node) => attribute(node, 'text') || attribute(node, 'shortName'),
  date: dateOf,
  status: (node) => `{status:${attribute(node, 'text').replace(/[{}|]/g, ' ')}|${attribute(node, 'color')}}`,
  inlineCard: (node) => (attribute(node, 'url') === '' ? placeholder(node) : `<${attribute(node, 'url')}>`),
};

function textPieces(node: AdfNode, state: State): Piece[] {
  const text = stripInvisible(typeof node.text === 'string' ? node.text : '');
  const marks = Array.isArray(node.marks) ? node.marks.filter(isObject) : [];
  let pieces: Piece[] = [{ kind: 'plain', text }];
  if (marks.some(({ type }) => type === 'code')) pieces = [{ kind: 'code', text }];
  for (const mark of marks) {
    const sign =
      mark.type === 'subsup' ? (attribute(mark, 'type') === 'sub' ? 'sub' : 'sup') : MARKS[String(mark.type)];
    if (sign !== undefined) pieces = [{ kind: 'open', mark: sign }, ...pieces, { kind: 'close', mark: sign }];
    else if (mark.type === 'link')
      pieces = [
        {
          kind: 'text',
          text: `[${joinPieces(pieces, state.cell)}](${destination(attribute(mark, 'href'))})`,
        },
      ];
    else if (mark.type === 'annotation') note(state, 'inline comment mark');
    else if (mark.type !== 'code') note(state, `${String(mark.type).replace(/[^\w-]/g, '-')} mark`);
  }
  return pieces;
}

function inline(nodes: AdfNode[], state: State): string {
  const pieces = nodes.flatMap((node): Piece[] => {
    if (node.type === 'text') return textPieces(node, state);
    return [{ kind: 'text', text: INLINE[node.type]?.(node, state) ?? placeholder(node) }];
  });
  return joinPieces(pieces, state.cell).split('\n').map(escapeLineStart).join('\n').trim();
}

const indented = (text: string, by: string): string => text.replace(/\n(?=[^\n])/g, `\n${by}`);

const list = (signOf: (node: AdfNode, at: number) => string) => (node: AdfNode, state: State) =>
  kidsOf(node)
    .map((item, at) => {
      const sign = signOf(item, at);
      const parts = kidsOf(item);
      const lines = ['taskItem', 'decisionItem'].includes(item.type);
      const nested = item.type === 'taskList' ? BLOCKS.taskList?.(item, state) : undefined;
      if (nested !== undefined) return `  ${indented(nested, '  ')}`;
      return `${sign}${indented(lines ? inline(parts, state) : blocks(parts, state), ' '.repeat(sign.length))}`;
    })
    .join('\n');

const fenced = (head: (node: AdfNode) => string) => (node: AdfNode, state: State) =>
  `:::${head(node)}\n${blocks(kidsOf(node), state)}\n:::`;

function cellText(cell: AdfNode, state: State): string {
  const spans = ['colspan', 'rowspan'].filter((name) => Number(attribute(cell, name) || 1) > 1);
  for (const name of spans) note(state, `cell over several ${name === 'colspan' ? 'columns' : 'rows'}`);
  return pipesEscaped(blocks(kidsOf(cell), { ...state, cell: true })).replace(/\\\n|\n+/g, '<br>');
}

function table(node: AdfNode, state: State): string {
  const rows = kidsOf(node).map((row) => kidsOf(row).map((cell) => cellText(cell, state)));
  const width = Math.min(
    60,
    rows.reduce((most, row) => Math.max(most, row.length), 1),
  );
  const line = (row: string[]) =>
    `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`;
  const [first = [], ...rest] = rows;
  return [line(first), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n');
}

function codeBlock(node: AdfNode): string {
  const text = kidsOf(node)
    .map((one) => one.text ?? '')
    .join('');
  let fence = '```';
  while (text.includes(fence)) fence += '`';
  return `${fence}${attribute(node, 'language').replace(/[^\w+#.-]/g, '')}\n${text}\n${fence}`;
}

const BLOCKS: Record<string, (node: AdfNode, state: State) => string> = {
  paragraph: (node, state) => inline(kidsOf(node), state),
  heading: (node, state) => {
    const level = Math.min(6, Math.max(1, Number(attribute(node, 'level')) || 1));
    return `${'#'.repeat(level)} ${inline(kidsOf(node), state).replace(/\\?\n/g, ' ')}`;
  },
  bulletList: list(() => '- '),
  orderedList: (node, state) =>
    list((_item, at) => `${(Number(attribute(node, 'order')) || 1) + at}. `)(node, state),
  taskList: list((item) => `- [${attribute(item, 'state') === 'DONE' ? 'x' : ' '}] `),
  decisionList: list((item) => `- (${attribute(item, 'state').toLowerCase() || 'decided'}) `),
  blockquote: (node, state) =>
    blocks(kidsOf(node), state)
      .split('\n')
      .map((line) => `> ${line}`.trimEnd())
      .join('\n'),
  rule: () => '---',
  codeBlock,
  table,
  panel: fenced((node) => `panel ${attribute(node, 'panelType') || 'info'}`),
  expand: fenced((node) => `expand ${placeholderValue(attribute(node, 'title'))}`),
  nestedExpand: fenced((node) => `expand ${placeholderValue(attribute(node, 'title'))}`),
  layoutSection: (node, state) =>
    kidsOf(node)
      .map((column) => blocks(kidsOf(column), state))
      .join('\n\n'),
  bodiedExtension: (node, state) =>
    `:::adf ${placeholder({ ...node, content: [] })}\n${blocks(kidsOf(node), state)}\n:::`,
};

function blocks(nodes: AdfNode[], state: State): string {
  if (state.depth > MAX_ADF_DEPTH) return nodes.map(placeholder).join('\n\n');
  const inside = { ...state, depth: state.depth + 1 };
  return nodes
    .map((node) => {
      const write = Object.hasOwn(BLOCKS, node.type) ? BLOCKS[node.type] : undefined;
      if (write !== undefined) return write(node, inside);
      return node.type === 'text' || Object.hasOwn(INLINE, node.type)
        ? inline([node], inside)
        : placeholder(node);
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/**
 * Nodes of an Atlassian document as Markdown to read; it cannot be turned back. What is not known shows as
 * `{{adf:type ...}}` with its words. Atlassian: /platform/apis/document/structure.
 */
export function adfToMarkdown(nodes: AdfNode[], people: Record<string, string> = {}): AdfView {
  const state: State = { people, lost: new Map(), depth: 0, cell: false };
  const markdown = blocks(nodes, state);
  return { markdown, notRendered: [...state.lost].map(([what, count]) => ({ what, count })) };
}

/** Account ids of the people a document mentions, each once. */
export function adfMentions(nodes: AdfNode[]): string[] {
  const ids = new Set<string>();
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const id = node.type === 'mention' ? attribute(node, 'id') : '';
    if (id !== '') ids.add(id);
    for (const kid of kidsOf(node)) stack.push(kid);
  }
  return [...ids];
}
