import { decodeHTMLStrict } from 'entities';

/** Elements whose text is no text of the page that could be highlighted. */
const unseen = new Set([
  'ac:parameter',
  'ac:default-parameter',
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'ac:adf-fallback',
  'ac:adf-parameter',
  'ac:plain-text-body',
  'ac:plain-text-link-body',
]);
/** Elements inside a line of text; any other ends the line. */
const inLine = new Set(
  'a strong b em i u s del strike ins sub sup small big code span time tt kbd q cite font mark var samp abbr ac:link ac:inline-comment-marker at:var at:string'.split(
    ' ',
  ),
);
const token =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(\/?)>|[^<]+/g;

/** A character of the page's text with where it stands in the storage; `null` ends a line. */
type Char = { text: string; start: number; end: number } | null;

function charsOf(storage: string): Char[] {
  const chars: Char[] = [];
  let skipped = 0;
  for (const match of storage.matchAll(token)) {
    const [whole, closing, name, selfClosing] = match;
    if (name !== undefined) {
      if (unseen.has(name) && !selfClosing) skipped += closing ? -1 : 1;
      if (!inLine.has(name) && !name.startsWith('ri:')) chars.push(null);
    } else if (skipped === 0 && !whole.startsWith('<')) addText(chars, whole, match.index);
  }
  return chars;
}

function addText(chars: Char[], source: string, at: number): void {
  for (const piece of source.matchAll(/\s+|&[^;\s]+;|[\s\S]/gu)) {
    const start = at + piece.index;
    const end = start + piece[0].length;
    const decoded = decodeHTMLStrict(piece[0]);
    const text = /^\s+$/.test(decoded) ? ' ' : decoded;
    const last = chars.at(-1);
    if (text === ' ' && last?.text === ' ') {
      if (last.end === start) last.end = end;
    } else chars.push({ text, start, end });
  }
}

type Span = { start: number; end: number };

/** Where the selection stands in the storage: each match as the stretches of text between tags. */
export function matchesOf(storage: string, selection: string): Span[][] {
  const wanted = selection.replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const chars = charsOf(storage);
  const text = chars.map((char) => char?.text ?? '\n').join('');
  // One entry for each UTF-16 unit, so that an offset in the text is an offset in the list.
  const units = chars.flatMap((char, index) => new Array<number>(char?.text.length ?? 1).fill(index));
  const found: Span[][] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
    found.push(spansOf(chars.slice(units[at], (units[at + wanted.length - 1] ?? 0) + 1)));
  return found;
}

function spansOf(chars: readonly Char[]): Span[] {
  const spans: Span[] = [];
  for (const char of chars) {
    const last = spans.at(-1);
    if (char === null) continue;
    if (last?.end === char.start) last.end = char.end;
    else spans.push({ start: char.start, end: char.end });
  }
  return spans;
}

/** The storage with the stretches of one match marked for an inline comment. Nothing else changes. */
export function withMarker(storage: string, spans: readonly Span[], ref: string): string {
  let marked = storage;
  for (const { start, end } of spans.toReversed())
    marked = `${marked.slice(0, start)}<ac:inline-comment-marker ac:ref="${ref}">${marked.slice(start, end)}</ac:inline-comment-marker>${marked.slice(end)}`;
  return marked;
}

const marker = /<ac:inline-comment-marker\s+ac:ref="([^"]*)"\s*>|<\/ac:inline-comment-marker>/g;

/** The storage without the markers of one comment; what they enclosed stays. */
export function withoutMarker(storage: string, ref: string): string {
  const open: boolean[] = [];
  return storage.replace(marker, (whole, found: string | undefined) => {
    if (found !== undefined) open.push(found === ref);
    const own = found === undefined ? open.pop() : found === ref;
    return own ? '' : whole;
  });
}
