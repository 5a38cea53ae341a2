/** A date found in a text. `date` is `2026-11-26`; null where the words name no day that can be worked out. */
export type Due = { date: string | null; words: string; relative: boolean };

const months: Record<string, number> = {};
for (const [at, names] of [
  'january jan januar jän enero ene janvier',
  'february feb februar febrero février fevrier',
  'march mar märz maerz mär marzo mars',
  'april apr abril abr avril',
  'may mai mayo',
  'june jun juni junio juin',
  'july jul juli julio juillet',
  'august aug agosto ago août aout',
  'september sep sept septiembre septembre',
  'october oct oktober okt octubre octobre',
  'november nov noviembre novembre',
  'december dec dezember dez diciembre dic décembre',
].entries())
  for (const name of names.split(' ')) months[name] = at + 1;

const weekdays: Record<string, number> = {};
for (const [at, names] of [
  'sunday sonntag domingo dimanche 日曜日 日曜',
  'monday montag lunes lundi 月曜日 月曜',
  'tuesday dienstag martes mardi 火曜日 火曜',
  'wednesday mittwoch miércoles miercoles mercredi 水曜日 水曜',
  'thursday donnerstag jueves jeudi 木曜日 木曜',
  'friday freitag viernes vendredi 金曜日 金曜',
  'saturday samstag sábado sabado samedi 土曜日 土曜',
].entries())
  for (const name of names.split(' ')) weekdays[name] = at;

const monthNames = Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join('|');
const weekdayNames = Object.keys(weekdays)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** A word boundary that knows letters of every script. */
const before = '(?<![\\p{L}\\p{N}])';
const after = '(?![\\p{L}\\p{N}])';
const named = (pattern: string): RegExp => new RegExp(`${before}(?:${pattern})${after}`, 'iu');

function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

/** A year that was left out: the one that puts the day nearest after a month before the reference. */
function withYear(month: number, day: number, written: Date): string | null {
  const year = written.getUTCFullYear();
  const same = dayOf(year, month, day);
  if (same === null || Date.parse(same) >= written.getTime() - 31 * 86_400_000) return same;
  return dayOf(year + 1, month, day);
}

const yearOf = (text: string | undefined): number | null =>
  text === undefined ? null : text.length === 2 ? 2000 + Number(text) : Number(text);

type Reader = {
  pattern: RegExp;
  relative: boolean;
  read(groups: Record<string, string>, written: Date): string | null;
};

const later = (written: Date, days: number): string =>
  new Date(written.getTime() + days * 86_400_000).toISOString().slice(0, 10);

const readers: Reader[] = [
  {
    pattern: /(?<!\d)(?<y>20\d{2})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)/u,
    relative: false,
    read: ({ y, m, d }) => dayOf(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?:(?<y>20\d{2})年\s*)?(?<m>\d{1,2})月\s*(?<d>\d{1,2})日/u,
    relative: false,
    read: ({ y, m, d }, written) =>
      y === undefined ? withYear(Number(m), Number(d), written) : dayOf(Number(y), Number(m), Number(d)),
  },
  {
    // Days first, as it is written with dots.
    pattern: /(?<!\d)(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.(?:\s?(?<y>20\d{2}|\d{2})(?!\d|\.\d)|(?!\s?\d))/u,
    relative: false,
    read: ({ y, m, d }, written) => {
      const year = yearOf(y);
      return year === null ? withYear(Number(m), Number(d), written) : dayOf(year, Number(m), Number(d));
    },
  },
  {
    pattern: named(
      `(?<d>\\d{1,2})(?:st|nd|rd|th|\\.|º)?\\s+(?:of\\s+|de\\s+)?(?<n>${monthNames})\\.?(?:,?\\s+(?:de\\s+|del\\s+)?(?<y>20\\d{2}))?`,
    ),
    relative: false,
    read: ({ d, n, y }, written) => {
      const month = months[(n ?? '').toLowerCase()] ?? 0;
      return y === undefined ? withYear(month, Number(d), written) : dayOf(Number(y), month, Number(d));
    },
  },
  {
    pattern: named(`(?<n>${monthNames})\\.?\\s+(?<d>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(?<y>20\\d{2}))?`),
    relative: false,
    read: ({ d, n, y }, written) => {
      const month = months[(n ?? '').toLowerCase()] ?? 0;
      return y === undefined ? withYear(month, Number(d), written) : dayOf(Number(y), month, Number(d));
    },
  },
  {
    pattern: named('today|heute|hoy|aujourd’hui'),
    relative: true,
    read: (_groups, written) => later(written, 0),
  },
  {
    pattern: named('tomorrow|morgen|mañana|demain'),
    relative: true,
    read: (_groups, written) => later(written, 1),
  },
  {
    pattern: new RegExp(
      `(?:${before}(?:by|until|before|on|this|next|bis|am|nächsten?|kommenden?|antes del?|para el|el|hasta el|próximo)\\s+)(?<w>${weekdayNames})${after}|(?<j>[月火水木金土日]曜日?)`,
      'iu',
    ),
    relative: true,
    read: ({ w, j }, written) => {
      const wanted = weekdays[(w ?? j ?? '').toLowerCase()];
      if (wanted === undefined) return null;
      return later(written, (wanted - written.getUTCDay() + 7) % 7 || 7);
    },
  },
  {
    pattern: named(
      'end of (?:the )?(?:week|month|quarter|year)|eow|eom|eoq|next (?:week|month|sprint|quarter)|this week|in (?:two|three|\\d+) (?:days|weeks|months)|ende (?:der|des) (?:woche|monats|quartals|jahres)|nächste woche|fin de (?:semana|mes|año)|la próxima semana|asap|(?:by|until|before|end of|bis|ende) q[1-4](?: 20\\d{2})?',
    ),
    relative: true,
    read: () => null,
  },
  { pattern: /(?:今週|来週|今月|来月|月末|年内)(?:中|末)?/u, relative: true, read: () => null },
];

/**
 * The first date of a text. Days without a year, and weekdays, are taken to lie after `written`, the day of the notes;
 * `relative` says so. Numbers such as 3/4 are left alone, for they are read differently in different countries.
 */
export function dueIn(text: string, written: Date): Due | null {
  let first: { at: number; due: Due } | null = null;
  for (const { pattern, relative, read } of readers) {
    const found = pattern.exec(text);
    if (found === null || (first !== null && found.index >= first.at)) continue;
    const date = read((found.groups ?? {}) as Record<string, string>, written);
    if (date === null && !relative) continue;
    first = { at: found.index, due: { date, words: found[0].trim(), relative } };
  }
  return first?.due ?? null;
}

/** The day notes are of: a date in the title, else the day of the last edit. */
export function writtenOn(title: string, editedAt: string | null, now: Date): Date {
  const found =
    /(20\d{2})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(title) ??
    /(20\d{2})年\s*(\d{1,2})月\s*(\d{1,2})日/.exec(title);
  const ofTitle = found === null ? null : dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
  const text = ofTitle ?? editedAt;
  return text === null ? now : new Date(text);
}
