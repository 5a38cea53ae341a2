import { createContext as newRealm, Script } from 'node:vm';
import { UserError } from '#errors';
import type { Match } from '#lib/content';

export type Pattern = {
  /** Matches in a text, in order, with what takes their place. @throws UserError when the search takes too long. */
  find(text: string): Match[];
};

const longest = 300;
/** Milliseconds one text may take. */
const patience = 250;

const bad = (why: string, next: string): UserError =>
  new UserError('invalid_input', `find: ${why}`, { next });

/** True where a repeated group repeats or chooses something itself: `(a+)+`, `(a|aa)*`, which can take for ever. */
export function nestsQuantifiers(source: string): boolean {
  const open: boolean[] = [];
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '\\') at += 1;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') open.push(false);
    else if (sign === ')') {
      const inner = open.pop() ?? false;
      const repeated = /^(?:[*+]|\{\d+,\d*\})/.test(source.slice(at + 1));
      if (inner && repeated) return true;
      if ((inner || repeated) && open.length > 0) open[open.length - 1] = true;
    } else if (/[*+|]/.test(sign ?? '') || /^\{\d+,\d*\}/.test(source.slice(at))) {
      if (open.length > 0) open[open.length - 1] = true;
    }
  }
  return false;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** `$1`, `$<name>`, `$&` and `$$` in a replacement, as JavaScript has them. */
function expanded(template: string, match: RegExpLike): string {
  return template.replace(/\$(?:(\$)|(&)|(\d{1,2})|<([^>]{1,60})>)/g, (whole, dollar, all, number, name) => {
    if (dollar !== undefined) return '$';
    if (all !== undefined) return match.text;
    if (number !== undefined)
      return match.groups[Number(number) - 1] ?? (Number(number) > match.groups.length ? whole : '');
    return match.named[String(name)] ?? '';
  });
}

type RegExpLike = {
  at: number;
  text: string;
  groups: (string | null)[];
  named: Record<string, string | null>;
};

const search = new Script(`
  (() => {
    const found = [];
    const pattern = new RegExp(source, flags);
    for (const match of text.matchAll(pattern)) {
      if (match[0] === '') continue;
      found.push({ at: match.index, text: match[0], groups: match.slice(1).map((one) => one ?? null), named: { ...match.groups } });
      if (found.length >= 5000) break;
    }
    return JSON.stringify(found);
  })()
`);

const tooLong = bad(
  'The search took too long on one of the pages.',
  'Use a simpler pattern, without repeated groups.',
);

/** Runs in a realm of its own, where a search can be interrupted. */
function searcher(source: string, flags: string): (text: string) => RegExpLike[] {
  const realm = newRealm({ source, flags, text: '' });
  return (text) => {
    realm.text = text;
    try {
      return JSON.parse(search.runInContext(realm, { timeout: patience }) as string) as RegExpLike[];
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw tooLong;
      throw error;
    }
  };
}

function checked(source: string, flags: string): void {
  if (source.length > longest)
    throw bad(`The pattern is longer than ${longest} characters.`, 'Make it shorter.');
  try {
    new RegExp(source, flags);
  } catch (error) {
    throw bad(`This is no regular expression: ${(error as Error).message}`, 'Mend it, or leave regex out.');
  }
  if (nestsQuantifiers(source))
    throw bad(
      'A repeated group must not itself repeat or choose something, for that can take for ever.',
      'Write it without a group in a repeated group, such as a+ in place of (a+)+.',
    );
  if (/\\[1-9]|\\k</.test(source))
    throw bad('References back to a group are not allowed.', 'Write the pattern without \\1.');
  if (new RegExp(source, flags).test(''))
    throw bad('The pattern fits the empty text.', 'Make it fit at least one character.');
}

/**
 * What to look for and what to put there. Plain text fits any kind of space; a regular expression is held to a length,
 * to patterns that cannot run away, and to a time.
 * @throws UserError invalid_input.
 */
export function patternOf(o: {
  find: string;
  replace: string;
  regex: boolean;
  caseSensitive: boolean;
}): Pattern {
  const flags = o.caseSensitive ? 'gu' : 'giu';
  if (o.regex) {
    checked(o.find, flags);
    const run = searcher(o.find, flags);
    return {
      find: (text) =>
        run(text).map((match) => ({
          from: match.at,
          to: match.at + match.text.length,
          with: expanded(o.replace, match),
        })),
    };
  }
  const plain = new RegExp(escapePattern(o.find).replace(/ +/g, '[ \\u00a0]+'), flags);
  return {
    find: (text) =>
      [...text.matchAll(plain)].map((match) => ({
        from: match.index,
        to: match.index + match[0].length,
        with: o.replace,
      })),
  };
}
