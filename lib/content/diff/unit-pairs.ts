import { align, type Pair } from '../align.ts';
import type { Unit } from '../units.ts';
import { coverage, pairSimilar } from './similar.ts';
import { lookOf, shapeOf, type UnitLook } from './unit-look.ts';
import { exactMoves, rising, surePairs } from './unit-moves.ts';

/** What became of a unit of the new body: the units of the old one it comes from, and how. */
export type Fate =
  | { op: 'keep'; from: number }
  | { op: 'add' }
  | { op: 'change'; from: number }
  /** Came from another place, changed or not. */
  | { op: 'move'; from: number; changed: boolean }
  /** Part of a paragraph that became several; the first of them tells. */
  | { op: 'part'; of: number };

/** Of a unit of the old body: where it is in the new one, or null where it is nowhere. */
export type Trace = { to: number | null; moved: boolean };

export type UnitPairs = {
  now: Fate[];
  old: Trace[];
  /** New units that one old unit became, or old units that one new unit is made of: by the new unit that tells. */
  splits: Map<number, number[]>;
  merges: Map<number, number[]>;
  /** Stretches between kept units, in order: `[fromOld, toOld, fromNow, toNow]`. */
  gaps: [number, number, number, number][];
};

/** Neighbours of `at` (up to four each side) that hold, one after the other, words that `whole` has beyond `part`. */
function partsAround(
  at: number,
  whole: Map<string, number>,
  own: Map<string, number>,
  free: (i: number) => Map<string, number> | null,
): number[] {
  const rest = new Map(whole);
  const use = (part: Map<string, number>): void => {
    for (const [word, count] of part) rest.set(word, (rest.get(word) ?? 0) - count);
  };
  use(own);
  const found: number[] = [];
  for (const step of [1, -1])
    for (let i = at + step; Math.abs(i - at) <= 4; i += step) {
      const part = free(i);
      if (!part || part.size < 2 || coverage(part, rest) < 0.75) break;
      use(part);
      found.push(i);
    }
  return found;
}

type Work = UnitPairs & { a: Unit[]; b: Unit[]; look: UnitLook };

const indexes = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);

function put(work: Work, i: number, j: number, moved: 'moved' | 'moved and changed' | 'changed'): void {
  work.now[j] =
    moved === 'changed' ? { op: 'change', from: i } : { op: 'move', from: i, changed: moved !== 'moved' };
  work.old[i] = { to: j, moved: moved !== 'changed' };
}

function start(a: Unit[], b: Unit[], look: UnitLook): Work {
  const now: Fate[] = b.map(() => ({ op: 'add' }));
  const old: Trace[] = a.map(() => ({ to: null, moved: false }));
  const gaps: UnitPairs['gaps'] = [];
  const kept = align(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  );
  let [i, j] = [0, 0];
  for (const [x, y] of [...kept, [a.length, b.length] as Pair]) {
    if (x > i || y > j) gaps.push([i, x, j, y]);
    if (x < a.length && y < b.length) {
      now[y] = { op: 'keep', from: x };
      old[x] = { to: y, moved: false };
    }
    [i, j] = [x + 1, y + 1];
  }
  return { a, b, now, old, gaps, look, splits: new Map(), merges: new Map() };
}

const isLeft = (work: Work, i: number): boolean => work.old[i]?.to === null;
const isFree = (work: Work, j: number): boolean => work.now[j]?.op === 'add';

/** Pairs of one stretch that nothing crosses, by likeness; where the kinds in it are the same one by one, by place. */
function pairStretch(work: Work, fromOld: number, toOld: number, fromNow: number, toNow: number): void {
  const { a, b, look } = work;
  const gone = indexes(fromOld, toOld).filter((i) => isLeft(work, i) && a[i]?.part !== 'close');
  const fresh = indexes(fromNow, toNow).filter((j) => isFree(work, j) && b[j]?.part !== 'close');
  if (gone.length === 0 || fresh.length === 0) return;
  const fits =
    gone.length === fresh.length &&
    gone.every((i, k) => shapeOf(a[i] as Unit) === shapeOf(b[fresh[k] ?? -1] as Unit));
  const pairs: [number, number][] =
    fits && gone.length === 1
      ? [[0, 0]]
      : pairSimilar(
          gone,
          fresh,
          (i, j) => look.alike(a[i] as Unit, b[j] as Unit),
          () => '',
          false,
        );
  if (pairs.length === 0 && fits) for (const k of gone.keys()) pairs.push([k, k]);
  for (const [p, q] of pairs) put(work, gone[p] as number, fresh[q] as number, 'changed');
}

/** A paragraph that became several, or several that became one: neighbours hold the rest of its words. */
function joinParts(work: Work, j: number, [fromOld, toOld, fromNow, toNow]: UnitPairs['gaps'][number]): void {
  const { a, b, look } = work;
  const fate = work.now[j];
  if (fate?.op !== 'change') return;
  const [was, is] = [a[fate.from] as Unit, b[j] as Unit];
  if (was.block.kind !== 'paragraph' || shapeOf(was) !== shapeOf(is)) return;
  const inNow = (k: number): Map<string, number> | null =>
    k >= fromNow && k < toNow && isFree(work, k) && shapeOf(b[k] as Unit) === shapeOf(is)
      ? look.words(b[k] as Unit)
      : null;
  const inOld = (k: number): Map<string, number> | null =>
    k >= fromOld && k < toOld && isLeft(work, k) && shapeOf(a[k] as Unit) === shapeOf(was)
      ? look.words(a[k] as Unit)
      : null;
  if (!inNow(j - 1) && !inNow(j + 1) && !inOld(fate.from - 1) && !inOld(fate.from + 1)) return;
  const parts = partsAround(j, look.words(was), look.words(is), inNow);
  const sources = parts.length > 0 ? [] : partsAround(fate.from, look.words(is), look.words(was), inOld);
  if (parts.length > 0)
    work.splits.set(
      j,
      [...parts, j].sort((x, y) => x - y),
    );
  for (const k of parts) work.now[k] = { op: 'part', of: j };
  if (sources.length > 0)
    work.merges.set(
      j,
      [...sources, fate.from].sort((x, y) => x - y),
    );
  for (const k of sources) work.old[k] = { to: j, moved: false };
}

/** Units that surely belong together: in their place where they stand in order within a stretch, else moved. */
function pairSure(work: Work): void {
  const { a, b, gaps } = work;
  const old = indexes(0, a.length).filter((i) => isLeft(work, i) && a[i]?.part === 'leaf');
  const now = indexes(0, b.length).filter((j) => isFree(work, j) && b[j]?.part === 'leaf');
  if (old.length === 0 || now.length === 0 || (old.length === 1 && now.length === 1 && gaps.length === 1))
    return;
  const sure = surePairs(a, b, old, now, work.look);
  let at = 0;
  for (const [fromOld, toOld, , toNow] of gaps) {
    const here: [number, number][] = [];
    for (; (sure[at]?.[1] ?? toNow) < toNow; at += 1) here.push(sure[at] as [number, number]);
    const inPlace = here.filter(([i]) => i >= fromOld && i < toOld);
    const steady = new Set(rising(inPlace));
    for (const pair of here) put(work, pair[0], pair[1], steady.has(pair) ? 'changed' : 'moved and changed');
  }
}

/**
 * Pairs the units of two bodies: what stayed, what was changed in its place, what moved (changed or not), what
 * was split or merged, what came and what went. `text` is what a unit reads as.
 */
export function pairUnits(a: Unit[], b: Unit[], text: (unit: Unit) => string): UnitPairs {
  const work = start(a, b, lookOf(text));
  const { now, old, gaps } = work;
  if (gaps.length === 0) return work;
  const left = old.map(({ to }) => to === null);
  const free = now.map(({ op }) => op === 'add');
  for (const [j, i] of exactMoves(a, b, left, free)) put(work, i, j, 'moved');
  pairSure(work);
  for (const gap of gaps) {
    const [fromOld, toOld, fromNow, toNow] = gap;
    let [i, j] = [fromOld, fromNow];
    for (let k = fromNow; k < toNow; k += 1) {
      const fate = now[k];
      if (fate?.op !== 'change') continue;
      pairStretch(work, i, fate.from, j, k);
      [i, j] = [fate.from + 1, k + 1];
    }
    pairStretch(work, i, toOld, j, toNow);
    for (let k = fromNow; k < toNow; k += 1) joinParts(work, k, gap);
  }
  return work;
}
