/** The path from the first message down to `leafId`, oldest first. Unknown leaf: empty. */
export function pathTo<M extends { id: string; parentId: string | null }>(
  messages: readonly M[],
  leafId: string | null,
): M[] {
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
