import { UserError } from '#errors';
import { inEnglish } from './when-words.ts';

/** A moment as a person gave it: for CQL, and as an instant (UTC) for comparing and for other endpoints. */
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

const startOfDay = (now: Date, back = 0): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - back));
/** The first of the month, `back` months ago. */
export const startOfMonth = (now: Date, back = 0): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
/** Days since the last `weekday` (0 is Sunday): 0 when that is today. */
const daysSince = (now: Date, weekday: number): number => (now.getUTCDay() - weekday + 7) % 7;
/** The Monday of the week, `back` weeks ago. */
export const startOfWeek = (now: Date, back = 0): Date => startOfDay(now, daysSince(now, 1) + 7 * back);
/** The first day of the quarter, `back` quarters ago. */
export const startOfQuarter = (now: Date, back = 0): Date =>
  startOfMonth(now, (now.getUTCMonth() % 3) + 3 * back);

const named: Record<string, (now: Date) => When> = {
  now: (at) => ({ cql: 'now()', at }),
  today: (now) => ({ cql: 'startOfDay()', at: startOfDay(now) }),
  yesterday: (now) => ({ cql: 'startOfDay("-1d")', at: startOfDay(now, 1) }),
  'this week': (now) => ({ cql: 'startOfWeek()', at: startOfWeek(now) }),
  'this month': (now) => ({ cql: 'startOfMonth()', at: startOfMonth(now) }),
  'this quarter': (now) => whenOf(startOfQuarter(now)),
  'last quarter': (now) => whenOf(startOfQuarter(now, 1)),
  'this year': (now) => ({
    cql: 'startOfYear()',
    at: new Date(Date.UTC(now.getUTCFullYear(), 0, 1)),
  }),
};

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** The number (from 0) of a month by its English name or the first three letters of it; -1 when it is none. */
export const monthOf = (word: string): number =>
  /^[a-z]{3,}\.?$/.test(word) ? months.findIndex((month) => month.startsWith(word.replace('.', ''))) : -1;

/** A day (UTC) as a moment for CQL, which reads it in the person's own time zone. */
export function whenOf(at: Date): When {
  return { cql: `"${at.toISOString().slice(0, 10)}"`, at };
}

function ago(count: number, unit: string, now: Date): When {
  const { cql, days } = units[unit] as Unit;
  return { cql: `now("-${count}${cql}")`, at: new Date(now.getTime() - count * days * dayMs) };
}

/** `monday`, `last friday`: the last such day; with "last" never today. */
function weekday(text: string, now: Date): When | null {
  const found = /^(last )?(\w+day)$/.exec(text);
  const wanted = weekdays.indexOf(found?.[2] ?? '');
  if (wanted < 0) return null;
  const back = daysSince(now, wanted);
  return whenOf(startOfDay(now, back === 0 && found?.[1] ? 7 : back));
}

/** `november`, `1 nov`, `nov 1st`, `1. november 2025`: the last one that has begun, unless a year is given. */
function calendarDay(text: string, now: Date): When | null {
  const found =
    /^(?:(\d{1,2})(?:\.|st|nd|rd|th)?(?: of| de)? )?([a-z]+\.?)(?: (\d{1,2})(?:st|nd|rd|th)?)?(?:,? (?:de )?(\d{4}))?$/.exec(
      text,
    );
  const month = monthOf(found?.[2] ?? '');
  if (!found || month < 0) return null;
  const day = Number(found[1] ?? found[3] ?? 1);
  const dated = (year: number) => new Date(Date.UTC(year, month, day));
  const thisYear = dated(now.getUTCFullYear());
  const at =
    found[4] !== undefined
      ? dated(Number(found[4]))
      : thisYear > now
        ? dated(now.getUTCFullYear() - 1)
        : thisYear;
  return at.getUTCMonth() === month ? whenOf(at) : null;
}

function relative(text: string, now: Date): When | null {
  const short = /^-?(\d{1,4})\s*([mhdwMy])$/.exec(text);
  if (short?.[1] && short[2]) return ago(Number(short[1]), short[2], now);
  const lower = inEnglish(text);
  const known = Object.hasOwn(named, lower) ? named[lower] : undefined;
  if (known) return known(now);
  const spoken =
    /^(?:(?:last|past)\s+)?(\d{1,4}|an?|eine[mnr]?|un|una)?\s*(minute|min|hour|day|week|month|mo|year)s?(?:\s+ago)?$/.exec(
      lower,
    );
  if (spoken?.[2] && text.toLowerCase() !== spoken[2]) {
    const count = Number(spoken[1]) || 1;
    return ago(count, words[spoken[2]] ?? 'd', now);
  }
  return weekday(lower, now) ?? calendarDay(lower, now);
}

/**
 * Reads a date as people give it: `2026-11-01`, an ISO time, `4w`, `7d`, `yesterday`, `last week`,
 * `3 months ago`, `this month`, `last quarter`, `Monday`, `1 November`, `seit Montag`. CQL reads dates in the user's
 * time zone; a time with a zone is given to it in UTC.
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
    next: 'Give a date such as 2026-11-01, or 7d, 4w, 3M, yesterday, last week, this month, Monday.',
  });
}
