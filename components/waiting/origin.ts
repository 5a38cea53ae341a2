import type { WaitingChange } from '#lib/wire';

/** Who asked for a change, as the person knows them. `chatTitle`: of the chat it came from, where known. */
export function askedBy({ origin }: Pick<WaitingChange, 'origin'>, chatTitle: string | null = null): string {
  if (origin.kind === 'mcp') return origin.client ?? 'An MCP client';
  if (chatTitle !== null) return chatTitle;
  return origin.kind === 'undo' ? 'An undo' : 'A chat';
}

/** The places changes were asked from, those with most first. */
export function sources(changes: readonly WaitingChange[]): { id: string; name: string; count: number }[] {
  const counted = new Map<string, { id: string; name: string; count: number }>();
  for (const change of changes) {
    const id = sourceOf(change);
    const known = counted.get(id);
    const name = change.origin.kind === 'mcp' ? askedBy(change) : 'Chats';
    counted.set(id, { id, name, count: (known?.count ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/** All chats are one source; each MCP client is one of its own. */
export function sourceOf({ origin }: Pick<WaitingChange, 'origin'>): string {
  return origin.kind === 'mcp' ? `mcp ${origin.client ?? ''}` : 'chats';
}
