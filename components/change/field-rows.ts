import type { FieldDiff } from '#lib/wire';

export type FieldRow = { id: string; label: string; fields: (FieldDiff & { id: string })[] };

/** Fields in their order; several of one label in a row ("New page") become one row with all their values. */
export function fieldRows(fields: readonly FieldDiff[]): FieldRow[] {
  const rows: FieldRow[] = [];
  for (const [at, one] of fields.entries()) {
    const field = { ...one, id: `${at}` };
    const last = rows.at(-1);
    if (last !== undefined && last.label === field.label) last.fields.push(field);
    else rows.push({ id: field.id, label: field.label, fields: [field] });
  }
  return rows;
}

/** A value that names a colour, as page states do: `Verified (#57d9a3)`. */
export function colourOf(text: string): { words: string; colour: string } | null {
  const match = /^(.+) \((#[0-9a-f]{6}|#[0-9a-f]{3})\)$/i.exec(text);
  return match === null ? null : { words: match[1] ?? '', colour: match[2] ?? '' };
}

/** True for a value of several lines, which is compared line by line. */
export const isLong = ({ before, after }: FieldDiff): boolean =>
  before !== after && [before, after].some((value) => value?.includes('\n') === true);

/** True where a value of several lines is data (JSON), not words. */
export const isData = ({ before, after }: FieldDiff): boolean => /^[[{]/.test(after ?? before ?? '');
