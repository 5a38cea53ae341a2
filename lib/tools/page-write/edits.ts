import { z } from 'zod';
import { UserError } from '#errors';
import { applyEdits, type Edit, mergeStorage } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, Proposal } from '../operation.ts';
import { oneLine } from '../render.ts';
import { storageAt } from './put.ts';

const target = z.object({ block: text.optional(), heading: text.optional(), text: text.optional() });

/** One targeted edit of a body, as edit_page and update_blog_post take it. */
export const editShape = z.object({
  op: z.enum(['replace', 'insert_before', 'insert_after', 'delete', 'append', 'prepend', 'replace_text']),
  target: z.union([text, target]).optional(),
  markdown: z.string().optional(),
  storage: z.string().optional(),
  with: z.string().optional(),
});
export type GivenEdit = z.output<typeof editShape>;

function targetOf(given: GivenEdit['target']): Edit['target'] {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { heading: given };
  const named = [given.block, given.heading, given.text].filter((one) => one !== undefined);
  if (named.length !== 1) {
    throw new UserError(
      'invalid_input',
      'The target of an edit must have exactly one of block, heading, text.',
      { next: 'Leave the others out.' },
    );
  }
  if (given.block !== undefined) return { block: given.block };
  return given.heading !== undefined ? { heading: given.heading } : { text: given.text as string };
}

const needsText = new Set(['replace', 'insert_before', 'insert_after', 'append', 'prepend']);

function editOf(given: GivenEdit): Edit {
  const { op, markdown, storage } = given;
  if (needsText.has(op) && markdown === undefined && storage === undefined) {
    throw new UserError('invalid_input', `An edit with op ${op} needs markdown or storage.`, {
      next: 'Give the new text as markdown.',
    });
  }
  const where = targetOf(given.target);
  const replacement = given.with ?? (op === 'replace_text' ? (markdown ?? '') : undefined);
  return {
    op,
    ...(where === undefined ? {} : { target: where }),
    ...(markdown === undefined || op === 'replace_text' ? {} : { markdown }),
    ...(storage === undefined ? {} : { storage }),
    ...(replacement === undefined ? {} : { with: replacement }),
  };
}

function placeOf(given: GivenEdit): string {
  if (given.target === undefined) return '';
  if (typeof given.target === 'string') return given.target;
  return given.target.heading ?? given.target.text ?? 'a block';
}

/** One line for the card: `Add section "Rate limits" to "API Guidelines"`. */
export function titleOfEdits(edits: readonly GivenEdit[], page: string): string {
  const [one] = edits;
  if (edits.length !== 1 || one === undefined) return `Make ${edits.length} edits to "${page}"`;
  const heading = /^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$/m.exec(
    one.markdown?.trimStart().split('\n')[0] ?? '',
  )?.[1];
  const place = oneLine(placeOf(one)).slice(0, 80);
  const at = place === '' ? '' : ` "${place}"`;
  const verbs: Record<GivenEdit['op'], string> = {
    append: heading
      ? `Add section "${heading}" to "${page}"`
      : place
        ? `Add to${at} of "${page}"`
        : `Add to the end of "${page}"`,
    prepend: heading
      ? `Add section "${heading}" at the top of "${page}"`
      : place
        ? `Add at the top of${at} of "${page}"`
        : `Add to the top of "${page}"`,
    insert_before: heading ? `Add section "${heading}" to "${page}"` : `Insert before${at} in "${page}"`,
    insert_after: heading ? `Add section "${heading}" to "${page}"` : `Insert after${at} in "${page}"`,
    replace: `Replace${at} in "${page}"`,
    delete: `Delete${at} from "${page}"`,
    replace_text: `Replace the text${at} in "${page}"`,
  };
  return verbs[one.op];
}

const adds = new Set(['append', 'prepend', 'insert_before', 'insert_after']);

/** True when everything that would be added stands on the page already, word for word. */
function alreadyThere(edits: readonly GivenEdit[], inserted: readonly string[], storage: string): boolean {
  const pieces = inserted.filter((piece) => piece.trim() !== '');
  return (
    pieces.length > 0 &&
    edits.every((one) => adds.has(one.op)) &&
    pieces.every((piece) => storage.includes(piece))
  );
}

/** The text of the one edit, for a person to change before it is applied. */
export function editableOf(edits: readonly GivenEdit[]): Proposal['editable'] {
  const [one] = edits;
  return edits.length === 1 && one?.markdown !== undefined && one.op !== 'replace_text'
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

/** What edits make of a page or blog post. `same`: why nothing would change, or null. */
export type Edited = { storage: string; warnings: ChangeWarning[]; same: string | null };

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
    throw new UserError(
      'conflict',
      `"${current.title}" was changed in the same place since version ${baseVersion}; it is at version ${current.version} now.`,
      {
        next: 'Read it again and repeat the edit on the new version.',
        data: { version: current.version },
      },
    );
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
  };
}
