import type { ActivityLine } from '#lib/wire';

const columns: Record<string, (line: ActivityLine) => string | number | null> = {
  time: (line) => new Date(line.createdAt).toISOString(),
  person: (line) => line.person.name,
  operation: (line) => line.operationTitle,
  change: (line) => line.own?.title ?? null,
  target: (line) => line.own?.target.title ?? null,
  space: (line) => line.own?.target.space?.key ?? null,
  status: (line) => line.status,
  verified: (line) => (line.verification === null ? null : line.verification.ok ? 'yes' : 'no'),
  version: (line) => line.own?.result?.version ?? null,
  asked_by: (line) => line.client ?? 'chat',
  decided: (line) => (line.decidedAt === null ? null : new Date(line.decidedAt).toISOString()),
  url: (line) => line.own?.result?.url ?? line.own?.target.url ?? null,
  id: (line) => line.id,
};

/**
 * One cell (RFC 4180). Spreadsheets run what begins with = + - @, and titles come from anybody: an apostrophe before
 * it makes it text.
 */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The ledger as CSV with a heading line; lines end with CR LF. */
export function activityCsv(lines: readonly ActivityLine[]): string {
  const rows = lines.map((line) => Object.values(columns).map((value) => cell(value(line))));
  return [Object.keys(columns), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
