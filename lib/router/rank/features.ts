import { meanings } from './words.ts';

/** What a text is made of for comparing, with how often: stems, pairs of them, what they mean, pieces of four letters. */
export type Features = Map<string, number>;

const weight = { pair: 1, meaning: 0.3, piece: 0.6 };
const pieceLength = 4;

/** @param stems the words of a text in order, as stems. */
export function featuresOf(stems: readonly string[]): Features {
  const found: Features = new Map();
  const add = (key: string, amount: number) => found.set(key, (found.get(key) ?? 0) + amount);
  stems.forEach((word, at) => {
    add(`w${word}`, 1);
    if (at > 0) add(`p${stems[at - 1]} ${word}`, weight.pair);
    const framed = `^${word}$`;
    for (let from = 0; from + pieceLength <= framed.length; from++)
      add(`l${framed.slice(from, from + pieceLength)}`, weight.piece);
  });
  for (const word of meanings([...new Set(stems)])) add(`w${word}`, weight.meaning);
  return found;
}
