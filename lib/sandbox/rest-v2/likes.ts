import { findComment, findContentAnywhere, type LikeTarget, likesOf } from '../db/index.ts';
import { json } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { idParam, visibleContent } from './find.ts';
import { paged } from './paging.ts';

type Liked = { plural: string; target: LikeTarget; scopes: string[]; find: (call: Call) => string };

function commentOf(kind: 'footer' | 'inline'): (call: Call) => string {
  return (call) => {
    const comment = findComment(call.db, idParam(call));
    const content = comment && findContentAnywhere(call.db, comment.contentId);
    const seen = content?.cloudId === call.site.cloudId && call.access.canView(content);
    if (!comment || comment.kind !== kind || !seen) throw notFound();
    return comment.id;
  };
}

const ofContent = { target: 'content' as const, scopes: ['read:page:confluence'] };
const ofComment = { target: 'comment' as const, scopes: ['read:comment:confluence'] };
const liked: readonly Liked[] = [
  { ...ofContent, plural: 'pages', find: (call) => visibleContent(call, 'page').id },
  { ...ofContent, plural: 'blogposts', find: (call) => visibleContent(call, 'blogpost').id },
  { ...ofComment, plural: 'footer-comments', find: commentOf('footer') },
  { ...ofComment, plural: 'inline-comments', find: commentOf('inline') },
];

/** How many and who; liking itself is not in the API. */
export const likeRoutes: Route[] = liked.flatMap(({ plural, target, scopes, find }) => [
  {
    method: 'GET',
    path: `/wiki/api/v2/${plural}/{id}/likes/count`,
    scopes,
    handle: (call: Call) => json({ count: likesOf(call.db, target, find(call)).length }),
  },
  {
    method: 'GET',
    path: `/wiki/api/v2/${plural}/{id}/likes/users`,
    scopes,
    handle: (call: Call) => paged(call, likesOf(call.db, target, find(call)), (accountId) => ({ accountId })),
  },
]);
