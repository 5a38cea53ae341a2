/** Words in a row that make a shingle. Two keep short pages with a few changed words comparable. */
const width = 2;
/** Shingles kept of one page: the smallest hashes, which are a fair sample. */
const mostShingles = 4000;

/** Scripts written without spaces: each sign counts as a word. */
const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}_]+/gu;

/** The words of a text in lower case. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(words) ?? [];
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

/** Sorted hashes of every run of two words, each once. */
export function shinglesOf(list: readonly string[]): Uint32Array {
  const found = new Set<number>();
  for (let at = 0; at + width <= list.length; at += 1) found.add(hash(list.slice(at, at + width).join(' ')));
  return Uint32Array.from(found).sort().slice(0, mostShingles);
}

/** Jaccard similarity of two sorted sets: shared members divided by all members, 0 to 1. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

/**
 * A title without what copying and numbering add to it: `Copy of X`, `X (2)`, `X - Kopie`, `X v2`.
 * Dates and numbers inside stay, for they tell notes of different weeks apart.
 */
export function coreTitle(title: string): string {
  const bare = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(copy of|kopie von|copia de|copie de)\s+/, '')
    .replace(/\s*[-–(]\s*(copy|kopie|copia|copie)\s*\)?\s*\d*$/, '')
    .replace(/\s*(\(\d{1,2}\)|\bv\d{1,2})$/, '');
  return wordsOf(bare).join(' ');
}

/** Likeness of two titles, 0 to 1: shared words by all words of their cores. */
export function titleLikeness(a: string, b: string): number {
  const [one, other] = [coreTitle(a), coreTitle(b)];
  if (one === other) return one === '' ? 0 : 1;
  const left = new Set(one.split(' '));
  const right = new Set(other.split(' '));
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}
