import type { RichNode, RichTag } from '#lib/wire';
import type { Fact } from './facts.ts';
import { type Branch, note, notesOf, plainText, WRAPS } from './nodes.ts';

/** A word, a sign, a space, or a thing in a line (a status, an image), with the formats around it. */
export type Token = { key: string; leaf: RichNode; chain: Branch[]; frame: string };

/** Words, spaces and signs; of scripts without spaces each character. */
const WORD =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}_])+|[\s\S]/gu;

export const wordsIn = (text: string): string[] => text.match(WORD) ?? [];

/** What of a thing in a line is seen: the rest (colour, width) is compared when both sides have it. */
function atomKey(node: Branch): string {
  const shown =
    node.tag === 'image' || node.tag === 'macro' ? `${node.at?.kind ?? ''} ${node.at?.title ?? ''}` : '';
  return `\0${node.tag} ${shown} ${node.tag === 'image' ? '' : plainText(node.kids ?? [])}`;
}

/** Inline nodes as tokens. Formats are no part of a token's key: words whose format alone changed stay. */
export function tokens(nodes: readonly RichNode[], chain: Branch[] = [], out: Token[] = []): Token[] {
  const frame = chain.length === 0 ? '' : JSON.stringify(chain.map(({ tag, at }) => [tag, at?.facts ?? []]));
  for (const node of nodes) {
    if (typeof node === 'string') {
      for (const word of wordsIn(node)) out.push({ key: word, leaf: word, chain, frame });
    } else if (WRAPS.has(node.tag)) {
      const kids = node.kids ?? [];
      const inner = [...chain, { tag: node.tag, ...(node.at ? { at: node.at } : {}) }];
      // An empty anchor or span is a thing of its own.
      if (kids.length > 0) tokens(kids, inner, out);
      else out.push({ key: `\0${node.tag}`, leaf: node, chain, frame });
    } else {
      out.push({ key: atomKey(node), leaf: node, chain, frame });
    }
  }
  return out;
}

function wrapAll(leaf: RichNode, chain: Branch[]): RichNode {
  return chain.reduceRight<RichNode>(
    (kid, { tag, at }) => ({ tag, ...(at ? { at } : {}), kids: [kid] }),
    leaf,
  );
}

/** Runs of tokens in the same frame become one node again. */
export function rebuild(run: readonly Token[]): RichNode[] {
  const out: RichNode[] = [];
  for (let i = 0; i < run.length; ) {
    const first = run[i] as Token;
    const inner: RichNode[] = [];
    let text = '';
    for (; i < run.length && run[i]?.chain === first.chain; i += 1) {
      const leaf = run[i]?.leaf as RichNode;
      if (typeof leaf === 'string') text += leaf;
      else {
        if (text !== '') inner.push(text);
        inner.push(leaf);
        text = '';
      }
    }
    if (text !== '') inner.push(text);
    if (first.chain.length === 0) for (const one of inner) out.push(one);
    else {
      const [outer, ...rest] = first.chain as [Branch, ...Branch[]];
      const [only] = inner;
      const kids = inner.length === 1 && only !== undefined ? [wrapAll(only, rest)] : wrapKids(inner, rest);
      out.push({ ...outer, kids });
    }
  }
  return out;
}

function wrapKids(kids: RichNode[], chain: Branch[]): RichNode[] {
  return chain.reduceRight<RichNode[]>((inner, one) => [{ ...one, kids: inner }], kids);
}

const FORMATS: Partial<Record<RichTag, string>> = {
  strong: 'bold',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  sub: 'subscript',
  sup: 'superscript',
  code: 'code',
  comment: 'inline comment',
};

const linkOf = (facts: readonly Fact[]): string => facts.find(([name]) => name === 'link')?.[1] ?? 'link';

/** Notes about the formats of words that stay: bold put on, a link's new target, a colour taken off. */
export function chainNotes(before: readonly Branch[], after: readonly Branch[]): Branch[] {
  const left = [...before];
  const out: Branch[] = [];
  const fresh: Branch[] = [];
  for (const one of after) {
    const at = left.findIndex(({ tag }) => tag === one.tag);
    if (at === -1) fresh.push(one);
    else {
      const [old] = left.splice(at, 1) as [Branch];
      for (const piece of notesOf(old.at?.facts ?? [], one.at?.facts ?? [])) out.push(piece);
    }
  }
  const single = (one: Branch, gone: boolean): Branch[] => {
    const facts = one.at?.facts ?? [];
    const word = FORMATS[one.tag];
    if (one.tag === 'a') return [note('link', gone ? linkOf(facts) : null, gone ? null : linkOf(facts))];
    if (word !== undefined)
      return [note(one.tag === 'comment' ? '' : 'format', gone ? word : null, gone ? null : word)];
    return gone ? notesOf(facts, []) : notesOf([], facts);
  };
  for (const one of left) out.push(...single(one, true));
  for (const one of fresh) out.push(...single(one, false));
  return out;
}

/** What two runs carry beside words (links, statuses, images, macros), paired by kind in their order. */
export function gapNotes(removed: readonly Token[], added: readonly Token[]): Branch[] {
  const old = carriers(removed);
  const out: Branch[] = [];
  for (const [tag, now] of carriers(added)) {
    const before = old.get(tag) ?? [];
    if (before.length !== now.length) continue;
    for (const [i, one] of now.entries()) {
      const was = before[i];
      if (was)
        for (const piece of notesOf(was.at?.facts ?? [], one.at?.facts ?? [], SHOWN[one.tag]))
          out.push(piece);
    }
  }
  return out;
}

/** Values that the struck and the new thing themselves show. */
const SHOWN: Partial<Record<RichTag, ReadonlySet<string>>> = {
  status: new Set(['colour', 'color']),
  mention: new Set(['person']),
  emoji: new Set(['emoji', 'emoji id', 'emoji fallback']),
  image: new Set(['file', 'address', 'alternative text', 'original width', 'original height', 'file size']),
};

function carriers(run: readonly Token[]): Map<string, Branch[]> {
  const found = new Map<string, Branch[]>();
  const seen = new Set<Branch>();
  const add = (one: Branch): void => {
    if (seen.has(one) || (one.at?.facts ?? []).length === 0) return;
    seen.add(one);
    const key = `${one.tag} ${one.tag === 'macro' ? one.at?.kind : ''}`;
    const same = found.get(key);
    if (same) same.push(one);
    else found.set(key, [one]);
  };
  for (const { leaf, chain } of run) {
    for (const one of chain) add(one);
    if (typeof leaf !== 'string') add(leaf);
  }
  return found;
}
