import type { RichNode } from '#lib/wire';
import { type InlinePart, inlineParts, inlineTags } from './inline.ts';
import { body, contentBottom, ink, page } from './look.ts';
import { type Pen, plainStyle, textStrips } from './pen.ts';
import { type Picture, pictureOf } from './picture.ts';
import type { Strip } from './strips.ts';
import type { Piece, TextStyle } from './text.ts';

type Element = Exclude<RichNode, string>;

export type BlockEnv = {
  pen: Pen;
  /** A file attached to the page, by its name. */
  file(name: string): Buffer | null;
  /** Named destination of a heading of this page. */
  anchor(heading: Element): string | null;
  /** Called where a heading is drawn. */
  headed(heading: Element, text: string, level: number, y: number): void;
  /** What could not be drawn, for the note at the end. */
  lacking(what: string): void;
};

export const pageHeight = contentBottom - page.top - 4;

/** Whether some font has all these signs. */
export function covers(pen: Pen): (text: string) => boolean {
  const style = { bold: false, italic: false, mono: false };
  return (text) =>
    [...text.replace(/[\ufe0e\ufe0f\u200d]/g, '')].every(
      (char) => pen.book.faceFor(char.codePointAt(0) ?? 0, style) !== null,
    );
}

export const isInlineNode = (node: RichNode): boolean =>
  typeof node === 'string' || inlineTags.has(node.tag) || node.tag === 'image' || node.tag === 'macro';

export const isPiece = (part: InlinePart): part is Piece => 'text' in part;

/** An image, or a line that names it where it cannot be drawn. */
export function picture(env: BlockEnv, node: Element, width: number): Strip[] {
  const name = node.at?.title ?? '';
  const bytes = node.at?.href === undefined ? null : env.file(node.at.href);
  const found: Picture | null = bytes === null ? null : pictureOf(bytes);
  const caption = (node.kids ?? []).length === 0 ? [] : captionStrips(env, node.kids ?? [], width);
  if (found === null) {
    const why = bytes === null ? '' : ' (a PDF can hold PNG and JPEG images only)';
    env.lacking(node.at?.kind === 'remote' ? 'image on another site' : `image "${name}"${why}`);
    const text = `[image: ${name === '' ? 'without a name' : name}]`;
    return [
      ...textStrips(env.pen, [{ text, style: plainStyle(body.size - 1, ink.faint) }], width, body),
      ...caption,
    ];
  }
  // Screen pixels are 3/4 of a point.
  const scale = Math.min(0.75, width / found.width, (pageHeight * 0.7) / found.height);
  const [wide, high] = [found.width * scale, found.height * scale];
  const strip: Strip = {
    height: high + 4,
    draw: (x, y) => {
      env.pen.doc.image(found.bytes, x, y + 2, { width: wide, height: high });
    },
    keep: caption.length > 0,
  };
  return [strip, ...caption];
}

function captionStrips(env: BlockEnv, kids: readonly RichNode[], width: number): Strip[] {
  const style: TextStyle = { ...plainStyle(body.size - 1.2, ink.soft), italic: true };
  const pieces = inlineParts(kids, style, { covers: covers(env.pen) }).filter(isPiece);
  return textStrips(env.pen, pieces, width, { size: style.size, line: 13 });
}

/** Text with the images that stand in it on lines of their own. */
export function inlineStrips(
  env: BlockEnv,
  nodes: readonly RichNode[],
  width: number,
  o: { style?: TextStyle; line?: number; keep?: boolean } = {},
): Strip[] {
  const style = o.style ?? plainStyle(body.size);
  const parts = inlineParts(nodes, style, { covers: covers(env.pen) });
  const strips: Strip[] = [];
  let pieces: Piece[] = [];
  const flush = (): void => {
    if (pieces.some((piece) => piece.text.trim() !== '')) {
      const size = { size: style.size, line: o.line ?? body.line };
      strips.push(...textStrips(env.pen, pieces, width, o.keep === true ? { ...size, keep: true } : size));
    }
    pieces = [];
  };
  for (const part of parts) {
    if (isPiece(part)) pieces.push(part);
    else {
      flush();
      strips.push(...picture(env, part.image, width));
    }
  }
  flush();
  return strips;
}
