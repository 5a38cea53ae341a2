import type { RichNode } from '#lib/wire';
import { align } from '../align.ts';
import { type Token, tokens, wordsIn } from './inline-tokens.ts';
import { type Branch, isInline } from './nodes.ts';

/** All words of blocks of any kind, in order; what stands around them is not compared. */
function deepTokens(nodes: readonly RichNode[], out: Token[] = []): Token[] {
  for (const node of nodes) {
    if (typeof node === 'string' || isInline(node)) tokens([node], [], out);
    else deepTokens(node.kids ?? [], out);
  }
  return out;
}

const isSpace = (token: Token | undefined): boolean =>
  typeof token?.leaf === 'string' && token.leaf.trim() === '';

/**
 * A block that became one of another kind (a paragraph a list, a heading of another level): the new block, with
 * the words that came and went marked in it.
 */
export function reflow(before: readonly RichNode[], after: readonly RichNode[]): RichNode[] {
  const old = deepTokens(before).filter((token) => !isSpace(token));
  const now = deepTokens(after).filter((token) => !isSpace(token));
  const kept = new Map(
    align(
      old.map(({ key }) => key),
      now.map(({ key }) => key),
    ).map(([i, j]) => [j, i]),
  );
  let [read, at] = [0, 0];
  const goneUntil = (index: number): RichNode[] => {
    const words = old.slice(read, index).map(({ leaf }) => leaf);
    read = Math.max(read, index);
    if (words.length === 0) return [];
    const kids = words.flatMap((leaf, k): RichNode[] =>
      k === 0 || /^[,.;:!?)]/.test(String(leaf)) ? [leaf] : [' ', leaf],
    );
    return [{ tag: 'del', kids }];
  };
  const place = (leaf: RichNode): RichNode[] => {
    const from = kept.get(at);
    at += 1;
    return from === undefined ? [{ tag: 'ins', kids: [leaf] }] : [...goneUntil(from), ...keep(from, leaf)];
  };
  const keep = (from: number, leaf: RichNode): RichNode[] => {
    read = from + 1;
    return [leaf];
  };
  const textOf = (text: string): RichNode[] => {
    const out: RichNode[] = [];
    for (const word of wordsIn(text)) {
      const drawn = word.trim() === '' ? [word] : place(word);
      for (const one of drawn) push(out, one);
    }
    return out;
  };
  const walk = (nodes: readonly RichNode[]): RichNode[] =>
    nodes.flatMap((node): RichNode[] => {
      if (typeof node === 'string') return textOf(node);
      const isWord = isInline(node) && tokens([node])[0]?.leaf === node;
      return isWord ? place(node) : [{ ...node, ...(node.kids ? { kids: walk(node.kids) } : {}) }];
    });
  const drawn = walk(after);
  const rest = goneUntil(old.length);
  return rest.length === 0 ? drawn : appended(drawn, rest);
}

/** Words in a row with one mark become one piece again. */
function push(out: RichNode[], node: RichNode): void {
  const [last, before] = [out.at(-1), out.at(-2)];
  if (typeof node === 'string') {
    if (typeof last === 'string') out[out.length - 1] = last + node;
    else out.push(node);
    return;
  }
  const space = typeof last === 'string' && last.trim() === '';
  const run = space ? before : last;
  if (typeof run !== 'object' || node.tag !== 'ins' || run.tag !== 'ins') {
    out.push(node);
    return;
  }
  const kids = [...(run.kids ?? []), ...(space ? [last] : []), ...(node.kids ?? [])];
  out.splice(space ? -2 : -1);
  const text = kids.every((kid) => typeof kid === 'string') ? [kids.join('')] : kids;
  out.push({ ...run, kids: text });
}

/** What went at the very end stands in the last block that holds text. */
function appended(nodes: RichNode[], rest: readonly RichNode[]): RichNode[] {
  const last = nodes.at(-1) as Branch | string | undefined;
  if (last === undefined || typeof last === 'string' || isInline(last) || !last.kids)
    return [...nodes, ...rest];
  return [...nodes.slice(0, -1), { ...last, kids: appended(last.kids, rest) }];
}
