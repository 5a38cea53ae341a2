/** A value of an answer as text; null where it is missing or empty. */
export const textOr = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);
