import type { RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { chainNotes, gapNotes, rebuild, type Token, tokens } from './inline-tokens.ts';
import { type Branch, factsIn, notesOf } from './nodes.ts';

/** Above this many tokens on both sides together, sentences are compared first. */
const MANY = 12_000;

const keys = (run: readonly Token[]): string[] => run.map(({ key }) => key);

function sentences(run: readonly Token[]): { from: number; to: number; key: string }[] {
  const out: { from: number; to: number; key: string }[] = [];
  let from = 0;
  let key = '';
  for (const [at, token] of run.entries()) {
    key += token.key;
    if (/^[.!?\n。]/.test(token.key) || at - from > 200 || at === run.length - 1) {
      out.push({ from, to: at + 1, key });
      [from, key] = [at + 1, ''];
    }
  }
  return out;
}

/** Pairs of equal tokens in order; of very long texts by sentence, then by word where few words differ. */
function pairsOf(a: readonly Token[], b: readonly Token[]): Pair[] {
  let low = 0;
  while (low < a.length && low < b.length && a[low]?.key === b[low]?.key) low += 1;
  let [highA, highB] = [a.length, b.length];
  while (highA > low && highB > low && a[highA - 1]?.key === b[highB - 1]?.key) {
    highA -= 1;
    highB -= 1;
  }
  const out: Pair[] = [];
  for (let k = 0; k < low; k += 1) out.push([k, k]);
  for (const [i, j] of middlePairs(a.slice(low, highA), b.slice(low, highB))) out.push([i + low, j + low]);
  for (let k = 0; highA + k < a.length; k += 1) out.push([highA + k, highB + k]);
  return out;
}

function middlePairs(a: readonly Token[], b: readonly Token[]): Pair[] {
  if (a.length === 0 || b.length === 0) return [];
  if (a.length + b.length <= MANY) return align(keys(a), keys(b));
  const [old, now] = [sentences(a), sentences(b)];
  const out: Pair[] = [];
  let [i, j] = [0, 0];
  const words = (x: number, y: number): void => {
    if (x > i && y > j && x - i + y - j <= MANY)
      for (const [p, q] of align(keys(a.slice(i, x)), keys(b.slice(j, y)))) out.push([p + i, q + j]);
  };
  for (const [x, y] of align(
    old.map(({ key }) => key),
    now.map(({ key }) => key),
  )) {
    const [from, to] = [old[x], now[y]];
    if (!from || !to) continue;
    words(from.from, to.from);
    for (let k = 0; from.from + k < from.to; k += 1) out.push([from.from + k, to.from + k]);
    [i, j] = [from.to, to.to];
  }
  words(a.length, b.length);
  return out;
}

type Segment = { kept: boolean; i: number; x: number; j: number; y: number };

function segmentsOf(pairs: readonly Pair[], a: readonly Token[], b: readonly Token[]): Segment[] {
  const out: Segment[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.length, b.length] as Pair]) {
    if (x > i || y > j) out.push({ kept: false, i, x, j, y });
    if (x < a.length && y < b.length) {
      const last = out.at(-1);
      if (last?.kept && last.x === x && last.y === y) [last.x, last.y] = [x + 1, y + 1];
      else out.push({ kept: true, i: x, x: x + 1, j: y, y: y + 1 });
    }
    [i, j] = [x + 1, y + 1];
  }
  return out;
}

/** A thing in a line is never swallowed by the changes around it, and swallows no words itself. */
const charsOf = (run: readonly Token[], thing: number): number =>
  run.reduce((sum, { leaf }) => sum + (typeof leaf === 'string' ? leaf.trim().length : thing), 0);

/**
 * A word or two kept between larger changes is part of the change: "ins del the ins del" is hard to read.
 * Where next to nothing is left, all of it is one change.
 */
function smooth(segments: Segment[], a: readonly Token[], b: readonly Token[]): Segment[] {
  const sizes = segments.map(({ kept, i, x, j, y }) =>
    Math.max(charsOf(a.slice(i, x), kept ? 8 : 1), charsOf(b.slice(j, y), kept ? 8 : 1)),
  );
  const out: Segment[] = [];
  let kept = 0;
  let changed = 0;
  for (const [at, one] of segments.entries()) {
    const [last, own] = [out.at(-1), sizes[at] ?? 0];
    const small = own <= 4 && one.x - one.i <= 5 && own <= changed && own <= (sizes[at + 1] ?? -1);
    if (last && !last.kept && (!one.kept || small)) {
      [last.x, last.y] = [one.x, one.y];
      changed += own;
      continue;
    }
    if (one.kept) kept += own;
    else changed = own;
    out.push({ ...one });
  }
  const [old, now] = [charsOf(a, 8), charsOf(b, 8)];
  const whole = kept * 6 < Math.max(old, now) && Math.min(old, now) > 30;
  return whole ? [{ kept: false, i: 0, x: a.length, j: 0, y: b.length }] : out;
}

/** Things of one kind that stay, with the notes of what changed on them. */
function keptAtom(before: Branch, after: Branch): RichNode[] {
  const same = JSON.stringify(before.kids) === JSON.stringify(after.kids);
  const kids = same ? (after.kids ?? []) : inlineDiff(before.kids ?? [], after.kids ?? []);
  const notes = notesOf(factsIn(before), factsIn(after));
  if (after.tag === 'macro') return [{ ...after, kids: [...kids, ...notes] }];
  return [{ ...after, ...(kids.length > 0 ? { kids } : {}) }, ...notes];
}

function keptRun(a: readonly Token[], b: readonly Token[], out: RichNode[]): void {
  let from = 0;
  const sameAs = (at: number): boolean => {
    const [x, y] = [a[at], b[at]];
    return (
      x?.frame === b[at]?.frame &&
      (typeof y?.leaf === 'string' || JSON.stringify(x?.leaf) === JSON.stringify(y?.leaf))
    );
  };
  const flush = (to: number): void => {
    for (const node of rebuild(b.slice(from, to))) out.push(node);
    from = to;
  };
  for (let at = 0; at < b.length; ) {
    if (sameAs(at)) {
      at += 1;
      continue;
    }
    flush(at);
    const [x, y] = [a[at], b[at]] as [Token, Token];
    let to = at + 1;
    if (typeof y.leaf === 'string') {
      while (a[to]?.frame === x.frame && b[to]?.frame === y.frame && typeof b[to]?.leaf === 'string') to += 1;
      for (const node of rebuild(b.slice(at, to))) out.push(node);
    } else {
      const drawn = keptAtom(x.leaf as Branch, y.leaf as Branch);
      for (const node of rebuild(drawn.map((leaf) => ({ ...y, leaf })))) out.push(node);
    }
    // A space at the edge of a format says nothing by itself.
    const blank = b.slice(at, to).every(({ leaf }) => typeof leaf === 'string' && leaf.trim() === '');
    const notes = x.frame === y.frame ? [] : chainNotes(x.chain, y.chain);
    for (const piece of blank ? notes.filter(({ at: about }) => about?.title !== 'format') : notes)
      out.push(piece);
    from = to;
    at = to;
  }
  flush(b.length);
}

/** Two lines of text as one, words and things in it marked, formats and values that changed noted. */
export function inlineDiff(before: readonly RichNode[], after: readonly RichNode[]): RichNode[] {
  const [a, b] = [tokens(before), tokens(after)];
  const out: RichNode[] = [];
  for (const { kept, i, x, j, y } of smooth(segmentsOf(pairsOf(a, b), a, b), a, b)) {
    if (kept) {
      keptRun(a.slice(i, x), b.slice(j, y), out);
      continue;
    }
    const [removed, added] = [a.slice(i, x), b.slice(j, y)];
    if (removed.length > 0) out.push({ tag: 'del', kids: rebuild(removed) });
    if (added.length > 0) out.push({ tag: 'ins', kids: rebuild(added) });
    for (const piece of gapNotes(removed, added)) out.push(piece);
  }
  return out;
}
