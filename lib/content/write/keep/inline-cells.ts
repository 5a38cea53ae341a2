import { stripInvisible } from '../../parse/invisible.ts';
import { attr, type ElementNode, type LeafNode, type StorageNode } from '../../parse/parse.ts';
import { canonical } from '../../view/canonical.ts';
import type { View } from '../../view/context.ts';
import { inlineMarkdown } from '../../view/inline.ts';
import { decodeEntities } from './raw-text.ts';

/** What encloses text: a mark the reader sees, or something Markdown does not show (a colour, a comment's place). */
export type Wrap = {
  open: string;
  close: string;
  /** Of marks: which. Of comments: `comment` and its reference. null: not shown. */
  mark: string | null;
};

/**
 * One sign of a line, or one element that stands for itself (a link, a mention). `key` is what it is
 * compared by; what shows nothing has an empty one and goes with the sign before it.
 */
export type Cell = { key: string; bytes: string; wraps: Wrap[]; element: ElementNode | null };

const MARKS: Record<string, string> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  del: 'del',
  s: 'del',
  strike: 'del',
  u: 'u',
  ins: 'u',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
};
const UNSEEN = /^(?:span|p|font|small|big|kbd|tt|q|cite|mark|var|samp|abbr)$/;
const MAX_DEPTH = 40;

function wrapOf(source: string, element: ElementNode): Wrap | null {
  const comment = element.name === 'ac:inline-comment-marker';
  const mark = comment ? `comment ${attr(element, 'ac:ref') ?? ''}` : (MARKS[element.name] ?? null);
  if (mark === null && !UNSEEN.test(element.name) && element.name !== 'a') return null;
  return { open: source.slice(element.start, element.openEnd), close: `</${element.name}>`, mark };
}

function textCells(source: string, node: LeafNode, wraps: Wrap[]): Cell[] {
  const signs = decodeEntities(source.slice(node.start, node.end), node.type === 'cdata');
  const shown = [...stripInvisible(node.text)];
  const out: Cell[] = [];
  let at = 0;
  for (const { text, bytes } of signs) {
    const visible = [...text].every((point, index) => shown[at + index] === point);
    if (visible) at += [...text].length;
    const key = !visible ? '' : /^[ \t\r\n]$/.test(text) ? ' ' : text;
    const before = out.at(-1);
    if (key === ' ' && before?.key === ' ') before.bytes += bytes;
    else out.push({ key, bytes, wraps, element: null });
  }
  return out;
}

/** A link whose target the view does not show is text. */
const isLink = (view: View, element: ElementNode): boolean =>
  element.name === 'a' && /^(?:\[|<https?:)/.test(inlineMarkdown(view, [element]));

/** The signs of a line with what encloses each; null where it nests too deeply. */
export function cellsOf(view: View, nodes: StorageNode[]): Cell[] | null {
  const { source } = view.doc;
  const cells: Cell[] = [];
  const walk = (children: StorageNode[], wraps: Wrap[]): boolean => {
    if (wraps.length > MAX_DEPTH) return false;
    for (const node of children) {
      if (node.type === 'text' || node.type === 'cdata') {
        for (const cell of textCells(source, node, wraps)) cells.push(cell);
        continue;
      }
      const bytes = source.slice(node.start, node.end);
      if (node.type !== 'element') {
        cells.push({ key: '', bytes, wraps, element: null });
        continue;
      }
      if (node.name === 'br') {
        cells.push({ key: '\n', bytes, wraps, element: node });
        continue;
      }
      const wrap = node.children.length > 0 ? wrapOf(source, node) : null;
      if (wrap && !isLink(view, node)) {
        if (!walk(node.children, [...wraps, wrap])) return false;
      } else {
        cells.push({ key: canonical(inlineMarkdown(view, [node])), bytes, wraps, element: node });
      }
    }
    return true;
  };
  if (!walk(nodes, [])) return null;
  quiet(cells);
  return cells;
}

/** White space that a reader does not see: at the ends, beside a line break, after other white space. */
function quiet(cells: Cell[]): void {
  let before: Cell | null = null;
  for (const cell of cells) {
    if (cell.key === '') continue;
    if (cell.key === ' ' && (before === null || before.key === ' ' || before.key === '\n')) {
      cell.key = '';
      continue;
    }
    if (cell.key === '\n' && before?.key === ' ') before.key = '';
    before = cell;
  }
  if (before?.key === ' ') before.key = '';
}
