import { normalForm } from '../normal.ts';
import { collapse, isInline, macroName } from '../parse/elements.ts';
import { referenceAt } from '../parse/entities.ts';
import type { StorageDoc, StorageNode } from '../parse/parse.ts';
import { quoted, type Spot } from './ledger.ts';
import type { Item } from './sides.ts';

/** A sentence, a line break, or the white space between two sentences: `source.slice(start, end)`. */
export type Stretch = { doc: StorageDoc; nodes: StorageNode[]; start: number; end: number };

// After a full stop with a capital, or a script without capitals, to follow; not after "e.g." or "J.".
const SENTENCE_END =
  /(?<![.!?…]|(?:^|[\s(.])\p{L}|\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs|ca|approx|Fig|Sec|cf|etc))[.!?…]+["'’”)\]]*(?<space>[ \t\r\n]+)(?=["'‘“([]*[\p{Lu}\p{Lo}\p{N}])|[。！？]+[」』）]*/gu;

type Cut = { end: number; next: number };

/** Where sentences end in raw text, and where the next begins. */
function cutsOf(raw: string): Cut[] {
  return [...raw.matchAll(SENTENCE_END)].map((match) => {
    const next = match.index + match[0].length;
    return { end: next - (match.groups?.space?.length ?? 0), next };
  });
}

const isBreak = (node: StorageNode): boolean => node.type === 'element' && node.name === 'br';

/** Raw text with its references resolved; what it names is compared, not how. */
export function decoded(raw: string): string {
  if (!raw.includes('&')) return raw;
  let text = '';
  for (let at = 0; at < raw.length; ) {
    const reference = raw[at] === '&' ? referenceAt(raw, at) : null;
    text += reference ? reference.text : raw[at];
    at += reference ? reference.length : 1;
  }
  return text;
}

/** Attributes and texts that a reader sees where an element has no text of its own. */
export function isShown(node: StorageNode): boolean {
  if (node.type !== 'element') return false;
  if (node.name === 'time' || node.name === 'ac:emoticon' || node.name === 'ri:user') return true;
  return node.name === 'ac:image' || node.name === 'img' || macroName(node) !== null;
}

function keyOf({ doc, nodes, start, end }: Stretch): string {
  return nodes
    .map((node) =>
      node.type === 'text'
        ? decoded(doc.source.slice(Math.max(start, node.start), Math.min(end, node.end)))
        : `<${normalForm(doc, [node])}>`,
    )
    .join('');
}

function itemOf(stretch: Stretch, shape: 'sentence' | 'break' | 'space'): Item<Stretch> {
  const { doc, start, end } = stretch;
  const bytes = doc.source.slice(start, end);
  const key = shape === 'space' ? ' ' : keyOf(stretch);
  const text = (): string => decoded(bytes.slice(0, 4000).replace(/<[^>]*>/g, ' '));
  return {
    key: `${shape} ${key}`,
    bytes,
    gap: '',
    shape,
    id: null,
    name: () =>
      shape === 'sentence' ? quoted(collapse(text()) || bytes) : shape === 'break' ? 'line break' : 'space',
    under: [],
    level: null,
    solid: () => shape === 'sentence',
    plain: true,
    text,
    node: stretch,
  };
}

/** The lines and sentences of a line of text; elements belong to the sentence they stand in. */
export function sentencesOf({ doc, nodes }: Spot): Item<Stretch>[] {
  const items: Item<Stretch>[] = [];
  let held: StorageNode[] = [];
  let from = nodes[0]?.start ?? 0;
  const flush = (end: number): void => {
    if (end > from) items.push(itemOf({ doc, nodes: held, start: from, end }, 'sentence'));
    held = [];
    from = end;
  };
  for (const node of nodes) {
    if (isBreak(node)) {
      flush(node.start);
      items.push(itemOf({ doc, nodes: [node], start: node.start, end: node.end }, 'break'));
      from = node.end;
      continue;
    }
    held.push(node);
    if (node.type !== 'text') continue;
    for (const { end, next } of cutsOf(doc.source.slice(node.start, node.end))) {
      flush(node.start + end);
      if (next > end) {
        const [start, stop] = [node.start + end, node.start + next];
        items.push(itemOf({ doc, nodes: [node], start, end: stop }, 'space'));
        from = stop;
      }
      if (node.start + next < node.end) held.push(node);
    }
  }
  flush(nodes.at(-1)?.end ?? from);
  return items;
}

/** True where nodes can be read as one line of text. */
export const isLine = (nodes: StorageNode[]): boolean =>
  nodes.every((node) => isInline(node) || isShown(node));
