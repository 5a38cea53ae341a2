const wordPattern = /[\p{L}\p{N}\p{M}_]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

export const stopWords = new Set(
  'a an the of for to in on at by with from about and or is are was be do does how what which who our my your me please find show search page pages confluence'.split(
    ' ',
  ),
);

/** The words of a text, lower case; scripts without spaces are cut into overlapping pairs. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(wordPattern)) {
    if (!unspaced.test(word)) {
      found.push(word);
      continue;
    }
    const letters = [...word];
    if (letters.length === 1) found.push(word);
    for (let at = 0; at + 1 < letters.length; at += 1) found.push(`${letters[at]}${letters[at + 1]}`);
  }
  return found;
}

/** An English word without its commonest endings, so that "logging guidelines" meets "log guideline". */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let base = word;
  if (base.endsWith('ies')) base = `${base.slice(0, -3)}y`;
  else if (/(?:s|x|z|ch|sh)es$/.test(base)) base = base.slice(0, -2);
  else if (/[^su]s$/.test(base) && !base.endsWith('is')) base = base.slice(0, -1);
  if (/^.{3,}ing$/.test(base)) base = undouble(base.slice(0, -3));
  else if (/^.{3,}ed$/.test(base)) base = undouble(base.slice(0, -2));
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base;
}

function undouble(base: string): string {
  return /([bdfgmnprt])\1$/.test(base) ? base.slice(0, -1) : base;
}

/** Words of one text, as written and as stems, in order. */
export type WordList = { raw: string[]; stems: string[] };

export function wordList(text: string): WordList {
  const raw = words(text);
  return { raw, stems: raw.map(stem) };
}
