import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { sfntOf } from './sfnt.ts';

/** How a piece of text looks as far as the font goes. */
export type FontStyle = { bold: boolean; italic: boolean; mono: boolean };

/** One font file. `faux`: it has no bold cut, so bold is drawn with an outline. */
export type Face = { key: string; file: string; faux: boolean };

/** What the layout needs of a font that pdfkit has opened. */
export type OpenFont = {
  font: { hasGlyphForCodePoint(codePoint: number): boolean };
  widthOfString(text: string, size: number, features?: unknown): number;
};

type Family = { name: string; weights: [regular: number, bold: number | null]; italic: boolean };

const inter: Family = { name: 'inter', weights: [400, 700], italic: true };
const mono: Family = { name: 'jetbrains-mono', weights: [400, 700], italic: true };
/** For what the first family of a text does not have: Arabic, Japanese, signs. */
const others: Family[] = [
  { name: 'noto-sans-arabic', weights: [400, 700], italic: false },
  { name: 'kosugi', weights: [400, null], italic: false },
  { name: 'noto-sans-symbols-2', weights: [400, null], italic: false },
];

/** The fonts stand in node_modules of the app, which is where it runs. */
const requireOfApp = createRequire(join(process.cwd(), 'package.json'));

type Range = { from: number; to: number; subset: string };
const rangesOf = new Map<string, Range[]>();
const bytesOf = new Map<string, Buffer>();

/** Which part of a family holds which characters, as its package says. */
function subsets(family: Family): Range[] {
  const known = rangesOf.get(family.name);
  if (known !== undefined) return known;
  const path = requireOfApp.resolve(`@fontsource/${family.name}/unicode.json`);
  const map = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')));
  const ranges = Object.entries(map).flatMap(([name, text]) =>
    text.split(',').flatMap((range): Range[] => {
      const found = /^U\+([0-9a-f]+)(?:-([0-9a-f]+))?$/i.exec(range.trim());
      if (found?.[1] === undefined) return [];
      const from = Number.parseInt(found[1], 16);
      return [
        {
          from,
          to: found[2] === undefined ? from : Number.parseInt(found[2], 16),
          subset: name.replace(/[[\]]/g, ''),
        },
      ];
    }),
  );
  rangesOf.set(family.name, ranges);
  return ranges;
}

function faceOf(family: Family, subset: string, style: FontStyle): Face {
  const [regular, bold] = family.weights;
  const weight = style.bold ? (bold ?? regular) : regular;
  const slant = style.italic && family.italic ? 'italic' : 'normal';
  const file = `${family.name}-${subset}-${weight}-${slant}`;
  const faux = style.bold && bold === null;
  return {
    key: `${file}${faux ? '-faux' : ''}`,
    file: `@fontsource/${family.name}/files/${file}.woff`,
    faux,
  };
}

/** The bytes of a font file, read and unpacked once per process. */
export function fontBytes(face: Face): Buffer {
  const known = bytesOf.get(face.file);
  if (known !== undefined) return known;
  const bytes = sfntOf(readFileSync(requireOfApp.resolve(face.file)));
  bytesOf.set(face.file, bytes);
  return bytes;
}

export type FontBook = {
  /** The font that has this character; null when none has. */
  faceFor(codePoint: number, style: FontStyle): Face | null;
  has(face: Face, codePoint: number): boolean;
  /** Points. */
  width(face: Face, text: string, size: number): number;
};

/** Ligatures would turn `=>` in code into another sign for whoever copies it. */
export const plainGlyphs = { liga: false, calt: false, clig: false, dlig: false };

/** The fonts of one PDF. `open` makes a face known to the document and gives it. */
export function fontBook(open: (face: Face) => OpenFont): FontBook {
  const opened = new Map<string, OpenFont>();
  const chosen = new Map<string, Face | null>();
  const fontOf = (face: Face): OpenFont => {
    const known = opened.get(face.key) ?? open(face);
    opened.set(face.key, known);
    return known;
  };
  const has = (face: Face, codePoint: number): boolean => fontOf(face).font.hasGlyphForCodePoint(codePoint);
  const choose = (codePoint: number, style: FontStyle): Face | null => {
    for (const family of style.mono ? [mono, inter, ...others] : [inter, ...others]) {
      for (const range of subsets(family)) {
        if (codePoint < range.from || codePoint > range.to) continue;
        const face = faceOf(family, range.subset, style);
        if (has(face, codePoint)) return face;
      }
    }
    return null;
  };
  return {
    has,
    faceFor(codePoint, style) {
      const key = `${style.bold}${style.italic}${style.mono}${codePoint}`;
      const known = chosen.get(key);
      if (known !== undefined) return known;
      const face = choose(codePoint, style);
      chosen.set(key, face);
      return face;
    },
    width: (face, text, size) =>
      fontOf(face).widthOfString(text, size, face.key.startsWith(mono.name) ? plainGlyphs : undefined),
  };
}
