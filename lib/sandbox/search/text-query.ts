import type { SearchDocument } from './documents.ts';
import { stem, stopWords, type WordList, words } from './words.ts';

type Term = { kind: 'phrase'; stems: string[] } | { kind: 'pattern'; pattern: RegExp };

/** Reads the right side of `~`: words are ANDed, `"a b"` inside is a phrase, `*` and `?` are wildcards, OR divides. */
export function readTextQuery(text: string): Term[][] {
  const groups: Term[][] = [[]];
  for (const match of text.matchAll(/"([^"]*)"|(\S+)/g)) {
    const [, phrase, word = ''] = match;
    if (word === 'AND') continue;
    if (word === 'OR') {
      groups.push([]);
      continue;
    }
    const terms = phrase === undefined ? readWord(word) : [phraseTerm(phrase)];
    groups.at(-1)?.push(...terms.filter((term) => term.kind === 'pattern' || term.stems.length > 0));
  }
  return groups.filter((group) => group.length > 0);
}

function phraseTerm(text: string): Term {
  return { kind: 'phrase', stems: words(text).map(stem) };
}

function readWord(word: string): Term[] {
  if (/[*?]/.test(word)) {
    const source = word
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_*?]/gu, '')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return source === '' ? [] : [{ kind: 'pattern', pattern: new RegExp(`^${source}$`, 'u') }];
  }
  // What is written without a space stays together: host names, kebab-case, Japanese.
  return [phraseTerm(word)];
}

/** Whether any of the word lists holds what the query asks; each term may be in another list. */
export function matchesText(query: Term[][], lists: WordList[]): boolean {
  return query.some((group) => group.every((term) => lists.some((list) => holds(list, term))));
}

function holds(list: WordList, term: Term): boolean {
  if (term.kind === 'pattern') return list.raw.some((word) => term.pattern.test(word));
  const [first, ...rest] = term.stems;
  if (first === undefined) return false;
  for (let at = list.stems.indexOf(first); at >= 0; at = list.stems.indexOf(first, at + 1))
    if (rest.every((one, index) => list.stems[at + index + 1] === one)) return true;
  return false;
}

/** The stems a person's words come down to; the little words are left out unless there are no others. */
export function queryStems(text: string): string[] {
  const all = words(text);
  const strong = all.filter((word) => !stopWords.has(word));
  return [...new Set((strong.length > 0 ? strong : all).map(stem))];
}

const kindWeight: Record<SearchDocument['kind'], number> = {
  page: 1,
  blogpost: 0.9,
  space: 0.8,
  folder: 0.7,
  whiteboard: 0.7,
  database: 0.7,
  embed: 0.7,
  attachment: 0.6,
  comment: 0.4,
};

/**
 * How well a document answers a person's words, 0 for not at all: at least half of the words must occur; a
 * word counts by how rare it is, most in the title, then in labels, then in the body.
 */
export function relevance(
  stems: string[],
  document: SearchDocument,
  rarity: (stem: string) => number,
): number {
  let score = 0;
  let hits = 0;
  for (const one of stems) {
    const inTitle = document.titleWords.stems.includes(one);
    const inLabels = document.labelWords.stems.includes(one);
    const count = document.bodyWords.stems.reduce((sum, word) => (word === one ? sum + 1 : sum), 0);
    if (!inTitle && !inLabels && count === 0) continue;
    hits += 1;
    score += rarity(one) * ((inTitle ? 6 : 0) + (inLabels ? 3 : 0) + (2 * count) / (count + 2));
  }
  if (stems.length === 0 || hits * 2 < stems.length) return 0;
  const coverage = hits / stems.length;
  const titleShare =
    stems.filter((one) => document.titleWords.stems.includes(one)).length /
    Math.max(1, document.titleWords.stems.length);
  const years = (Date.now() - document.modified) / (365 * 86_400_000);
  return score * coverage * coverage * (1 + titleShare) * kindWeight[document.kind] * (1 + 0.1 / (1 + years));
}

/** Rarity of stems over a set of documents (inverse document frequency). */
export function rarityOver(documents: SearchDocument[]): (stem: string) => number {
  const known = new Map<string, number>();
  return (one) => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const count = documents.filter(
      (document) =>
        document.titleWords.stems.includes(one) ||
        document.bodyWords.stems.includes(one) ||
        document.labelWords.stems.includes(one),
    ).length;
    const value = Math.log(1 + documents.length / (1 + count));
    known.set(one, value);
    return value;
  };
}
