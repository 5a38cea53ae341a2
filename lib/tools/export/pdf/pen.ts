import PDFDocument from 'pdfkit';
import { type Face, type FontBook, fontBook, fontBytes, type OpenFont, plainGlyphs } from './fonts.ts';
import { ink } from './look.ts';
import type { Strip } from './strips.ts';
import { type Atom, type Line, linesOf, type Piece } from './text.ts';

/** What is drawn with: the document, its fonts, and what could not be drawn. */
export type Pen = {
  doc: PDFKit.PDFDocument;
  book: FontBook;
  /** Characters that no font has. */
  missing: Set<string>;
};

/** A document without pages, whose fonts are opened as they are needed. */
export function newPen(info: { title: string; author: string; subject: string }): Pen {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    displayTitle: true,
    info: {
      Title: info.title,
      Author: info.author,
      Subject: info.subject,
      Producer: 'Confab',
      Creator: 'Confab',
    },
    // Without this pdfkit opens Helvetica, which is never used here.
    font: null as unknown as string,
  });
  const open = (face: Face): OpenFont => {
    doc.registerFont(face.key, fontBytes(face));
    doc.font(face.key);
    return (doc as unknown as { _font: OpenFont })._font;
  };
  return { doc, book: fontBook(open), missing: new Set() };
}

type Run = { text: string; atom: Atom; x: number; width: number };

/** Neighbours of one look in one text: fewer pieces to draw, and spaces stay when the text is copied. */
function runsOf(atoms: readonly Atom[], x: number): Run[] {
  const runs: Run[] = [];
  let at = x;
  for (const atom of atoms) {
    const last = runs.at(-1);
    const joins =
      last !== undefined &&
      last.atom.style === atom.style &&
      last.atom.face.key === atom.face.key &&
      last.atom.level === 0 &&
      atom.level === 0;
    if (joins) {
      last.text += atom.text;
      last.width += atom.width;
    } else runs.push({ text: atom.text, atom, x: at, width: atom.width });
    at += atom.width;
  }
  return runs;
}

function drawBoxes(pen: Pen, runs: readonly Run[], baseline: number): void {
  let at = 0;
  while (at < runs.length) {
    const first = runs[at] as Run;
    let end = at + 1;
    while (end < runs.length && runs[end]?.atom.style === first.atom.style) end += 1;
    const { box, size } = first.atom.style;
    const last = runs[end - 1] as Run;
    if (box !== null) {
      pen.doc
        .roundedRect(
          first.x - 1.6,
          baseline - size * 1.02,
          last.x + last.width - first.x + 3.2,
          size * 1.36,
          2.2,
        )
        .fill(box);
    }
    at = end;
  }
}

function drawRun(pen: Pen, run: Run, baseline: number): void {
  const { style, face } = run.atom;
  const { doc } = pen;
  const y = baseline - style.rise;
  if (run.text.trim() !== '') {
    doc.font(face.key).fontSize(style.size).fillColor(style.color);
    if (face.faux) doc.lineWidth(style.size * 0.035).strokeColor(style.color);
    doc.text(run.text, run.x, y, {
      lineBreak: false,
      baseline: 'alphabetic',
      ...(face.faux ? { fill: true, stroke: true } : {}),
      ...(style.mono ? { features: plainGlyphs as unknown as PDFKit.Mixins.OpenTypeFeatures[] } : {}),
    });
  }
  const rule = (at: number): void => {
    doc.rect(run.x, at, run.width, Math.max(0.5, style.size * 0.055)).fill(style.color);
  };
  if (style.underline) rule(y + style.size * 0.13);
  if (style.strike) rule(y - style.size * 0.28);
  if (style.link === null) return;
  rule(y + style.size * 0.14);
  if (style.link.startsWith('#'))
    doc.goTo(run.x, y - style.size, run.width, style.size * 1.3, style.link.slice(1));
  else if (/^(https?|mailto):/i.test(style.link))
    doc.link(run.x, y - style.size, run.width, style.size * 1.3, style.link);
}

/** Draws one line of text with the top of its line box at `y`. */
export function drawLine(
  pen: Pen,
  line: Line,
  o: { x: number; y: number; width: number; height: number; size: number; align?: 'left' | 'center' },
): void {
  const left = o.align === 'center' ? (o.width - line.width) / 2 : line.rtl ? o.width - line.width : 0;
  const baseline = o.y + o.height / 2 + o.size * 0.355;
  const runs = runsOf(line.atoms, o.x + Math.max(0, left));
  drawBoxes(pen, runs, baseline);
  for (const run of runs) drawRun(pen, run, baseline);
}

/** Inline text as strips, one a line. */
export function textStrips(
  pen: Pen,
  pieces: readonly Piece[],
  width: number,
  o: { size: number; line: number; align?: 'left' | 'center'; keep?: boolean },
): Strip[] {
  const lines = linesOf(pen.book, pieces, width, (char) => pen.missing.add(char));
  return lines.map((line, index) => ({
    height: o.line,
    rtl: line.rtl,
    draw: (x, y) =>
      drawLine(pen, line, {
        x,
        y,
        width,
        height: o.line,
        size: o.size,
        ...(o.align === undefined ? {} : { align: o.align }),
      }),
    // A paragraph leaves no single line behind at the foot or the top of a page.
    keep:
      o.keep === true ||
      (lines.length > 2 && (index === 0 || index === lines.length - 2)) ||
      (lines.length === 2 && index === 0),
  }));
}

/** The usual look of text, to be changed by what surrounds it. */
export const plainStyle = (size: number, color: string = ink.text) => ({
  bold: false,
  italic: false,
  mono: false,
  color,
  size,
  rise: 0,
  underline: false,
  strike: false,
  link: null,
  box: null,
});
