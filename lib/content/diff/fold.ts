import type { FoldKind, RichNode } from '#lib/wire';
import { type Branch, hasMark, richText } from './nodes.ts';

/** Unchanged rows, items or lines in a row that are few enough to be shown. */
const FEW: Record<FoldKind, number> = { rows: 2, items: 3, lines: 7, words: 60, blocks: 3 };
/** Lines of code and words shown on both sides of a change. */
const NEAR_LINES = 3;
const NEAR_WORDS = 22;

export const fold = (kind: FoldKind, count: number): Branch => ({ tag: 'fold', at: { kind, count } });

/** Which of `count` things are shown: the marked ones, and `near` of them on both sides. */
function shownNear(marks: readonly boolean[], near: number): boolean[] {
  const shown = Array<boolean>(marks.length).fill(false);
  let until = -1;
  for (const [at, mark] of marks.entries()) {
    if (mark) until = at + near;
    if (at <= until) shown[at] = true;
  }
  until = marks.length;
  for (let at = marks.length - 1; at >= 0; at -= 1) {
    if (marks[at]) until = at - near;
    if (at >= until) shown[at] = true;
  }
  return shown;
}

function foldRuns(kids: readonly RichNode[], shown: readonly boolean[], kind: FoldKind): RichNode[] {
  const out: RichNode[] = [];
  let run: RichNode[] = [];
  const flush = (): void => {
    if (run.length > FEW[kind]) out.push(fold(kind, run.length));
    else for (const one of run) out.push(one);
    run = [];
  };
  for (const [at, kid] of kids.entries()) {
    if (!shown[at]) {
      run.push(kid);
      continue;
    }
    flush();
    out.push(kid);
  }
  flush();
  return out;
}

/** Rows tied together by a merged cell are shown together. */
function tied(rows: readonly RichNode[], marks: readonly boolean[]): boolean[] {
  const shown = [...marks];
  let [from, until] = [0, -1];
  let any = false;
  const flush = (to: number): void => {
    if (any) for (let k = from; k < to; k += 1) shown[k] = true;
  };
  for (const [at, row] of rows.entries()) {
    if (at > until) {
      flush(at);
      [from, any] = [at, false];
    }
    any ||= marks[at] === true;
    const cells = typeof row === 'string' ? [] : (row.kids ?? []);
    for (const cell of cells)
      if (typeof cell === 'object') until = Math.max(until, at + (cell.at?.rowspan ?? 1) - 1);
  }
  flush(rows.length);
  return shown;
}

/** True for rows that name the columns: the first, and those of header cells only above any other. */
function isHead(row: RichNode | undefined, at: number): boolean {
  if (at === 0) return true;
  return (
    typeof row === 'object' &&
    at < 3 &&
    (row.kids ?? []).length > 1 &&
    (row.kids ?? []).every((c) => typeof c === 'object' && c.tag === 'th')
  );
}

const widthOf = (row: RichNode): number =>
  typeof row === 'string'
    ? 0
    : (row.kids ?? []).reduce(
        (sum, cell) => sum + (typeof cell === 'object' ? (cell.at?.colspan ?? 1) : 0),
        0,
      );

function tableFolded(kids: readonly RichNode[]): RichNode[] {
  const marks = kids.map(hasMark);
  let head = true;
  const shown = tied(
    kids,
    marks.map((mark, at) => {
      head &&= isHead(kids[at], at);
      return mark || head;
    }),
  );
  const width = kids.reduce<number>((most, row) => Math.max(most, widthOf(row)), 1);
  return foldRuns(kids, shown, 'rows').map((row) =>
    typeof row === 'object' && row.tag === 'fold'
      ? { ...row, at: { ...row.at, colspan: Math.min(width, 1000) } }
      : row,
  );
}

/** Items of a numbered list keep their numbers when others are left out. */
function numbered(list: Branch): RichNode[] {
  let number = (list.at?.start ?? 1) - 1;
  return (list.kids ?? []).map((kid) => {
    if (typeof kid === 'string' || kid.tag !== 'li' || kid.at?.mark === 'remove') return kid;
    number += 1;
    return { ...kid, at: { ...kid.at, start: number } };
  });
}

/** The first or the last words of a text. */
function ends(text: string, words: number, fromEnd: boolean): string {
  const near = fromEnd ? text.slice(-words * 30) : text.slice(0, words * 30);
  const found = near.match(/^\s*\S+\s*|\S+\s*/g) ?? [];
  return (fromEnd ? found.slice(-words) : found.slice(0, words)).join('').toWellFormed();
}

/** A long unchanged text, shortened where no change is near. */
function textFolded(text: string, before: boolean, after: boolean): RichNode[] {
  if (text.length < 400) return [text];
  const count = text.split(/\s+/).length;
  const [head, tail] = [
    before ? ends(text, NEAR_WORDS, false) : '',
    after ? ends(text, NEAR_WORDS, true) : '',
  ];
  if (count <= FEW.words || head.length + tail.length > text.length - 200) return [text];
  const left = count - head.split(/\s+/).length - tail.split(/\s+/).length;
  return [...(head === '' ? [] : [head]), fold('words', left), ...(tail === '' ? [] : [tail])];
}

function inlineFolded(kids: readonly RichNode[]): RichNode[] {
  return kids.flatMap((kid, at): RichNode[] => {
    if (typeof kid !== 'string') return [kid];
    return textFolded(kid, at > 0, at < kids.length - 1);
  });
}

/**
 * The drawing of a change without what did not change: rows, items, lines of code, words and blocks far from it
 * become a `fold` that counts them. Marked things are never left out.
 */
export function folded(node: RichNode): RichNode {
  if (typeof node === 'string' || !node.kids || !hasMark(node)) return node;
  if (node.tag === 'ins' || node.tag === 'del' || node.tag === 'attr') return node;
  let kids: RichNode[] = node.tag === 'ol' ? numbered(node) : node.kids;
  if (node.tag === 'table') kids = tableFolded(kids);
  else if (node.tag === 'pre') kids = foldRuns(kids, shownNear(kids.map(hasMark), NEAR_LINES), 'lines');
  else if (node.tag === 'ul' || node.tag === 'ol')
    kids = foldRuns(kids, shownNear(kids.map(hasMark), 1), 'items');
  else if (/^(p|h[1-6]|li|td|th|span|task)$/.test(node.tag)) kids = inlineFolded(kids);
  else if (kids.length > 8) kids = foldRuns(kids, shownNear(kids.map(hasMark), 1), 'blocks');
  return { ...node, kids: kids.map(folded) };
}

/** The beginning of something long and unchanged. */
export function shortened(nodes: readonly RichNode[], count: number): RichNode[] {
  const out: RichNode[] = [];
  let length = 0;
  for (const node of nodes) {
    if (out.length >= FEW.blocks || length > 2_000) break;
    out.push(beginning(node));
    length += richText(node).length;
  }
  const rest = Math.max(count, nodes.length) - out.length;
  return rest > 0 ? [...out, fold('blocks', rest)] : out;
}

function beginning(node: RichNode): RichNode {
  if (typeof node === 'string') {
    if (node.length < 600) return node;
    return { tag: 'span', kids: [ends(node, 60, false), fold('words', node.split(/\s+/).length - 60)] };
  }
  if (!node.kids) return node;
  const kind: FoldKind = node.tag === 'table' ? 'rows' : /^[uo]l$/.test(node.tag) ? 'items' : 'blocks';
  const most = node.tag === 'table' ? 4 : 6;
  const few =
    node.kids.length > most + 2 && /^(table|ul|ol|macro|panel|expand|div|column|blockquote)$/.test(node.tag);
  const kids = few ? [...node.kids.slice(0, most), fold(kind, node.kids.length - most)] : node.kids;
  return { ...node, kids: kids.map(beginning) };
}
