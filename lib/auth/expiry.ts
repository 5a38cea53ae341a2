import { UserError } from '#errors';

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const duration = /^(\d{1,6})\s*([smhdw])$/i;
/** A date, or a date and time with its offset: without one it would mean another moment on another machine. */
const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/**
 * When something ends, from `1h`, `30d`, `90s`, `2w` or an ISO 8601 time: milliseconds since 1970, to the
 * whole second. Null (or empty text) means never.
 * @throws UserError `invalid_input` when it cannot be read or is not in the future.
 */
export function parseExpiry(text: string | null, now = Date.now()): number | null {
  const given = text?.trim() ?? '';
  if (given === '') return null;
  const match = duration.exec(given);
  const at =
    match === null
      ? iso.test(given)
        ? Date.parse(given)
        : Number.NaN
      : now + Number(match[1]) * (unitMs[(match[2] ?? '').toLowerCase()] ?? Number.NaN);
  if (Number.isNaN(at)) {
    throw new UserError('invalid_input', `"${given.slice(0, 40)}" is not a time.`, {
      next: 'Give a span such as 1h or 30d, or a time such as 2027-01-31T12:00:00Z.',
    });
  }
  const second = Math.floor(at / 1000) * 1000;
  if (second <= now) {
    throw new UserError('invalid_input', 'The expiry is not in the future.', { next: 'Give a later time.' });
  }
  return second;
}
