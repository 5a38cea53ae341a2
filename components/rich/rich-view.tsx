import { createElement, Fragment, type ReactNode } from 'react';
import { isOutside, safeUrl } from '#components/markdown';
import { ScrollBox } from '#components/ui';
import type { RichAttributes, RichNode, RichTag } from '#lib/wire';
import { CommentMark, DateBox, ExpandBox, ImageBox, Lozenge, MacroBox, PanelBox, TaskRow } from './boxes.tsx';
import { plainTags } from './tags.ts';

type Drawer = (at: RichAttributes, kids: readonly ReactNode[]) => ReactNode;

/** Children are handed over as arguments, so that they need no keys. */
const as =
  (tag: string): Drawer =>
  (_at, kids) =>
    createElement(tag, null, ...kids);

const box =
  (Box: (props: { at: RichAttributes; children?: ReactNode }) => ReactNode): Drawer =>
  (at, kids) =>
    createElement(Box, { at }, ...kids);

const cell =
  (tag: 'th' | 'td'): Drawer =>
  (at, kids) =>
    createElement(tag, { colSpan: at.colspan, rowSpan: at.rowspan }, ...kids);

const plain = Object.fromEntries(plainTags.map((tag) => [tag, as(tag)])) as Record<
  (typeof plainTags)[number],
  Drawer
>;

function anchor(at: RichAttributes, kids: readonly ReactNode[]): ReactNode {
  const href = at.href === undefined ? null : safeUrl(at.href);
  if (href === null) return createElement('span', { className: 'text-accent', title: at.title }, ...kids);
  const outside = isOutside(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return createElement('a', { href, title: at.title, ...outside }, ...kids);
}

const drawers: Record<RichTag, Drawer> = {
  ...plain,
  ul: (_at, kids) => createElement('ul', { dir: 'auto' }, ...kids),
  ol: (at, kids) => createElement('ol', { dir: 'auto', start: at.start }, ...kids),
  blockquote: (_at, kids) => createElement('blockquote', { dir: 'auto' }, ...kids),
  pre: (at, kids) => createElement('pre', { 'data-language': at.kind }, ...kids),
  br: () => <br />,
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
  macro: box(MacroBox),
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
  return drawer(node.at ?? {}, (node.kids ?? []).map(draw));
}

/** Page content from its tree of known tags. Nothing is fetched and nothing in it can run. */
export function RichView({ nodes }: { nodes: readonly RichNode[] }) {
  return createElement('div', { className: 'prose text-sm' }, ...nodes.map(draw));
}
