import type { Confluence } from './client.ts';

/** How Atlassian wants to be told that a request is to use the caller's admin key (changelog CHANGE-2480). */
export const adminKeyHeader = { 'Atl-Confluence-With-Admin-Key': 'true' } as const;

/** One per process: Next gives pages and route handlers separate module instances. */
const home = globalThis as { __confabAdminKeys?: Map<string, number> };
const clients = new WeakMap<Confluence, string | undefined>();
const ownKeys = new WeakMap<Confluence, number>();

/** Remembers which connection a client belongs to, so that a key counts for all clients of that connection. */
export function ofConnection(confluence: Confluence, connectionId: string | undefined): void {
  clients.set(confluence, connectionId);
}

/**
 * From now until `until`, requests of this connection use the person's admin key; null ends that. The key itself is
 * kept by Atlassian: here only its end is known, and only in this process.
 */
export function holdAdminKey(confluence: Confluence, until: Date | null): void {
  const connection = clients.get(confluence);
  const at = until?.getTime() ?? 0;
  if (connection === undefined) ownKeys.set(confluence, at);
  else {
    home.__confabAdminKeys ??= new Map();
    home.__confabAdminKeys.set(connection, at);
  }
}

/** Whether requests of this client use an admin key now. */
export function holdsAdminKey(confluence: Confluence): boolean {
  const connection = clients.get(confluence);
  const at =
    connection === undefined ? ownKeys.get(confluence) : (home.__confabAdminKeys?.get(connection) ?? 0);
  return (at ?? 0) > Date.now();
}
