/** Words of a text and how often each occurs; at most 2,000 words count. */
export function wordsOf(text: string): Map<string, number> {
  const words = new Map<string, number>();
  const found =
    text
      .slice(0, 20_000)
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  for (const word of found.slice(0, 2000)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
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

const ENOUGH = 0.3;
const MAX_WORK = 40_000;

/**
 * Pairs removed with added items that are versions of each other, in order on both sides. Items of equal
 * `shape` pair by likeness; where as many were removed as added, by place.
 */
export function pairSimilar<T>(
  removed: T[],
  added: T[],
  alike: (a: T, b: T) => number,
  shape: (item: T) => string,
): [number, number][] {
  const pairs: [number, number][] = [];
  const byPlace =
    removed.length === added.length && removed.every((item, i) => shape(item) === shape(added[i] as T));
  if (byPlace && (removed.length === 1 || removed.length * added.length > MAX_WORK))
    return removed.map((_, i) => [i, i]);
  if (removed.length * added.length > MAX_WORK) return pairs;
  let from = 0;
  for (const [j, item] of added.entries()) {
    let best = -1;
    let score = ENOUGH;
    for (let i = from; i < removed.length; i += 1) {
      const likeness = alike(removed[i] as T, item);
      if (likeness > score) [best, score] = [i, likeness];
    }
    if (best === -1) continue;
    pairs.push([best, j]);
    from = best + 1;
  }
  return pairs.length === 0 && byPlace ? removed.map((_, i) => [i, i]) : pairs;
}
