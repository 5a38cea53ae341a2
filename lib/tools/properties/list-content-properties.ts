import { z } from 'zod';
import { nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { counted, day, link, oneLine, wayOn } from '../render.ts';
import { listProperties, propertyOf } from './calls.ts';
import { holderKinds, resolveHolder } from './holder.ts';

const property = z.object({
  id: z.string(),
  key: z.string(),
  value: z.unknown(),
  version: z.number(),
  updated_at: z.string().nullable(),
  updated_by: z.string().nullable(),
});

const longest = 600;

/** A value for a model: JSON on one line, cut where it is long. */
export function valueLine(value: unknown): string {
  const json = oneLine(JSON.stringify(value) ?? 'null');
  return json.length > longest ? `${json.slice(0, longest)}… (${json.length} characters)` : json;
}

export const listContentProperties = defineRead({
  name: 'list_content_properties',
  input: z.object({
    id: text,
    content_type: z.enum(holderKinds),
    key: text.optional(),
    limit: limit(250),
    cursor,
  }),
  output: listOf(property),
  async run(ctx, o) {
    const holder = await resolveHolder(ctx, o.id, o.content_type);
    const found = await listProperties(ctx, holder.kind, holder.id, {
      key: o.key,
      limit: o.limit,
      cursor: o.cursor,
    });
    const rows = (found.results ?? []).map(propertyOf);
    const names = await namesOf(
      ctx,
      rows.map((row) => row.updatedBy),
    );
    const items = rows.map(({ updatedAt, updatedBy, ...row }) => ({
      ...row,
      updated_at: updatedAt,
      updated_by: updatedBy === null ? null : (names.get(updatedBy) ?? updatedBy),
    }));
    const lines = items.map(
      (item) =>
        `- \`${oneLine(item.key)}\` = ${valueLine(item.value)} · v${item.version} · ${day(item.updated_at)}${item.updated_by === null ? '' : ` by ${oneLine(item.updated_by)}`}`,
    );
    const of = link(holder.title, holder.target.url);
    const none =
      o.key === undefined
        ? `${of} has no properties visible to you.`
        : `${of} has no property "${o.key}" visible to you.`;
    const next = nextCursor(found);
    return {
      text:
        items.length === 0
          ? none
          : `${counted(items.length, 'property', 'properties')} of ${of}:\n${lines.join('\n')}${wayOn(next)}`,
      data: { items, has_more: next !== null, cursor: next },
      sources: [holder.source],
      label: `${counted(items.length, 'property', 'properties')} of "${holder.title}"`,
      untrusted: true,
    };
  },
});
