import { diffArrays } from 'diff';

/** Pairs of equal items, in order on both sides. */
export type Pair = [number, number];

const MAX_EDITS = 4000;

/** Items that occur once on both sides, in the longest order they share. They split long inputs. */
function anchors(a: string[], b: string[], lowA: number, highA: number, lowB: number, highB: number): Pair[] {
  const places = new Map<string, { a: number; b: number }>();
  for (let i = lowA; i < highA; i += 1) {
    const seen = places.get(a[i] ?? '');
    if (seen) seen.a = -2;
    else places.set(a[i] ?? '', { a: i, b: -1 });
  }
  for (let j = lowB; j < highB; j += 1) {
    const seen = places.get(b[j] ?? '');
    if (seen) seen.b = seen.b === -1 ? j : -2;
  }
  const unique = [...places.values()].filter((one) => one.a >= 0 && one.b >= 0);
  // Longest increasing run of b, patience style.
  const tops: number[] = [];
  const back: number[] = [];
  for (const [index, one] of unique.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((unique[tops[middle] ?? 0]?.b ?? 0) < one.b) low = middle + 1;
      else high = middle;
    }
    back[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const chain: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = back[index] ?? -1) {
    const one = unique[index];
    if (one) chain.push([one.a, one.b]);
  }
  return chain.reverse();
}

/** Places of the items that occur in `others` too; only they can be paired. */
function shared(items: string[], low: number, high: number, others: Set<string>): number[] {
  const places: number[] = [];
  for (let i = low; i < high; i += 1) if (others.has(items[i] ?? '')) places.push(i);
  return places;
}

/** Myers between anchors; where a stretch differs too much to be worth it, it counts as wholly different. */
function stretch(
  a: string[],
  b: string[],
  lowA: number,
  highA: number,
  lowB: number,
  highB: number,
  out: Pair[],
): void {
  if (lowA === highA || lowB === highB) return;
  const left = shared(a, lowA, highA, new Set(b.slice(lowB, highB)));
  if (left.length === 0) return;
  const right = shared(b, lowB, highB, new Set(a.slice(lowA, highA)));
  const texts = (list: string[], places: number[]): string[] => places.map((place) => list[place] ?? '');
  const changes = diffArrays(texts(a, left), texts(b, right), { maxEditLength: MAX_EDITS });
  if (!changes) return;
  let [i, j] = [0, 0];
  for (const change of changes) {
    const length = change.value.length;
    if (change.removed) i += length;
    else if (change.added) j += length;
    else {
      for (let k = 0; k < length; k += 1) out.push([left[i + k] ?? 0, right[j + k] ?? 0]);
      i += length;
      j += length;
    }
  }
}

/** A longest common subsequence in effect: equal items of both lists paired in order. Bounded work on any input. */
export function align(a: string[], b: string[]): Pair[] {
  const pairs: Pair[] = [];
  let low = 0;
  while (low < a.length && low < b.length && a[low] === b[low]) {
    pairs.push([low, low]);
    low += 1;
  }
  let [highA, highB] = [a.length, b.length];
  while (highA > low && highB > low && a[highA - 1] === b[highB - 1]) {
    highA -= 1;
    highB -= 1;
  }
  let [i, j] = [low, low];
  if ((highA - low) * (highB - low) > 40_000) {
    for (const [x, y] of anchors(a, b, low, highA, low, highB)) {
      stretch(a, b, i, x, j, y, pairs);
      pairs.push([x, y]);
      i = x + 1;
      j = y + 1;
    }
  }
  stretch(a, b, i, highA, j, highB, pairs);
  for (let k = 0; highA + k < a.length; k += 1) pairs.push([highA + k, highB + k]);
  return pairs;
}
