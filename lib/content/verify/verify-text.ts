import { parseStorage, spacedText } from '../parse/parse.ts';

const WORD = /[\p{L}\p{N}]+/gu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(WORD) ?? [];

/** Wiki markup without what is no text of the page: macros and their parameters, pictures, addresses of links. */
function textOfWiki(wiki: string): string {
  return wiki
    .replace(/\\([{}[\]!*_])/g, ' ')
    .replace(/\{[^{}\n]*\}/g, ' ')
    .replace(/![^!\s][^!\n]*!/g, ' ')
    .replace(/\[([^[\]|\n]*)\|[^[\]\n]*\]/g, ' $1 ')
    .replace(/\[[^[\]\n]*\]/g, ' ')
    .replace(/^h[1-6]\./gm, ' ')
    .replace(/https?:\/\/\S+/g, ' ');
}

/** What a comparison by words alone found. */
export type WordsResult = {
  ok: boolean;
  words: number;
  missing: string[];
  summary: string;
  details: string[];
};

/**
 * Compares wiki markup with the storage that Confluence made of it: only whether every word is there. Which markup
 * became what is Confluence's own doing and is not judged.
 *
 * @throws ContentError when `saved` is malformed
 */
export function verifyWords(wiki: string, saved: string): WordsResult {
  const doc = parseStorage(saved);
  const there = new Map<string, number>();
  // The words of macros and their parameters count too: in wiki markup they may stand as text.
  for (const node of doc.nodes) {
    const text =
      node.type === 'text' || node.type === 'cdata'
        ? node.text
        : node.type === 'element'
          ? node.attributes.map(({ value }) => value).join(' ')
          : '';
    for (const word of wordsOf(text)) there.set(word, (there.get(word) ?? 0) + 1);
  }
  const shown = doc.children.map((node) => spacedText(doc, node, Number.POSITIVE_INFINITY)).join(' ');
  const run = wordsOf(shown).join('');
  const wanted = wordsOf(textOfWiki(wiki));
  const missing: string[] = [];
  for (const word of wanted) {
    const left = there.get(word) ?? 0;
    if (left > 0) there.set(word, left - 1);
    // Emphasis inside a word splits it in the markup, not on the page.
    else if (!run.includes(word)) missing.push(word);
  }
  const found = wanted.length - missing.length;
  const how = 'Confluence has converted it from wiki markup, so only the words were compared';
  return {
    ok: missing.length === 0,
    words: wanted.length,
    missing,
    summary: `${how}: ${found} of ${wanted.length} are there`,
    details:
      missing.length === 0
        ? []
        : [
            `Words that are not there: ${missing
              .slice(0, 20)
              .map((word) => `"${word}"`)
              .join(', ')}${missing.length > 20 ? ` and ${missing.length - 20} more` : ''}`,
          ],
  };
}
