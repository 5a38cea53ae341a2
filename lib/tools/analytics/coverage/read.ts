import { ContentError, outline, textOf } from '#lib/content';
import type { Document } from '../../documents.ts';
import { plain } from '../../near.ts';

/** A page as far as coverage needs it: its headings, how many words it has, and its text for comparing. */
export type Read = { page: Document; headings: string[]; words: number; text: string };

const counter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words of a text, in scripts without spaces too. */
export function countWords(text: string): number {
  let count = 0;
  for (const { isWordLike } of counter.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** What coverage needs of a page; null where its body is not well-formed. The body itself is not kept. */
export function readOf(page: Document): Read | null {
  try {
    const body = page.body ?? '';
    const text = textOf(body);
    const headings = outline(body).flatMap((block) => (block.kind === 'heading' ? block.preview : []));
    return { page: { ...page, body: null, raw: {} }, headings, words: countWords(text), text: plain(text) };
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

/** A heading counts as the section when it holds all its words: `3. Rollback procedures` is the section "Rollback". */
export function hasSection(headings: readonly string[], wanted: string): boolean {
  const words = plain(wanted).split(' ');
  return headings.some((heading) => {
    const own = plain(heading);
    // Without spaces between words, a part will do.
    return words.every(
      (word) =>
        own.split(' ').includes(word) || (/[^\p{Script=Latin}\p{N}]/u.test(word) && own.includes(word)),
    );
  });
}
