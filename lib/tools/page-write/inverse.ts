import { mergeStorage } from '#lib/content';
import { type DocumentKind, findDocument, readDocument } from '../documents.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { placesOf } from './conflict.ts';
import { type PutChange, type PutRequest, putProposal } from './put.ts';

/**
 * The change that takes a body write back: while nobody edited since, the earlier body byte for byte; else
 * a merge that takes out only what the write put in. `baseVersion` of the result tells which.
 */
export async function inversePut(
  ctx: Context,
  proposal: Proposal,
  outcome: Outcome,
  kind: DocumentKind = 'page',
): Promise<Proposal | { impossible: string }> {
  const id = outcome.targetId;
  const baseVersion = Number(outcome.receipt.baseVersion);
  if (id === null || outcome.version === null || !Number.isInteger(baseVersion))
    return { impossible: 'It is not known what stood there before.' };
  const current = await findDocument(ctx, kind, id, { format: 'storage' });
  const noun = kind === 'page' ? 'page' : 'blog post';
  if (current === null) return { impossible: `The ${noun} is gone or no longer visible to you.` };
  if (current.status !== 'current') return { impossible: `The ${noun} is ${current.status} now.` };
  const before = await readDocument(ctx, kind, id, { format: 'storage', version: baseVersion });
  const ours = await readDocument(ctx, kind, id, { format: 'storage', version: outcome.version });
  const request = proposal.request as Partial<PutRequest>;
  let storage = before.body ?? '';
  if (current.version !== outcome.version) {
    const merged = mergeStorage(ours.body ?? '', storage, current.body ?? '');
    if (!merged.ok)
      return {
        impossible: `Others have changed the same place since: ${placesOf(merged.conflicts)}. Restore an earlier version or edit the ${noun} by hand.`,
      };
    storage = merged.storage;
  }
  const retitled = before.title !== ours.title && current.title === ours.title;
  // Whoever moved it or gave it to somebody else since has the last word.
  const parentBefore = request.put?.parentId === current.parentId ? request.before?.parentId : undefined;
  const ownerBefore = request.put?.ownerId === current.ownerId ? request.before?.ownerId : undefined;
  const change: PutChange = {
    ...(retitled ? { title: before.title } : {}),
    ...(storage === current.body ? {} : { storage }),
    ...(parentBefore
      ? {
          parent: {
            id: parentBefore,
            title: `page ${parentBefore}`,
            before: `page ${current.parentId ?? ''}`,
          },
        }
      : {}),
    ...(ownerBefore ? { owner: { id: ownerBefore, name: ownerBefore, before: current.ownerId ?? '' } } : {}),
  };
  if (Object.keys(change).length === 0)
    return { impossible: `Nothing of this change is left on the ${noun}.` };
  const back = await putProposal(ctx, {
    operation: kind === 'page' ? 'update_page' : 'update_blog_post',
    title: `Undo: ${proposal.title}`.slice(0, 240),
    found: current,
    change,
    input: { [kind === 'page' ? 'page' : 'post']: id, base_version: current.version },
  });
  // What it drops is what the change put in, and the click on Undo asks for just that. Comments came from others.
  return {
    ...back,
    warnings: back.warnings.map((one) => ({ ...one, mustConfirm: one.code === 'drops_comment' })),
  };
}
