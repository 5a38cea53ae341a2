import { z } from 'zod';
import { UserError } from '#errors';
import { applyEdits, type Edit, mergeStorage } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Proposal } from '../operation.ts';
import {
  applyPut,
  inversePut,
  putProposal,
  rebasePut,
  settlePut,
  storageAt,
  verifyPut,
} from '../page-write/index.ts';
import { oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';

const target = z.object({ block: text.optional(), heading: text.optional(), text: text.optional() });
const edit = z.object({
  op: z.enum(['replace', 'insert_before', 'insert_after', 'delete', 'append', 'prepend', 'replace_text']),
  target: z.union([text, target]).optional(),
  markdown: z.string().optional(),
  storage: z.string().optional(),
  with: z.string().optional(),
});
const input = z.object({
  page: text,
  base_version: z.int().min(1).optional(),
  edits: z.array(edit).min(1),
  message: text.optional(),
});
type Input = z.output<typeof input>;
type GivenEdit = z.output<typeof edit>;

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
function titleOf(edits: readonly GivenEdit[], page: string): string {
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

function editableOf(edits: readonly GivenEdit[]): Proposal['editable'] {
  const [one] = edits;
  return edits.length === 1 && one?.markdown !== undefined && one.op !== 'replace_text'
    ? { label: 'New text (Markdown)', text: one.markdown }
    : null;
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  const current = await resolvePage(ctx, o.page, { format: 'storage' });
  const storage = current.body ?? '';
  const baseVersion = o.base_version ?? current.version;
  if (baseVersion > current.version) {
    throw new UserError(
      'conflict',
      `"${current.title}" is at version ${current.version}; version ${baseVersion} does not exist.`,
      {
        next: `Use base_version ${current.version}. The new version's number is set by Confluence.`,
        data: { version: current.version },
      },
    );
  }
  const base =
    baseVersion === current.version ? storage : await storageAt(ctx, 'page', current.id, baseVersion);
  const applied = applyEdits(base, o.edits.map(editOf));
  const merged =
    base === storage
      ? ({ ok: true, storage: applied.storage } as const)
      : mergeStorage(base, applied.storage, storage);
  if (!merged.ok) {
    throw new UserError(
      'conflict',
      `"${current.title}" was changed in the same place since version ${baseVersion}; it is at version ${current.version} now.`,
      {
        next: 'Read the page again and repeat the edit on the new version.',
        data: { version: current.version },
      },
    );
  }
  if (merged.storage === storage || alreadyThere(o.edits, applied.inserted, storage)) {
    const what = merged.storage === storage ? 'would change nothing on' : 'is already, word for word, on';
    return {
      noChange: true,
      text: `This ${what} "${current.title}" (version ${current.version}). No change was proposed.`,
      sources: [sourceOf(await itemOf(ctx, current))],
    };
  }
  const since: ChangeWarning[] =
    base === storage
      ? []
      : [
          {
            code: 'moved_on',
            message: `The page went from version ${baseVersion} to ${current.version} since it was read; the edit was merged onto the newest version.`,
            mustConfirm: false,
          },
        ];
  return putProposal(ctx, {
    operation: 'edit_page',
    title: titleOf(o.edits, current.title),
    found: current,
    change: { storage: merged.storage },
    message: o.message,
    input: {
      page: current.id,
      base_version: baseVersion,
      edits: o.edits,
      ...(o.message === undefined ? {} : { message: o.message }),
    },
    editable: editableOf(o.edits),
    warnings: [...applied.warnings, ...since],
  });
}

export const editPage = defineWrite({
  name: 'edit_page',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    const given = input.parse(proposal.input);
    const [one] = given.edits;
    if (proposal.editable === null || one === undefined) {
      throw new UserError('invalid_input', 'The text of this change cannot be edited here.', {
        next: 'Decline it and say what should be different.',
      });
    }
    const edited = await preview(ctx, {
      ...given,
      edits: [{ ...one, markdown: newText, storage: undefined }],
    });
    if (!('noChange' in edited)) return edited;
    throw new UserError('invalid_input', edited.text, { next: 'Change the text, or decline the change.' });
  },
  rebase: rebasePut,
  apply: applyPut,
  verify: verifyPut,
  settle: settlePut,
  inverse: (ctx, proposal, outcome) => inversePut(ctx, proposal, outcome),
});
