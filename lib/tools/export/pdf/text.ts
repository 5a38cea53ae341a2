import bidiFactory from 'bidi-js';
import type { Face, FontBook, FontStyle } from './fonts.ts';

/** How a piece of inline text looks. `box`: the fill behind it. */
export type TextStyle = FontStyle & {
  color: string;
  size: number;
  /** Points above the line. */
  rise: number;
  underline: boolean;
  strike: boolean;
  link: string | null;
  box: string | null;
};

export type Piece = { text: string; style: TextStyle };

/** A run of characters of one look, one font and one direction. */
export type Atom = {
  text: string;
  style: TextStyle;
  face: Face;
  level: number;
  width: number;
  space: boolean;
  breakBefore: boolean;
};

export type Line = { atoms: Atom[]; width: number; rtl: boolean };

const bidi = bidiFactory();
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const ideographic = /[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]/;
/** Signs that may not begin a line. */
const notFirst = /[、。，．・：；？！）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/;
/** Drawn as part of what stands before them, or not at all. */
const silent = /\u00ad|\ufe0e|\ufe0f|[\u200b-\u200f]|[\u2028-\u202e]|[\u2060-\u206f]|\ufeff/;

/** Spaces of other widths: fonts lack them. */
const oddSpace = /[\u1680\u2000-\u200a\u202f\u205f\r\f\v]/;

type Char = { text: string; style: TextStyle; at: number };

function charsOf(pieces: readonly Piece[]): { chars: Char[]; full: string } {
  const chars: Char[] = [];
  let full = '';
  for (const { text, style } of pieces) {
    for (const char of text) {
      if (silent.test(char)) continue;
      chars.push({ text: char === '\t' ? '  ' : oddSpace.test(char) ? ' ' : char, style, at: full.length });
      full += char;
    }
  }
  return { chars, full };
}

/** `missing` is told each character that no font has; it is drawn as an empty box. */
function atomsOf(
  book: FontBook,
  pieces: readonly Piece[],
  missing: (char: string) => void,
): { atoms: (Atom | 'break')[]; rtl: boolean } {
  const { chars, full } = charsOf(pieces);
  const levels = rightToLeft.test(full) ? bidi.getEmbeddingLevels(full, 'auto') : null;
  const atoms: (Atom | 'break')[] = [];
  let current = null as Atom | null;
  let wide = false;
  for (const { text, style, at } of chars) {
    if (text === '\n') {
      atoms.push('break');
      current = null;
      continue;
    }
    const level = levels?.levels[at] ?? 0;
    const space = /^\s+$/.test(text) && text !== '\u00a0';
    const ideograph = ideographic.test(text);
    const point = text.codePointAt(0) ?? 32;
    const joined: Face | null =
      current !== null && /^\p{M}$/u.test(text) && book.has(current.face, point) ? current.face : null;
    let face: Face | null = joined ?? book.faceFor(point, style);
    let shown = text;
    if (face === null) {
      missing(text);
      shown = '□';
      face = book.faceFor(0x25a1, style) ?? (book.faceFor(63, style) as Face);
    }
    if (level % 2 === 1) shown = bidi.getMirroredCharacter(shown) ?? shown;
    const same: boolean =
      current !== null &&
      current.style === style &&
      current.face.key === face.key &&
      current.level === level &&
      current.space === space &&
      !ideograph &&
      !wide;
    if (same && current !== null) current.text += shown;
    else {
      const previous: Atom | null = current;
      const breakBefore: boolean =
        previous !== null &&
        !space &&
        (previous.space || ((ideograph || wide) && !notFirst.test(text) && previous.style.box === null));
      current = { text: shown, style, face, level, width: 0, space, breakBefore };
      atoms.push(current);
    }
    wide = ideograph;
  }
  for (const atom of atoms) {
    if (atom === 'break') continue;
    // A run of signs without direction of their own is turned by us; of letters, by the font's shaping.
    if (atom.level % 2 === 1 && !rightToLeft.test(atom.text)) atom.text = [...atom.text].reverse().join('');
    atom.width = book.width(atom.face, atom.text, atom.style.size);
  }
  return { atoms, rtl: (levels?.paragraphs[0]?.level ?? 0) % 2 === 1 };
}

/** An atom wider than the line, cut into such that fit. */
function cut(book: FontBook, atom: Atom, width: number): Atom[] {
  const parts: Atom[] = [];
  let text = '';
  let used = 0;
  const push = (): void => {
    if (text !== '') parts.push({ ...atom, text, width: used, breakBefore: parts.length > 0 });
  };
  for (const char of atom.text) {
    const next = book.width(atom.face, text + char, atom.style.size);
    if (text !== '' && next > width) {
      push();
      text = char;
      used = book.width(atom.face, char, atom.style.size);
    } else {
      text += char;
      used = next;
    }
  }
  push();
  return parts;
}

/** Atoms in the order they are drawn from left to right (rule L2 of the Unicode Bidirectional Algorithm). */
function visual(atoms: Atom[]): Atom[] {
  const order = [...atoms];
  const highest = Math.max(0, ...order.map((atom) => atom.level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let from = 0; from < order.length; from += 1) {
      if ((order[from]?.level ?? 0) < level) continue;
      let to = from;
      while (to < order.length && (order[to]?.level ?? 0) >= level) to += 1;
      order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}

/** Breaks inline text into lines of at most `width` points. */
export function linesOf(
  book: FontBook,
  pieces: readonly Piece[],
  width: number,
  missing: (char: string) => void,
): Line[] {
  const { atoms, rtl } = atomsOf(book, pieces, missing);
  const lines: Line[] = [];
  let line: Atom[] = [];
  let used = 0;
  const flush = (): void => {
    while (line.at(-1)?.space === true && line.at(-1)?.style.mono !== true) line.pop();
    const order = visual(line);
    lines.push({ atoms: order, width: order.reduce((sum, atom) => sum + atom.width, 0), rtl });
    line = [];
    used = 0;
  };
  let word: Atom[] = [];
  const place = (): void => {
    const wide = word.reduce((sum, atom) => sum + (atom.space ? 0 : atom.width), 0);
    if (used > 0 && used + wide > width) flush();
    const parts = wide > width ? word.flatMap((atom) => cut(book, atom, width)) : word;
    for (const atom of parts) {
      if (used > 0 && used + atom.width > width && !atom.space && wide > width) flush();
      line.push(atom);
      used += atom.width;
    }
    word = [];
  };
  for (const atom of atoms) {
    if (atom === 'break') {
      place();
      flush();
      continue;
    }
    if (atom.breakBefore) place();
    word.push(atom);
  }
  place();
  if (line.length > 0 || lines.length === 0) flush();
  return lines;
}

/** The widest word and the whole width, in points: what a table column needs and would like. */
export function widthsOf(book: FontBook, pieces: readonly Piece[]): { least: number; most: number } {
  const { atoms } = atomsOf(book, pieces, () => {});
  let least = 0;
  let most = 0;
  let word = 0;
  let line = 0;
  for (const atom of atoms) {
    if (atom === 'break' || atom.breakBefore) word = 0;
    if (atom === 'break') {
      line = 0;
      continue;
    }
    if (!atom.space) word += atom.width;
    line += atom.width;
    least = Math.max(least, word);
    most = Math.max(most, line);
  }
  return { least, most };
}
