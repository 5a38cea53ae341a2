type Node = { id: string; parentId: string | null };

/** The path from the first message down to `leafId`, oldest first. Unknown leaf: empty. */
export function pathTo<M extends Node>(messages: readonly M[], leafId: string | null): M[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: M[] = [];
  const seen = new Set<string>();
  for (let id = leafId; id !== null && !seen.has(id); ) {
    seen.add(id);
    const message = byId.get(id);
    if (message === undefined) break;
    path.push(message);
    id = message.parentId;
  }
  return path.reverse();
}

/** The messages below each parent (null: the beginnings), in the order given. */
export function byParent<M extends Node>(messages: readonly M[]): Map<string | null, M[]> {
  const children = new Map<string | null, M[]>();
  for (const message of messages) {
    const known = children.get(message.parentId);
    if (known === undefined) children.set(message.parentId, [message]);
    else known.push(message);
  }
  return children;
}

/** The end of the newest branch through a message; `messages` oldest first. */
export function newestLeaf(messages: readonly Node[], id: string): string {
  const children = byParent(messages);
  const seen = new Set<string>();
  let leaf = id;
  for (let next = children.get(leaf)?.at(-1); next !== undefined && !seen.has(next.id); ) {
    seen.add(next.id);
    leaf = next.id;
    next = children.get(leaf)?.at(-1);
  }
  return leaf;
}
