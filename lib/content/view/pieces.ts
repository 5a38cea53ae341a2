import { escapeMarkdown, pipesEscaped } from './canonical.ts';

/** Inline Markdown before it is joined: marks are decided when their neighbours are known. */
export type Piece =
  /** Text of the page, not yet escaped. */
  | { kind: 'plain'; text: string }
  /** Markdown. */
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'open' | 'close'; mark: Mark };
export type Mark = 'strong' | 'em' | 'del' | 'u' | 'sub' | 'sup';

const SIGNS: Partial<Record<Mark, string>> = { strong: '**', em: '*', del: '~~' };

/** In a cell a code span cannot have a backslash before a pipe: there the plain tag is written. */
function codeSpan(text: string, cell: boolean): string {
  if (cell && /(?<!\\)(?:\\\\)*\\\|/.test(text))
    return `<code>${plainMarkdown(text, undefined, cell)}</code>`;
  const runs: string[] = text.match(/`+/g) ?? [];
  let fence = '`';
  while (runs.includes(fence)) fence += '`';
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  const span = `${fence}${pad}${text}${pad}${fence}`;
  return cell ? pipesEscaped(span) : span;
}

type Words = Piece & { kind: 'plain' | 'text' };
const isWords = (piece: Piece | undefined): piece is Words =>
  piece?.kind === 'plain' || piece?.kind === 'text';

/**
 * Removes marks around nothing, moves white space out of marks, joins neighbouring texts and codes. Text
 * is escaped only afterwards: what stands in two elements may mean something together.
 */
function tidy(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  const push = (piece: Piece): void => {
    const before = out.at(-1);
    if (isWords(piece) && piece.text === '') return;
    if (piece.kind === 'close' && before?.kind === 'open') {
      out.pop();
    } else if (
      piece.kind === 'plain' &&
      isWords(before) &&
      before.text.endsWith(' ') &&
      piece.text.startsWith(' ')
    ) {
      push({ kind: 'plain', text: piece.text.replace(/^ +/, '') });
    } else if (piece.kind === before?.kind && (piece.kind === 'plain' || piece.kind === 'code')) {
      const joined = (before as { text: string }).text + piece.text;
      out[out.length - 1] = { kind: piece.kind, text: joined.replace(/ {2,}/g, ' ') };
    } else if (isWords(piece) && before?.kind === 'open' && piece.text.startsWith(' ')) {
      out.pop();
      push({ kind: 'plain', text: ' ' });
      out.push(before);
      push({ kind: piece.kind, text: piece.text.replace(/^ +/, '') });
    } else if (piece.kind === 'close' && isWords(before) && before.text.endsWith(' ')) {
      out.pop();
      push({ kind: before.kind, text: before.text.replace(/ +$/, '') });
      push(piece);
      push({ kind: 'plain', text: ' ' });
    } else {
      out.push(piece);
    }
  };
  for (const piece of pieces) push(piece);
  return out;
}

function edge(piece: Piece | undefined, side: 'first' | 'last'): string {
  if (!piece) return ' ';
  if (piece.kind === 'code') return '`';
  // What has no sign is always a tag.
  if (!isWords(piece)) return SIGNS[piece.mark] ? '' : side === 'first' ? '<' : '>';
  const points = side === 'first' ? piece.text.match(/^./su) : piece.text.match(/.$/su);
  return points?.[0] ?? ' ';
}

const isSpace = (c: string): boolean => /^\s$/u.test(c);
// The Markdown parser looks at UTF-16 units: to it an emoji is no sign.
const isPunctuation = (c: string): boolean => c.length === 1 && /^[\p{P}\p{S}]$/u.test(c);

/** Signs work only where CommonMark lets them open and close; elsewhere the plain tag is written. */
function signsWork(before: string, first: string, last: string, after: string): boolean {
  if (before === '' || first === '' || last === '' || after === '') return false;
  if (isSpace(first) || isSpace(last)) return false;
  const opens = !isPunctuation(first) || isSpace(before) || isPunctuation(before);
  const closes = !isPunctuation(last) || isSpace(after) || isPunctuation(after);
  return opens && closes;
}

/** "!" before a link would make it an image, and a pipe would end a table cell. */
function plainMarkdown(text: string, next: Piece | undefined, cell: boolean): string {
  const escaped = escapeMarkdown(text);
  const piped = cell ? pipesEscaped(escaped) : escaped;
  return next?.kind === 'text' && next.text.startsWith('[') ? piped.replace(/!$/, '\\!') : piped;
}

/** Joins pieces to Markdown that reads back as the same marks and text. */
export function joinPieces(raw: Piece[], cell = false): string {
  const pieces = tidy(raw);
  const partner = new Map<number, number>();
  const stack: number[] = [];
  pieces.forEach((piece, at) => {
    if (piece.kind === 'open') stack.push(at);
    if (piece.kind !== 'close') return;
    const open = stack.pop();
    if (open === undefined) return;
    partner.set(open, at);
    partner.set(at, open);
  });
  return pieces
    .map((piece, at) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'plain') return plainMarkdown(piece.text, pieces[at + 1], cell);
      if (piece.kind === 'code') return codeSpan(piece.text, cell);
      const sign = SIGNS[piece.mark];
      const other = partner.get(at) ?? at;
      const [open, close] = piece.kind === 'open' ? [at, other] : [other, at];
      const works = signsWork(
        edge(pieces[open - 1], 'last'),
        edge(pieces[open + 1], 'first'),
        edge(pieces[close - 1], 'last'),
        edge(pieces[close + 1], 'first'),
      );
      if (sign && works) return sign;
      return piece.kind === 'open' ? `<${piece.mark}>` : `</${piece.mark}>`;
    })
    .join('');
}
