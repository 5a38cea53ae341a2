import { UserError } from '#errors';

/** A moment as a person gave it: for CQL, and as an instant for comparing rows ourselves. */
export type When = { cql: string; at: Date };

type Unit = { cql: string; days: number };
const units: Record<string, Unit> = {
  m: { cql: 'm', days: 1 / 1440 },
  h: { cql: 'h', days: 1 / 24 },
  d: { cql: 'd', days: 1 },
  w: { cql: 'w', days: 7 },
  M: { cql: 'M', days: 30 },
  y: { cql: 'y', days: 365 },
};
const words: Record<string, string> = {
  minute: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
  month: 'M',
  year: 'y',
  mo: 'M',
  min: 'm',
};
const dayMs = 86_400_000;

const named: Record<string, { cql: string; days: number }> = {
  now: { cql: 'now()', days: 0 },
  today: { cql: 'startOfDay()', days: 1 },
  yesterday: { cql: 'startOfDay("-1d")', days: 2 },
  'this week': { cql: 'startOfWeek()', days: 7 },
  'this month': { cql: 'startOfMonth()', days: 31 },
  'this year': { cql: 'startOfYear()', days: 366 },
};

function ago(count: number, unit: string, now: Date): When {
  const { cql, days } = units[unit] as Unit;
  return { cql: `now("-${count}${cql}")`, at: new Date(now.getTime() - count * days * dayMs) };
}

function relative(text: string, now: Date): When | null {
  const short = /^-?(\d{1,4})\s*([mhdwMy])$/.exec(text);
  if (short?.[1] && short[2]) return ago(Number(short[1]), short[2], now);
  const lower = text.toLowerCase();
  const known = named[lower];
  if (known) return { cql: known.cql, at: new Date(now.getTime() - known.days * dayMs) };
  const spoken =
    /^(?:(?:in|within|over|since)\s+)?(?:the\s+)?(?:(?:last|past)\s+)?(\d{1,4}|an?)?\s*(minute|min|hour|day|week|month|mo|year)s?(?:\s+ago)?$/.exec(
      lower,
    );
  if (spoken?.[2] && lower !== spoken[2]) {
    const count = spoken[1] === undefined || /^an?$/.test(spoken[1]) ? 1 : Number(spoken[1]);
    return ago(count, words[spoken[2]] ?? 'd', now);
  }
  return null;
}

/**
 * Reads a date as people give it: `2026-11-01`, an ISO time, `4w`, `7d`, `yesterday`, `last week`,
 * `3 months ago`. CQL reads dates in the user's time zone; a time with a zone is given to it in UTC.
 * @throws UserError invalid_input with the accepted forms.
 */
export function parseWhen(given: string, now: Date = new Date()): When {
  const text = given.trim();
  const found = relative(text, now);
  if (found) return found;
  const date =
    /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  if (date) {
    const at = new Date(
      date[4] === undefined
        ? Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3] ?? 1))
        : Date.parse(text.replaceAll('/', '-').replace(' ', 'T')),
    );
    const valid = Number(date[2]) <= 12 && Number(date[3] ?? 1) <= 31 && !Number.isNaN(at.getTime());
    if (valid) {
      const iso = at.toISOString();
      return {
        cql: date[4] === undefined ? `"${iso.slice(0, 10)}"` : `"${iso.slice(0, 10)} ${iso.slice(11, 16)}"`,
        at,
      };
    }
  }
  throw new UserError('invalid_input', `"${given}" is not a date that can be read.`, {
    next: 'Give a date such as 2026-11-01, or 7d, 4w, 3M, yesterday, last week.',
  });
}
