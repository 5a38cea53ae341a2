import { z } from 'zod';
import { UserError } from '#errors';
import { type Edit, type EditOp, usageOf } from '#lib/content';
import { text } from '../inputs.ts';

const ops = [
  'replace',
  'insert_before',
  'insert_after',
  'delete',
  'append',
  'prepend',
  'replace_text',
  'add_row',
  'set_cell',
  'delete_row',
  'add_column',
  'delete_column',
  'set_task',
  'set_parameter',
  'set_status',
] as const satisfies readonly EditOp[];

const target = z
  .strictObject({
    block: text.optional().describe('id from the outline'),
    heading: text.optional().describe('heading or path "A > B": its whole section'),
    text: text.optional().describe('words on the page; may narrow block or heading'),
  })
  .describe('where: block, heading or text');

const line = z.union([z.int(), text]);
const cell = z.union([z.string(), z.number()]);

/** One targeted edit of a body, as edit_page and update_blog_post take it: one flat object, `op` says which fields count. */
export const editShape = z.strictObject({
  op: z.enum(ops),
  target: z.union([text, target]).optional(),
  markdown: z.string().optional().describe('new content; of replace_text and set_cell too'),
  storage: z.string().optional().describe('new content as storage format, instead of markdown'),
  with: z.string().optional().describe('replace_text: new plain text in place of target.text'),
  occurrences: z.int().min(1).optional().describe('replace_text: replace all, if there are exactly so many'),
  row: line
    .optional()
    .describe('text of a cell in the row, or number: 1 below the header, 0 header, -1 last'),
  column: line.optional().describe('header text or number from 1; add_column: new header'),
  before: line.optional().describe('add_row, add_column: row or column to stand before'),
  after: line.optional().describe('or after; else at the end'),
  cells: z
    .union([z.array(cell), z.record(z.string(), cell)])
    .optional()
    .describe('Markdown of new cells: list in order, or by column header (add_column: by row)'),
  done: z.boolean().optional().describe('set_task: tick or untick the task with target.text'),
  macro: text.optional().describe('set_parameter: macro name, where target holds several'),
  parameter: z.string().optional().describe('set_parameter: which'),
  value: z.string().nullable().optional().describe('set_parameter: plain text, null removes'),
  status: text.optional().describe('set_status: present title, where target holds several'),
  title: text.optional().describe('set_status: new title'),
  colour: text.optional().describe('set_status: Grey, Red, Yellow, Green, Blue or Purple'),
});
export type GivenEdit = z.output<typeof editShape>;

function targetOf({ op, target: given }: GivenEdit): Edit['target'] {
  if (given === undefined) return undefined;
  if (typeof given === 'string') {
    // A bare text is a heading; where words are what an op is about, it is those.
    return op === 'replace_text' || op === 'set_task' || op === 'set_status'
      ? { text: given }
      : { heading: given };
  }
  const { block, heading } = given;
  const words = given.text === undefined ? {} : { text: given.text };
  if (block !== undefined && heading !== undefined) {
    throw new UserError('invalid_input', 'The target of an edit has both block and heading.', {
      next: 'Give one of them.',
    });
  }
  if (block !== undefined) return { block, ...words };
  if (heading !== undefined) return { heading, ...words };
  if (given.text !== undefined) return { text: given.text };
  throw new UserError('invalid_input', 'The target of an edit is empty.', {
    next: `Give block, heading or text. ${usageOf(op)}`,
  });
}

function cellsOf(given: GivenEdit['cells']): Edit['cells'] {
  if (given === undefined) return undefined;
  if (Array.isArray(given)) return given.map(String);
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, String(one)]));
}

/** The edit as the content room takes it. @throws UserError for a target that names nothing or two things */
export function editOf(given: GivenEdit): Edit {
  const where = targetOf(given);
  const cells = cellsOf(given.cells);
  const rest = Object.fromEntries(
    Object.entries(given).filter(([name, one]) => name !== 'target' && name !== 'cells' && one !== undefined),
  ) as Omit<Edit, 'target' | 'cells'>;
  return { ...rest, ...(where ? { target: where } : {}), ...(cells ? { cells } : {}) };
}
