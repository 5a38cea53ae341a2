import {
  findAttachment,
  findGroup,
  findPerson,
  findSpace,
  findVersion,
  restrictionsOf,
} from '../db/index.ts';
import { json, type Reply, redirect } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { signedFileUrl } from '../pages/files.ts';
import { Access } from '../permissions.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { place, publish, refuseTitleClash, siblingsIn } from '../rest/writes.ts';
import type { Content, RestrictionOperation } from '../types.ts';
import { contentById, requireUpdate, visibleContent } from './find.ts';
import { contentJson, groupJson, userByIdJson, versionJson } from './shapes.ts';

/** `PUT /content/{pageId}/move/{position}/{targetId}`: before or after a sibling, or as last child; across spaces too. */
function move(call: Call): Reply {
  const page = visibleContent(call, 'pageId');
  const target = contentById(call, param(call, 'targetId'));
  const position = param(call, 'position');
  if (!['before', 'after', 'append'].includes(position)) throw badRequest(`Invalid position: '${position}'.`);
  if (page.type !== 'page' || target.type !== 'page' || page.id === target.id)
    throw badRequest('Only a page can be moved, and only to another page.');
  requireUpdate(call, page);
  const space = findSpace(call.db, target.spaceId);
  if (!space || !call.access.canWriteSpace(space))
    throw new Problem(403, 'User not permitted to create a page in the target space.');
  refuseTitleClash(call.app, { ...page, spaceId: target.spaceId }, page.title);
  if (position === 'append') {
    const end = siblingsIn(call.app, page, target.spaceId, target.id).length;
    place(call.app, page, { spaceId: target.spaceId, parentId: target.id, index: end });
  } else {
    const others = siblingsIn(call.app, page, target.spaceId, target.parentId).filter(
      (one) => one.id !== page.id,
    );
    const at = others.findIndex((one) => one.id === target.id) + (position === 'after' ? 1 : 0);
    place(call.app, page, { spaceId: target.spaceId, parentId: target.parentId, index: at });
  }
  return json({ pageId: page.id });
}

/** `POST /content/{id}/version` with operationKey restore: an old version becomes the newest. */
function restoreVersion(call: Call): Reply {
  const id = param(call, 'id');
  const body = call.body();
  if (body.requiredText('operationKey') !== 'restore') throw badRequest("'operationKey' must be restore.");
  const params = body.object('params');
  const number = params?.number('versionNumber');
  if (!params || number === undefined) throw badRequest("'params.versionNumber' is required.");
  const content = visibleOr400(call, id);
  requireUpdate(call, content);
  const old = findVersion(call.db, content.id, number);
  if (!old) throw badRequest(`There is no version ${number} of this content.`);
  if (number === content.version) throw badRequest(`Version ${number} is the current version.`);
  const title = params.flag('restoreTitle') ? old.title : content.title;
  refuseTitleClash(call.app, content, title);
  const written = publish(call.app, content, {
    title,
    storage: old.storage,
    message: params.text('message') ?? '',
    author: call.person,
    number: content.version + 1,
  });
  return json(versionJson(call, written));
}

// This endpoint says 400 for content that is not there.
function visibleOr400(call: Call, id: string): Content {
  try {
    return contentById(call, id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) throw badRequest(error.message);
    throw error;
  }
}

function restrictionJson(call: Call, content: Content, operation: RestrictionOperation): object {
  const expand = call.query.list('expand') ?? [];
  const wanted = (kind: string) =>
    expand.length === 0 ||
    expand.some((one) => one === `restrictions.${kind}` || one === `${operation}.restrictions.${kind}`);
  const rows = restrictionsOf(call.db, content.id).filter((row) => row.operation === operation);
  const users = rows
    .filter((row) => row.subjectType === 'user')
    .flatMap((row) => {
      const user = userByIdJson(call, row.subjectId);
      return user ? [user] : [];
    });
  const groups = rows
    .filter((row) => row.subjectType === 'group')
    .flatMap((row) => {
      const group = findGroup(call.db, content.cloudId, row.subjectId);
      return group ? [groupJson(call, group)] : [];
    });
  const list = (results: object[]) => ({ results, start: 0, limit: 200, size: results.length });
  return {
    operation,
    restrictions: {
      ...(wanted('user') ? { user: list(users) } : {}),
      ...(wanted('group') ? { group: list(groups) } : {}),
      _expandable: {},
    },
    ...(expand.includes('content') ? { content: contentJson(call, content, new Set()) } : {}),
    _expandable: { restrictions: '', content: `/rest/api/content/${content.id}` },
    _links: { self: `${call.base}/rest/api/content/${content.id}/restriction/byOperation/${operation}` },
  };
}

/** `GET /content/{id}/restriction`: those put on the content itself; inherited ones stand on its ancestors. */
function restrictions(call: Call): Reply {
  const content = visibleContent(call);
  const results = (['read', 'update'] as const).map((operation) => restrictionJson(call, content, operation));
  return json({
    results,
    start: 0,
    limit: call.query.integer('limit', { fallback: 100, min: 1, max: 1000 }),
    size: results.length,
    restrictionsHash: '',
    _links: {
      self: `${call.base}/rest/api/content/${content.id}/restriction`,
      base: call.base,
      context: '/wiki',
    },
  });
}

function restrictionsByOperation(call: Call): Reply {
  const content = visibleContent(call);
  return json({
    read: restrictionJson(call, content, 'read'),
    update: restrictionJson(call, content, 'update'),
    _links: {
      self: `${call.base}/rest/api/content/${content.id}/restriction/byOperation`,
      base: call.base,
      context: '/wiki',
    },
  });
}

/** `GET .../download`: 302 to a signed address that needs, and must be given, no credentials. */
function download(call: Call): Reply {
  const content = visibleContent(call);
  const file = findAttachment(call.db, param(call, 'attachmentId'));
  if (!file || file.contentId !== content.id)
    throw notFound(`No attachment found with id : ${param(call, 'attachmentId')}`);
  const version = call.query.integer('version', { min: 1, max: 1_000_000 });
  if (version !== undefined && version !== file.version)
    throw badRequest(`There is no version ${version} of this attachment.`);
  return redirect(signedFileUrl(call.app, file));
}

/** `POST /content/{id}/permission/check`: whether a person or group may read, update or delete. */
function checkPermission(call: Call): Reply {
  const content = visibleContent(call);
  const body = call.body();
  const subject = body.object('subject');
  const operation = body.requiredText('operation');
  if (!subject || !['read', 'update', 'delete'].includes(operation))
    throw badRequest("'subject' or 'operation' is invalid.");
  const identifier = subject.requiredText('identifier');
  if (subject.text('type') === 'group')
    throw badRequest('The practice Confluence checks people only, not groups.');
  const person = findPerson(call.db, identifier);
  if (!person || person.accountId !== identifier)
    throw badRequest(`There is no user with account id : ${identifier}`);
  const access = new Access(call.db, content.cloudId, person);
  return json({
    hasPermission: operation === 'read' ? access.canView(content) : access.canUpdate(content),
    errors: [],
    _links: {},
  });
}

/** Nothing here takes long, so no task is ever waiting. */
function longTask(call: Call): Reply {
  throw notFound(`No task found with id : ${param(call, 'id')}`);
}

// Removed from the live API; clients must use v2.
function gone(): Reply {
  throw new Problem(410, 'This deprecated endpoint has been removed.');
}

const root = '/wiki/rest/api';
const readDetails = { scopes: ['read:content-details:confluence'], classic: ['read:confluence-content.all'] };

export const contentRoutes: Route[] = [
  {
    method: 'PUT',
    path: `${root}/content/{pageId}/move/{position}/{targetId}`,
    scopes: ['write:page:confluence'],
    classic: ['write:confluence-content'],
    handle: move,
  },
  {
    method: 'POST',
    path: `${root}/content/{id}/version`,
    scopes: ['read:content-details:confluence', 'write:content:confluence'],
    classic: ['write:confluence-content'],
    handle: restoreVersion,
  },
  { method: 'GET', path: `${root}/content/{id}/restriction`, ...readDetails, handle: restrictions },
  {
    method: 'GET',
    path: `${root}/content/{id}/restriction/byOperation`,
    ...readDetails,
    handle: restrictionsByOperation,
  },
  {
    method: 'GET',
    path: `${root}/content/{id}/child/attachment/{attachmentId}/download`,
    scopes: ['read:attachment:confluence'],
    classic: ['readonly:content.attachment:confluence'],
    handle: download,
  },
  {
    method: 'POST',
    path: `${root}/content/{id}/permission/check`,
    scopes: ['read:content.permission:confluence'],
    classic: ['read:confluence-content.permission'],
    handle: checkPermission,
  },
  {
    method: 'GET',
    path: `${root}/longtask/{id}`,
    scopes: ['read:content.metadata:confluence'],
    classic: ['read:confluence-space.summary'],
    handle: longTask,
  },
  ...(
    [
      ['GET', '/content'],
      ['POST', '/content'],
      ['GET', '/content/{id}'],
      ['PUT', '/content/{id}'],
      ['DELETE', '/content/{id}'],
      ['GET', '/content/{id}/child/{type}'],
      ['GET', '/space'],
      ['GET', '/space/{key}'],
      ['GET', '/space/{key}/content'],
    ] as const
  ).map(([method, path]) => ({ method, path: `${root}${path}`, scopes: [], handle: gone })),
];
