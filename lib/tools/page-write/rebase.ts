import { conflictSides, diffStorage, mergeStorage } from '#lib/content';
import type { Context, Proposal, Rebase } from '../operation.ts';
import { placesOf } from './conflict.ts';
import { draftHash, type PutOptions, putOf, putProposal, readTarget, storageAt } from './put.ts';

function after(proposal: Proposal, label: string): string | null {
  return proposal.diff.fields.find((field) => field.label === label)?.after ?? null;
}

/** Still at the base version, or merged onto what came since, or in conflict with it. */
export async function rebasePut(ctx: Context, proposal: Proposal): Promise<Rebase> {
  const request = putOf(proposal);
  const { kind, put, before } = request;
  const current = await readTarget(ctx, request);
  if (before.draft !== undefined && before.draft !== draftHash(current))
    return {
      kind: 'conflict',
      message: 'The draft was written on meanwhile, and drafts have no versions to merge.',
      yours: proposal.diff.body,
      theirs: null,
    };
  if (current.version === before.version || put.status === 'draft' || before.status === 'draft')
    return { kind: 'current' };
  const theirs = current.body ?? '';
  const base = await storageAt(ctx, kind, put.id, before.version);
  const ours = put.body.representation === 'storage' ? put.body.value : null;
  const conflict = (message: string): Rebase => ({
    kind: 'conflict',
    message,
    yours: ours === null ? null : diffStorage(base, ours),
    theirs: diffStorage(base, theirs),
  });
  if (current.status === 'trashed' && before.status !== 'trashed')
    return conflict('The page was moved to the trash meanwhile.');
  if (ours === null)
    return conflict('The page was changed meanwhile, and a body in this format cannot be merged.');
  const renames = put.title !== before.title;
  if (renames && current.title !== before.title && current.title !== put.title)
    return conflict(`The page was renamed to "${current.title}" meanwhile.`);
  const merged = mergeStorage(base, ours, theirs);
  if (!merged.ok) {
    return {
      kind: 'conflict',
      message: `Both changes are about the same place: ${placesOf(merged.conflicts)}.`,
      ...conflictSides(merged.conflicts),
    };
  }
  const fields = {
    renames: renames && current.title !== put.title,
    parent: put.parentId !== undefined,
    owner: put.ownerId !== undefined,
  };
  if (merged.storage === theirs && !fields.renames && !fields.parent && !fields.owner)
    return conflict('Someone else has made the same change meanwhile; nothing is left to do.');
  const rebased = await putProposal(ctx, {
    operation: proposal.operation as PutOptions['operation'],
    title: proposal.title,
    found: current,
    change: {
      ...(renames ? { title: put.title } : {}),
      ...(ours === base ? {} : { storage: merged.storage }),
      ...(put.parentId === undefined
        ? {}
        : {
            parent: {
              id: put.parentId,
              title: after(proposal, 'Parent') ?? put.parentId,
              before: current.parentId ?? '',
            },
          }),
      ...(put.ownerId === undefined
        ? {}
        : {
            owner: {
              id: put.ownerId,
              name: after(proposal, 'Owner') ?? put.ownerId,
              before: current.ownerId ?? '',
            },
          }),
    },
    message: put.version.message,
    input: proposal.input,
    editable: proposal.editable,
    warnings: proposal.warnings,
  });
  return { kind: 'rebased', proposal: rebased };
}
