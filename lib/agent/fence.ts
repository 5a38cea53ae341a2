import { randomBytes } from 'node:crypto';

const opening = '<<<confluence-data';
const closing = 'confluence-data>>>';

/** Control characters (not tab and line feed), direction overrides, zero-width and tag characters, odd selectors. */
const invisible =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}]/gu;

/**
 * The text without characters that a person would not see on the page but a model would read. Zero-width
 * joiners stay: Arabic, Indic scripts and emoji need them.
 */
export function stripInvisible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(invisible, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));
}

/**
 * Wraps text that anybody may have written, so that a model can tell it from instructions. The boundary is
 * random for each call and marks inside the text are broken up, so the text cannot close its own fence.
 */
export function fence(text: string): string {
  const boundary = randomBytes(6).toString('hex');
  const inside = stripInvisible(text)
    .replaceAll(opening, '‹‹‹confluence-data')
    .replaceAll(closing, 'confluence-data›››')
    .replaceAll(boundary, '');
  return `${opening} ${boundary}\n${inside}\n${boundary} ${closing}`;
}

/** Only the fenced stretches of a tool's output: what came from Confluence. */
export function fencedText(output: string): string {
  const found: string[] = [];
  for (const match of output.matchAll(
    /<<<confluence-data ([0-9a-f]{12})\n([\s\S]*?)\n\1 confluence-data>>>/g,
  )) {
    found.push(match[2] ?? '');
  }
  return found.join('\n');
}

/** The output as it was before fencing, for showing and for reading. */
export function unfenced(output: string): string {
  return output
    .replace(/<<<confluence-data [0-9a-f]{12}\n/g, '')
    .replace(/\n[0-9a-f]{12} confluence-data>>>/g, '');
}
