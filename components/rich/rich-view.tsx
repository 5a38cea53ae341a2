import { createElement, Fragment, type ReactNode } from 'react';
import { isOutside, safeUrl } from '#components/markdown';
import { cx, ScrollBox } from '#components/ui';
import type { RichAttributes, RichNode, RichTag } from '#lib/wire';
import {
  CommentMark,
  DateBox,
  ExpandBox,
  ImageBox,
  Lozenge,
  MacroBox,
  MacroChip,
  PanelBox,
  TaskRow,
} from './boxes.tsx';
import { CodeLine, Fold, markLooks, ValueNote } from './diff-marks.tsx';
import { isBlockTag, plainTags } from './tags.ts';

type Element = Exclude<RichNode, string>;
type Drawer = (at: RichAttributes, kids: readonly ReactNode[], node: Element) => ReactNode;

/** Children are handed over as arguments, so that they need no keys. */
const as =
  (tag: string): Drawer =>
  (_at, kids) =>
    createElement(tag, null, ...kids);

const box =
  (Box: (props: { at: RichAttributes; children?: ReactNode }) => ReactNode): Drawer =>
  (at, kids) =>
    createElement(Box, { at }, ...kids);

const markOf = ({ mark }: RichAttributes): string | undefined =>
  mark === undefined ? undefined : markLooks[mark];

const cell =
  (tag: 'th' | 'td'): Drawer =>
  (at, kids) =>
    createElement(tag, { colSpan: at.colspan, rowSpan: at.rowspan, className: markOf(at) }, ...kids);

const plain = Object.fromEntries(plainTags.map((tag) => [tag, as(tag)])) as Record<
  (typeof plainTags)[number],
  Drawer
>;

function anchor(at: RichAttributes, kids: readonly ReactNode[]): ReactNode {
  const href = at.href === undefined ? null : safeUrl(at.href);
  if (href === null) return createElement('span', { className: 'text-accent', title: at.title }, ...kids);
  const outside = isOutside(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return createElement('a', { href, title: at.title ?? href, ...outside }, ...kids);
}

/** A row that moved says so in its first cell. */
function row(at: RichAttributes, kids: readonly ReactNode[], node: Element): ReactNode {
  const look =
    at.mark === undefined ? undefined : cx(markOf(at), at.mark === 'move' && '[&>*]:bg-transparent');
  const [first, ...rest] = node.kids ?? [];
  if (at.mark !== 'move' || typeof first !== 'object')
    return createElement('tr', { className: look }, ...kids);
  const told: RichNode = {
    ...first,
    kids: [{ tag: 'attr', at: { title: 'moved' } }, ' ', ...(first.kids ?? [])],
  };
  return createElement('tr', { className: look }, ...[told, ...rest].map(draw));
}

function item(at: RichAttributes, kids: readonly ReactNode[]): ReactNode {
  const look =
    at.mark === undefined ? undefined : cx('rounded-sm', at.mark === 'remove' && 'list-none', markOf(at));
  const note = at.mark === 'move' ? [<ValueNote key="moved" name="moved" kids={[]} draw={draw} />, ' '] : [];
  return createElement('li', { value: at.start, className: look }, ...note, ...kids);
}

/** A paragraph, unless something stands in it that breaks lines. */
function paragraph(_at: RichAttributes, kids: readonly ReactNode[], node: Element): ReactNode {
  const breaks = (node.kids ?? []).some(holdsBlock);
  return breaks ? createElement('div', { className: 'stack' }, ...kids) : createElement('p', null, ...kids);
}

function holdsBlock(node: RichNode): boolean {
  if (typeof node === 'string') return false;
  return (isBlockTag(node.tag) && node.at?.inline !== true) || (node.kids ?? []).some(holdsBlock);
}

const drawers: Record<RichTag, Drawer> = {
  ...plain,
  p: paragraph,
  tr: row,
  li: item,
  div: (_at, kids) => createElement('div', { className: 'stack' }, ...kids),
  ul: (_at, kids) => createElement('ul', { dir: 'auto' }, ...kids),
  ol: (at, kids) => createElement('ol', { dir: 'auto', start: at.start }, ...kids),
  blockquote: (_at, kids) => createElement('blockquote', { dir: 'auto' }, ...kids),
  pre: (at, kids, node) => {
    const lines = (node.kids ?? []).some((kid) => typeof kid === 'object' && kid.tag === 'line');
    return createElement(
      'pre',
      { 'data-language': at.kind, className: lines ? 'px-0!' : undefined },
      ...kids,
    );
  },
  line: box(CodeLine),
  fold: (at) => <Fold at={at} />,
  attr: (at, _kids, node) => <ValueNote name={at.title ?? ''} kids={node.kids ?? []} draw={draw} />,
  br: (at) =>
    at.kind === 'paragraph' ? (
      <>
        <span title="A paragraph begins here">¶</span>
        <br />
      </>
    ) : (
      <br />
    ),
  hr: () => <hr />,
  table: (_at, kids) => (
    <ScrollBox label="Table">
      <table dir="auto">{createElement('tbody', null, ...kids)}</table>
    </ScrollBox>
  ),
  th: cell('th'),
  td: cell('td'),
  a: anchor,
  panel: box(PanelBox),
  expand: box(ExpandBox),
  status: box(Lozenge),
  task: box(TaskRow),
  mention: (at, kids) => (
    <span className="rounded-full bg-accent-soft px-1.5 text-accent">
      {kids.length > 0 ? createElement(Fragment, null, ...kids) : at.title}
    </span>
  ),
  date: box(DateBox),
  emoji: (at, kids) =>
    createElement('span', { title: at.title }, ...(kids.length > 0 ? kids : [at.title ?? ''])),
  image: box(ImageBox),
  macro: (at, kids) => createElement(at.inline === true ? MacroChip : MacroBox, { at }, ...kids),
  layout: (_at, kids) => createElement('div', { className: 'flex flex-col gap-3 md:flex-row' }, ...kids),
  column: (_at, kids) =>
    createElement(
      'div',
      { className: 'stack min-w-0 flex-1 rounded-md border border-dotted border-line-strong p-2' },
      ...kids,
    ),
  comment: box(CommentMark),
  ins: (_at, kids) => createElement('ins', null, ...kids),
  del: (_at, kids) => createElement('del', null, ...kids),
};

function draw(node: RichNode): ReactNode {
  if (typeof node === 'string') return node;
  const drawer = drawers[node.tag] ?? drawers.span;
  return drawer(node.at ?? {}, (node.kids ?? []).map(draw), node);
}

/** Page content from its tree of known tags. Nothing is fetched and nothing in it can run. */
export function RichView({ nodes }: { nodes: readonly RichNode[] }) {
  return createElement('div', { className: 'prose text-sm [&_del+ins]:ms-0.5' }, ...nodes.map(draw));
}
