import { plainWord } from './words.ts';

const shortest = 4;

/** Letters to change, leave out, put in or swap between two words, up to `most`; more than that is `most + 1`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

export type Spelling = (word: string) => string;

/**
 * Mends words that are in nobody's vocabulary: the nearest known word takes their place, the more frequent one of two.
 * @param known words with how often they occur.
 */
export function createSpelling(known: ReadonlyMap<string, number>): Spelling {
  const candidates = [...known].filter(([word]) => word.length >= shortest);
  const mended = new Map<string, string>();
  return (word) => {
    const plain = plainWord(word);
    if (plain.length < shortest || known.has(plain) || !/^[a-z]+$/.test(plain)) return word;
    const before = mended.get(plain);
    if (before !== undefined) return before;
    const most = plain.length >= 8 ? 2 : 1;
    let best = { word, away: most + 1, often: 0 };
    for (const [other, often] of candidates) {
      // A slip of the first letter alone is rarer than what a full comparison costs.
      if (other[0] !== plain[0] && other[1] !== plain[1] && other[0] !== plain[1]) continue;
      const away = distance(plain, other, most);
      if (away < best.away || (away === best.away && away <= most && often > best.often))
        best = { word: other, away, often };
    }
    if (mended.size > 2000) mended.clear();
    mended.set(plain, best.word);
    return best.word;
  };
}
