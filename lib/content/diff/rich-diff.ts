import type { RichNode, RichTag } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { pairSimilar, similarity, wordsOf } from './similar.ts';

type Branch = Exclude<RichNode, string>;
type Op = 'ins' | 'del';

/** Tags that wrap words without breaking the line. */
const WRAPS = new Set<RichTag>([
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'code',
  'a',
  'span',
  'comment',
  'ins',
  'del',
]);
const ATOMS = new Set<RichTag>(['status', 'mention', 'date', 'emoji', 'image', 'br']);

const isInline = (node: RichNode): boolean =>
  typeof node === 'string' || WRAPS.has(node.tag) || ATOMS.has(node.tag);

export function richText(node: RichNode): string {
  return typeof node === 'string' ? node : (node.kids ?? []).map(richText).join(' ');
}

type Token = { key: string; leaf: RichNode; chain: Branch[] };

/** Words, spaces and signs; of scripts without spaces each character. */
const WORD =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}_])+|[\s\S]/gu;

function tokens(nodes: RichNode[], chain: Branch[] = [], out: Token[] = []): Token[] {
  const frame = chain.map(({ tag, at }) => JSON.stringify([tag, at])).join();
  for (const node of nodes) {
    if (typeof node === 'string') {
      for (const word of node.match(WORD) ?? []) out.push({ key: `${frame}|${word}`, leaf: word, chain });
    } else if (WRAPS.has(node.tag)) {
      tokens(node.kids ?? [], [...chain, { tag: node.tag, ...(node.at ? { at: node.at } : {}) }], out);
    } else {
      out.push({ key: `${frame}|${JSON.stringify(node)}`, leaf: node, chain });
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
function rebuild(run: Token[]): RichNode[] {
  const out: RichNode[] = [];
  for (let i = 0; i < run.length; ) {
    const first = run[i] as Token;
    let text = '';
    while (i < run.length && typeof run[i]?.leaf === 'string' && run[i]?.chain === first.chain) {
      text += run[i]?.leaf;
      i += 1;
    }
    if (text === '') {
      out.push(wrapAll(first.leaf, first.chain));
      i += 1;
    } else {
      out.push(wrapAll(text, first.chain));
    }
  }
  return out;
}

/** A lone kept space between two changes is part of the change: "ins del ins del" is hard to read. */
function smooth(pairs: Pair[], a: Token[]): Pair[] {
  return pairs.filter(([i, j], at) => {
    const leaf = a[i]?.leaf;
    if (typeof leaf !== 'string' || leaf.trim() !== '') return true;
    const [before, after] = [pairs[at - 1], pairs[at + 1]];
    const tiedBefore = before ? before[0] === i - 1 && before[1] === j - 1 : i === 0 && j === 0;
    const tiedAfter = after ? after[0] === i + 1 && after[1] === j + 1 : false;
    return tiedBefore || tiedAfter;
  });
}

function inlineDiff(before: RichNode[], after: RichNode[]): RichNode[] {
  const [a, b] = [tokens(before), tokens(after)];
  const pairs = smooth(
    align(
      a.map((one) => one.key),
      b.map((one) => one.key),
    ),
    a,
  );
  const out: RichNode[] = [];
  let [i, j] = [0, 0];
  let kept: Token[] = [];
  const flush = (): void => {
    for (const node of rebuild(kept)) out.push(node);
    kept = [];
  };
  for (const [x, y] of [...pairs, [a.length, b.length] as Pair]) {
    if (x > i || y > j) flush();
    if (x > i) out.push({ tag: 'del', kids: rebuild(a.slice(i, x)) });
    if (y > j) out.push({ tag: 'ins', kids: rebuild(b.slice(j, y)) });
    const token = b[y];
    if (token && x < a.length) kept.push(token);
    [i, j] = [x + 1, y + 1];
  }
  flush();
  return out;
}

/** A node wholly added or removed: the mark goes inside cells and items, so that the table or list stays one. */
export function marked(node: RichNode, op: Op): RichNode {
  if (typeof node === 'string' || isInline(node) || !node.kids || node.kids.length === 0)
    return { tag: op, kids: [node] };
  if (node.tag === 'pre') return { ...node, kids: [{ tag: op, kids: node.kids }] };
  if (node.kids.every(isInline)) return { ...node, kids: [{ tag: op, kids: node.kids }] };
  return { ...node, kids: node.kids.map((kid) => marked(kid, op)) };
}

/** Runs of inline nodes beside blocks become one node, so that kids are either all inline or all blocks. */
function grouped(kids: RichNode[]): Branch[] {
  const out: Branch[] = [];
  let run: RichNode[] = [];
  const flush = (): void => {
    if (run.length > 0) out.push({ tag: 'span', kids: run });
    run = [];
  };
  for (const kid of kids) {
    if (isInline(kid)) run.push(kid);
    else {
      flush();
      out.push(kid as Branch);
    }
  }
  flush();
  return out;
}

function shape(node: Branch): string {
  return JSON.stringify([node.tag, node.tag === 'macro' || node.tag === 'panel' ? node.at?.kind : '']);
}

function alike(a: Branch, b: Branch): number {
  if (shape(a) !== shape(b)) return 0;
  return similarity(wordsOf(richText(a)), wordsOf(richText(b)));
}

function diffNode(before: Branch, after: Branch): RichNode {
  const kids = diffKids(before.kids ?? [], after.kids ?? []);
  const [old, now] = [before.at?.title, after.at?.title];
  if (old === now && JSON.stringify(before.at) === JSON.stringify(after.at)) return { ...after, kids };
  const head: RichNode[] = [];
  if (old !== now && old !== undefined) head.push({ tag: 'del', kids: [old] });
  if (old !== now && now !== undefined) head.push({ tag: 'ins', kids: [now] });
  const state = before.at?.done !== after.at?.done && after.tag === 'task';
  if (state)
    head.push(
      { tag: 'del', kids: [before.at?.done ? 'done' : 'open'] },
      { tag: 'ins', kids: [after.at?.done ? 'done' : 'open'] },
      ' ',
    );
  return { ...after, kids: [...head, ...kids] };
}

/** The kids of two nodes as one list with `ins` and `del` marks: rows, cells and items apart, words within them. */
export function diffKids(before: RichNode[], after: RichNode[]): RichNode[] {
  if (before.every(isInline) && after.every(isInline)) return inlineDiff(before, after);
  const [a, b] = [grouped(before), grouped(after)];
  const pairs = align(
    a.map((node) => JSON.stringify(node)),
    b.map((node) => JSON.stringify(node)),
  );
  const out: RichNode[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [a.length, b.length] as Pair]) {
    const [removed, added] = [a.slice(i, x), b.slice(j, y)];
    const matches = new Map(pairSimilar(removed, added, alike, shape).map(([from, to]) => [to, from]));
    let done = 0;
    for (const [index, node] of added.entries()) {
      const from = matches.get(index);
      if (from === undefined) {
        out.push(marked(node, 'ins'));
        continue;
      }
      for (const gone of removed.slice(done, from)) out.push(marked(gone, 'del'));
      out.push(diffNode(removed[from] as Branch, node));
      done = from + 1;
    }
    for (const gone of removed.slice(done)) out.push(marked(gone, 'del'));
    const same = b[y];
    if (same && x < a.length) out.push(same);
    [i, j] = [x + 1, y + 1];
  }
  return out;
}
