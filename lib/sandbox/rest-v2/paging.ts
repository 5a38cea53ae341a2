import { json, type Reply } from '../http/message.ts';
import { badRequest } from '../http/problem.ts';
import type { Call } from '../rest/route.ts';

const most = 250;

/** The window of a list that a v2 request asks for: `limit` and an opaque `cursor`. */
function windowOf(call: Call, fallback = 25): { offset: number; limit: number } {
  const limit = call.query.integer('limit', { fallback, min: 1, max: most });
  const cursor = call.query.text('cursor');
  return { offset: cursor ? readCursor(cursor) : 0, limit };
}

/** One page of a v2 list with its next link in `_links.next` and in the `Link` header, site-relative. */
export function paged<T>(call: Call, items: T[], shape: (item: T) => unknown, fallback = 25): Reply {
  const { offset, limit } = windowOf(call, fallback);
  const results = items.slice(offset, offset + limit).map(shape);
  const links: Record<string, string> = { base: call.base };
  const headers: Record<string, string> = {};
  if (offset + limit < items.length) {
    const params = new URLSearchParams(call.request.query);
    params.set('limit', String(limit));
    params.set('cursor', makeCursor(offset + limit));
    links.next = `${call.path}?${params}`;
    headers.link = `<${links.next}>; rel="next", <${call.base}>; rel="base"`;
  }
  return { ...json({ results, _links: links }, 200, headers), points: results.length };
}

function makeCursor(offset: number): string {
  return Buffer.from(JSON.stringify({ after: offset })).toString('base64url');
}

function readCursor(cursor: string): number {
  const match = /^\{"after":(\d{1,9})\}$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw badRequest(`Invalid cursor: '${cursor}'.`);
  return Number(match[1]);
}

export type Sorter<T> = (a: T, b: T) => number;

/** Sorts by a v2 sort name such as `-modified-date`; equal items keep their order. */
export function sorted<T>(items: T[], order: string | undefined, by: Record<string, Sorter<T>>): T[] {
  if (!order) return items;
  const down = order.startsWith('-');
  const compare = by[down ? order.slice(1) : order];
  if (!compare) return items;
  return items.toSorted((a, b) => (down ? compare(b, a) : compare(a, b)));
}

/** The sort names a list takes: each plain and with a minus. */
export function sortNames(names: readonly string[]): string[] {
  return names.flatMap((name) => [name, `-${name}`]);
}
