import { type ContentFilter, contentIdsWithLabel, findLabel, listContents } from '../db/index.ts';
import type { Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Content, ContentStatus, ContentType } from '../types.ts';
import { idParam, visibleSpace } from './find.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { contentJson, listFormats } from './shapes.ts';

const order = {
  id: (a: Content, b: Content) => Number(a.id) - Number(b.id),
  'created-date': (a: Content, b: Content) => a.createdAt.localeCompare(b.createdAt),
  'modified-date': (a: Content, b: Content) => a.versionAt.localeCompare(b.versionAt),
  title: (a: Content, b: Content) => a.title.localeCompare(b.title),
};

// `draft` is no status of a list: 400, as the service answers.
const statuses: Record<ContentType, readonly string[]> = {
  page: ['current', 'archived', 'deleted', 'trashed'],
  blogpost: ['current', 'deleted', 'trashed'],
};
const shownByDefault: Record<ContentType, ContentStatus[]> = {
  page: ['current', 'archived'],
  blogpost: ['current'],
};

function list(
  call: Call,
  type: ContentType,
  narrow: Partial<ContentFilter>,
  keep: (content: Content) => boolean = () => true,
): Reply {
  const { query } = call;
  const asked = query.listOf('status', statuses[type]);
  const title = query.text('title');
  const format = query.oneOf('body-format', listFormats);
  const names = type === 'page' ? Object.keys(order) : ['id', 'created-date', 'modified-date'];
  const sort = query.oneOf('sort', sortNames(names));
  const subtype = type === 'page' ? query.oneOf('subtype', ['live', 'page'] as const) : undefined;
  const ids = query.ids('id', 250);
  const spaceIds = query.ids('space-id', 100);
  const found = listContents(call.db, {
    cloudId: call.site.cloudId,
    type,
    // "deleted" content is gone for good here, so it never matches.
    statuses: asked ? asked.filter((one): one is ContentStatus => one !== 'deleted') : shownByDefault[type],
    ...(ids ? { ids } : {}),
    ...(spaceIds ? { spaceIds } : {}),
    ...(title === undefined ? {} : { title }),
    ...narrow,
  }).filter(
    (one) => keep(one) && (!subtype || (one.subtype ?? 'page') === subtype) && call.access.canView(one),
  );
  return paged(call, sorted(found, sort, order), (content) => contentJson(call, content, format));
}

function inSpace(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const space = visibleSpace(call);
    const depth = type === 'page' ? call.query.oneOf('depth', ['all', 'root'] as const) : undefined;
    return list(call, type, { spaceIds: [space.id] }, (one) => depth !== 'root' || one.parentId === null);
  };
}

function withLabel(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const label = findLabel(call.db, call.site.cloudId, idParam(call));
    if (!label) throw notFound();
    return list(call, type, { ids: contentIdsWithLabel(call.db, label.id) });
  };
}

const read = ['read:page:confluence'];

export const contentListRoutes: Route[] = [
  { method: 'GET', path: '/wiki/api/v2/pages', scopes: read, handle: (call) => list(call, 'page', {}) },
  {
    method: 'GET',
    path: '/wiki/api/v2/blogposts',
    scopes: read,
    handle: (call) => list(call, 'blogpost', {}),
  },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/pages', scopes: read, handle: inSpace('page') },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/blogposts', scopes: read, handle: inSpace('blogpost') },
  { method: 'GET', path: '/wiki/api/v2/labels/{id}/pages', scopes: read, handle: withLabel('page') },
  { method: 'GET', path: '/wiki/api/v2/labels/{id}/blogposts', scopes: read, handle: withLabel('blogpost') },
];
