import { ContentError } from '../content-error.ts';
import type { EditTarget } from './targets.ts';

/** A row or column: its number (1 is the first, -1 the last; rows are counted below the header row), or the text that names it. */
export type Line = number | string;

/**
 * One change of a page body. Which fields an op takes is in `fieldsOf`. Where the target is a heading it stands for
 * its section: `replace` keeps the heading and replaces what is under it, `append` and `insert_after` go to the
 * section's end, `delete` takes heading and all.
 */
export type Edit = {
  op: Op;
  target?: EditTarget;
  markdown?: string;
  storage?: string;
  /** Of replace_text: the new text, plain. */
  with?: string;
  /** Of replace_text: how often the old text stands there; all of them are replaced if that is so. */
  occurrences?: number;
  row?: Line;
  column?: Line;
  before?: Line;
  after?: Line;
  /** Markdown of new cells: in order, or by column header (of add_column: by the text that names the row). */
  cells?: readonly string[] | Readonly<Record<string, string>>;
  done?: boolean;
  /** Of set_parameter: which macro, by its name. */
  macro?: string;
  parameter?: string;
  /** Of set_parameter: the plain new value; null removes the parameter. */
  value?: string | null;
  /** Of set_status: which lozenge, by its present title. */
  status?: string;
  title?: string;
  colour?: string;
};

export type Op =
  | 'replace'
  | 'insert_before'
  | 'insert_after'
  | 'delete'
  | 'append'
  | 'prepend'
  | 'replace_text'
  | 'add_row'
  | 'set_cell'
  | 'delete_row'
  | 'add_column'
  | 'delete_column'
  | 'set_task'
  | 'set_parameter'
  | 'set_status';

type Field = Exclude<keyof Edit, 'op'>;
type Fields = {
  /** All of these. */
  needs: readonly Field[];
  /** Exactly one of these. */
  one?: readonly Field[];
  /** At least one of these. */
  some?: readonly Field[];
  /** At most one of these. */
  either?: readonly Field[];
  takes: readonly Field[];
};

const content: readonly Field[] = ['markdown', 'storage'];

/** The fields of each op. */
export const fieldsOf: Record<Op, Fields> = {
  replace: { needs: ['target'], one: content, takes: [] },
  insert_before: { needs: ['target'], one: content, takes: [] },
  insert_after: { needs: ['target'], one: content, takes: [] },
  delete: { needs: ['target'], takes: [] },
  append: { needs: [], one: content, takes: ['target'] },
  prepend: { needs: [], one: content, takes: ['target'] },
  replace_text: { needs: ['target'], one: ['with', 'markdown'], takes: ['occurrences'] },
  add_row: { needs: ['cells'], either: ['before', 'after'], takes: ['target'] },
  set_cell: { needs: ['row', 'column'], one: content, takes: ['target'] },
  delete_row: { needs: ['row'], takes: ['target'] },
  add_column: { needs: [], either: ['before', 'after'], some: ['column', 'cells'], takes: ['target'] },
  delete_column: { needs: ['column'], takes: ['target'] },
  set_task: { needs: ['target', 'done'], takes: [] },
  set_parameter: { needs: ['parameter'], one: ['value', 'storage'], some: ['target', 'macro'], takes: [] },
  set_status: { needs: [], some: ['title', 'colour'], takes: ['target', 'status'] },
};

const or = (fields: readonly string[]): string => fields.join(' or ');

/** What an op takes, in words: `add_row takes cells, target?, before? or after?`. */
export function usageOf(op: Op): string {
  const { needs, one = [], some = [], either = [], takes } = fieldsOf[op];
  const parts = [
    ...needs,
    ...(one.length > 0 ? [or(one)] : []),
    ...(some.length > 0 ? [`${or(some)} (or both)`] : []),
    ...takes.map((field) => `${field}?`),
    ...(either.length > 0 ? [or(either.map((field) => `${field}?`))] : []),
  ];
  return `${op} takes ${parts.join(', ')}.`;
}

/**
 * Checks that an edit has the fields its op needs and no other.
 * @throws ContentError `invalid_input` naming the field and what the op takes
 */
export function checkFields(edit: Edit): void {
  const { needs, one = [], some = [], either = [], takes } = fieldsOf[edit.op];
  const known = new Set<string>([...needs, ...one, ...some, ...either, ...takes]);
  const given = Object.entries(edit)
    .filter(([name, value]) => name !== 'op' && value !== undefined)
    .map(([name]) => name);
  const has = (field: Field): boolean => edit[field] !== undefined;
  const refuse = (what: string): never => {
    throw new ContentError(`An edit with op ${edit.op} ${what}.`, { next: usageOf(edit.op) });
  };
  const stranger = given.find((name) => !known.has(name));
  if (stranger !== undefined) refuse(`has no ${stranger}`);
  const missing = needs.find((field) => !has(field));
  if (missing !== undefined) refuse(`needs ${missing === 'target' ? 'a target' : missing}`);
  const chosen = one.filter(has);
  if (one.length > 0 && chosen.length === 0) refuse(`needs ${or(one)}`);
  if (chosen.length > 1) refuse(`takes ${or(one)}, not both`);
  if (some.length > 0 && !some.some(has)) refuse(`needs ${or(some)}`);
  if (either.filter(has).length > 1) refuse(`takes ${or(either)}, not both`);
}
