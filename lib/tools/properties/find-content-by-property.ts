import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { defineRead } from '../define.ts';
import { type Document, itemWith } from '../documents.ts';
import { orNull } from '../ids.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, itemLine, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { stoppedBy } from '../scan/completeness.ts';
import {
  type Completeness,
  completenessShape,
  completenessText,
  scanPages,
  scopeInputs,
  scopeOf,
} from '../scan/index.ts';
import { findProperty } from './calls.ts';
import { valueLine } from './list-content-properties.ts';

type Found = { page: Document; value: unknown };

/** The part of a JSON value at `a.b.0` or `/a/b/0`; undefined where there is none. */
export function valueAt(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  const steps = path.split(/[./[\]]+/).filter((step) => step !== '' && step !== '$');
  let at: unknown = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

/** Equal as JSON; texts whatever their case, numbers and truth values also as text, a list by holding the value. */
export function fits(wanted: unknown, value: unknown): boolean {
  if (wanted === undefined) return value !== undefined;
  if (isDeepStrictEqual(wanted, value)) return true;
  if (Array.isArray(value) && !Array.isArray(wanted)) return value.some((one) => fits(wanted, one));
  const plain = (one: unknown) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
      ? String(one).trim().toLowerCase()
      : null;
  return plain(wanted) !== null && plain(wanted) === plain(value);
}

const together = 6;

/** Reads the property at each page, a few at a time; ends early, keeping what was read, when the quota is gone. */
async function readAll(
  ctx: Context,
  pages: readonly Document[],
  key: string,
): Promise<{ read: Found[]; looked: number; stopped: string | null }> {
  const read: Found[] = [];
  for (let at = 0; at < pages.length; at += together) {
    ctx.signal.throwIfAborted();
    const some = pages.slice(at, at + together);
    try {
      const found = await Promise.all(
        some.map(async (page) => ({
          page,
          property: await orNull(findProperty(ctx, 'page', page.id, key)),
        })),
      );
      for (const { page, property } of found)
        if (property !== null) read.push({ page, value: property.value });
    } catch (error) {
      return { read, looked: at, stopped: stoppedBy(error) };
    }
    if (at % 60 === 0 && at > 0) ctx.progress(`The property of ${at} of ${pages.length} pages read`);
  }
  return { read, looked: pages.length, stopped: null };
}

/** How often each value occurs, most first. */
function tally(found: readonly Found[], path: string | undefined): { value: unknown; count: number }[] {
  const groups = Map.groupBy(found, (one) => JSON.stringify(valueAt(one.value, path)) ?? 'null');
  return [...groups]
    .map(([json, rows]) => ({ value: JSON.parse(json) as unknown, count: rows.length }))
    .sort((a, b) => b.count - a.count);
}

export const findContentByProperty = defineRead({
  name: 'find_content_by_property',
  input: z.object({
    key: text,
    value: z.unknown().optional(),
    path: text.optional(),
    ...scopeInputs,
  }),
  output: z.object({
    items: z.array(itemShape.extend({ value: z.unknown() })),
    values: z.array(z.object({ value: z.unknown(), count: z.number() })),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const scope = await scopeOf(ctx, o);
    const pages: Document[] = [];
    const scanned = await scanPages(ctx, { scope, maxPages: o.max_pages, bodies: false }, (page) => {
      pages.push(page);
    });
    const { read, looked, stopped } = await readAll(ctx, pages, o.key);
    const completeness: Completeness =
      stopped === null ? scanned : { looked, of: scanned.of ?? pages.length, complete: false, stopped };
    const hits = read.filter((one) => fits(o.value, valueAt(one.value, o.path)));
    const spaces = await spacesById(
      ctx,
      hits.map(({ page }) => page.spaceId),
    );
    const names = await namesOf(
      ctx,
      hits.map(({ page }) => page.versionBy),
    );
    const items = hits.map(({ page, value }) => ({
      ...itemWith(page, spaces.get(page.spaceId) ?? null, names),
      value: valueAt(value, o.path) ?? null,
    }));
    const values = tally(hits, o.path);
    const name = `"${oneLine(o.key)}"${o.path === undefined ? '' : ` at ${oneLine(o.path)}`}`;
    const counts =
      values.length > 1
        ? `\nValues: ${values
            .slice(0, 20)
            .map(({ value, count }) => `${valueLine(value)} ×${count}`)
            .join('; ')}\n`
        : '';
    const wanted = o.value === undefined ? '' : ` is ${valueLine(o.value)}`;
    return {
      text: `${counted(items.length, 'page')} ${scope.words} where the property ${name}${wanted === '' ? ' is set' : wanted}.\n${completenessText(completeness)} Confluence's search does not know properties, so each page was read.\n${counts}${items.map((item) => itemLine(item, [`= ${valueLine(item.value)}`])).join('\n')}`.trim(),
      data: { items, values, completeness },
      sources: items.slice(0, 50).map(sourceOf),
      label: `${counted(items.length, 'page')} with the property ${name}`,
      untrusted: true,
    };
  },
});
