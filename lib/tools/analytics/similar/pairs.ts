import { jaccard, titleLikeness } from './shingles.ts';

/** A page reduced to what is compared. */
export type Compared = { id: string; title: string; words: number; shingles: Uint32Array };
/** Two pages that are alike. Similarities are 0 to 1. */
export type Pair = { a: Compared; b: Compared; similarity: number; text: number; title: number };

/** How alike two pages are: their text alone, or text and title together, whichever is more. */
export function likeness(text: number, title: number): number {
  return Math.max(text, 0.7 * text + 0.3 * title);
}

/** The least text likeness with which a pair can still reach the threshold, given equal titles. */
const leastText = (threshold: number): number => Math.max(0.05, (threshold - 0.3) / 0.7);

/**
 * Pairs at or above the threshold, most alike first. Exact: two sets that are alike enough share one of their rarest
 * members (prefix filter), so only such pairs are compared in full.
 * @param stop called now and then; throws to end the work.
 */
export function similarPairs(pages: readonly Compared[], threshold: number, stop: () => void): Pair[] {
  const least = leastText(threshold);
  const counts = new Map<number, number>();
  for (const { shingles } of pages) for (const one of shingles) counts.set(one, (counts.get(one) ?? 0) + 1);
  const holders = new Map<number, number[]>();
  const found: Pair[] = [];
  for (const [at, page] of pages.entries()) {
    if (at % 100 === 0) stop();
    const rarest = [...page.shingles].sort((x, y) => (counts.get(x) ?? 0) - (counts.get(y) ?? 0) || x - y);
    const prefix = rarest.slice(0, page.shingles.length - Math.ceil(least * page.shingles.length) + 1);
    const candidates = new Set<number>();
    for (const shingle of prefix) {
      const known = holders.get(shingle);
      if (known === undefined) holders.set(shingle, [at]);
      else {
        for (const other of known) candidates.add(other);
        known.push(at);
      }
    }
    for (const other of candidates) {
      const b = pages[other] as Compared;
      const [small, large] = [page.shingles.length, b.shingles.length].sort((x, y) => x - y) as [
        number,
        number,
      ];
      if (small < least * large) continue;
      const text = jaccard(page.shingles, b.shingles);
      const title = titleLikeness(page.title, b.title);
      const similarity = likeness(text, title);
      if (text >= least && similarity >= threshold) found.push({ a: b, b: page, similarity, text, title });
    }
  }
  return found.sort((x, y) => y.similarity - x.similarity);
}

/** Pages that hang together through pairs, the largest likeness first. Pairs of one group stay in order. */
export function groupsOf(pairs: readonly Pair[]): { pages: Compared[]; pairs: Pair[] }[] {
  const group = new Map<string, { pages: Map<string, Compared>; pairs: Pair[] }>();
  for (const pair of pairs) {
    const joined = { pages: new Map<string, Compared>(), pairs: [] as Pair[] };
    const parts = new Set([group.get(pair.a.id), group.get(pair.b.id)]);
    for (const part of parts) {
      if (part === undefined) continue;
      for (const [id, page] of part.pages) joined.pages.set(id, page);
      joined.pairs.push(...part.pairs);
    }
    joined.pages.set(pair.a.id, pair.a).set(pair.b.id, pair.b);
    joined.pairs.push(pair);
    for (const id of joined.pages.keys()) group.set(id, joined);
  }
  return [...new Set(group.values())]
    .map((one) => ({
      pages: [...one.pages.values()],
      pairs: one.pairs.sort((x, y) => y.similarity - x.similarity),
    }))
    .sort((x, y) => (y.pairs[0]?.similarity ?? 0) - (x.pairs[0]?.similarity ?? 0));
}
