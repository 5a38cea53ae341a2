import type { RichNode } from '#lib/wire';
import { cellLines, unwrapped } from './cells.ts';
import { inlineParts, inlineTags, wordsOf } from './inline.ts';
import {
  type BlockEnv,
  covers,
  inlineStrips,
  isInlineNode,
  isPiece,
  pageHeight,
  picture,
} from './inline-strips.ts';
import { body, code, headings, ink, panels } from './look.ts';
import { plainStyle, textStrips } from './pen.ts';
import { blank, heightOf, indented, type Strip, solid, stacked, wrapped } from './strips.ts';
import { tableStrips } from './table.ts';
import { type TextStyle, widthsOf } from './text.ts';

type Element = Exclude<RichNode, string>;

const listIndent = 18;
const narrowest = 90;
const boxPad = 10;

const headingLevel = (tag: string): number => (/^h[1-6]$/.test(tag) ? Number(tag[1]) : 0);

function headingStrips(env: BlockEnv, node: Element, level: number, width: number): Strip[] {
  const look = headings[level - 1] ?? headings[5];
  const style: TextStyle = { ...plainStyle(look.size), bold: true };
  const text = wordsOf(node.kids ?? []).trim();
  const strips = inlineStrips(env, node.kids ?? [], width, { style, line: look.line, keep: true });
  const marked = wrapped(strips, (strip, x, y, index) => {
    if (index === 0) {
      const anchor = env.anchor(node);
      if (anchor !== null) env.pen.doc.addNamedDestination(anchor, 'XYZ', 0, Math.max(0, y - 12), null);
      env.headed(node, text, level, y);
    }
    strip.draw(x, y);
  });
  return [
    blank(Math.max(0, look.above - body.gap), true),
    ...marked,
    blank(Math.max(0, look.below - 2), true),
  ];
}

const within = (width: number, by: number): number => Math.max(narrowest / 2, width - by);

function box(
  env: BlockEnv,
  strips: readonly Strip[],
  look: { fill: string; bar: string },
  width: number,
): Strip[] {
  const slice = (strip: Strip, x: number, y: number): void => {
    env.pen.doc.rect(x, y - 0.2, width, strip.height + 0.4).fill(look.fill);
    env.pen.doc.rect(x, y - 0.2, 3, strip.height + 0.4).fill(look.bar);
    strip.draw(x + boxPad + 3, y);
  };
  const inner: Strip[] = [{ ...blank(7, true), blank: false }, ...strips, { ...blank(7), blank: false }];
  const last = inner.length - 2;
  return wrapped(
    inner.map((strip, index) => ({ ...strip, blank: false, ...(index === last ? { keep: true } : {}) })),
    slice,
  );
}

function codeStrips(env: BlockEnv, node: Element, width: number): Strip[] {
  const text = wordsOf(node.kids ?? [])
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  const style: TextStyle = { ...plainStyle(code.size), mono: true };
  const title = [node.at?.title, node.at?.kind]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  const lines = textStrips(env.pen, [{ text, style }], within(width, 2 * boxPad), code).map((strip) => ({
    ...strip,
    keep: false,
  }));
  const head =
    title === ''
      ? []
      : textStrips(env.pen, [{ text: title, style: plainStyle(7.6, ink.faint) }], within(width, 2 * boxPad), {
          size: 7.6,
          line: 12,
          keep: true,
        });
  return box(env, [...head, ...lines], { fill: ink.codeFill, bar: ink.rule }, width);
}

const titleStrips = (env: BlockEnv, title: string, width: number): Strip[] =>
  title === ''
    ? []
    : textStrips(env.pen, [{ text: title, style: { ...plainStyle(body.size), bold: true } }], width, {
        ...body,
        keep: true,
      });

function listStrips(env: BlockEnv, node: Element, width: number, depth: number): Strip[] {
  const bullets = ['•', '–', '·'];
  // Nested so deep that nothing would fit any more: further levels stand below each other.
  const indent = width > narrowest + listIndent ? listIndent : 0;
  let number = node.at?.start ?? 1;
  const items = (node.kids ?? []).filter((kid): kid is Element => typeof kid !== 'string');
  const groups = items.map((item) => {
    const content = blocks(env, item.kids ?? [], width - indent, depth + 1, 4);
    const strips = content.length === 0 ? [blank(body.line)] : content;
    const marker = node.tag === 'ol' ? `${number}.` : (bullets[depth % 3] ?? '•');
    number += 1;
    const at = Math.max(
      0,
      strips.findIndex((strip) => strip.blank !== true),
    );
    const rtl = strips[at]?.rtl === true;
    return wrapped(strips, (strip, x, y, index) => {
      const left = rtl ? x + width - indent : x;
      if (index === at && indent > 0) {
        if (item.tag === 'task') drawTick(env, left + (rtl ? 6 : 1), y + 2.6, item.at?.done === true);
        else marked(env, marker, left + (rtl ? 6 : 0), y);
      }
      strip.draw(rtl ? x : x + indent, y);
    });
  });
  return stacked(groups, 3);
}

function marked(env: BlockEnv, marker: string, x: number, y: number): void {
  const style = plainStyle(body.size, ink.soft);
  const [strip] = textStrips(env.pen, [{ text: marker, style }], listIndent * 2, body);
  strip?.draw(x + (marker.length > 2 ? -3 : 3), y);
}

function drawTick(env: BlockEnv, x: number, y: number, done: boolean): void {
  const { doc } = env.pen;
  doc.lineWidth(0.9).roundedRect(x, y, 10, 10, 2);
  if (!done) {
    doc.strokeColor(ink.faint).stroke();
    return;
  }
  doc.fillAndStroke('#219a62', '#219a62');
  doc
    .lineWidth(1.3)
    .strokeColor('#ffffff')
    .moveTo(x + 2.4, y + 5.2)
    .lineTo(x + 4.4, y + 7.3)
    .lineTo(x + 7.8, y + 2.9)
    .stroke();
}

/** Columns beside each other where they fit on a page, else below each other. */
function layoutStrips(env: BlockEnv, node: Element, width: number, depth: number): Strip[] {
  const columns = (node.kids ?? []).filter((kid): kid is Element => typeof kid !== 'string');
  if (columns.length < 2) return columns.flatMap((column) => blocks(env, column.kids ?? [], width, depth));
  const gutter = 18;
  const each = (width - gutter * (columns.length - 1)) / columns.length;
  const laid = columns.map((column) => blocks(env, column.kids ?? [], each, depth));
  const height = Math.max(...laid.map(heightOf));
  if (height > pageHeight * 0.8)
    return stacked(
      columns.map((column) => blocks(env, column.kids ?? [], width, depth)),
      body.gap,
    );
  return [
    {
      height,
      draw: (x, y) => {
        for (const [index, strips] of laid.entries()) solid(strips).draw(x + index * (each + gutter), y);
      },
    },
  ];
}

function macroStrips(env: BlockEnv, node: Element, width: number, depth: number): Strip[] {
  const name = node.at?.kind ?? 'macro';
  const title = node.at?.title === undefined ? '' : ` ${node.at.title}`;
  const label = textStrips(
    env.pen,
    [{ text: `${name}${title}`, style: { ...plainStyle(8, ink.faint), mono: true } }],
    within(width, 2 * boxPad),
    { size: 8, line: 12, keep: true },
  );
  const inner = blocks(env, node.kids ?? [], within(width, 2 * boxPad), depth);
  return box(env, [...label, ...inner], { fill: '#fafbfc', bar: ink.rule }, width);
}

type Draw = (env: BlockEnv, node: Element, width: number, depth: number) => Strip[];

const drawers: Record<string, Draw> = {
  p: (env, node, width, depth) => {
    const kids = node.kids ?? [];
    return kids.every(isInlineNode) ? inlineStrips(env, kids, width) : blocks(env, kids, width, depth);
  },
  ul: listStrips,
  ol: listStrips,
  pre: codeStrips,
  image: picture,
  layout: layoutStrips,
  macro: macroStrips,
  hr: (env, _node, width) => [
    { height: 11, draw: (x, y) => void env.pen.doc.rect(x, y + 5, width, 0.7).fill(ink.rule) },
  ],
  blockquote: (env, node, width, depth) =>
    wrapped(blocks(env, node.kids ?? [], within(width, 14), depth), (strip, x, y) => {
      env.pen.doc.rect(x, y - 0.2, 2.4, strip.height + 0.4).fill(ink.rule);
      strip.draw(x + 14, y);
    }),
  panel: (env, node, width, depth) => {
    const look = panels[node.at?.kind ?? 'panel'] ?? panels.panel;
    const inner = within(width, 2 * boxPad + 3);
    const strips = [
      ...titleStrips(env, node.at?.title ?? '', inner),
      ...blocks(env, node.kids ?? [], inner, depth),
    ];
    return box(env, strips, look ?? { fill: ink.codeFill, bar: ink.rule }, width);
  },
  expand: (env, node, width, depth) => [
    ...titleStrips(env, `▾ ${node.at?.title || 'Details'}`, width),
    ...indented(blocks(env, node.kids ?? [], within(width, 12), depth), 12),
  ],
  table: (env, node, width, depth) =>
    tableStrips(env.pen, node, {
      width,
      pageHeight: pageHeight - 40,
      draw: {
        strips: (cell, inner, head) =>
          blocks(env, head ? [{ tag: 'strong', kids: cell.kids ?? [] }] : (cell.kids ?? []), inner, depth, 4),
        widths: (cell, head) => {
          const style = { ...plainStyle(body.size), bold: head };
          const lines = cellLines(cell.kids ?? []).map((line) =>
            widthsOf(env.pen.book, inlineParts(line, style, { covers: covers(env.pen) }).filter(isPiece)),
          );
          return {
            least: Math.max(0, ...lines.map((line) => line.least)),
            most: Math.max(0, ...lines.map((line) => line.most)),
          };
        },
      },
    }),
};

/** Block nodes as strips of this width, `gap` points between blocks. */
export function blocks(
  env: BlockEnv,
  given: readonly RichNode[],
  width: number,
  depth = 0,
  gap: number = body.gap,
): Strip[] {
  const nodes = unwrapped(given);
  const groups: Strip[][] = [];
  let inline: RichNode[] = [];
  const flush = (): void => {
    if (inline.length > 0) groups.push(inlineStrips(env, inline, width));
    inline = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || inlineTags.has(node.tag)) {
      inline.push(node);
      continue;
    }
    flush();
    const level = headingLevel(node.tag);
    const draw = drawers[node.tag];
    if (level > 0) groups.push(headingStrips(env, node, level, width));
    else
      groups.push(
        draw === undefined
          ? blocks(env, node.kids ?? [], width, depth)
          : draw(env, node, width, node.tag === 'ul' || node.tag === 'ol' ? depth : 0),
      );
  }
  flush();
  return stacked(groups, gap);
}
