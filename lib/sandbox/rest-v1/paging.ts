import { json, type Reply } from '../http/message.ts';
import type { Call } from '../rest/route.ts';

/**
 * One page of a v1 list: `start` and `limit`; the next link is relative to the site's `/wiki`. `each`: what an item
 * costs of the hourly quota, 1 unless told otherwise.
 */
export function listed<T>(
  call: Call,
  items: T[],
  shape: (item: T) => unknown,
  options: { limit: number; most: number; total?: boolean; each?: 0 | 1 | 2 },
): Reply {
  const start = call.query.integer('start', { fallback: 0, min: 0, max: 1_000_000 });
  const limit = call.query.integer('limit', { fallback: options.limit, min: 0, max: options.most });
  const results = items.slice(start, start + limit).map(shape);
  const own = call.path.slice('/wiki'.length);
  const links: Record<string, string> = { base: call.base, context: '/wiki', self: `${call.base}${own}` };
  if (limit > 0 && start + limit < items.length) {
    const params = new URLSearchParams(call.request.query);
    params.set('start', String(start + limit));
    params.set('limit', String(limit));
    links.next = `${own}?${params}`;
  }
  const total = options.total ? { totalSize: items.length } : {};
  return {
    ...json({ results, start, limit, size: results.length, ...total, _links: links }),
    points: (options.each ?? 1) * results.length,
  };
}
