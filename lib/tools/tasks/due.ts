import { UserError } from '#errors';
import { parseWhen } from '../when.ts';

const dayMs = 86_400_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const spans: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };

const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `2026-12-01` of words about the days to come, or null: today, tomorrow, `in 3 days`, `next week`, `friday`. */
function ahead(words: string, now: Date): string | null {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  if (words === 'today') return iso(today);
  if (words === 'tomorrow') return iso(today + dayMs);
  const span = /^(?:in\s+(\d{1,3}|an?)|next)\s+(day|week|month|year)s?$/.exec(words);
  if (span?.[2]) {
    const count = span[1] === undefined || /^an?$/.test(span[1]) ? 1 : Number(span[1]);
    return iso(today + count * (spans[span[2]] ?? 1) * dayMs);
  }
  const named = weekdays.indexOf(words.replace(/^(?:next|on|this)\s+/, ''));
  if (named < 0) return null;
  return iso(today + ((named - now.getUTCDay() + 6) % 7) * dayMs + dayMs);
}

/** The calendar day of a text such as `2026-12-01`, or null; a day that does not exist is none. */
function calendarDay(text: string): string | null {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number);
  const at = Date.UTC(year, month - 1, day);
  const found = new Date(at);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? iso(at) : null;
}

/**
 * The day a task is due, as `2026-12-01`, from a date or from words about days to come (UTC).
 * @throws UserError invalid_input with the accepted forms.
 */
export function dueDay(given: string, now: Date = new Date()): string {
  const text = given.trim();
  const found = calendarDay(text) ?? ahead(text.toLowerCase(), now);
  if (found !== null) return found;
  throw new UserError('invalid_input', `"${given}" is not a day that can be read.`, {
    next: 'Give a date such as 2026-12-01, or today, tomorrow, friday, in 3 days, next week.',
  });
}

/** Midnight (UTC, epoch ms) of a day to filter by: as `dueDay`, or a day past (`7d`, `last week`). */
export function dayStart(given: string, now: Date = new Date()): number {
  const text = given.trim();
  const day =
    calendarDay(text) ?? ahead(text.toLowerCase(), now) ?? parseWhen(text, now).at.toISOString().slice(0, 10);
  return Date.parse(`${day}T00:00:00Z`);
}
