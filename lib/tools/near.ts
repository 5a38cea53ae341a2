/** Edits (insert, delete, replace) that turn one text into the other. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Lower case without accents, punctuation and doubled spaces: for comparing what people type. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function unlikeness(wanted: string, name: string): number {
  const a = plain(wanted);
  const b = plain(name);
  if (a === b) return 0;
  if (a !== '' && (b.includes(a) || a.includes(b))) return 0.2;
  const words = a.split(' ').filter((word) => b.split(' ').includes(word)).length;
  const spread = distance(a.slice(0, 80), b.slice(0, 80)) / Math.max(a.length, b.length, 1);
  return words > 0 ? Math.min(spread, 0.5) : spread;
}

/** The items whose names are most like `wanted`, best first; those with nothing in common are left out. */
export function nearest<T>(
  wanted: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  count = 3,
  worst = 0.6,
): T[] {
  return items
    .map((item) => ({ item, score: unlikeness(wanted, nameOf(item)) }))
    .filter(({ score }) => score <= worst)
    .sort((a, b) => a.score - b.score)
    .slice(0, count)
    .map(({ item }) => item);
}
