import type { RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { inlineDiff } from './inline-diff.ts';
import type { Op } from './nodes.ts';

const isSide = (node: RichNode, drop: Op): boolean => typeof node === 'object' && node.tag === drop;

/** A changed line twice, as it was and as it is, the words that differ marked in each. */
function both(before: string, after: string): [RichNode, RichNode] {
  const drawn = inlineDiff([before], [after]);
  return [
    { tag: 'line', at: { mark: 'remove' }, kids: drawn.filter((node) => !isSide(node, 'ins')) },
    { tag: 'line', at: { mark: 'add' }, kids: drawn.filter((node) => !isSide(node, 'del')) },
  ];
}

const line = (text: string, mark?: 'add' | 'remove'): RichNode => ({
  tag: 'line',
  ...(mark ? { at: { mark } } : {}),
  kids: [text],
});

/** Lines of code, each `line` kept, removed or added; where a line took another's place, both with their words marked. */
export function codeDiff(before: string, after: string): RichNode[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const out: RichNode[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(a, b), [a.length, b.length] as Pair]) {
    const [old, now] = [a.slice(i, x), b.slice(j, y)];
    if (old.length === now.length && old.length <= 200) {
      const pairs = old.map((text, at) => both(text, now[at] ?? ''));
      for (const [gone] of pairs) out.push(gone);
      for (const [, fresh] of pairs) out.push(fresh);
    } else {
      for (const text of old) out.push(line(text, 'remove'));
      for (const text of now) out.push(line(text, 'add'));
    }
    if (x < a.length) out.push(line(a[x] ?? ''));
    [i, j] = [x + 1, y + 1];
  }
  return out;
}
