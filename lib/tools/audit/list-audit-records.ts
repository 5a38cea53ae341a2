import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { downloadAuditLog, getAuditRecords, getAuditRecordsForTimePeriod } from '#lib/confluence';
import { saveFile } from '#lib/files';
import { defineRead } from '../define.ts';
import { cursor, limit, text } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { counted, iso, oneLine, wayOn } from '../render.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import { parseWhen } from '../when.ts';
import { parsePeriod } from '../when-span.ts';

const formats = ['csv', 'zip'] as const;
const recordShape = z.object({
  at: z.string().nullable(),
  author: z.string(),
  author_id: z.string().nullable(),
  category: z.string(),
  summary: z.string(),
  description: z.string(),
  object: z.object({ name: z.string(), type: z.string() }).nullable(),
  associated: z.array(z.object({ name: z.string(), type: z.string() })),
  changes: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
  address: z.string(),
});
const output = z.object({
  items: z.array(recordShape),
  has_more: z.boolean(),
  cursor: z.string().nullable(),
  file: z.object({ name: z.string(), url: z.string(), bytes: z.number() }).nullable(),
});

const input = z.object({
  from: text.optional(),
  to: text.optional(),
  query: text.optional(),
  last: text.optional(),
  export: z.enum(formats).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;

const units: Record<string, string> = {
  h: 'HOURS',
  d: 'DAYS',
  w: 'WEEKS',
  m: 'MONTHS',
  y: 'YEARS',
};

/** `7d`, `2 weeks`, `3m` (months) in Atlassian's words. */
function lastOf(given: string): { number: number; units: string } {
  const found = /^(\d{1,5})\s*(h|d|w|m|y)\w*$/i.exec(given.trim());
  const unit = units[found?.[2]?.toLowerCase() ?? ''];
  if (found?.[1] !== undefined && unit !== undefined) return { number: Number(found[1]), units: unit };
  throw new UserError('invalid_input', `"${given}" is no length of time.`, {
    next: 'Give 24h, 7d, 4w, 3m (months) or 1y.',
  });
}

/** The time asked for in epoch milliseconds as text, as the endpoints take it, and in words. */
function timeOf(o: Input, now: Date): { startDate?: string; endDate?: string; words: string } {
  if (o.last !== undefined && (o.from !== undefined || o.to !== undefined)) {
    throw new UserError('invalid_input', 'Give either last, or from and to.', {
      next: 'last: "7d" is the last seven days.',
    });
  }
  if (o.from === undefined && o.to === undefined) return { words: '' };
  const period = o.from === undefined ? null : parsePeriod(o.from, now);
  const to = o.to === undefined ? period?.to.at : parseWhen(o.to, now).at;
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return {
    ...(period === null ? {} : { startDate: String(period.from.at.getTime()) }),
    ...(to === undefined ? {} : { endDate: String(to.getTime()) }),
    words: `${period === null ? '' : ` from ${day(period.from.at)}`}${to === undefined ? '' : ` to ${day(to)}`}`,
  };
}

type Raw = Awaited<ReturnType<typeof getAuditRecords>>['results'][number];

const objectOf = (raw: { name?: string; objectType?: string } | null | undefined) =>
  raw?.name ? { name: raw.name, type: raw.objectType ?? '' } : null;

function recordOf(raw: Raw): z.output<typeof recordShape> {
  return {
    at: iso(raw.creationDate),
    author: raw.author?.displayName || raw.author?.publicName || 'Unknown',
    author_id: raw.author?.accountId ?? null,
    category: raw.category ?? '',
    summary: raw.summary ?? '',
    description: raw.description ?? '',
    object: objectOf(raw.affectedObject),
    associated: (raw.associatedObjects ?? []).map(objectOf).filter((one) => one !== null),
    changes: (raw.changedValues ?? []).map(({ name, oldValue, newValue }) => ({
      name,
      before: oldValue ?? '',
      after: newValue ?? '',
    })),
    address: raw.remoteAddress ?? '',
  };
}

function lineOf(one: z.output<typeof recordShape>): string {
  const about = [one.object, ...one.associated].flatMap((object) =>
    object === null ? [] : [`${oneLine(object.type)} "${oneLine(object.name)}"`],
  );
  const changes = one.changes.map(
    (change) =>
      `${oneLine(change.name)}: ${oneLine(change.before) || 'nothing'} -> ${oneLine(change.after) || 'nothing'}`,
  );
  return `- ${one.at?.slice(0, 16).replace('T', ' ') ?? 'unknown time'} UTC · ${oneLine(one.author)} · ${oneLine(one.category)}: ${[oneLine(one.summary), ...about, ...changes, oneLine(one.description)].filter((part) => part !== '').join(' · ')}`;
}

/** @throws UserError forbidden for people who are no administrators. */
async function asAdmin<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== 'forbidden') throw error;
    throw new UserError('forbidden', 'Confluence shows its audit log to Confluence administrators only.', {
      next: 'Ask an administrator to look it up or to export it.',
      cause: error,
    });
  }
}

async function exported(ctx: Context, o: Input, format: (typeof formats)[number]): Promise<ReadResult> {
  const now = new Date();
  const since = o.last === undefined ? null : lastOf(o.last);
  const hours: Record<string, number> = { HOURS: 1, DAYS: 24, WEEKS: 168, MONTHS: 730, YEARS: 8766 };
  const time = timeOf(o, now);
  const startDate =
    since === null
      ? time.startDate
      : String(now.getTime() - since.number * (hours[since.units] ?? 0) * 3_600_000);
  ctx.progress('Confluence makes the export');
  const bytes = await asAdmin(
    downloadAuditLog(ctx.confluence, {
      format,
      ...(startDate === undefined ? {} : { startDate }),
      ...(time.endDate === undefined ? {} : { endDate: time.endDate }),
      ...(o.query === undefined ? {} : { searchString: o.query }),
    }),
  );
  const mediaType = format === 'zip' ? 'application/zip' : 'text/csv';
  const name = `audit-log-${now.toISOString().slice(0, 10)}.${format}`;
  const file = await saveFile(ctx.user.id, { name, mediaType, bytes });
  return {
    text: `The audit log${time.words} as ${format.toUpperCase()}, ${bytes.byteLength} bytes: [${file.name}](${file.url}). The file is kept for a day, for you alone.`,
    data: {
      items: [],
      has_more: false,
      cursor: null,
      file: { name: file.name, url: file.url, bytes: bytes.byteLength },
    },
    sources: [],
    label: `Audit log as ${format.toUpperCase()}`,
    untrusted: false,
  };
}

export const listAuditRecords = defineRead({
  name: 'list_audit_records',
  input,
  output,
  async run(ctx, o) {
    refuseSiteWide(ctx, 'audit records');
    if (o.export !== undefined) return exported(ctx, o, o.export);
    const start = /^\d{1,9}$/.test(o.cursor ?? '0') ? Number(o.cursor ?? '0') : 0;
    const time = timeOf(o, new Date());
    const paging = { start, limit: o.limit, searchString: o.query };
    const found = await asAdmin(
      o.last === undefined
        ? getAuditRecords(ctx.confluence, { ...paging, startDate: time.startDate, endDate: time.endDate })
        : getAuditRecordsForTimePeriod(ctx.confluence, { ...paging, ...lastOf(o.last) }),
    );
    const items = (found.results ?? []).map(recordOf);
    const more = typeof (found._links as { next?: unknown } | undefined)?.next === 'string';
    const next = more && items.length > 0 ? String(start + items.length) : null;
    const words = `${o.last === undefined ? time.words : ` of the last ${oneLine(o.last)}`}${o.query === undefined ? '' : ` with "${oneLine(o.query)}"`}`;
    return {
      text: `${counted(items.length, 'audit record')}${words}, newest first${items.length === 0 ? ': none that match' : ''}.\n${items.map(lineOf).join('\n')}${wayOn(next)}`,
      data: { items, has_more: next !== null, cursor: next, file: null },
      sources: [],
      label: `${counted(items.length, 'audit record')}${words}`,
      untrusted: true,
    };
  },
});
