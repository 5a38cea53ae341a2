import { isBlank, isInline } from './elements.ts';
import type { StorageNode } from './parse.ts';

/** Nodes of one block: one element, or a run of inline nodes. */
export type Group = { nodes: StorageNode[]; start: number; end: number };

/** Splits the children of a container into blocks. White space and processing instructions between them are in none. */
export function groupNodes(children: StorageNode[]): Group[] {
  const groups: Group[] = [];
  let run: StorageNode[] = [];
  const flush = (): void => {
    while (run[0] && isBlank(run[0])) run.shift();
    while (run.length > 0 && isBlank(run[run.length - 1] as StorageNode)) run.pop();
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) groups.push({ nodes: run, start: first.start, end: last.end });
    run = [];
  };
  for (const node of children) {
    if (isInline(node)) {
      run.push(node);
      continue;
    }
    flush();
    if (node.type !== 'instruction') groups.push({ nodes: [node], start: node.start, end: node.end });
  }
  flush();
  return groups;
}
