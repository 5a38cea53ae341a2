import { isBlank, isInline, macroName } from '../parse/elements.ts';
import type { StorageNode } from '../parse/parse.ts';

/** Nodes of one block: one element, or a run of inline nodes. */
export type Group = { nodes: StorageNode[]; start: number; end: number };

/** Images and macros without a body stand in a line where text stands right beside them. */
function joinsText(node: StorageNode): boolean {
  if (node.type !== 'element') return false;
  if (node.name === 'ac:image' || node.name === 'img') return true;
  if (macroName(node) === null) return false;
  return node.children.every(
    (child) => child.type !== 'element' || !/^ac:(rich|plain)-text-body$/.test(child.name),
  );
}

/** For each child: whether text follows it on the same line. One pass from the end. */
function textFollows(children: StorageNode[]): boolean[] {
  const follows: boolean[] = Array<boolean>(children.length).fill(false);
  let next = false;
  for (let i = children.length - 1; i >= 0; i -= 1) {
    const node = children[i] as StorageNode;
    follows[i] = next;
    if (isBlank(node)) next = next && node.type === 'text' && !node.text.includes('\n');
    else if (!joinsText(node)) next = isInline(node);
  }
  return follows;
}

/** Splits the children of a container into blocks. White space and processing instructions between them are in none. */
export function groupNodes(children: StorageNode[]): Group[] {
  const groups: Group[] = [];
  const follows = textFollows(children);
  let run: StorageNode[] = [];
  const flush = (): void => {
    while (run[0] && isBlank(run[0])) run.shift();
    while (run.length > 0 && isBlank(run[run.length - 1] as StorageNode)) run.pop();
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) groups.push({ nodes: run, start: first.start, end: last.end });
    run = [];
  };
  const textBefore = (): boolean => {
    const last = run.at(-1);
    if (!last) return false;
    if (!isBlank(last)) return true;
    return last.type === 'text' && !last.text.includes('\n') && run.some((node) => !isBlank(node));
  };
  for (const [at, node] of children.entries()) {
    if (isInline(node)) {
      run.push(node);
      continue;
    }
    if (joinsText(node) && (textBefore() || follows[at])) {
      run.push(node);
      continue;
    }
    flush();
    if (node.type !== 'instruction') groups.push({ nodes: [node], start: node.start, end: node.end });
  }
  flush();
  return groups;
}
