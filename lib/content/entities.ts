import { decodeHTMLStrict } from 'entities';

const REFERENCE = /&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/y;

function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** One character reference at `at` (which holds `&`): its text and length in the source, or null if it is none. */
export function referenceAt(source: string, at: number): { text: string; length: number } | null {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(source);
  if (!match) return null;
  const [whole, decimal, hex, name] = match;
  if (name) {
    const text = decodeHTMLStrict(whole);
    return text === whole ? null : { text, length: whole.length };
  }
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
  return isXmlCharacter(code) ? { text: String.fromCodePoint(code), length: whole.length } : null;
}

/**
 * Text with its references resolved. A named entity yields its one character and is never expanded again.
 * `onBad` is called with the offset of the first `&` that starts no known reference.
 */
export function decodeText(source: string, from: number, to: number, onBad: (at: number) => never): string {
  const raw = source.slice(from, to);
  let at = raw.indexOf('&');
  if (at === -1) return raw;
  const parts: string[] = [];
  let done = 0;
  while (at !== -1) {
    const reference = referenceAt(raw, at);
    if (!reference) return onBad(from + at);
    parts.push(raw.slice(done, at), reference.text);
    done = at + reference.length;
    at = raw.indexOf('&', done);
  }
  parts.push(raw.slice(done));
  return parts.join('');
}

// XML 1.0 allows no other control character, not even as a reference.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ud800-\udfff\ue000-\ufffd]/g;

/** Text without what XML cannot hold: control characters and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, '');
}

/** Offset of the first character XML cannot hold, or -1. */
export function forbiddenAt(source: string): number {
  const at = source.search(FORBIDDEN);
  if (at !== -1 || source.isWellFormed()) return at;
  return source.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}

/** Escapes text for element content. */
export function escapeXml(text: string): string {
  return cleanText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Escapes text for a double-quoted attribute. Line breaks are kept as references. */
export function escapeAttribute(text: string): string {
  return escapeXml(text)
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;')
    .replace(/\r/g, '&#13;')
    .replace(/\t/g, '&#9;');
}

/** Text as one or more CDATA sections; `]]>` is split so that it cannot end one. */
export function toCdata(text: string): string {
  return `<![CDATA[${cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
