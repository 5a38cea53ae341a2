/** Calls at work, by the key that made them and the id of their request; one per process. */
const slot = globalThis as { __confabMcpWork?: Map<string, Set<AbortController>> };

const nameOf = (keyId: string, requestId: string | number): string => JSON.stringify([keyId, requestId]);

/**
 * Lets a call be ended by `notifications/cancelled`, which comes as a request of its own. `signal` is also
 * aborted when `closed` is: the client closed the stream.
 */
export function beginWork(
  keyId: string,
  requestId: string | number,
  closed: AbortSignal,
): { signal: AbortSignal; end: () => void } {
  slot.__confabMcpWork ??= new Map();
  const all = slot.__confabMcpWork;
  const name = nameOf(keyId, requestId);
  const own = new AbortController();
  const same = all.get(name) ?? new Set();
  all.set(name, same.add(own));
  const end = () => {
    same.delete(own);
    if (same.size === 0 && all.get(name) === same) all.delete(name);
  };
  return { signal: AbortSignal.any([closed, own.signal]), end };
}

/**
 * Ends the call a client no longer wants. Without sessions a request is known by its key and id alone; where
 * two clients of one key use the same id at the same time, neither is ended: closing the stream does it.
 * @returns whether a call was ended.
 */
export function cancelWork(keyId: string, requestId: string | number): boolean {
  const [only, ...others] = slot.__confabMcpWork?.get(nameOf(keyId, requestId)) ?? [];
  if (only === undefined || others.length > 0) return false;
  only.abort(new DOMException('The client cancelled the request.', 'AbortError'));
  return true;
}
