import { badRequest } from '../http/problem.ts';
import type { Value } from './parser.ts';

type Parts = { year: number; month: number; day: number; hour: number; minute: number };

/** The clock of a time zone at a moment (epoch ms). */
function partsAt(moment: number, timeZone: string): Parts & { weekday: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const found = Object.fromEntries(
    format.formatToParts(moment).map((part) => [part.type, Number(part.value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = found;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** The moment at which the clocks of a time zone show these parts; overflowing parts carry over. */
function momentOf(parts: Parts, timeZone: string): number {
  const wanted = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  let moment = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = partsAt(moment, timeZone);
    moment += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return moment;
}

const written = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;

/** The span a date value means: a whole day, or one minute when it has a time. Epoch ms, end exclusive. */
export type Span = { from: number; to: number };

/** Reads a CQL date or date function in a person's time zone. */
export function readDate(value: Value, timeZone: string, now: number): Span {
  if (value.kind === 'call') {
    const moment = callMoment(value.name.toLowerCase(), value.argument, timeZone, now);
    return { from: moment, to: moment + 1 };
  }
  const match = written.exec(value.text.trim());
  if (!match)
    throw badRequest(`Could not parse cql date : '${value.text}'. Use "yyyy/MM/dd" or "yyyy/MM/dd HH:mm".`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59)
    throw badRequest(`Could not parse cql date : '${value.text}' is not a date.`);
  const parts = { year, month, day, hour, minute };
  const from = momentOf(parts, timeZone);
  return {
    from,
    to: match[4] === undefined ? momentOf({ ...parts, day: day + 1 }, timeZone) : from + 60_000,
  };
}

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm';
const functions: Record<string, { unit: Unit; edge: 'none' | 'start' | 'end' }> = {
  now: { unit: 'd', edge: 'none' },
  startofday: { unit: 'd', edge: 'start' },
  startofweek: { unit: 'w', edge: 'start' },
  startofmonth: { unit: 'M', edge: 'start' },
  startofyear: { unit: 'y', edge: 'start' },
  endofday: { unit: 'd', edge: 'end' },
  endofweek: { unit: 'w', edge: 'end' },
  endofmonth: { unit: 'M', edge: 'end' },
  endofyear: { unit: 'y', edge: 'end' },
};

function callMoment(name: string, argument: string | undefined, timeZone: string, now: number): number {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw badRequest(`Could not parse cql : there is no date function '${name}'.`);
  let parts: Parts = partsAt(now, timeZone);
  if (argument !== undefined) {
    const match = /^([+-]?)(\d+)([yMwdhm]?)$/.exec(argument.trim());
    if (!match) throw badRequest(`Could not parse cql : '${argument}' is not a time span such as "-4w".`);
    const count = Number(match[2]) * (match[1] === '-' ? -1 : 1);
    parts = shift(parts, count, toUnit(match[3]) ?? known.unit);
  }
  if (known.edge === 'none') {
    const seconds = now % 60_000;
    return momentOf(parts, timeZone) + seconds;
  }
  const start = startOf(partsAt(momentOf(parts, timeZone), timeZone), known.unit);
  return known.edge === 'start'
    ? momentOf(start, timeZone)
    : momentOf(shift(start, 1, known.unit), timeZone) - 1;
}

function toUnit(text: string | undefined): Unit | undefined {
  return (['y', 'M', 'w', 'd', 'h', 'm'] as const).find((unit) => unit === text);
}

const shifts: Record<Unit, (parts: Parts, count: number) => Parts> = {
  y: (parts, count) => clampDay({ ...parts, year: parts.year + count }),
  M: (parts, count) => {
    const months = parts.year * 12 + (parts.month - 1) + count;
    return clampDay({ ...parts, year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 });
  },
  w: (parts, count) => ({ ...parts, day: parts.day + 7 * count }),
  d: (parts, count) => ({ ...parts, day: parts.day + count }),
  h: (parts, count) => ({ ...parts, hour: parts.hour + count }),
  m: (parts, count) => ({ ...parts, minute: parts.minute + count }),
};

function shift(parts: Parts, count: number, unit: Unit): Parts {
  return shifts[unit](parts, count);
}

/** 31 January and a month is the last day of February, not early March. */
function clampDay(parts: Parts): Parts {
  const last = new Date(Date.UTC(parts.year, parts.month, 0)).getUTCDate();
  return { ...parts, day: Math.min(parts.day, last) };
}

function startOf(parts: Parts & { weekday: number }, unit: Unit): Parts {
  const { year, month, day } = parts;
  const midnight = { hour: 0, minute: 0 };
  if (unit === 'y') return { year, month: 1, day: 1, ...midnight };
  if (unit === 'M') return { year, month, day: 1, ...midnight };
  // Weeks begin on Monday.
  if (unit === 'w') return { year, month, day: day - ((parts.weekday + 6) % 7), ...midnight };
  return { year, month, day, ...midnight };
}
