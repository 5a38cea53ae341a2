import type { ActivityLine, ActivityPage } from '#lib/wire';
import { type ActivityQuery, activity, type Viewer } from './activity.ts';

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

const head = `${Object.keys(columns).join(',')}\r\n`;
const rowOf = (line: ActivityLine): string =>
  `${Object.values(columns)
    .map((value) => cell(value(line)))
    .join(',')}\r\n`;

/** Lines are read this many at a time: each change holds its whole proposal. */
const pageSize = 100;
const mostLines = 50_000;

/**
 * The ledger as CSV, a page at a time: a heading line, then the newest first; lines end with CR LF. At most 50,000
 * lines; a last one says so where there are more.
 * @throws UserError forbidden, invalid_input
 */
export async function* activityCsv(
  viewer: Viewer,
  query: Omit<ActivityQuery, 'limit' | 'after'>,
): AsyncGenerator<string> {
  let written = 0;
  for (let after: string | null = ''; after !== null; ) {
    const page: ActivityPage = await activity(viewer, {
      ...query,
      limit: pageSize,
      ...(after === '' ? {} : { after }),
    });
    yield (written === 0 ? head : '') + page.lines.map(rowOf).join('');
    written += page.lines.length;
    after = page.next;
    if (after !== null && written >= mostLines) {
      yield `${cell(`There are more than ${mostLines} changes: filter them and export again.`)}\r\n`;
      return;
    }
  }
}
