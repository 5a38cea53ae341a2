import { type AuditRecord, auditOf, findPerson } from '../db/index.ts';
import { zip } from '../demo/files.ts';
import type { Reply } from '../http/message.ts';
import { badRequest, Problem } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { listed } from './paging.ts';

const unitMs: Record<string, number> = {
  NANOS: 1e-6,
  MICROS: 1e-3,
  MILLIS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  HALF_DAYS: 43_200_000,
  DAYS: 86_400_000,
  WEEKS: 604_800_000,
  MONTHS: 30 * 86_400_000,
  YEARS: 365 * 86_400_000,
  DECADES: 3650 * 86_400_000,
  CENTURIES: 36_500 * 86_400_000,
};

function requireAdmin(call: Call): void {
  if (!call.person.isAdmin)
    throw new Problem(403, 'Only Confluence administrators may see the audit log of this site.');
}

/** A moment of the query in epoch milliseconds. */
function moment(call: Call, name: string, fallback: number): number {
  const text = call.query.text(name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`'${name}' must be epoch milliseconds, not '${text}'.`);
  return Number(text);
}

/** Entries between two moments whose texts hold `searchString`, newest first. */
function records(call: Call, from: number, to: number): AuditRecord[] {
  requireAdmin(call);
  const wanted = call.query.text('searchString')?.toLowerCase() ?? '';
  return auditOf(call.db, call.site.cloudId, from, to).filter((one) =>
    [
      one.summary,
      one.category,
      one.description,
      one.object.name,
      nameOf(call, one),
      ...one.associated.map(({ name }) => name),
    ].some((text) => text.toLowerCase().includes(wanted)),
  );
}

const nameOf = (call: Call, record: AuditRecord): string =>
  findPerson(call.db, record.authorId)?.name ?? 'Unknown';

function recordJson(call: Call, record: AuditRecord): object {
  const author = findPerson(call.db, record.authorId);
  return {
    author: {
      type: 'user',
      displayName: author?.name ?? 'Unknown',
      publicName: author?.name ?? 'Unknown',
      operations: null,
      accountType: 'atlassian',
      accountId: record.authorId,
      isGuest: false,
      isExternalCollaborator: false,
    },
    remoteAddress: record.remoteAddress,
    creationDate: record.at,
    summary: record.summary,
    description: record.description,
    category: record.category,
    sysAdmin: false,
    superAdmin: false,
    affectedObject: record.object,
    changedValues: [],
    associatedObjects: record.associated,
  };
}

function list(call: Call, from: number, to: number): Reply {
  return listed(call, records(call, from, to), (one) => recordJson(call, one), { limit: 1000, most: 1000 });
}

function since(call: Call): Reply {
  const number = call.query.integer('number', { fallback: 3, min: 0, max: 1_000_000_000 });
  const unit = call.query.oneOf('units', Object.keys(unitMs)) ?? 'MONTHS';
  const now = Date.now();
  return list(call, Math.ceil(now - number * (unitMs[unit] ?? 0)), now);
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function csvOf(call: Call, found: AuditRecord[]): string {
  const head = 'Date,Author,Category,Summary,Description,Affected object,Type,IP address';
  const lines = found.map((one) =>
    [
      new Date(one.at).toISOString(),
      nameOf(call, one),
      one.category,
      one.summary,
      one.description,
      one.object.name,
      one.object.objectType,
      one.remoteAddress,
    ]
      .map(cell)
      .join(','),
  );
  return `${[head, ...lines].join('\r\n')}\r\n`;
}

function exported(call: Call): Reply {
  const now = Date.now();
  const format = call.query.oneOf('format', ['csv', 'zip'] as const) ?? 'csv';
  const csv = csvOf(call, records(call, moment(call, 'startDate', 0), moment(call, 'endDate', now)));
  const headers = {
    'content-type': format === 'zip' ? 'application/zip' : 'text/csv;charset=UTF-8',
    'content-disposition': `attachment; filename="auditlog.${format}"`,
  };
  return { status: 200, headers, body: format === 'zip' ? Buffer.from(zip('auditlog.csv', csv)) : csv };
}

const root = '/wiki/rest/api/audit';
const scopes = ['read:audit-log:confluence'];

export const auditRoutes: Route[] = [
  {
    method: 'GET',
    path: root,
    scopes,
    handle: (call) => list(call, moment(call, 'startDate', 0), moment(call, 'endDate', Date.now())),
  },
  { method: 'GET', path: `${root}/since`, scopes, handle: since },
  { method: 'GET', path: `${root}/export`, scopes, handle: exported },
];
