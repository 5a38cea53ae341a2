/** A piece of our own notation in Markdown, taken out before parsing so that Markdown's rules cannot split it. */
export type Token =
  | { kind: 'placeholder'; name: string; parameters: [string, string][]; id: string | null }
  | { kind: 'status'; title: string; colour: string | null }
  | { kind: 'date'; date: string }
  | { kind: 'mention'; id: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'comment'; id: string }
  | { kind: 'end-comment' }
  | { kind: 'literal' };

export type Stash = { text: string; tokens: { token: Token; source: string }[] };

// Punctuation to Markdown, as the notation itself is, and rare enough in text.
const OPEN = '\u2e28';
const CLOSE = '\u2e29';
export const TOKEN = /\u2e28(\d+)\u2e29/g;

/** Names of Confluence's classic emoticons; a newer one is recognised where the page has it already. */
const EMOTICONS = new Set([
  'smile',
  'sad',
  'cheeky',
  'laugh',
  'wink',
  'thumbs-up',
  'thumbs-down',
  'information',
  'tick',
  'cross',
  'warning',
  'plus',
  'minus',
  'question',
  'light-on',
  'light-off',
  'yellow-star',
  'red-star',
  'green-star',
  'blue-star',
  'heart',
  'broken-heart',
]);

const SIMPLE: {
  start: string;
  pattern: RegExp;
  read(match: RegExpExecArray, known: (emoji: string) => boolean): Token | null;
}[] = [
  {
    start: '{',
    pattern: /\{status:([^{}|\n\\]{0,200})(?:\\?\|([A-Za-z]{1,20}))?\}/y,
    read: (m) => ({ kind: 'status', title: (m[1] ?? '').trim(), colour: m[2]?.toLowerCase() ?? null }),
  },
  { start: '{', pattern: /\{date:(\d{4}-\d\d-\d\d)\}/y, read: (m) => ({ kind: 'date', date: m[1] ?? '' }) },
  { start: '{', pattern: /\{comment #([\w.-]{1,40})\}/y, read: (m) => ({ kind: 'comment', id: m[1] ?? '' }) },
  { start: '{', pattern: /\{\/comment\}/y, read: () => ({ kind: 'end-comment' }) },
  {
    start: '@',
    pattern: /@\[(?:[^\]\\\n]|\\.){0,200}\]\(user:([\w:.-]{1,200})\)/y,
    read: (m) => ({ kind: 'mention', id: m[1] ?? '' }),
  },
  {
    start: ':',
    pattern: /:([a-z0-9_+-]{1,40}):/y,
    read: (m, known) =>
      EMOTICONS.has(m[1] ?? '') || known(m[1] ?? '') ? { kind: 'emoji', name: m[1] ?? '' } : null,
  },
];

const MAX_PLACEHOLDER = 8000;
const WORD = /[ \t\n]*(?:#([\w.-]+)|([^\s={}"#]+)=(?:"((?:[^"\\\n]|\\.)*)"|([^\s"{}]*)))/y;

type Words = { parameters: [string, string][]; id: string | null };

/** Reads `key=value key="value" #id` from `at` until `close` matches, or null where something else stands there. */
function wordsAt(text: string, at: number, close: RegExp): { words: Words; end: number } | null {
  const words: Words = { parameters: [], id: null };
  for (let end = at; end - at < MAX_PLACEHOLDER; ) {
    close.lastIndex = end;
    const closed = close.exec(text);
    if (closed) return { words, end: end + closed[0].length };
    WORD.lastIndex = end;
    const word = WORD.exec(text);
    if (!word) return null;
    if (word[1] !== undefined) words.id = word[1];
    else words.parameters.push([word[2] ?? '', word[3] === undefined ? (word[4] ?? '') : unquote(word[3])]);
    end += word[0].length;
  }
  return null;
}

/** The whole of a text as `key=value` pairs; null where it is anything else. */
export function readParameters(text: string): [string, string][] | null {
  const read = wordsAt(text, 0, /\s*$/y);
  return read && read.words.id === null ? read.words.parameters : null;
}

/** `{{macro:name key=value #id}}` at `at`, with its length, or null. */
function placeholderAt(text: string, at: number): { token: Token; length: number } | null {
  const head = /\{\{((?:macro|element):[\w:.-]{1,100})/y;
  head.lastIndex = at;
  const start = head.exec(text);
  if (!start) return null;
  const read = wordsAt(text, at + start[0].length, /[ \t]*\}\}/y);
  if (!read) return null;
  return { token: { kind: 'placeholder', name: start[1] ?? '', ...read.words }, length: read.end - at };
}

function unquote(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/g,
    (_all, code: string | undefined, char: string | undefined) =>
      code
        ? String.fromCharCode(Number.parseInt(code, 16))
        : char === 'n'
          ? '\n'
          : char === 't'
            ? '\t'
            : (char ?? ''),
  );
}

/**
 * Takes our notation out of Markdown. `known`: the emoji the page has. What is escaped with a
 * backslash stays text. Works in one pass, whatever the input.
 */
export function stash(markdown: string, known: (emoji: string) => boolean): Stash {
  const tokens: Stash['tokens'] = [];
  const parts: string[] = [];
  const interesting = /[{@:\\\u2e28\u2e29]/g;
  let done = 0;
  const take = (at: number, length: number, token: Token): void => {
    parts.push(markdown.slice(done, at), `${OPEN}${tokens.length}${CLOSE}`);
    tokens.push({ token, source: markdown.slice(at, at + length) });
    done = at + length;
    interesting.lastIndex = done;
  };
  for (let match = interesting.exec(markdown); match; match = interesting.exec(markdown)) {
    const at = match.index;
    const [char] = match;
    if (char === '\\') {
      interesting.lastIndex = at + 2;
    } else if (char === OPEN || char === CLOSE) {
      take(at, 1, { kind: 'literal' });
    } else {
      const placed = char === '{' ? placeholderAt(markdown, at) : null;
      if (placed) take(at, placed.length, placed.token);
      else takeSimple(markdown, at, char, known, take);
    }
  }
  parts.push(markdown.slice(done));
  return { text: parts.join(''), tokens };
}

function takeSimple(
  markdown: string,
  at: number,
  char: string,
  known: (emoji: string) => boolean,
  take: (at: number, length: number, token: Token) => void,
): void {
  for (const { start, pattern, read } of SIMPLE) {
    if (start !== char) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(markdown);
    const token = match ? read(match, known) : null;
    if (match && token) {
      take(at, match[0].length, token);
      return;
    }
  }
}

/** The text with all tokens as they were written; `read` turns what was written into what it means. */
export function unstash(
  text: string,
  tokens: Stash['tokens'],
  read: (source: string) => string = (source) => source,
): string {
  return text.replace(TOKEN, (_all, index: string) => read(tokens[Number(index)]?.source ?? ''));
}
