function firstWords(text: string): string[] {
  const found = text
    .slice(0, 20_000)
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+/gu);
  return found?.slice(0, 2000) ?? [];
}

function counted(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Words of a text and how often each occurs; at most 2,000 words count. */
export const wordsOf = (text: string): Map<string, number> => counted(firstWords(text));

/** Pairs of words that follow each other: they tell texts of the same vocabulary apart. */
export function shinglesOf(text: string): Map<string, number> {
  const words = firstWords(text);
  return counted(words.slice(1).map((word, at) => `${words[at]} ${word}`));
}

/** Share of words in common, 0 to 1. */
export function similarity(a: Map<string, number>, b: Map<string, number>): number {
  let common = 0;
  let total = 0;
  for (const [word, count] of a) {
    common += Math.min(count, b.get(word) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 1 : (2 * common) / total;
}

/** Share of the words of `part` that `whole` has too, 0 to 1. */
export function coverage(part: Map<string, number>, whole: Map<string, number>): number {
  let common = 0;
  let total = 0;
  for (const [word, count] of part) {
    common += Math.min(count, whole.get(word) ?? 0);
    total += count;
  }
  return total === 0 ? 0 : common / total;
}

/**
 * For each added item: up to which removed one nothing stands between them. Removed items are told there, before
 * what came in their place.
 */
export function removedBefore<T>(
  added: readonly T[],
  fromOf: (item: T) => number | undefined,
  removed: number,
): number[] {
  const out: number[] = [];
  let next = removed;
  for (let at = added.length - 1; at >= 0; at -= 1) {
    next = fromOf(added[at] as T) ?? next;
    out[at] = next;
  }
  return out;
}

const ENOUGH = 0.3;
const MAX_WORK = 40_000;
/** In long lists an item is compared with those near its own place only. */
const NEAR = 6;

/**
 * Pairs removed with added items that are versions of each other, in order on both sides. Items of equal
 * `shape` pair by likeness; where as many were removed as added, by place (unless `byPlace` is false). In
 * lists too long to compare each with each, only items near each other are compared.
 */
export function pairSimilar<T>(
  removed: readonly T[],
  added: readonly T[],
  alike: (a: T, b: T) => number,
  shape: (item: T) => string,
  byPlace = true,
): [number, number][] {
  const pairs: [number, number][] = [];
  if (removed.length === 0 || added.length === 0) return pairs;
  const fits =
    byPlace &&
    removed.length === added.length &&
    removed.every((item, i) => shape(item) === shape(added[i] as T));
  if (fits && removed.length === 1) return [[0, 0]];
  const long = removed.length * added.length > MAX_WORK;
  let from = 0;
  for (const [j, item] of added.entries()) {
    let best = -1;
    let score = ENOUGH;
    const middle = Math.round((j * removed.length) / added.length);
    const low = long ? Math.max(from, middle - NEAR) : from;
    const high = long ? Math.min(removed.length, Math.max(middle, low) + NEAR) : removed.length;
    for (let i = low; i < high; i += 1) {
      const likeness = alike(removed[i] as T, item);
      if (likeness > score) [best, score] = [i, likeness];
    }
    if (best === -1) continue;
    pairs.push([best, j]);
    from = best + 1;
  }
  return pairs.length === 0 && fits ? removed.map((_, i) => [i, i]) : pairs;
}
