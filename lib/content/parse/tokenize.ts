import { ContentError } from '../content-error.ts';
import { decodeAttribute, decodeText, forbiddenAt } from './entities.ts';
import { badAttribute, badClosingTag, badTagStart, badValue, malformed, unended } from './malformed.ts';
import { nameEnd } from './names.ts';

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

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const EQUALS = 61;
const BANG = 33;
const QUESTION = 63;
/** Above this many attributes a set finds the one that is there twice; below, looking at each is faster. */
const FEW = 12;

const isGap = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function gapEnd(source: string, from: number): number {
  let at = from;
  while (isGap(source.charCodeAt(at))) at += 1;
  return at;
}

/** Offset of `quote` after the value that starts at `from`. */
function valueEnd(source: string, from: number, tag: number, key: string): number {
  const quote = source[from - 1] as string;
  const end = source.indexOf(quote, from);
  if (end === -1) throw unended.value(source, from - 1, key, tag);
  return end;
}

type Attributes = { list: Attribute[]; at: number; selfClosing: boolean };

/** Reads from the end of a tag's name to behind its `>`. */
function readAttributes(source: string, tag: number, name: string, from: number): Attributes {
  const list: Attribute[] = [];
  let seen: Set<string> | null = null;
  let at = from;
  for (;;) {
    const gap = at;
    at = gapEnd(source, at);
    const code = source.charCodeAt(at);
    if (code === GREATER) return { list, at: at + 1, selfClosing: false };
    if (code === SLASH && source.charCodeAt(at + 1) === GREATER)
      return { list, at: at + 2, selfClosing: true };
    const keyEnd = nameEnd(source, at);
    if (keyEnd === at || gap === at) throw badAttribute(source, at, tag, name, gap === at && list.length > 0);
    const key = source.slice(at, keyEnd);
    const twice = seen ? seen.has(key) : list.some((one) => one.name === key);
    if (twice) {
      throw malformed(source, at, `the attribute ${key} twice in <${name}>`, `Keep one ${key}="...".`);
    }
    seen?.add(key);
    const equals = gapEnd(source, keyEnd);
    const start = source.charCodeAt(equals) === EQUALS ? gapEnd(source, equals + 1) : -1;
    const quote = start === -1 ? '' : source[start];
    if (quote !== '"' && quote !== "'") throw badValue(source, at, key, start);
    const end = valueEnd(source, start + 1, tag, key);
    list.push({ name: key, value: decodeAttribute(source, start + 1, end, key), start: start + 1, end });
    if (!seen && list.length === FEW) seen = new Set(list.map((one) => one.name));
    at = end + 1;
  }
}

/**
 * Reads storage format strictly, once, left to right, and reports every token with its offsets.
 * Written here because the XML readers to be had do not fit: `htmlparser2` and its like repair what is malformed (they
 * accept `<p><b>x</p>`), `sax` accepts a duplicate attribute, `saxes` is strict but says neither where a token or a
 * value starts nor keeps line ends, which edits byte for byte need. Tests hold this one to both `saxes` and `htmlparser2`.
 *
 * Namespaces need no declaration, named entities are HTML's, DOCTYPE is refused (so no entity can expand).
 *
 * @throws ContentError with line and column, or code `too_large`
 */
export function tokenize(source: string, sink: TokenSink): void {
  if (source.length > MAX_BODY) {
    throw new ContentError(
      `The page body has ${source.length} characters; at most ${MAX_BODY} can be handled.`,
      { code: 'too_large', next: 'Split the page into several pages.' },
    );
  }
  const bad = forbiddenAt(source);
  if (bad !== -1) {
    const code = (source.charCodeAt(bad).toString(16) ?? '').padStart(4, '0').toUpperCase();
    throw malformed(source, bad, `a control character that XML does not allow (U+${code})`, 'Take it out.');
  }
  const { length } = source;
  let at = 0;
  while (at < length) {
    if (source.charCodeAt(at) !== LESS) {
      const less = source.indexOf('<', at);
      const end = less === -1 ? length : less;
      sink.text(decodeText(source, at, end), at, end);
      at = end;
      continue;
    }
    const code = source.charCodeAt(at + 1);
    if (code === SLASH) {
      const nameTo = nameEnd(source, at + 2);
      const end = gapEnd(source, nameTo);
      if (nameTo === at + 2 || source.charCodeAt(end) !== GREATER) throw badClosingTag(source, at, nameTo);
      sink.close(source.slice(at + 2, nameTo), at, end + 1);
      at = end + 1;
    } else if (code === BANG) {
      at = readMarked(source, at, sink);
    } else if (code === QUESTION) {
      at = readInstruction(source, at, sink);
    } else {
      const nameTo = nameEnd(source, at + 1);
      if (nameTo === at + 1) throw badTagStart(source, at);
      const name = source.slice(at + 1, nameTo);
      const { list, at: end, selfClosing } = readAttributes(source, at, name, nameTo);
      sink.open(name, list, at, end, selfClosing);
      at = end;
    }
  }
}

/** A comment or a CDATA section; a declaration is refused. */
function readMarked(source: string, at: number, sink: TokenSink): number {
  if (source.startsWith('<!--', at)) {
    const dashes = source.indexOf('--', at + 4);
    if (dashes === -1) throw unended.comment(source, at);
    if (source.charCodeAt(dashes + 2) !== GREATER) {
      const what = source.includes('-->', dashes) ? '"--" inside a comment' : 'a comment that does not end';
      throw malformed(
        source,
        dashes,
        what,
        'XML allows "--" in a comment only in the "-->" that ends it: write a single dash.',
      );
    }
    sink.comment(source.slice(at + 4, dashes), at, dashes + 3);
    return dashes + 3;
  }
  if (source.startsWith('<![CDATA[', at)) {
    const end = source.indexOf(']]>', at + 9);
    if (end === -1) throw unended.cdata(source, at);
    sink.cdata(source.slice(at + 9, end), at, end + 3);
    return end + 3;
  }
  throw badTagStart(source, at);
}

function readInstruction(source: string, at: number, sink: TokenSink): number {
  const end = source.indexOf('?>', at + 2);
  if (end === -1) throw unended.instruction(source, at);
  const nameTo = nameEnd(source, at + 2);
  const target = source.slice(at + 2, nameTo);
  if (target === '' || /^xml$/i.test(target) || (nameTo < end && !isGap(source.charCodeAt(nameTo))))
    throw badTagStart(source, at);
  sink.instruction(source.slice(at + 2, end), at, end + 2);
  return end + 2;
}
