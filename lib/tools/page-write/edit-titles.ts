import { oneLine } from '../render.ts';
import type { GivenEdit } from './edit-shape.ts';

const short = (given: unknown, most = 60): string => {
  const text = oneLine(String(given ?? ''));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

const quoted = (given: unknown): string => `"${short(given)}"`;

function placeOf({ target }: GivenEdit): string {
  if (target === undefined) return '';
  const place =
    typeof target === 'string' ? target : (target.text ?? target.heading ?? (target.block && 'a block'));
  return place === undefined ? '' : ` "${short(place, 80)}"`;
}

/** The new text's heading, where it begins with one. */
function headingOf({ markdown }: GivenEdit): string | undefined {
  return /^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$/.exec(markdown?.trimStart().split('\n')[0] ?? '')?.[1];
}

function firstCell({ cells }: GivenEdit): string {
  const [first] = cells === undefined ? [] : Array.isArray(cells) ? cells : Object.values(cells);
  return first === undefined || String(first).trim() === '' ? '' : ` ${quoted(first)}`;
}

/** A row or column by its text, or by its number. */
function lineOf(what: string, given: string | number | undefined): string {
  if (typeof given === 'string') return `the ${what} ${quoted(given)}`;
  if (given === 0 && what === 'row') return 'the header row';
  return given === -1 ? `the last ${what}` : `${what} ${given}`;
}

function cellOf({ row, column }: GivenEdit): string {
  const of = typeof column === 'string' ? quoted(column) : lineOf('column', column);
  return `${of} in ${lineOf('row', row)}`;
}

function parameterTitle(edit: GivenEdit, page: string): string {
  const what = edit.parameter === '' ? 'the value' : quoted(edit.parameter);
  const macro = edit.macro === undefined ? `a macro${placeOf(edit)}` : `the macro ${short(edit.macro)}`;
  if (edit.value === null) return `Remove ${what} of ${macro} in "${page}"`;
  const value = edit.value === undefined ? '' : ` to ${quoted(edit.value)}`;
  return `Set ${what} of ${macro}${value} in "${page}"`;
}

function statusTitle(edit: GivenEdit, page: string): string {
  const which =
    edit.status === undefined ? `the status at${placeOf(edit)}` : `the status ${quoted(edit.status)}`;
  const now = [edit.title === undefined ? '' : quoted(edit.title), short(edit.colour).toLowerCase()]
    .filter((one) => one !== '')
    .join(', ');
  return `Set ${which.replace(/ at$/, '')} to ${now} in "${page}"`;
}

function added(edit: GivenEdit, page: string, otherwise: string): string {
  const heading = headingOf(edit);
  return heading === undefined ? otherwise : `Add section "${short(heading, 80)}" to "${page}"`;
}

const titles: Record<GivenEdit['op'], (edit: GivenEdit, page: string, at: string) => string> = {
  append: (edit, page, at) =>
    added(edit, page, at === '' ? `Add to the end of "${page}"` : `Add to${at} of "${page}"`),
  prepend: (edit, page, at) => {
    const heading = headingOf(edit);
    if (heading !== undefined) return `Add section "${short(heading, 80)}" at the top of "${page}"`;
    return at === '' ? `Add to the top of "${page}"` : `Add at the top of${at} of "${page}"`;
  },
  insert_before: (edit, page, at) => added(edit, page, `Insert before${at} in "${page}"`),
  insert_after: (edit, page, at) => added(edit, page, `Insert after${at} in "${page}"`),
  replace: (_edit, page, at) => `Replace${at} in "${page}"`,
  delete: (_edit, page, at) => `Delete${at} from "${page}"`,
  replace_text: (edit, page, at) =>
    (edit.occurrences ?? 1) > 1
      ? `Replace the text${at} (${edit.occurrences} times) in "${page}"`
      : `Replace the text${at} in "${page}"`,
  add_row: (edit, page) => `Add the row${firstCell(edit)} to a table of "${page}"`,
  set_cell: (edit, page) => `Set ${cellOf(edit)} in "${page}"`,
  delete_row: ({ row }, page) => `Delete ${lineOf('row', row)} from a table of "${page}"`,
  add_column: ({ column }, page) =>
    column === undefined
      ? `Add a column to a table of "${page}"`
      : `Add the column ${quoted(column)} to a table of "${page}"`,
  delete_column: ({ column }, page) => `Delete ${lineOf('column', column)} from a table of "${page}"`,
  set_task: ({ done }, page, at) => `${done ? 'Tick' : 'Reopen'} the task${at} in "${page}"`,
  set_parameter: (edit, page) => parameterTitle(edit, page),
  set_status: (edit, page) => statusTitle(edit, page),
};

/** One line for the card: `Add section "Rate limits" to "API Guidelines"`. */
export function titleOfEdits(edits: readonly GivenEdit[], page: string): string {
  const [one] = edits;
  if (edits.length !== 1 || one === undefined) return `Make ${edits.length} edits to "${page}"`;
  return titles[one.op](one, page, placeOf(one));
}
