import { attachmentsOf, attachmentsOfSite, findAttachment, findContentAnywhere } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Attachment, Content, ContentType } from '../types.ts';
import { visibleContent } from './find.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { attachmentJson } from './shapes.ts';

type Placed = { file: Attachment; content: Content };

const byDate = (a: Placed, b: Placed) => a.file.createdAt.localeCompare(b.file.createdAt);
const order = { 'created-date': byDate, 'modified-date': byDate };

function list(call: Call, placed: Placed[]): Reply {
  const { query } = call;
  const sort = query.oneOf('sort', sortNames(Object.keys(order)));
  const statuses = query.listOf('status', ['current', 'archived', 'trashed'] as const);
  const mediaType = query.text('mediaType');
  const filename = query.text('filename');
  const kept = placed.filter(
    ({ file }) =>
      (!statuses || statuses.includes('current')) &&
      (!mediaType || file.mediaType === mediaType) &&
      (!filename || file.filename === filename),
  );
  return paged(
    call,
    sorted(kept, sort, order),
    ({ file, content }) => attachmentJson(call, file, content),
    50,
  );
}

function ofContent(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type);
    return list(
      call,
      attachmentsOf(call.db, content.id).map((file) => ({ file, content })),
    );
  };
}

function visible(call: Call, file: Attachment): Placed[] {
  const content = findContentAnywhere(call.db, file.contentId);
  const seen =
    content?.cloudId === call.site.cloudId && content.status !== 'trashed' && call.access.canView(content);
  return content && seen ? [{ file, content }] : [];
}

function ofSite(call: Call): Reply {
  return list(
    call,
    attachmentsOfSite(call.db, call.site.cloudId).flatMap((file) => visible(call, file)),
  );
}

function getOne(call: Call): Reply {
  const file = findAttachment(call.db, param(call, 'id'));
  const [placed] = file ? visible(call, file) : [];
  if (!placed) throw notFound();
  const result = attachmentJson(call, placed.file, placed.content);
  if (!call.query.flag('include-version', true)) delete result.version;
  return { ...json({ ...result, _links: { ...(result._links as object), base: call.base } }), objects: 1 };
}

const scopes = ['read:attachment:confluence'];

export const attachmentRoutes: Route[] = [
  { method: 'GET', path: '/wiki/api/v2/attachments', scopes, handle: ofSite },
  { method: 'GET', path: '/wiki/api/v2/attachments/{id}', scopes, handle: getOne },
  { method: 'GET', path: '/wiki/api/v2/pages/{id}/attachments', scopes, handle: ofContent('page') },
  { method: 'GET', path: '/wiki/api/v2/blogposts/{id}/attachments', scopes, handle: ofContent('blogpost') },
];
