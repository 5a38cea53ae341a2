import { findSpace, findVersion } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { macroOf } from '../rest/macro-body.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { place, publish, refuseTitleClash, siblingsIn } from '../rest/writes.ts';
import type { Content } from '../types.ts';
import { contentById, requireUpdate, visibleContent } from './find.ts';
import { versionJson } from './shapes.ts';

/** `PUT /content/{pageId}/move/{position}/{targetId}`: before or after a sibling, or as last child; across spaces too. */
function move(call: Call): Reply {
  const page = visibleContent(call, 'pageId');
  const target = contentById(call, param(call, 'targetId'));
  const position = param(call, 'position');
  if (!['before', 'after', 'append'].includes(position)) throw badRequest(`Invalid position: '${position}'.`);
  if (page.type !== 'page' || target.type === 'blogpost' || page.id === target.id)
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

/** `GET /content/{id}/history/{version}/macro/id/{macroId}`; version 0 is the newest. */
function macroBody(call: Call): Reply {
  const content = visibleContent(call);
  const number = Number(param(call, 'version'));
  const storage = number === 0 ? content.storage : findVersion(call.db, content.id, number || -1)?.storage;
  const macro = storage === undefined ? undefined : macroOf(storage, param(call, 'macroId'));
  if (!macro) throw notFound(`No macro found with id : ${param(call, 'macroId')}`);
  return json({ ...macro, _links: { base: call.base, context: '/wiki' } });
}

const root = '/wiki/rest/api';

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
  {
    method: 'GET',
    path: `${root}/content/{id}/history/{version}/macro/id/{macroId}`,
    scopes: ['read:content.metadata:confluence'],
    classic: ['read:confluence-content.all'],
    handle: macroBody,
  },
];
