import { escapeXml } from '../../parse/entities.ts';
import { parseStorage, type StorageNode } from '../../parse/parse.ts';
import { canonical } from '../../view/canonical.ts';
import type { View } from '../../view/context.ts';
import { inlineMarkdown } from '../../view/inline.ts';
import { makeView } from '../../view/markdown.ts';
import { type Cell, cellsOf, type Wrap } from './inline-cells.ts';
import { marksOf, type Placed, place } from './inline-place.ts';
import { patched } from './patch.ts';

/** A comment whose place the Markdown does not say stays where its words stay. */
function hideUnsaid(olds: Cell[], news: Cell[]): void {
  const said = new Set(news.flatMap(({ wraps }) => wraps.flatMap(({ mark }) => mark ?? [])));
  for (const { wraps } of olds)
    for (const wrap of wraps) if (wrap.mark?.startsWith('comment ') && !said.has(wrap.mark)) wrap.mark = null;
}

/** Which original mark each new one continues: that of the first sign it has in common with the original. */
function continued(placed: Placed[]): Map<Wrap, Wrap> {
  const map = new Map<Wrap, Wrap>();
  for (const { cell, old } of placed) {
    if (!old || old.key !== cell.key) continue;
    for (const wrap of cell.wraps) {
      const same = old.wraps.find(({ mark }) => mark !== null && mark === wrap.mark);
      if (same && !map.has(wrap)) map.set(wrap, same);
    }
  }
  return map;
}

const markSet = (wraps: Wrap[] | undefined): string[] => wraps?.flatMap(({ mark }) => mark ?? []) ?? [];

/** White space at the edge of a mark may stand on either side of it. */
function onEdge(placed: Placed[], at: number): boolean {
  const one = placed[at];
  if (one?.old?.key !== ' ' || one.cell.key !== ' ') return false;
  const [has, should] = [markSet(one.old.wraps), markSet(one.cell.wraps)];
  const beside = [...markSet(placed[at - 1]?.cell.wraps), ...markSet(placed[at + 1]?.cell.wraps)];
  return (
    should.every((mark) => has.includes(mark)) &&
    has.every((mark) => should.includes(mark) || beside.includes(mark))
  );
}

const sameMarks = ({ cell, old }: Placed): boolean =>
  old === null || marksOf(old) === marksOf({ ...cell, element: old.element });

function wrapsOf(placed: Placed[], at: number, map: Map<Wrap, Wrap>): Wrap[] {
  const one = placed[at] as Placed;
  const { cell, old, marks = [] } = one;
  if (old && old.key === cell.key && (sameMarks(one) || onEdge(placed, at))) return old.wraps;
  // What shows nothing goes with the sign before it.
  const before = placed[at - 1];
  if (old?.key === '' && (!before?.old || sameMarks(before))) return old.wraps;
  const next = cell.wraps.map(
    (wrap) => map.get(wrap) ?? marks.find(({ mark }) => mark !== null && mark === wrap.mark) ?? wrap,
  );
  const unseen = old && (old.key === '' || old.key === cell.key) ? old.wraps : [];
  return [...new Set([...unseen.filter(({ mark }) => mark === null), ...next])];
}

/** The wraps in an order that leaves open as much as possible of what is open. */
function ordered(wraps: Wrap[], open: Wrap[]): Wrap[] {
  const kept: Wrap[] = [];
  for (const wrap of open) {
    if (!wraps.includes(wrap)) break;
    kept.push(wrap);
  }
  return [...kept, ...wraps.filter((wrap) => !kept.includes(wrap))];
}

function written(placed: Placed[], bytesOf: (one: Placed) => string): string {
  const map = continued(placed);
  const out: string[] = [];
  let open: Wrap[] = [];
  const go = (next: Wrap[]): void => {
    let common = 0;
    while (common < open.length && open[common] === next[common]) common += 1;
    for (const wrap of open.slice(common).reverse()) out.push(wrap.close);
    for (const wrap of next.slice(common)) out.push(wrap.open);
    open = next;
  };
  for (const [at, one] of placed.entries()) {
    go(ordered(wrapsOf(placed, at, map), open));
    out.push(bytesOf(one));
  }
  go([]);
  return out.join('');
}

/** A line break is none: it is written. */
const SPACE = /^[^\S\n]?$/u;

/**
 * White space at the beginning of a line, also what Markdown cuts off or does not show: it stays unless
 * other white space is written.
 */
function ends(olds: Cell[], news: Cell[]): { old: number; next: number } {
  const run = (cells: Cell[]): number => {
    const at = cells.findIndex(({ key }) => !SPACE.test(key));
    return at === -1 ? cells.length : at;
  };
  const text = (cells: Cell[], count: number): string =>
    cells
      .slice(0, count)
      .map(({ key }) => key)
      .join('');
  const [old, next] = [run(olds), run(news)];
  const given = text(news, next);
  if (given === '' || given === text(olds, old)) return { old, next };
  return {
    old: Math.max(
      olds.findIndex(({ key }) => key !== ''),
      0,
    ),
    next: 0,
  };
}

function placedLine(olds: Cell[], news: Cell[]): Placed[] {
  const head = ends(olds, news);
  const [oldRest, newRest] = [olds.slice(head.old), news.slice(head.next)];
  const tail = ends(oldRest.toReversed(), newRest.toReversed());
  const kept = (cells: Cell[]): Placed[] => cells.map((cell) => ({ cell, old: cell }));
  return [
    ...kept(olds.slice(0, head.old)),
    ...place(oldRest.slice(0, oldRest.length - tail.old), newRest.slice(0, newRest.length - tail.next)),
    ...kept(oldRest.slice(oldRest.length - tail.old)),
  ];
}

const BARE = /^<(https?:[^<>\s]*)>$/;

/** A web address that was text stays text: reading Markdown makes a link of any. */
function unlinked(olds: Cell[], news: Cell[]): Cell[] {
  const linked = new Set(olds.flatMap(({ element, key }) => (element ? [key] : [])));
  const text = olds.map(({ element, key }) => (element ? '\n' : key)).join('');
  return news.flatMap((cell): Cell[] => {
    const url = linked.has(cell.key) ? undefined : BARE.exec(cell.key)?.[1];
    if (url === undefined || !text.includes(url)) return [cell];
    return [...url].map((key) => ({ key, bytes: escapeXml(key), wraps: cell.wraps, element: null }));
  });
}

const reads = (view: View): string =>
  canonical(inlineMarkdown(view, view.doc.children))
    .replace(/\{comment #[^}]*\}|\{\/comment\}/g, '')
    .replace(/<(https?:[^<>\s]*)>/g, '$1')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .trim();

/** A line longer than this is written anew: nobody wrote it by hand. */
const MAX_SIGNS = 200_000;

/**
 * A changed line of text: the words that are still there keep their bytes and what Markdown does not show
 * about them (colours, comment markers, how a link is drawn); what is new comes from `next`.
 */
export function mergeInline(view: View, nodes: StorageNode[], next: string): string {
  const doc = parseStorage(next);
  const fresh = makeView(doc);
  if (next === '' || next.length > MAX_SIGNS) return next;
  const [olds, news] = [cellsOf(view, nodes), cellsOf(fresh, doc.children)];
  if (!olds || !news) return next;
  hideUnsaid(olds, news);
  const merged = written(placedLine(olds, unlinked(olds, news)), ({ cell, old }) => {
    if (!old) return cell.bytes;
    if (old.key === cell.key || old.key === '') return old.bytes;
    const [was, is] = [old.element, cell.element];
    const sides =
      was && is
        ? ([
            { view, element: was },
            { view: fresh, element: is },
          ] as const)
        : null;
    return (sides && patched(...sides, mergeInline)) || cell.bytes;
  });
  // What a reader sees is what was written, whatever was kept around it.
  return reads(makeView(parseStorage(merged))) === reads(makeView(doc)) ? merged : next;
}
