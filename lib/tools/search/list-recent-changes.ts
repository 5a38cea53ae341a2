import { z } from 'zod';
import { getPageVersions } from '#lib/confluence';
import { buildCql } from '../cql.ts';
import { defineRead } from '../define.ts';
import { contentNumber, orNull } from '../ids.ts';
import { cursor, itemShape, limit, listOf, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, iso, itemLine, oneLine, sourceOf, wayOn } from '../render.ts';
import { parseWhen } from '../when.ts';
import { contributors, spaceKeys } from './filters.ts';
import { cqlTypes, type Row, searchRows } from './rows.ts';

const input = z.object({
  since: text,
  spaces: z.array(text).optional(),
  group: text.optional(),
  contributor: text.optional(),
  types: z.array(z.enum(['page', 'blog_post', 'comment', 'attachment'])).optional(),
  with_editors: z.boolean().optional(),
  limit: limit(50),
  cursor,
});

const output = listOf(itemShape.extend({ editors: z.array(z.string()).optional() })).extend({
  marker: z.string(),
});

/** Names of everyone who saved a version of the page since then. */
async function editorsOf(ctx: Context, row: Row, since: Date): Promise<string[]> {
  const versions =
    (await orNull(getPageVersions(ctx.confluence, { id: contentNumber(row.id), limit: 50 })))?.results ?? [];
  const recent = versions.filter((one) => (iso(one.createdAt) ?? '') >= since.toISOString());
  const names = await namesOf(
    ctx,
    recent.map((one) => one.authorId),
  );
  return [...new Set(recent.map((one) => names.get(one.authorId ?? '') ?? 'someone unnamed'))];
}

export const listRecentChanges = defineRead({
  name: 'list_recent_changes',
  input,
  output,
  async run(ctx, o) {
    const started = new Date();
    const since = parseWhen(o.since, started);
    const exact = /^\d{4}-\d{2}-\d{2}T/.test(o.since.trim());
    // CQL reads times in the person's own zone, which we do not know: ask a day earlier and compare here.
    const from = exact ? parseWhen(new Date(since.at.getTime() - 86_400_000).toISOString()).cql : since.cql;
    const who = await contributors(ctx, o);
    if (who.contributors?.length === 0) {
      const label = 'no changes: that person is not in that group';
      return {
        text: label,
        data: { items: [], has_more: false, cursor: null, marker: o.since },
        sources: [],
        label,
        untrusted: false,
      };
    }
    const cql = buildCql({
      types: (o.types ?? ['page', 'blog_post', 'comment']).map((type) => cqlTypes[type] ?? type),
      spaceKeys: await spaceKeys(ctx, o.spaces),
      ...who,
      updatedAfter: from,
      sort: 'updated',
    });
    const found = await searchRows(ctx, { cql, limit: o.limit, cursor: o.cursor });
    const rows = exact
      ? found.rows.filter((row) => (row.updated_at ?? '') >= since.at.toISOString())
      : found.rows;
    const items = await Promise.all(
      rows.map(async ({ excerpt: _excerpt, ...item }) =>
        o.with_editors && item.type === 'page'
          ? { ...item, editors: await editorsOf(ctx, { ...item, excerpt: '' }, since.at) }
          : item,
      ),
    );
    // The index lags up to a minute: the next call starts two minutes earlier than this one.
    const marker = new Date(started.getTime() - 120_000).toISOString();
    const people = o.contributor ?? (o.group === undefined ? null : `the group ${o.group}`);
    const by = people === null ? '' : ` by ${oneLine(people)}`;
    const limits =
      people === null
        ? ''
        : ' Found are items these people contributed to at any time and that changed since then; with_editors names who saved versions in that time.';
    const lines = items.map((item) =>
      itemLine(
        item,
        'editors' in item && item.editors
          ? [`saved by ${item.editors.map(oneLine).join(', ') || 'nobody since then'}`]
          : [],
      ),
    );
    return {
      text: `${counted(items.length, 'change')} since ${o.since}${by} visible to you.${limits}\n${lines.join('\n')}${wayOn(found.cursor)}\n\nTo ask again for what is new since now: since "${marker}".`,
      data: { items, has_more: found.cursor !== null, cursor: found.cursor, marker },
      sources: items.map(sourceOf),
      label: `${counted(items.length, 'change')} since ${o.since}`,
      untrusted: true,
    };
  },
});
