/** What a client was last asked to have its person connect for. Time in milliseconds since 1970. */
type Asked = { at: number; callId: string; scopes: readonly string[] };

/** By key and session; one per process, because Next gives route handlers separate module instances. */
const slot = globalThis as { __confabConnectAsks?: Map<string, Asked> };

/** A person who said no, or has yet to say anything, is not asked again by every call. */
const quietMs = 10 * 60 * 1000;
const most = 1000;

/** Who is asked: a key, and where there is one its client's session. */
export type Client = { keyId: string; session: string | null };

const nameOf = ({ keyId, session }: Client): string => JSON.stringify([keyId, session]);

function asks(): Map<string, Asked> {
  slot.__confabConnectAsks ??= new Map();
  return slot.__confabConnectAsks;
}

/** What a client was asked in the last ten minutes, or null. */
export function lastAsked(client: Client): Asked | null {
  const known = asks().get(nameOf(client));
  return known === undefined || Date.now() - known.at > quietMs ? null : known;
}

/** Notes that a client was asked now. */
export function noteAsked(client: Client, callId: string, scopes: readonly string[]): void {
  const all = asks();
  all.delete(nameOf(client));
  const oldest = all.keys().next().value;
  if (all.size >= most && oldest !== undefined) all.delete(oldest);
  all.set(nameOf(client), { at: Date.now(), callId, scopes });
}

/** Confluence answers again: the next time that it does not, the person is asked anew. */
export function forgetAsked(client: Client): void {
  asks().delete(nameOf(client));
}
