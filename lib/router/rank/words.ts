import synonyms from '../data/synonyms.json' with { type: 'json' };
import translations from '../data/translations.json' with { type: 'json' };

/** Words that say nothing about the operation wanted. */
const dull = new Set(
  'a an the of to in on at for from with and or is are was it its this that these those i our your you we can could please would want need do does did be by as if so then me confluence atlassian into about der die das den dem des ein eine einen einem einer im auf und von zu mir bitte fur mit ist sind zum zur el la los las un una de del en por para y al es se lo con'.split(
    ' ',
  ),
);

/** Lower case without accents. */
export const plainWord = (word: string): string =>
  word.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();

/** Lower case, no accents, plural and verb endings off: `Pages` and `page`, `deleting` and `delete` meet. */
export function stem(word: string): string {
  const bare = plainWord(word);
  if (bare.length <= 3) return bare;
  const singular = bare
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  if (singular === 'children') return 'child';
  if (singular.length > 5 && singular.endsWith('ing')) return singular.slice(0, -3).replace(/(.)\1$/, '$1');
  if (singular.length > 5 && singular.endsWith('en')) return singular.slice(0, -1);
  return singular.replace(/^(.{3,}[^e])ed$/, '$1').replace(/^(.{3,})e$/, '$1');
}

const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const foreign = [...Object.entries<string>(translations.es), ...Object.entries<string>(translations.de)];
const translated = new Map(foreign.map(([word, meant]) => [word, split(meant).map(stem)]));
const meant = new Map(
  Object.entries<string>(synonyms).map(([word, means]) => [stem(word), split(means).map(stem)]),
);

/** Every word that a translation is known for. */
export const foreignWords: readonly string[] = foreign.map(([word]) => word);

/** The words of a text as they stand, camelCase and snake_case split. */
export const wordsIn = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');

/** Words as stems, dull ones out; German and Spanish ones in English. */
export function stemsOf(words: readonly string[]): string[] {
  return words
    .filter((word) => !dull.has(plainWord(word)))
    .flatMap((word) => translated.get(plainWord(word)) ?? [stem(word)]);
}

/** The words of a text as stems. */
export const stems = (text: string): string[] => stemsOf(wordsIn(text));

/** The words the catalogue uses for these, without the words themselves. */
export function meanings(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => meant.get(word) ?? []))].filter((word) => !words.includes(word));
}
