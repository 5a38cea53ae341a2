import { ContentError, malformed } from './content-error.ts';
import { decodeText, forbiddenAt } from './entities.ts';

/** Start and end are offsets of the raw value between its quotes. */
export type Attribute = { name: string; value: string; start: number; end: number };

export type TokenSink = {
  open(name: string, attributes: Attribute[], start: number, end: number, selfClosing: boolean): void;
  close(name: string, start: number, end: number): void;
  text(text: string, start: number, end: number): void;
  cdata(text: string, start: number, end: number): void;
  comment(text: string, start: number, end: number): void;
  instruction(text: string, start: number, end: number): void;
};

/** Bodies above this many UTF-16 units are refused. Confluence itself refuses bodies of about this size. */
export const MAX_BODY = 5 * 1024 * 1024;

const NAME = /[A-Za-z_\u00c0-\ufffd][\w.:\-\u00b7-\ufffd]*/y;
const GAP = /[ \t\r\n]*/y;
const EQUALS = /[ \t\r\n]*=[ \t\r\n]*/y;

/**
 * Reads storage format strictly, once, left to right, and reports every token with its offsets.
 * Lenient HTML parsers repair what they read; here nothing may be repaired, because the bytes around an
 * edit are kept as they are and Confluence refuses what is not well-formed.
 * Namespaces need no declaration, named entities are HTML's, DOCTYPE is refused (so no entity can expand).
 *
 * @throws ContentError with line and column, or code `too_large`
 */
export function tokenize(source: string, sink: TokenSink): void {
  if (source.length > MAX_BODY) {
    throw new ContentError(
      `The page body has ${source.length} characters; at most ${MAX_BODY} can be handled.`,
      {
        code: 'too_large',
        next: 'Split the page into several pages.',
      },
    );
  }
  const bad = forbiddenAt(source);
  if (bad !== -1) throw malformed(source, bad, 'a control character that XML does not allow');

  const badReference = (at: number): never => {
    throw malformed(source, at, 'an "&" that starts no known entity; write it as &amp;');
  };
  const sticky = (pattern: RegExp, at: number): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  const until = (mark: string, from: number, start: number, what: string): number => {
    const end = source.indexOf(mark, from);
    if (end === -1) throw malformed(source, start, `${what} that does not end`);
    return end;
  };

  const openTag = (start: number): number => {
    const name = sticky(NAME, start + 1);
    if (!name) throw malformed(source, start, 'a "<" that starts no tag; write it as &lt;');
    const attributes: Attribute[] = [];
    const seen = new Set<string>();
    let at = start + 1 + name.length;
    for (;;) {
      const gap = sticky(GAP, at) ?? '';
      at += gap.length;
      const next = source[at];
      if (next === '>') {
        sink.open(name, attributes, start, at + 1, false);
        return at + 1;
      }
      if (next === '/' && source[at + 1] === '>') {
        sink.open(name, attributes, start, at + 2, true);
        return at + 2;
      }
      if (next === undefined) throw malformed(source, start, `the tag <${name}> does not end`);
      const key = gap === '' ? null : sticky(NAME, at);
      if (!key) throw malformed(source, at, `an unexpected character in the tag <${name}>`);
      if (seen.has(key)) throw malformed(source, at, `the attribute ${key} twice in <${name}>`);
      seen.add(key);
      at += key.length;
      const equals = sticky(EQUALS, at);
      if (equals === null) throw malformed(source, at, `the attribute ${key} has no value`);
      at += equals.length;
      const quote = source[at];
      if (quote !== '"' && quote !== "'") throw malformed(source, at, `the value of ${key} has no quotes`);
      const end = until(quote, at + 1, at, `a value of ${key}`);
      const less = source.slice(at, end).indexOf('<');
      if (less !== -1) throw malformed(source, at + less, `a "<" in the value of ${key}`);
      attributes.push({
        name: key,
        value: decodeText(source, at + 1, end, badReference),
        start: at + 1,
        end,
      });
      at = end + 1;
    }
  };

  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    if (start !== at) {
      const end = start === -1 ? source.length : start;
      sink.text(decodeText(source, at, end, badReference), at, end);
      if (start === -1) return;
    }
    if (source.startsWith('<!--', start)) {
      const end = until('-->', start + 4, start, 'a comment');
      sink.comment(source.slice(start + 4, end), start, end + 3);
      at = end + 3;
    } else if (source.startsWith('<![CDATA[', start)) {
      const end = until(']]>', start + 9, start, 'a CDATA section');
      sink.cdata(source.slice(start + 9, end), start, end + 3);
      at = end + 3;
    } else if (source.startsWith('<?', start)) {
      const end = until('?>', start + 2, start, 'a processing instruction');
      sink.instruction(source.slice(start + 2, end), start, end + 2);
      at = end + 2;
    } else if (source.startsWith('<!', start)) {
      throw malformed(source, start, 'a declaration (DOCTYPE and the like) is not allowed in a page body');
    } else if (source.startsWith('</', start)) {
      const name = sticky(NAME, start + 2);
      if (!name) throw malformed(source, start, 'a closing tag without a name');
      const end = start + 2 + name.length + (sticky(GAP, start + 2 + name.length)?.length ?? 0);
      if (source[end] !== '>') throw malformed(source, start, `the closing tag </${name}> does not end`);
      sink.close(name, start, end + 1);
      at = end + 1;
    } else {
      at = openTag(start);
    }
  }
}
