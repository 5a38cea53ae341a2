import type { StorageDoc } from '../parse/parse.ts';

/** Words; in scripts that write without spaces, characters. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]+/gu;

/** How often each word stands in some texts. */
export type Words = Map<string, number>;

export function addWords(words: Words, text: string, times = 1): void {
  for (const [word] of text.matchAll(WORD)) words.set(word, (words.get(word) ?? 0) + times);
}

/** The share of the text a reader sees of one body, by characters, whose words stand in another; 1 where there is none. */
export function shareOfTextKept(before: StorageDoc, after: StorageDoc): number {
  const texts = new Map<string, number>();
  const put = (text: string, by: number): void => {
    texts.set(text, (texts.get(text) ?? 0) + by);
  };
  for (const node of before.texts) if (!node.hidden) put(node.text, 1);
  const all = [...texts].reduce((sum, [text, times]) => sum + text.replace(/\s+/g, '').length * times, 0);
  for (const node of after.texts) if (!node.hidden) put(node.text, -1);
  // Texts that both have cancel out, which leaves few to be taken apart.
  const words: Words = new Map();
  for (const [text, times] of texts) if (times !== 0) addWords(words, text, times);
  let gone = 0;
  for (const [word, count] of words) gone += word.length * Math.max(count, 0);
  return all === 0 ? 1 : (all - gone) / all;
}

/** The share of one text, by characters, whose words stand in another; 1 where there is no text. */
export function shareKept(before: Words, after: Words): number {
  let [all, kept] = [0, 0];
  for (const [word, count] of before) {
    all += word.length * count;
    kept += word.length * Math.min(count, after.get(word) ?? 0);
  }
  return all === 0 ? 1 : kept / all;
}
