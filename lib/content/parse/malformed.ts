import { decodeHTMLStrict } from 'entities';
import { ContentError, positionOf } from '../content-error.ts';

/** Characters of the line that an excerpt shows on each side of the place. */
const AROUND = 40;

/** The line a mistake is in with a caret under the place; a long line is cut on both sides. */
function excerptOf(source: string, offset: number): string {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = source.indexOf('\n', offset);
  const from = Math.max(lineStart, offset - AROUND);
  const to = Math.min(lineEnd === -1 ? source.length : lineEnd, offset + AROUND);
  const [head, tail] = [from > lineStart ? '…' : '', to < source.length && to !== lineEnd ? '…' : ''];
  // One sign for each unit of the source, so that the caret stays under the place.
  const text = source
    .slice(from, to)
    .toWellFormed()
    .replace(/\p{Cc}|\p{Cf}/gu, (c) => ' '.repeat(c.length));
  return `${head}${text}${tail}\n${' '.repeat(head.length + offset - from)}^`;
}

const GENERAL =
  'Close every tag in order, quote every attribute, and write & < > in text as &amp; &lt; &gt;.';

/**
 * The error for storage that is not well-formed XML: line, column, what is wrong, the place with a caret, and in
 * `next` how to mend it. `data` has line and column.
 */
export function malformed(source: string, offset: number, what: string, fix: string = GENERAL): ContentError {
  const { line, column } = positionOf(source, offset);
  return new ContentError(
    `The storage format is not well-formed at line ${line}, column ${column}: ${what}.\n${excerptOf(source, offset)}`,
    { next: fix, data: { line, column } },
  );
}

export function placeName(source: string, offset: number): string {
  const { line, column } = positionOf(source, offset);
  return `line ${line}, column ${column}`;
}

/** Something that has a beginning and no end; the place is its beginning. */
export const unended = {
  comment: (source: string, at: number): ContentError =>
    malformed(source, at, 'a comment that does not end', 'End it with "-->".'),
  cdata: (source: string, at: number): ContentError =>
    malformed(
      source,
      at,
      'a CDATA section that does not end',
      'End it with "]]>". Where the text itself holds "]]>", write "]]]]><![CDATA[>".',
    ),
  instruction: (source: string, at: number): ContentError =>
    malformed(source, at, 'a processing instruction that does not end', 'End it with "?>", or take it out.'),
  value: (source: string, at: number, key: string, tag: number): ContentError =>
    malformed(
      source,
      at,
      `a value of ${key} that does not end`,
      `Put the closing quote in the tag that starts at ${placeName(source, tag)}.`,
    ),
};

/** For the first `&` that starts no reference. */
export function badReference(source: string, at: number): ContentError {
  const [whole = '&', name, end] = /^&(#?\w{1,40})(;?)/.exec(source.slice(at, at + 50)) ?? [];
  if (name === undefined) {
    return malformed(source, at, 'an "&" that starts no entity', 'Write it as &amp;, in addresses too.');
  }
  if (name.startsWith('#')) {
    const what = end === '' ? `${whole} has no ";" at its end` : `${whole} names no character XML allows`;
    return malformed(source, at, what, 'Write the character itself, or a reference like &#8217;.');
  }
  if (end === '' && decodeHTMLStrict(`${whole};`) !== `${whole};`) {
    return malformed(
      source,
      at,
      `an "&" that starts no entity: ${whole} has no ";" at its end`,
      `Write ${whole}; for the character, or &amp;${name} for the text.`,
    );
  }
  if (end === '')
    return malformed(source, at, 'an "&" that starts no entity', 'Write it as &amp;, in addresses too.');
  return malformed(
    source,
    at,
    `the entity ${whole} is unknown`,
    `Write the character itself, or &amp;${name}; for the text.`,
  );
}

/** For a `<` that starts neither a tag, a comment, a CDATA section nor an instruction. */
export function badTagStart(source: string, at: number): ContentError {
  const rest = source.slice(at, at + 12);
  if (/^<!\[cdata\[/i.test(rest)) {
    return malformed(source, at, 'CDATA in another case', 'Write <![CDATA[ in capitals.');
  }
  if (/^<![a-z]/i.test(rest)) {
    return malformed(
      source,
      at,
      'a declaration (DOCTYPE and the like) is not allowed in a page body',
      'Send only what stands inside the body, without DOCTYPE.',
    );
  }
  if (/^<\?/.test(rest)) {
    return malformed(
      source,
      at,
      'an XML declaration or an instruction without a name is not allowed in a page body',
      'Take it out: a body starts with its first block.',
    );
  }
  if (/^<\s+\/?[A-Za-z]/.test(rest)) {
    return malformed(
      source,
      at,
      'a "<" that starts no tag, for white space follows it',
      'Take out the white space if this is a tag; write &lt; if it is text.',
    );
  }
  return malformed(source, at, 'a "<" that starts no tag', 'Write it as &lt;.');
}

export function badClosingTag(source: string, at: number, nameTo: number): ContentError {
  const name = source.slice(at + 2, nameTo);
  if (name === '') {
    return malformed(
      source,
      at,
      'a closing tag without a name',
      'Write </ and the name without white space.',
    );
  }
  return malformed(
    source,
    at,
    `the closing tag </${name}> does not end`,
    `Write </${name}> and nothing else.`,
  );
}

/** `glued`: the character stands right behind a value. */
export function badAttribute(
  source: string,
  at: number,
  tag: number,
  name: string,
  glued: boolean,
): ContentError {
  const char = source[at];
  if (char === undefined) {
    return malformed(source, tag, `the tag <${name}> does not end`, `Put the ">" of <${name}>.`);
  }
  const inside = `in the tag <${name}>`;
  if (char === '<') {
    return malformed(
      source,
      at,
      `an unexpected character ${inside}: "<" before its ">"`,
      `End <${name}> with ">".`,
    );
  }
  if (char === '"' || char === "'") {
    return malformed(
      source,
      at,
      `an unexpected character ${inside}: a quote that opens no value`,
      'Check the quotes of the attribute before it; inside a value write &quot;.',
    );
  }
  if (glued && nameLike(char)) {
    return malformed(
      source,
      at,
      `an unexpected character ${inside}: no space between two attributes`,
      'Put a space there; a quote inside a value is written &quot;.',
    );
  }
  if (char === '/') {
    return malformed(
      source,
      at,
      `an unexpected character ${inside}: "/"`,
      `End the tag with "/>", nothing between.`,
    );
  }
  return malformed(
    source,
    at,
    `an unexpected character ${inside}: ${JSON.stringify(char.toWellFormed())}`,
    'A tag holds attributes like name="value" and nothing else.',
  );
}

const nameLike = (char: string): boolean => /[\p{L}_:]/u.test(char);

/** `at`: where the attribute starts; `start`: where its value should start, or -1 where it has none. */
export function badValue(source: string, at: number, key: string, start: number): ContentError {
  if (start === -1) {
    return malformed(
      source,
      at,
      `the attribute ${key} has no value`,
      `Write ${key}="${key}", or take it out.`,
    );
  }
  const raw = /^[^\s<>"'/]{0,40}/.exec(source.slice(start, start + 40))?.[0] ?? '';
  const curly = /^[\u2018-\u201f\u00ab\u00bb]/.test(raw);
  const value = raw.replace(/[\u2018-\u201f\u00ab\u00bb]/g, '');
  return malformed(
    source,
    start,
    `the value of ${key} has no quotes${curly ? ' that XML knows: they are typographic ones' : ''}`,
    `Write ${key}="${value}" with straight quotes.`,
  );
}
