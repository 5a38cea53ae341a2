import { z } from 'zod';
import { UserError } from '#errors';
import { buildCql, checkCql, type Filters, meaningfulWords, withoutStrings } from '../cql.ts';
import { defineRead } from '../define.ts';
import { cursor, itemShape, limit, listOf, text } from '../inputs.ts';
import { plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { counted, itemLine, sourceOf, wayOn } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolvePerson } from '../resolve/person.ts';
import { parseWhen } from '../when.ts';
import { contributors, spaceKeys } from './filters.ts';
import { cqlTypes, excerptLine, type Row, searchRows } from './rows.ts';

const input = z.object({
  query: text.optional(),
  cql: text.optional(),
  spaces: z.array(text).optional(),
  types: z
    .array(
      z.enum([
        'page',
        'blog_post',
        'comment',
        'attachment',
        'whiteboard',
        'database',
        'folder',
        'smart_link',
        'space',
      ]),
    )
    .optional(),
  labels: z.array(text).optional(),
  creator: text.optional(),
  contributor: text.optional(),
  group: text.optional(),
  created_after: text.optional(),
  created_before: text.optional(),
  updated_after: text.optional(),
  updated_before: text.optional(),
  under: text.optional(),
  macro: text.optional(),
  sort: z.enum(['relevance', 'created', 'updated', 'title']).optional(),
  limit: limit(50),
  cursor,
});
type Input = z.output<typeof input>;

const output = listOf(itemShape.extend({ excerpt: z.string() })).extend({ cql: z.string() });

const usual = ['page', 'blogpost', 'comment', 'attachment'];

async function filtersOf(ctx: Context, o: Input): Promise<Filters> {
  const when = (given: string | undefined) => (given === undefined ? undefined : parseWhen(given).cql);
  const under = o.under === undefined ? undefined : (await resolveDocument(ctx, o.under, ['page'])).id;
  return {
    query: o.query,
    spaceKeys: await spaceKeys(ctx, o.spaces),
    types: o.types?.map((type) => cqlTypes[type] ?? type) ?? usual,
    labels: o.labels,
    creator: o.creator === undefined ? undefined : (await resolvePerson(ctx, o.creator)).accountId,
    ...(await contributors(ctx, o)),
    createdAfter: when(o.created_after),
    createdBefore: when(o.created_before),
    updatedAfter: when(o.updated_after),
    updatedBefore: when(o.updated_before),
    ancestor: under,
    macro: o.macro,
    sort: o.sort ?? (o.query === undefined ? 'updated' : 'relevance'),
  };
}

function isEmpty(o: Input): boolean {
  const { limit: _limit, cursor: _cursor, sort: _sort, ...rest } = o;
  return Object.values(rest).every(
    (value) => value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

/**
 * Raw CQL with further filters put behind it, so that a siteSearch in front stays in front. Spaces to which the
 * caller is limited are always among them: else the way on would tell what exists elsewhere.
 */
async function rawCql(ctx: Context, cql: string, o: Input): Promise<string> {
  const raw = checkCql(cql);
  const at = withoutStrings(raw).search(/\s+order\s+by\s/i);
  const [where, sort] = at === -1 ? [raw, ''] : [raw.slice(0, at), raw.slice(at)];
  const keys = await spaceKeys(ctx, o.spaces);
  const types = o.types?.map((type) => cqlTypes[type] ?? type);
  const extra = buildCql({ spaceKeys: keys, types, sort: 'updated' }).replace(/ ORDER BY .*$/, '');
  if (!/[^\s]/.test(extra) || extra.startsWith('ORDER')) return raw;
  const whole = /\bor\b|\|/i.test(withoutStrings(where)) ? `(${where})` : where;
  return checkCql(`${whole} AND ${extra}${sort}`);
}

/** Cursors carry which of the two queries they belong to. */
const looseMark = 'any.';

async function find(
  ctx: Context,
  o: Input,
): Promise<{ rows: Row[]; cursor: string | null; cql: string; loose: boolean }> {
  if (o.cql !== undefined) {
    const cql = await rawCql(ctx, o.cql, o);
    return { ...(await searchRows(ctx, { cql, limit: o.limit, cursor: o.cursor })), cql, loose: false };
  }
  const filters = await filtersOf(ctx, o);
  const words = meaningfulWords(o.query ?? '');
  const continuing = o.cursor?.startsWith(looseMark) === true;
  if (!continuing) {
    const cql = buildCql(filters);
    const found = await searchRows(ctx, { cql, limit: o.limit, cursor: o.cursor });
    if (found.rows.length > 0 || found.cursor !== null || o.cursor !== undefined || words.length < 2)
      return { ...found, cql, loose: false };
  }
  const cql = buildCql({ ...filters, anyOf: words });
  const found = await searchRows(ctx, { cql, limit: o.limit, cursor: o.cursor?.slice(looseMark.length) });
  return { ...found, cursor: found.cursor === null ? null : looseMark + found.cursor, cql, loose: true };
}

/** A result called exactly like the question comes first; the rest stays as Confluence ranked it. */
function exactFirst(rows: Row[], query: string | undefined): Row[] {
  const wanted = plain(query ?? '');
  const exact = rows.filter((row) => wanted !== '' && plain(row.title) === wanted && row.type !== 'comment');
  return [...exact, ...rows.filter((row) => !exact.includes(row))];
}

export const searchContent = defineRead({
  name: 'search_content',
  input,
  output,
  async run(ctx, o) {
    if (isEmpty(o)) {
      throw new UserError('invalid_input', 'The search has no words and no filter.', {
        next: 'Give query, or a filter such as spaces, labels or updated_after.',
      });
    }
    if (o.query !== undefined && o.cql === undefined && plain(o.query) === '') {
      throw new UserError('invalid_input', 'The query holds no words.', {
        next: 'Give the words to look for.',
      });
    }
    const found = await find(ctx, o);
    const rows = exactFirst(found.rows, o.query);
    const about = o.query === undefined ? '' : ` for "${o.query}"`;
    const head = `${counted(rows.length, 'result')}${about} visible to you${found.cursor === null ? '' : ' on this page'}.`;
    const loose =
      found.loose && rows.length > 0 ? ' Nothing has all of these words; these have some of them.' : '';
    const none =
      rows.length === 0
        ? ' Archived pages and drafts are not searched, and a change of the last minute may be missing.'
        : '';
    return {
      text: `${head}${loose}${none}\n${rows.map((row) => itemLine(row) + excerptLine(row)).join('\n')}${wayOn(found.cursor)}`.trim(),
      data: { items: rows, has_more: found.cursor !== null, cursor: found.cursor, cql: found.cql },
      sources: rows.map(sourceOf),
      label: `${counted(rows.length, 'result')}${about}`,
      untrusted: true,
    };
  },
});
