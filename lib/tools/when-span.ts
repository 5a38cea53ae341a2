import { UserError } from '#errors';
import { monthOf, parseWhen, startOfMonth, startOfQuarter, startOfWeek, type When, whenOf } from './when.ts';
import { inEnglish } from './when-words.ts';

/** A stretch of time: from its first moment up to, not including, `to`. */
export type Period = { from: When; to: When; words: string };

const monthNames =
  'January February March April May June July August September October November December'.split(' ');
const dayMs = 86_400_000;

function between(from: Date, to: Date, now: Date, words: string): Period {
  return { from: whenOf(from), to: to > now ? { cql: 'now()', at: now } : whenOf(to), words };
}

function monthly(year: number, month: number, now: Date): Period {
  const from = new Date(Date.UTC(year, month, 1));
  return between(from, new Date(Date.UTC(year, month + 1, 1)), now, `${monthNames[month]} ${year}`);
}

function quarterly(from: Date, now: Date): Period {
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 3, 1));
  return between(from, to, now, `Q${from.getUTCMonth() / 3 + 1} ${from.getUTCFullYear()}`);
}

/**
 * Reads a stretch of time: `this month`, `last month`, `October`, `2026-10`, `last quarter`, `Q3 2026`, `2025`,
 * `last week`, or any date, from which it goes on until now. The calendar ones are whole: `last month` in November is
 * 1 to 31 October.
 * @throws UserError invalid_input.
 */
export function parsePeriod(given: string, now: Date = new Date()): Period {
  const text = inEnglish(given.trim());
  const year = now.getUTCFullYear();
  if (text === 'last week') {
    const from = startOfWeek(now, 1);
    return between(from, startOfWeek(now), now, `the week from ${from.toISOString().slice(0, 10)}`);
  }
  if (text === 'this month' || text === 'last month' || text === 'month') {
    const from = startOfMonth(now, text === 'last month' ? 1 : 0);
    return monthly(from.getUTCFullYear(), from.getUTCMonth(), now);
  }
  if (text === 'this quarter' || text === 'last quarter' || text === 'quarter') {
    return quarterly(startOfQuarter(now, text === 'last quarter' ? 1 : 0), now);
  }
  if (text === 'last year') return yearly(year - 1, now);
  const whole = /^(\d{4})(?:[-/](\d{1,2}))?$/.exec(text);
  const month = Number(whole?.[2] ?? 1);
  if (whole && month >= 1 && month <= 12)
    return whole[2] === undefined ? yearly(Number(whole[1]), now) : monthly(Number(whole[1]), month - 1, now);
  const quarter = /^q([1-4])(?: (\d{4}))?$/.exec(text) ?? /^(?:(\d{4})[- ])?q([1-4])$/.exec(text);
  if (quarter) {
    const [number, of] = /^q/.test(text) ? [quarter[1], quarter[2]] : [quarter[2], quarter[1]];
    const start = (in_: number) => new Date(Date.UTC(in_, 3 * (Number(number) - 1), 1));
    return quarterly(of !== undefined ? start(Number(of)) : start(start(year) > now ? year - 1 : year), now);
  }
  const named = /^([a-z]+)(?: (\d{4}))?$/.exec(text);
  const index = monthOf(named?.[1] ?? '');
  if (index >= 0)
    return monthly(
      named?.[2] !== undefined ? Number(named[2]) : index > now.getUTCMonth() ? year - 1 : year,
      index,
      now,
    );
  const from = parseWhen(given, now);
  return { from, to: { cql: 'now()', at: now }, words: `since ${from.at.toISOString().slice(0, 10)}` };
}

function yearly(year: number, now: Date): Period {
  return between(new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year + 1, 0, 1)), now, String(year));
}

const lengths: Record<string, { days: number; words: string }> = {
  d: { days: 1, words: 'day' },
  w: { days: 7, words: 'week' },
  m: { days: 30.44, words: 'month' },
  y: { days: 365.25, words: 'year' },
};

/** How long something has been left alone: `before` is the moment it must be older than. */
export type Age = { days: number; words: string; before: When };

/**
 * Reads a length of time: `12m` or `12M` (months), `90d`, `6w`, `2y`, `half a year`, `6 months`, `ein Jahr`. Unlike in
 * a date, `m` is months here: nobody asks for pages not edited for twelve minutes.
 * @throws UserError invalid_input.
 */
export function parseAge(given: string, now: Date = new Date()): Age {
  const text = inEnglish(given.trim())
    .replace(/^half (?:a |of a )?year$/, '6 months')
    .replace(/^(?:for )?(?:an?|one|eine?[mnr]?|una?) /, '1 ');
  const found =
    /^(?:for |over |more than )*(\d{1,4})\s*(d|w|mo|m|y)(?:ays?|eeks?|n?ths?|onths?|ears?)?$/.exec(
      text.toLowerCase(),
    );
  const unit = lengths[found?.[2] === 'mo' ? 'm' : (found?.[2] ?? '')];
  const count = Number(found?.[1]);
  if (unit === undefined || !(count > 0)) {
    throw new UserError('invalid_input', `"${given}" is no length of time.`, {
      next: 'Give 12m for twelve months, or 90d, 6w, 2y.',
    });
  }
  const days = Math.round(count * unit.days);
  const at = new Date(now.getTime() - days * dayMs);
  return { days, words: `${count} ${unit.words}${count === 1 ? '' : 's'}`, before: whenOf(at) };
}
