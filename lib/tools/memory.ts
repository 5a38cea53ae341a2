import type { Confluence } from '#lib/confluence';

/** How long names of people and spaces may be shown without asking again, in milliseconds. */
const lifetime = 5 * 60_000;
/** Connections remembered at once; the oldest gives way. */
const most = 500;

type Memory = { since: number };

const slot = globalThis as { __confabMemories?: Map<string, Memory> };
const memories = new WeakMap<Confluence, Memory>();

/**
 * Ties a client to what this connection learned in the last five minutes. Keyed by connection: what one person
 * may see never serves another.
 */
export function remember(confluence: Confluence, connectionId: string): void {
  slot.__confabMemories ??= new Map();
  const all = slot.__confabMemories;
  const key = `${connectionId} ${confluence.site.id}`;
  const found = all.get(key);
  const memory = found !== undefined && Date.now() - found.since < lifetime ? found : { since: Date.now() };
  if (memory !== found) {
    all.delete(key);
    all.set(key, memory);
    const [oldest] = all.keys();
    if (all.size > most && oldest !== undefined) all.delete(oldest);
  }
  memories.set(confluence, memory);
}

/** The object that names and spaces hang on: the connection's memory, or the client itself where it has none. */
export function memoryOf(confluence: Confluence): object {
  return memories.get(confluence) ?? confluence;
}
