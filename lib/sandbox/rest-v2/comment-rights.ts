import { findSpace } from '../db/index.ts';
import type { Call } from '../rest/route.ts';
import type { Content } from '../types.ts';
import type { Placed } from './comments.ts';

/** Whoever sees the page and may write in its space may comment, whatever the page's edit restrictions. */
export function mayComment(call: Call, content: Content): boolean {
  const space = findSpace(call.db, content.spaceId);
  return content.status === 'current' && space !== undefined && call.access.canWriteSpace(space);
}

/** One's own comments, and with the rights of a space administrator everybody's. */
export function mayChange(call: Call, { comment, content }: Placed): boolean {
  const space = findSpace(call.db, content.spaceId);
  return (
    mayComment(call, content) &&
    (comment.authorId === call.person.accountId || (space !== undefined && call.access.canAdminister(space)))
  );
}
