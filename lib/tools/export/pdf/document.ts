import type { RichNode } from '#lib/wire';
import { blocks } from './blocks.ts';
import { wordsOf } from './inline.ts';
import type { BlockEnv } from './inline-strips.ts';
import { contentBottom, contentWidth, ink, page } from './look.ts';
import { newPen, type Pen, plainStyle, textStrips } from './pen.ts';
import { blank, paginate, type Strip } from './strips.ts';
import type { Piece } from './text.ts';

type Element = Exclude<RichNode, string>;

/** A page as it is to be printed. Image nodes carry the key of their file as `href`. */
export type PdfPage = {
  title: string;
  /** Where it stood: space and pages above. */
  trail: string;
  /** Version, date, author. */
  facts: string;
  url: string;
  author: string;
  content: RichNode[];
  /** A file by the key that its image carries; null when it is not there. */
  file(key: string): Buffer | null;
  /** What this export cannot show, known before it is drawn. */
  notShown: string[];
};

export type Pdf = { bytes: Uint8Array; pages: number; notShown: string[] };

/** Headings in order with the name of their place, which links of a table of contents lead to. */
function anchorsOf(nodes: readonly RichNode[], found = new Map<Element, string>()): Map<Element, string> {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (/^h[1-6]$/.test(node.tag)) found.set(node, `h${found.size + 1}`);
    anchorsOf(node.kids ?? [], found);
  }
  return found;
}

/** The list that stands in place of a table of contents macro. */
function contentsOf(anchors: ReadonlyMap<Element, string>): RichNode {
  const entries = [...anchors]
    .map(([heading, name]) => ({
      level: Number(heading.tag[1]),
      name,
      text: wordsOf(heading.kids ?? []).trim(),
    }))
    .filter((entry) => entry.text !== '');
  const top = Math.min(...entries.map((entry) => entry.level));
  const kids = entries.flatMap((entry, index): RichNode[] => [
    ...(index === 0 ? [] : [{ tag: 'br' } as const]),
    '\u00a0'.repeat((entry.level - top) * 5),
    { tag: 'a', at: { href: `#${entry.name}` }, kids: [entry.text] },
  ]);
  return { tag: 'panel', at: { kind: 'panel', title: 'Contents' }, kids: [{ tag: 'p', kids }] };
}

/** Puts a table of contents where the macro stands. */
function withContents(nodes: readonly RichNode[], anchors: ReadonlyMap<Element, string>): RichNode[] {
  return nodes.map((node): RichNode => {
    if (typeof node === 'string') return node;
    if (node.tag === 'macro' && node.at?.kind === 'toc') return contentsOf(anchors);
    if (node.kids !== undefined && !anchors.has(node)) node.kids = withContents(node.kids, anchors);
    return node;
  });
}

function headStrips(pen: Pen, o: PdfPage): Strip[] {
  const line = (text: string, size: number, height: number, more: Partial<Piece['style']> = {}): Strip[] =>
    text === ''
      ? []
      : textStrips(pen, [{ text, style: { ...plainStyle(size, ink.soft), ...more } }], contentWidth, {
          size,
          line: height,
          keep: true,
        });
  return [
    ...line(o.trail, 8.6, 13, { color: ink.faint }),
    blank(3, true),
    ...line(o.title, 23, 30, { bold: true, color: ink.text }),
    blank(3, true),
    ...line(o.facts, 8.8, 13.5),
    ...line(o.url, 8.8, 13.5, { color: ink.link, link: o.url }),
    { height: 22, draw: (x, y) => void pen.doc.rect(x, y + 9, contentWidth, 0.8).fill(ink.rule) },
  ];
}

function footers(pen: Pen, title: string): number {
  const { start, count } = pen.doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pen.doc.switchToPage(index);
    const y = page.height - page.bottom + 24;
    const put = (text: string, x: number, width: number): void => {
      const [strip] = textStrips(pen, [{ text, style: plainStyle(8, ink.faint) }], width, {
        size: 8,
        line: 12,
      });
      strip?.draw(x, y);
    };
    const number = `${index - start + 1} / ${count}`;
    const face = pen.book.faceFor(48, plainStyle(8));
    const wide = face === null ? 30 : pen.book.width(face, number, 8);
    pen.doc.rect(page.side, y - 6, contentWidth, 0.5).fill(ink.rule);
    put(title, page.side, contentWidth - wide - 30);
    put(number, page.width - page.side - wide, wide + 4);
  }
  return count;
}

/** Entries of the reader's outline, each below the last one of a lower level. */
function outliner(pen: Pen): (text: string, level: number) => void {
  const open: { level: number; item: PDFKit.PDFOutline }[] = [];
  return (text, level) => {
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const parent = open.at(-1)?.item ?? pen.doc.outline;
    open.push({ level, item: parent.addItem(text.slice(0, 200), { expanded: level < 2 }) });
  };
}

function noteStrips(env: BlockEnv, lacking: readonly string[]): Strip[] {
  if (lacking.length === 0) return [];
  const item = (text: string): RichNode => ({ tag: 'li', kids: [text] });
  return [
    blank(16),
    ...blocks(
      env,
      [
        {
          tag: 'panel',
          at: { kind: 'panel', title: 'Not shown in this PDF' },
          kids: [{ tag: 'ul', kids: lacking.map(item) }],
        },
      ],
      contentWidth,
    ),
  ];
}

function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('error', reject);
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.end();
  });
}

/**
 * A Confluence page as a PDF of A4 pages: title and source, headings with an outline, lists, tasks, tables with merged
 * cells, panels, code, images, page numbers. Arabic and Hebrew run from right to left (Unicode Bidirectional Algorithm).
 * Text is embedded with its characters, so it can be searched and copied.
 */
export async function renderPdf(given: PdfPage): Promise<Pdf> {
  const pen = newPen({ title: given.title, author: given.author, subject: given.url });
  const lacking = new Map<string, number>(given.notShown.map((what) => [what, 1]));
  const content = structuredClone(given.content);
  const anchors = anchorsOf(content);
  const outline = outliner(pen);
  const env: BlockEnv = {
    pen,
    file: given.file,
    anchor: (heading) => anchors.get(heading) ?? null,
    headed: (_heading, text, level) => outline(text, level),
    lacking: (what) => lacking.set(what, (lacking.get(what) ?? 0) + 1),
  };
  const strips = [...headStrips(pen, given), ...blocks(env, withContents(content, anchors), contentWidth)];
  if (pen.missing.size > 0)
    lacking.set(
      `characters that no font here has: ${[...pen.missing].slice(0, 20).join(' ').replace(/\p{C}/gu, '')}`,
      1,
    );
  const notShown = [...lacking.keys()];
  strips.push(
    ...noteStrips(
      env,
      notShown.filter((what) => !what.startsWith('characters')),
    ),
  );
  const turn = (): number => {
    pen.doc.addPage();
    return page.top;
  };
  paginate(strips, { x: page.side, y: turn(), bottom: contentBottom, turn });
  const pages = footers(pen, given.title);
  return { bytes: await collected(pen.doc), pages, notShown };
}
