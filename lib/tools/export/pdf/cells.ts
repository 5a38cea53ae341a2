import type { RichNode } from '#lib/wire';
import { inlineTags } from './inline.ts';

/** The lines of text a cell would have if it were as wide as it liked. */
export function cellLines(nodes: readonly RichNode[]): RichNode[][] {
  const lines: RichNode[][] = [[]];
  for (const node of nodes) {
    if (typeof node === 'string' || inlineTags.has(node.tag) || node.tag === 'macro')
      lines.at(-1)?.push(node);
    else lines.push(...cellLines(node.kids ?? []).map((line) => [...line, '    ']), []);
  }
  return lines;
}

/** In a table head, strong text may hold blocks: the strength goes to their words. */
export function unwrapped(nodes: readonly RichNode[]): RichNode[] {
  return nodes.flatMap((node): RichNode[] => {
    if (typeof node === 'string' || node.tag !== 'strong') return [node];
    const kids = node.kids ?? [];
    if (kids.every((kid) => typeof kid === 'string' || inlineTags.has(kid.tag))) return [node];
    return kids.map((kid) =>
      typeof kid === 'string' || inlineTags.has(kid.tag)
        ? { tag: 'strong', kids: [kid] }
        : kid.tag === 'p'
          ? { ...kid, kids: [{ tag: 'strong', kids: kid.kids ?? [] }] }
          : kid,
    );
  });
}
