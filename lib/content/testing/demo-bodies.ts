import { buildDemo } from '../../sandbox/demo/index.ts';

/** Every body of the practice site: pages with their versions, comments, templates; each once. */
export function demoBodies(): string[] {
  const found = new Set<string>();
  const queue: unknown[] = [buildDemo()];
  while (queue.length > 0) {
    const next = queue.pop();
    if (typeof next !== 'object' || next === null || next instanceof Uint8Array) continue;
    const { storage, body } = next as { storage?: unknown; body?: unknown };
    for (const one of [storage, body]) if (typeof one === 'string') found.add(one);
    queue.push(...(Array.isArray(next) ? next : Object.values(next)));
  }
  return [...found];
}
