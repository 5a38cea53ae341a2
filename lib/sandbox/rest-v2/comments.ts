import {
  commentsOfAttachment,
  commentsOfSite,
  findComment,
  findContentAnywhere,
  repliesTo,
  topCommentsOf,
} from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Comment, Content, ContentType } from '../types.ts';
import { noneOfCustomContent, visibleAttachment } from './attachments.ts';
import { idParam, visibleContent } from './find.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { commentJson } from './remark-shapes.ts';
import { listFormats, singleFormats } from './shapes.ts';

export type Kind = Comment['kind'];
/** A comment with the page or post it belongs to. */
export type Placed = { comment: Comment; content: Content };

const byDate = (a: Placed, b: Placed) => a.comment.createdAt.localeCompare(b.comment.createdAt);
const order = { 'created-date': byDate, 'modified-date': byDate };
const resolutions = ['resolved', 'open', 'dangling', 'reopened'] as const;

/** Open, reopened or resolved; one that is not resolved and whose marker is no longer in the page is dangling. */
export function resolutionOf({ comment, content }: Placed): string {
  if (
    comment.kind === 'inline' &&
    comment.resolution !== 'resolved' &&
    comment.markerRef &&
    !content.storage.includes(comment.markerRef)
  )
    return 'dangling';
  return comment.resolution;
}

export function shaped(
  call: Call,
  placed: Placed,
  format: (typeof singleFormats)[number] | undefined,
): Record<string, unknown> {
  const result = commentJson(call, placed.comment, placed.content, format);
  return placed.comment.kind === 'inline' ? { ...result, resolutionStatus: resolutionOf(placed) } : result;
}

function list(call: Call, placed: Placed[]): Reply {
  const format = call.query.oneOf('body-format', listFormats);
  const sort = call.query.oneOf('sort', sortNames(Object.keys(order)));
  const statuses = call.query.listOf('status', [
    'current',
    'archived',
    'trashed',
    'deleted',
    'historical',
    'draft',
  ]);
  const wanted = call.query.listOf('resolution-status', resolutions);
  const kept = placed.filter(
    (one) =>
      (!statuses || statuses.includes('current')) &&
      (!wanted || wanted.some((status) => status === resolutionOf(one))),
  );
  return paged(call, sorted(kept, sort, order), (one) => shaped(call, one, format));
}

function ofContent(type: ContentType, kind: Kind): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type);
    return list(
      call,
      topCommentsOf(call.db, content.id, kind).map((comment) => ({ comment, content })),
    );
  };
}

function ofSite(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const comments = commentsOfSite(call.db, call.site.cloudId).filter((comment) => comment.kind === kind);
    return list(
      call,
      comments.flatMap((comment) => visible(call, comment)),
    );
  };
}

function visible(call: Call, comment: Comment): Placed[] {
  const content = findContentAnywhere(call.db, comment.contentId);
  const seen =
    content?.status === 'current' && content.cloudId === call.site.cloudId && call.access.canView(content);
  return content && seen ? [{ comment, content }] : [];
}

/** The comment of the path, when the caller sees its page; 404 otherwise. */
export function visibleComment(call: Call, kind: Kind, idName: string): Placed {
  const comment = findComment(call.db, idParam(call, idName));
  const [placed] = comment && comment.kind === kind ? visible(call, comment) : [];
  if (!placed) throw notFound();
  return placed;
}

/** A single comment as every call answers it. */
export function single(
  call: Call,
  placed: Placed,
  format: (typeof singleFormats)[number] | undefined,
): Record<string, unknown> {
  const { comment } = placed;
  const result = shaped(call, placed, format);
  if (comment.kind === 'inline' && comment.resolvedBy && comment.resolvedAt) {
    result.resolutionLastModifierId = comment.resolvedBy;
    result.resolutionLastModifiedAt = comment.resolvedAt;
  }
  return { ...result, _links: { ...(result._links as object), base: call.base } };
}

function getOne(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const placed = visibleComment(call, kind, 'comment-id');
    const result = single(call, placed, call.query.oneOf('body-format', singleFormats));
    if (!call.query.flag('include-version', true)) delete result.version;
    return { ...json(result), points: 1 };
  };
}

function getReplies(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const { comment, content } = visibleComment(call, kind, 'id');
    return list(
      call,
      repliesTo(call.db, comment.id).map((reply) => ({ comment: reply, content })),
    );
  };
}

/** `GET /attachments/{id}/footer-comments`. */
function ofAttachment(call: Call): Reply {
  const { file, content } = visibleAttachment(call);
  return list(
    call,
    commentsOfAttachment(call.db, file.id).map((comment) => ({ comment, content })),
  );
}

const scopes = ['read:comment:confluence'];

function routesFor(kind: Kind): Route[] {
  const root = `/wiki/api/v2/${kind}-comments`;
  return [
    {
      method: 'GET',
      path: `/wiki/api/v2/pages/{id}/${kind}-comments`,
      scopes,
      handle: ofContent('page', kind),
    },
    {
      method: 'GET',
      path: `/wiki/api/v2/blogposts/{id}/${kind}-comments`,
      scopes,
      handle: ofContent('blogpost', kind),
    },
    { method: 'GET', path: root, scopes, handle: ofSite(kind) },
    { method: 'GET', path: `${root}/{comment-id}`, scopes, handle: getOne(kind) },
    { method: 'GET', path: `${root}/{id}/children`, scopes, handle: getReplies(kind) },
  ];
}

export const commentRoutes: Route[] = [
  ...routesFor('footer'),
  ...routesFor('inline'),
  {
    method: 'GET',
    path: '/wiki/api/v2/attachments/{id}/footer-comments',
    scopes,
    handle: ofAttachment,
  },
  {
    method: 'GET',
    path: '/wiki/api/v2/custom-content/{id}/footer-comments',
    scopes,
    handle: noneOfCustomContent,
  },
];
