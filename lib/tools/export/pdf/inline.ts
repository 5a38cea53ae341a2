import type { RichNode } from '#lib/wire';
import { code, ink, lozenges } from './look.ts';
import type { Piece, TextStyle } from './text.ts';

export type ImageNode = Exclude<RichNode, string>;
export type InlinePart = Piece | { image: ImageNode };

/** Elements that stand within a line. */
export const inlineTags: ReadonlySet<string> = new Set([
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'br',
  'code',
  'span',
  'a',
  'status',
  'mention',
  'date',
  'emoji',
  'comment',
  'ins',
  'del',
]);

type Element = Exclude<RichNode, string>;
type Env = { covers: (text: string) => boolean };

const dateWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

function dateText(iso: string): string {
  const at = new Date(`${iso}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(at.getTime()) ? dateWords.format(at) : iso;
}

/** All words of a node and what it holds. */
export function wordsOf(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : node.tag === 'br' ? '\n' : wordsOf(node.kids ?? [])))
    .join('');
}

function emojiText(node: Element, env: Env): string {
  const sign = wordsOf(node.kids ?? []);
  const name = (node.at?.title ?? '').replace(/^:|:$/g, '');
  return sign !== '' && env.covers(sign) ? sign : name === '' ? sign : `:${name}:`;
}

type Change = (style: TextStyle, node: Element) => TextStyle;

const styles: Record<string, Change> = {
  strong: (style) => ({ ...style, bold: true }),
  em: (style) => ({ ...style, italic: true }),
  u: (style) => ({ ...style, underline: true }),
  ins: (style) => ({ ...style, underline: true }),
  s: (style) => ({ ...style, strike: true }),
  del: (style) => ({ ...style, strike: true }),
  sub: (style) => ({ ...style, size: style.size * 0.75, rise: -style.size * 0.15 }),
  sup: (style) => ({ ...style, size: style.size * 0.75, rise: style.size * 0.33 }),
  code: (style) => ({ ...style, mono: true, size: style.size * 0.88, box: ink.codeFill }),
  a: (style, node) =>
    node.at?.href === undefined
      ? { ...style, color: ink.link }
      : { ...style, color: ink.link, link: node.at.href },
  mention: (style) => ({ ...style, color: ink.link, box: ink.mentionFill }),
  date: (style) => ({ ...style, box: ink.codeFill }),
};

function statusPiece(node: Element, style: TextStyle): Piece {
  const look = lozenges[node.at?.kind ?? 'grey'] ?? lozenges.grey;
  const text = wordsOf(node.kids ?? []).toUpperCase();
  return {
    text: text.replace(/ /g, '\u00a0'),
    style: {
      ...style,
      bold: true,
      size: style.size * 0.8,
      color: look?.text ?? ink.text,
      box: look?.fill ?? ink.codeFill,
    },
  };
}

/** Inline nodes as pieces of text; images stand between them. */
export function inlineParts(nodes: readonly RichNode[], style: TextStyle, env: Env): InlinePart[] {
  return nodes.flatMap((node): InlinePart[] => {
    if (typeof node === 'string') return [{ text: node, style }];
    const { tag } = node;
    const kids = node.kids ?? [];
    if (tag === 'br') return [{ text: '\n', style }];
    if (tag === 'image') return [{ image: node }];
    if (tag === 'status') return [statusPiece(node, style)];
    if (tag === 'emoji') return [{ text: emojiText(node, env), style }];
    if (tag === 'date')
      return [{ text: dateText(wordsOf(kids)), style: (styles.date as Change)(style, node) }];
    if (tag === 'macro') {
      const name = node.at?.kind ?? 'macro';
      const words = wordsOf(kids).trim();
      return [
        {
          text: `[${name}${words === '' ? '' : `: ${words}`}]`,
          style: { ...style, mono: true, size: code.size, color: ink.soft, box: ink.codeFill },
        },
      ];
    }
    const change = styles[tag];
    return inlineParts(kids, change === undefined ? style : change(style, node), env);
  });
}
