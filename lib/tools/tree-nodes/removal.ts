import { deleteContent } from '../hierarchy/delete-content.ts';
import type { Context, Proposal } from '../operation.ts';
import { undoBy } from '../state-write.ts';

/** Taking back what was made: it goes to the trash. `contentType` as `delete_content` names it. */
export function removalOf(
  ctx: Context,
  contentType: string,
  id: string,
  proposal: Proposal,
): Promise<Proposal | { impossible: string }> {
  return undoBy(ctx, deleteContent, { id, content_type: contentType }, proposal);
}
