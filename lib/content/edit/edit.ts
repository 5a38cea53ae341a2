import type { ChangeWarning } from '#lib/wire';
import { type BlockTree, blockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { setParameter } from '../fine-edits/set-parameter.ts';
import { setStatus } from '../fine-edits/set-status.ts';
import { setTask } from '../fine-edits/set-task.ts';
import { lossesBetween } from '../loss/warnings.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import { addColumn, deleteColumn } from '../table/columns.ts';
import { addRow, deleteRow } from '../table/rows.ts';
import { setCell } from '../table/set-cell.ts';
import { type Originals, originalsOf, withinRange } from '../write/originals.ts';
import { writeMarkdown } from '../write/storage.ts';
import type { EditedPage, Worked } from './change.ts';
import { checkFields, type Edit, type Op } from './edit-fields.ts';
import { mirrored } from './mirror.ts';
import { type BlockOp, checkStructure, type Place, placeOf } from './places.ts';
import { replaceText } from './replace-text.ts';

export type { Edit } from './edit-fields.ts';

export type EditResult = {
  storage: string;
  /** Ranges of the old storage that were replaced or removed, in order; an insertion is an empty range. */
  touched: { start: number; end: number }[];
  /** What stands there now, one text for each range. */
  inserted: string[];
  warnings: ChangeWarning[];
  /** Of edits that change nothing: why, in a sentence each. */
  idle: string[];
};

/** `lean`: of two insertions at one place the one that follows a block comes first. */
type Splice = { start: number; end: number; text: string; lean: 0 | 1; order: number };

/** New storage for a place: given as such, or from Markdown with placeholders of the whole page and unchanged blocks of the replaced range. */
function contentOf(page: EditedPage, edit: Edit, place: Place): string {
  if (edit.op === 'delete') return '';
  if (edit.storage !== undefined) {
    checkStorage(edit.storage);
    return edit.storage;
  }
  return writeMarkdown(edit.markdown ?? '', withinRange(page.originals(), place.start, place.end));
}

type Work = (page: EditedPage, edit: Edit) => Worked & { lean?: 0 | 1 };

const onBlock =
  (op: BlockOp): Work =>
  (page, edit) => {
    const place = placeOf(page.tree, op, edit.target);
    const text = contentOf(page, edit, place);
    checkStructure(place, text, op);
    const { start, end, before, after, lean } = place;
    return { changes: [{ start, end, text: before + text + after }], lean };
  };

const work: Record<Op, Work> = {
  replace: onBlock('replace'),
  insert_before: onBlock('insert_before'),
  insert_after: onBlock('insert_after'),
  delete: onBlock('delete'),
  append: onBlock('append'),
  prepend: onBlock('prepend'),
  replace_text: replaceText,
  add_row: addRow,
  set_cell: setCell,
  delete_row: deleteRow,
  add_column: addColumn,
  delete_column: deleteColumn,
  set_task: setTask,
  set_parameter: setParameter,
  set_status: setStatus,
};

function splicesOf(tree: BlockTree, edits: readonly Edit[]): { splices: Splice[]; idle: string[] } {
  let kept: Originals | null = null;
  const page: EditedPage = {
    tree,
    originals: () => {
      kept ??= originalsOf(tree.doc);
      return kept;
    },
    added: new Map(),
  };
  const idle: string[] = [];
  const splices = edits.flatMap((edit, order): Splice[] => {
    checkFields(edit);
    const { changes, lean = 0, idle: why } = work[edit.op](page, edit);
    if (why !== undefined) idle.push(why);
    return changes
      .flatMap((change) => [change, ...mirrored(tree.doc, change)])
      .map((change) => ({ ...change, lean, order }));
  });
  return { splices, idle };
}

function checkOverlap(tree: BlockTree, splices: Splice[]): void {
  for (const [index, splice] of splices.entries()) {
    const before = splices[index - 1];
    if (!before || before.end <= splice.start) continue;
    const block = tree.all.findLast((one) => one.start <= splice.start && splice.start < one.end);
    const [first, second] = [before.order + 1, splice.order + 1].sort((a, b) => a - b);
    throw new ContentError(`Edits ${first} and ${second} overlap${block ? ` at block #${block.id}` : ''}.`, {
      next: 'Join them into one edit, or make one after the other is applied.',
    });
  }
}

/**
 * Applies edits to a body. All targets are looked up in the given storage; every byte outside the
 * touched ranges stays as it is, and the result is checked for well-formedness.
 *
 * @throws ContentError: `not_found` or `ambiguous` target with the candidates, fields that the op does not take,
 *   overlapping edits, malformed storage, content that may not stand at its place, `not_possible` with the reason
 */
export function applyEdits(storage: string, edits: readonly Edit[]): EditResult {
  const tree = blockTree(parseStorage(storage));
  const { splices, idle } = splicesOf(tree, edits);
  splices.sort((a, b) => a.start - b.start || a.end - b.end || a.lean - b.lean || a.order - b.order);
  checkOverlap(tree, splices);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text } of splices) {
    parts.push(storage.slice(done, start), text);
    done = end;
  }
  parts.push(storage.slice(done));
  const edited = parts.join('');
  const now = parseStorage(edited);
  return {
    storage: edited,
    touched: splices.map(({ start, end }) => ({ start, end })),
    inserted: splices.map(({ text }) => text),
    warnings: edited === storage ? [] : lossesBetween(tree.doc, now),
    idle,
  };
}
