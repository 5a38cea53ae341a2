import { z } from 'zod';
import { requireEditable } from '../adf-only.ts';
import { defineWrite } from '../define.ts';
import { itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import { editsResolved } from '../mentions-in-markdown.ts';
import type { Context, NoChange, Proposal } from '../operation.ts';
import {
  baseVersionOf,
  editableOf,
  editedStorage,
  editShape,
  idleText,
  inversePut,
  putProposal,
  putWrite,
  titleOfEdits,
  withText,
} from '../page-write/index.ts';
import { sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape, stillChanges } from '../written.ts';

const input = z.object({
  page: text,
  base_version: z.int().min(1).optional(),
  edits: z.array(editShape).min(1),
  message: text.optional(),
});
type Input = z.output<typeof input>;

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  const current = await resolvePage(ctx, o.page, { format: 'storage' });
  await requireEditable(ctx, current);
  const baseVersion = baseVersionOf(current, o.base_version);
  const edits = await editsResolved(ctx, o.edits);
  const edited = await editedStorage(ctx, current, baseVersion, edits);
  if (edited.same !== null) {
    return {
      noChange: true,
      text: idleText(edited, current),
      sources: [sourceOf(await itemOf(ctx, current))],
    };
  }
  return putProposal(ctx, {
    operation: 'edit_page',
    title: titleOfEdits(edits, current.title),
    found: current,
    change: { storage: edited.storage },
    message: o.message,
    input: {
      page: current.id,
      base_version: baseVersion,
      edits,
      ...(o.message === undefined ? {} : { message: o.message }),
    },
    editable: editableOf(edits),
    warnings: edited.warnings,
  });
}

export const editPage = defineWrite({
  name: 'edit_page',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    const given = input.parse(proposal.input);
    const edited = await preview(ctx, { ...given, edits: withText(given.edits, newText) });
    return stillChanges(edited);
  },
  ...putWrite,
  inverse: (ctx, proposal, outcome) => inversePut(ctx, proposal, outcome),
});
