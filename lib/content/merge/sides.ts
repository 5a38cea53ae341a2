import { align, type Pair } from '../align.ts';
import { similarity, wordsOf } from '../diff/similar.ts';

/** One part of a sequence that is merged. */
export type Item<T> = {
  /** Equal for the same content. */
  key: string;
  bytes: string;
  /** What stands between the part before and this one. */
  gap: string;
  /** Only parts of one shape can be versions of each other. */
  shape: string;
  /** A local id, or null. */
  id: string | null;
  /** As people call it. */
  name: () => string;
  /** Headings it stands under, where it stands on a page. */
  under: string[];
  /** Of headings: 1 to 6. */
  level: number | null;
  /** False for what says nothing by itself: empty lines, white space, closing tags. */
  solid: () => boolean;
  /** True for lines of text: their parts are only ever merged where they are the same, so any two may be compared. */
  plain: boolean;
  /** Its words, for likeness. */
  text: () => string;
  node: T;
};

/** Items that a side put somewhere in the gaps `from..to` of the base. */
export type Put<T> = { from: number; to: number; items: Item<T>[] };

/**
 * What became of a base item. `alike`: sure enough to be a version of it that its parts may be merged.
 * `put`: what replaced it. `movedTo`: the same item at another place.
 */
export type Fate<T> =
  | { kind: 'kept'; item: Item<T> }
  | { kind: 'changed'; item: Item<T>; alike: boolean }
  | { kind: 'gone'; put: Put<T> | null; movedTo: Item<T> | null };

export type Side<T> = { fates: Fate<T>[]; puts: Put<T>[] };

const MAX_GRID = 2_500;
const LIKE = 0.35;
/** Below this, items at the same place are no versions of each other. */
const BARELY = 0.2;

type Likeness<T> = (a: Item<T>, b: Item<T>) => number;

function likeness<T>(): Likeness<T> {
  const bags = new Map<Item<T>, Map<string, number>>();
  const bag = (item: Item<T>): Map<string, number> => {
    let words = bags.get(item);
    if (!words) {
      words = wordsOf(item.text());
      if (words.size === 0) words = wordsOf(item.key);
      bags.set(item, words);
    }
    return words;
  };
  return (a, b) => (a.shape === b.shape ? similarity(bag(a), bag(b)) : 0);
}

/** Pairs with the greatest likeness in sum, in order on both sides. */
function bestPairs<T>(a: Item<T>[], b: Item<T>[], like: Likeness<T>): Pair[] {
  const width = b.length + 1;
  const best = new Float64Array((a.length + 1) * width);
  const score = (i: number, j: number): number => {
    const value = like(a[i] as Item<T>, b[j] as Item<T>);
    return value < LIKE ? -1 : value;
  };
  const scores = new Float64Array(a.length * b.length);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const own = score(i, j);
      scores[i * b.length + j] = own;
      const joined = own < 0 ? -1 : own + (best[(i + 1) * width + j + 1] ?? 0);
      best[i * width + j] = Math.max(joined, best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const own = scores[i * b.length + j] ?? -1;
    const here = best[i * width + j] ?? 0;
    if (own >= 0 && here === own + (best[(i + 1) * width + j + 1] ?? 0)) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (here === (best[(i + 1) * width + j] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

function byId<T>(a: Item<T>[], b: Item<T>[]): Pair[] {
  const unique = (items: Item<T>[]): string[] => {
    const seen = new Map<string, number>();
    for (const { id } of items) if (id !== null) seen.set(id, (seen.get(id) ?? 0) + 1);
    return items.map(({ id, shape }, index) =>
      id !== null && seen.get(id) === 1 ? `id ${shape} ${id}` : `none ${index}`,
    );
  };
  const [x, y] = [unique(a), unique(b).map((id) => (id.startsWith('none') ? `${id} b` : id))];
  return align(x, y);
}

type Match = { pair: Pair; alike: boolean };

/** Which of the removed items became which of the added ones: by id, by likeness, then by place. */
function versions<T>(removed: Item<T>[], added: Item<T>[], like: Likeness<T>): Match[] {
  const matches: Match[] = [];
  const byPlace = (i: number, x: number, j: number, y: number): void => {
    if (x - i !== y - j) return;
    for (let k = 0; k < x - i; k += 1) if (removed[i + k]?.shape !== added[j + k]?.shape) return;
    for (let k = 0; k < x - i; k += 1) {
      const [old, now] = [removed[i + k] as Item<T>, added[j + k] as Item<T>];
      const alike = old.plain || !old.solid() || !now.solid() || like(old, now) >= BARELY;
      matches.push({ pair: [i + k, j + k], alike });
    }
  };
  const between = (i: number, x: number, j: number, y: number): void => {
    if (i === x || j === y) return;
    const small = (x - i) * (y - j) <= MAX_GRID;
    const found = small ? bestPairs(removed.slice(i, x), added.slice(j, y), like) : [];
    let [p, q] = [i, j];
    for (const [a, b] of found) {
      byPlace(p, i + a, q, j + b);
      matches.push({ pair: [i + a, j + b], alike: true });
      [p, q] = [i + a + 1, j + b + 1];
    }
    byPlace(p, x, q, y);
  };
  let [i, j] = [0, 0];
  for (const [x, y] of [...byId(removed, added), [removed.length, added.length] as Pair]) {
    between(i, x, j, y);
    if (x < removed.length) matches.push({ pair: [x, y], alike: true });
    [i, j] = [x + 1, y + 1];
  }
  return matches.sort((one, two) => one.pair[0] - two.pair[0]);
}

/** Items of the base that stand unchanged at another place, where there is no doubt which they are. */
function movesOf<T>(base: Item<T>[], other: Item<T>[], pairs: Pair[]): Map<number, number> {
  const moves = new Map<number, number>();
  if (pairs.length === base.length || pairs.length === other.length) return moves;
  const stayed = new Set(pairs.map(([i]) => i));
  const once = (items: Item<T>[]): Map<string, number> => {
    const at = new Map<string, number>();
    for (const [index, { key }] of items.entries()) at.set(key, at.has(key) ? -1 : index);
    return at;
  };
  const [before, after] = [once(base), once(other)];
  for (const [i, item] of base.entries()) {
    const j = after.get(item.key) ?? -1;
    if (!stayed.has(i) && j >= 0 && before.get(item.key) === i && item.solid()) moves.set(i, j);
  }
  return moves;
}

/** What a version made of each item of the base, and what it put in. */
export function sideOf<T>(base: Item<T>[], other: Item<T>[]): Side<T> {
  const fates: Fate<T>[] = [];
  const puts: Put<T>[] = [];
  const keys = (items: Item<T>[]): string[] => items.map(({ key }) => key);
  const pairs = align(keys(base), keys(other));
  const moves = movesOf(base, other, pairs);
  const arrived = new Set(moves.values());
  const like = likeness<T>();

  const replace = (i: number, x: number, j: number, y: number): void => {
    const items = other.slice(j, y);
    const put = items.length > 0 ? { from: i, to: x, items } : null;
    if (put) puts.push(put);
    let [stays, fresh] = [false, false];
    for (let k = i; k < x; k += 1) stays ||= !moves.has(k);
    for (let k = j; k < y; k += 1) fresh ||= !arrived.has(k);
    for (let k = i; k < x; k += 1) {
      const to = moves.get(k);
      fates[k] = {
        kind: 'gone',
        put: stays && fresh ? put : null,
        movedTo: to === undefined ? null : (other[to] ?? null),
      };
    }
  };
  const stretch = (i: number, x: number, j: number, y: number): void => {
    const old: number[] = [];
    const now: number[] = [];
    for (let k = i; k < x; k += 1) if (!moves.has(k)) old.push(k);
    for (let k = j; k < y; k += 1) if (!arrived.has(k)) now.push(k);
    const at = (list: Item<T>[], indexes: number[]): Item<T>[] => indexes.map((k) => list[k] as Item<T>);
    let [p, q] = [i, j];
    for (const { pair, alike } of versions(at(base, old), at(other, now), like)) {
      const [a, b] = [old[pair[0]] as number, now[pair[1]] as number];
      replace(p, a, q, b);
      fates[a] = { kind: 'changed', item: other[b] as Item<T>, alike };
      [p, q] = [a + 1, b + 1];
    }
    replace(p, x, q, y);
  };
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [base.length, other.length] as Pair]) {
    if (x > i || y > j) stretch(i, x, j, y);
    if (x < base.length) fates[x] = { kind: 'kept', item: other[y] as Item<T> };
    [i, j] = [x + 1, y + 1];
  }
  return { fates, puts };
}
