import { escapeHtml } from '../render/escape.ts';
import { stem } from '../search/words.ts';

export type ExcerptMode = 'highlight' | 'indexed' | 'none' | 'highlight_unescaped' | 'indexed_unescaped';

const length = 300;

/** A text with the searched words between Confluence's `@@@hl@@@` marks. */
export function marked(text: string, stems: string[], safely: boolean): string {
  const wanted = new Set(stems);
  return text
    .split(/([\p{L}\p{N}\p{M}_]+)/u)
    .map((piece, index) => {
      const safe = safely ? escapeHtml(piece) : piece;
      return index % 2 === 1 && wanted.has(stem(piece.toLowerCase())) ? `@@@hl@@@${safe}@@@endhl@@@` : safe;
    })
    .join('');
}

/** A piece of the body around the first searched word, in the asked form. */
export function excerptOf(text: string, stems: string[], mode: ExcerptMode): string {
  if (mode === 'none') return '';
  const flat = text.replace(/\s+/g, ' ');
  const safely = !mode.endsWith('_unescaped');
  if (mode.startsWith('indexed')) return safely ? escapeHtml(flat.slice(0, length)) : flat.slice(0, length);
  const wanted = new Set(stems);
  let first = 0;
  for (const match of flat.matchAll(/[\p{L}\p{N}\p{M}_]+/gu))
    if (wanted.has(stem(match[0].toLowerCase()))) {
      first = match.index;
      break;
    }
  const before = flat.lastIndexOf(' ', Math.max(0, first - length / 3));
  const from = before < 0 || first < length / 2 ? 0 : before + 1;
  return marked(flat.slice(from, from + length), stems, safely);
}
