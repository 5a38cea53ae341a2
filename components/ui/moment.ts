const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago `at` (milliseconds since 1970) was, in few words; a date when it is more than a week. */
export function ago(at: number, now: number, timeZone?: string): string {
  const past = now - at;
  if (past < minute) return 'just now';
  if (past < hour) return `${Math.floor(past / minute)} min ago`;
  if (past < day) return `${Math.floor(past / hour)} h ago`;
  if (past < 7 * day) {
    const days = Math.floor(past / day);
    return days === 1 ? 'yesterday' : `${days} days ago`;
  }
  return dateOf(at, timeZone);
}

/** A date such as `14 Nov 2026`. */
export function dateOf(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).format(at);
}

/** Date and time in full, for titles and details. */
export function fullTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}
