import { decodeHTMLStrict } from 'entities';
import { badReference, malformed } from './malformed.ts';

const REFERENCE = /&(?:#0*([0-9]{1,7})|#x0*([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/y;

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

/** Named entities met so far; there are some two thousand. Unknown names are not kept, for anyone can send them. */
const named = new Map<string, string>();

function namedText(reference: string): string | null {
  const known = named.get(reference);
  if (known !== undefined) return known;
  const text = decodeHTMLStrict(reference);
  if (text === reference) return null;
  named.set(reference, text);
  return text;
}

/** One character reference at `at` (which holds `&`): its text and length in the source, or null if it is none. */
export function referenceAt(source: string, at: number): { text: string; length: number } | null {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(source);
  if (!match) return null;
  const [whole, decimal, hex, name] = match;
  if (name) {
    const text = namedText(whole);
    return text === null ? null : { text, length: whole.length };
  }
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
  return isXmlCharacter(code) ? { text: String.fromCodePoint(code), length: whole.length } : null;
}

/** Resolves the references of `raw`, which stands at `from` in the source. `plain` is applied to what is between them. */
function resolve(source: string, raw: string, from: number, plain: (text: string) => string): string {
  let at = raw.indexOf('&');
  if (at === -1) return plain(raw);
  const parts: string[] = [];
  let done = 0;
  while (at !== -1) {
    const reference = referenceAt(raw, at);
    if (!reference) throw badReference(source, from + at);
    parts.push(plain(raw.slice(done, at)), reference.text);
    done = at + reference.length;
    at = raw.indexOf('&', done);
  }
  parts.push(plain(raw.slice(done)));
  return parts.join('');
}

const asIs = (text: string): string => text;
const lineless = (text: string): string => text.replace(/\r\n|[\t\n\r]/g, ' ');

/**
 * Text with its references resolved; line ends stay as they are. A named entity is never expanded again.
 *
 * @throws ContentError for a bare `&`, an unknown entity, or `]]>`
 */
export function decodeText(source: string, from: number, to: number): string {
  const raw = source.slice(from, to);
  const mark = raw.indexOf(']]>');
  if (mark !== -1) {
    throw malformed(source, from + mark, '"]]>" outside a CDATA section', 'Write it as ]]&gt;.');
  }
  return resolve(source, raw, from, asIs);
}

const SPECIAL = /[&<\t\n\r]/;

/**
 * The value of an attribute as XML reads it: references resolved, each line break or tab written as such a space.
 *
 * @throws ContentError for a bare `&`, an unknown entity, or `<`
 */
export function decodeAttribute(source: string, from: number, to: number, key: string): string {
  const raw = source.slice(from, to);
  if (!SPECIAL.test(raw)) return raw;
  const less = raw.indexOf('<');
  if (less !== -1) {
    throw malformed(
      source,
      from + less,
      `a "<" in the value of ${key}`,
      `Write it as &lt;, or put the closing quote of ${key} before it.`,
    );
  }
  return resolve(source, raw, from, lineless);
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

// Most text has nothing to escape, and one look is cheaper than five replacements.
const TO_ESCAPE = /[&<>\ud800-\udfff]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/;

/** Escapes text for element content. */
export function escapeXml(text: string): string {
  if (!TO_ESCAPE.test(text)) return text;
  return cleanText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Escapes text for a double-quoted attribute. Line breaks are kept as references. */
export function escapeAttribute(text: string): string {
  const escaped = escapeXml(text);
  if (!/["\n\r\t]/.test(escaped)) return escaped;
  return escaped
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;')
    .replace(/\r/g, '&#13;')
    .replace(/\t/g, '&#9;');
}

/** Text as one or more CDATA sections; `]]>` is split so that it cannot end one. */
export function toCdata(text: string): string {
  return `<![CDATA[${cleanText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
