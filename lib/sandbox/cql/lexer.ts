import { badRequest } from '../http/problem.ts';

export type Token =
  | { kind: 'word'; text: string; at: number }
  | { kind: 'text'; text: string; at: number }
  | { kind: 'sign'; text: string; at: number };

const signs = ['!=', '!~', '>=', '<=', '=', '>', '<', '~', '(', ')', ','];

/** A query that cannot be read: HTTP 400 in the words of the v1 API. */
export function cannotParse(cql: string, why: string): Error {
  return badRequest(`Could not parse cql : ${cql}. ${why}`);
}

/** Cuts a CQL query into words, quoted texts (with `\` escapes) and signs. */
export function lex(cql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < cql.length) {
    const letter = cql[at] ?? '';
    const sign = signs.find((one) => cql.startsWith(one, at));
    if (/\s/.test(letter)) at += 1;
    else if (letter === '"' || letter === "'") {
      const { text, end } = quoted(cql, at, letter);
      tokens.push({ kind: 'text', text, at });
      at = end;
    } else if (sign) {
      tokens.push({ kind: 'sign', text: sign, at });
      at += sign.length;
    } else {
      const word = /^[^\s"'=!<>~(),]+/.exec(cql.slice(at))?.[0];
      if (!word) throw cannotParse(cql, `Unexpected character '${letter}' at position ${at}.`);
      tokens.push({ kind: 'word', text: word, at });
      at += word.length;
    }
  }
  return tokens;
}

function quoted(cql: string, start: number, mark: string): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < cql.length; at += 1) {
    const letter = cql[at] ?? '';
    if (letter === mark) return { text, end: at + 1 };
    if (letter === '\\') {
      at += 1;
      text += cql[at] ?? '';
    } else text += letter;
  }
  throw cannotParse(cql, `The text that starts at position ${start} has no closing quote.`);
}
