import type { RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { codeDiff } from './code-diff.ts';
import { inlineDiff } from './inline-diff.ts';
import { type Branch, factsIn, isInline, marked, note, notesOf, plainText, richText } from './nodes.ts';
import { pairSimilar, removedBefore, similarity, wordsOf } from './similar.ts';
import { tableDiff } from './table-diff.ts';

/** Runs of inline nodes beside blocks become one node, so that kids are either all inline or all blocks. */
function grouped(kids: readonly RichNode[]): Branch[] {
  const out: Branch[] = [];
  let run: RichNode[] = [];
  const flush = (): void => {
    if (run.length > 0) out.push({ tag: 'span', kids: run });
    run = [];
  };
  for (const kid of kids) {
    if (isInline(kid)) run.push(kid);
    else {
      flush();
      out.push(kid as Branch);
    }
  }
  flush();
  return out;
}

const shape = (node: Branch): string =>
  `${node.tag} ${node.tag === 'macro' || node.tag === 'panel' ? (node.at?.kind ?? '') : ''}`;

function likenessOf(): (a: Branch, b: Branch) => number {
  const known = new WeakMap<Branch, Map<string, number>>();
  const words = (node: Branch): Map<string, number> => {
    const found = known.get(node) ?? wordsOf(richText(node));
    known.set(node, found);
    return found;
  };
  return (a, b) => (shape(a) === shape(b) ? similarity(words(a), words(b)) : 0);
}

/** Two versions of one thing as one drawing, what changed on it noted in front or inside. */
export function diffNode(before: Branch, after: Branch): RichNode[] {
  const notes = notesOf(factsIn(before), factsIn(after));
  if (after.tag === 'table' && before.tag === 'table') {
    const drawn = tableDiff(before, after, diffKids);
    return [...notes, ...drawn.notes, drawn.table];
  }
  if (after.tag === 'pre' && before.tag === 'pre') {
    const [old, now] = [plainText(before.kids ?? []), plainText(after.kids ?? [])];
    return [...notes, { ...after, kids: old === now ? (after.kids ?? []) : codeDiff(old, now) }];
  }
  if (after.tag === 'task' && before.at?.done !== after.at?.done)
    notes.unshift(note('task', before.at?.done ? 'done' : 'open', after.at?.done ? 'done' : 'open'));
  const kids = diffKids(before.kids ?? [], after.kids ?? []);
  if (/^(ul|ol|hr|table|pre|layout)$/.test(after.tag)) return [...notes, { ...after, kids }];
  const first = after.tag === 'macro' || after.tag === 'panel' || after.tag === 'expand';
  return [{ ...after, kids: first ? [...notes, ...kids] : [...kids, ...notes] }];
}

/** Items that went in one place and came in another, the same in every word. */
function movedItems(
  gone: readonly Branch[],
  fresh: readonly Branch[],
  keyOf: (node: Branch) => string,
): Map<Branch, Branch> {
  const places = new Map<string, Branch[]>();
  for (const node of gone) {
    if (node.tag !== 'li' && node.tag !== 'task') continue;
    const key = keyOf(node);
    const same = places.get(key);
    if (same) same.push(node);
    else places.set(key, [node]);
  }
  const found = new Map<Branch, Branch>();
  for (const node of [...fresh].reverse()) {
    const from = places.get(keyOf(node))?.pop();
    if (from) found.set(node, from);
  }
  return found;
}

/** The kids of two nodes as one list with marks: rows, cells and items apart, words within them. */
export function diffKids(before: readonly RichNode[], after: readonly RichNode[]): RichNode[] {
  if (before.every(isInline) && after.every(isInline)) return inlineDiff(before, after);
  const [a, b] = [grouped(before), grouped(after)];
  const keys = new Map([...a, ...b].map((node) => [node, JSON.stringify(node)]));
  const keyOf = (node: Branch): string => keys.get(node) ?? '';
  const pairs = align(a.map(keyOf), b.map(keyOf));
  const [stayed, arrived] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  const moves = movedItems(
    a.filter((_, i) => !stayed.has(i)),
    b.filter((_, j) => !arrived.has(j)),
    keyOf,
  );
  const away = new Set(moves.values());
  const alike = likenessOf();
  const out: RichNode[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.length, b.length] as Pair]) {
    const removed = a.slice(i, x).filter((node) => !away.has(node));
    const added = b.slice(j, y);
    const fresh = added.filter((node) => !moves.has(node));
    const matches = new Map(pairSimilar(removed, fresh, alike, shape).map(([from, to]) => [fresh[to], from]));
    let done = 0;
    const before = removedBefore(added, (node) => matches.get(node), removed.length);
    for (const [nth, node] of added.entries()) {
      const from = matches.get(node);
      for (; done < (before[nth] ?? 0); done += 1) out.push(marked(removed[done] as Branch, 'del'));
      if (moves.has(node)) out.push({ ...node, at: { ...node.at, mark: 'move' } });
      else if (from === undefined) out.push(marked(node, 'ins'));
      else {
        for (const one of diffNode(removed[from] as Branch, node)) out.push(one);
        done = from + 1;
      }
    }
    for (const gone of removed.slice(done)) out.push(marked(gone, 'del'));
    const same = b[y];
    if (same && x < a.length) out.push(same);
    [i, j] = [x + 1, y + 1];
  }
  return out;
}
