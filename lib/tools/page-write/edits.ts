import { UserError } from '#errors';
import { applyEdits, holdsStorage, mergeStorage } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import type { Document } from '../documents.ts';
import type { Context, Proposal } from '../operation.ts';
import { clashError } from './conflict.ts';
import { editOf, type GivenEdit } from './edit-shape.ts';
import { storageAt } from './put.ts';

const adds = new Set(['append', 'prepend', 'insert_before', 'insert_after']);

/** True when everything that would be added stands on the page already, word for word. */
function alreadyThere(edits: readonly GivenEdit[], inserted: readonly string[], storage: string): boolean {
  const pieces = inserted.filter((piece) => piece.trim() !== '');
  return (
    pieces.length > 0 &&
    edits.every((one) => adds.has(one.op)) &&
    pieces.every((piece) => holdsStorage(storage, piece))
  );
}

/** The text of the one edit, for a person to change before it is applied. */
export function editableOf(edits: readonly GivenEdit[]): Proposal['editable'] {
  const [one] = edits;
  return edits.length === 1 && one?.markdown !== undefined
    ? { label: 'New text (Markdown)', text: one.markdown }
    : null;
}

/** The edits again with the person's own text. @throws UserError where the text cannot be edited. */
export function withText(edits: readonly GivenEdit[], newText: string): GivenEdit[] {
  const [one] = edits;
  if (editableOf(edits) === null || one === undefined) {
    throw new UserError('invalid_input', 'The text of this change cannot be edited here.', {
      next: 'Decline it and say what should be different.',
    });
  }
  return [{ ...one, markdown: newText, storage: undefined }];
}

/** The version an edit was made on. @throws UserError conflict for one that does not exist. */
export function baseVersionOf(current: Document, given: number | undefined): number {
  const baseVersion = given ?? current.version;
  if (baseVersion <= current.version) return baseVersion;
  throw new UserError(
    'conflict',
    `"${current.title}" is at version ${current.version}; version ${baseVersion} does not exist.`,
    {
      next: `Use base_version ${current.version}. The new version's number is set by Confluence.`,
      data: { version: current.version },
    },
  );
}

/** What edits make of a page or blog post. `same`: why nothing would change (`This ... "Title"`), or null; `idle`: of single edits, in sentences. */
export type Edited = { storage: string; warnings: ChangeWarning[]; same: string | null; idle: string[] };

/** What a person is told where nothing would change. */
export function idleText(edited: Pick<Edited, 'same' | 'idle'>, { title, version }: Document): string {
  const why = edited.idle.length === 0 ? '' : ` ${edited.idle.join(' ')}`;
  return `This ${edited.same} "${title}" (version ${version}).${why} No change was proposed.`;
}

/**
 * Applies edits to the version they were made on and merges the result onto the newest one.
 * @throws UserError conflict when both changed the same place, invalid_input or not_found for a bad edit.
 */
export async function editedStorage(
  ctx: Context,
  current: Document,
  baseVersion: number,
  edits: readonly GivenEdit[],
): Promise<Edited> {
  const storage = current.body ?? '';
  const base =
    baseVersion === current.version ? storage : await storageAt(ctx, current.kind, current.id, baseVersion);
  const applied = applyEdits(base, edits.map(editOf));
  const merged =
    base === storage
      ? ({ ok: true, storage: applied.storage } as const)
      : mergeStorage(base, applied.storage, storage);
  if (!merged.ok) {
    throw clashError(current, baseVersion, merged.conflicts);
  }
  const unchanged = merged.storage === storage;
  const since: ChangeWarning[] =
    base === storage
      ? []
      : [
          {
            code: 'moved_on',
            message: `It went from version ${baseVersion} to ${current.version} since it was read; the edit was merged onto the newest version.`,
            mustConfirm: false,
          },
        ];
  return {
    storage: merged.storage,
    warnings: [...applied.warnings, ...since],
    same: unchanged
      ? 'would change nothing on'
      : alreadyThere(edits, applied.inserted, storage)
        ? 'is already, word for word, on'
        : null,
    idle: applied.idle,
  };
}
