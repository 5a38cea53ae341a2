import {
  deleteSpacePermission,
  findGroup,
  findPerson,
  groupsOfSite,
  insertSpacePermission,
  isOfSite,
  permissionsOfSpace,
  roleModeOf,
} from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { Access } from '../permissions.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { spacePermissionKinds } from '../space-roles.ts';
import type { Group, Person, Space, SpacePermissionRow } from '../types.ts';
import { visibleContent, visibleSpace } from './find.ts';

/** The person or group of a body; a group by id or by name. */
function subjectOf(call: Call, body: JsonBody): Person | Group {
  const subject = body.object('subject');
  if (!subject) throw badRequest("'subject' is required.");
  const type = subject.requiredText('type');
  const identifier = subject.requiredText('identifier');
  if (type === 'group') {
    const group =
      findGroup(call.db, call.site.cloudId, identifier) ??
      groupsOfSite(call.db, call.site.cloudId).find((one) => one.name === identifier);
    if (!group) throw badRequest(`No group found with the given groupName or groupId: ${identifier}`);
    return group;
  }
  if (type !== 'user') throw badRequest(`'subject.type' must be user or group, not '${type}'.`);
  const person = findPerson(call.db, identifier);
  if (person?.accountId !== identifier || !isOfSite(call.db, call.site.cloudId, identifier))
    throw badRequest(`No user found with the given accountId: ${identifier}`);
  return person;
}

/** `POST /content/{id}/permission/check`: for oneself, or, as site admin, for any person or group. */
function check(call: Call): Reply {
  const content = visibleContent(call);
  const body = call.body();
  const operation = body.requiredText('operation');
  if (!['read', 'update', 'delete'].includes(operation)) throw badRequest("'operation' is invalid.");
  const subject = subjectOf(call, body);
  const self = 'accountId' in subject && subject.accountId === call.person.accountId;
  if (!self && !call.person.isAdmin)
    throw new Problem(403, 'Only a Confluence administrator may check the permissions of others.');
  const access = new Access(call.db, content.cloudId, subject);
  const answers: Record<string, () => boolean> = {
    read: () => access.canView(content),
    update: () => access.canUpdate(content),
    delete: () => access.canDelete(content),
  };
  return json({ hasPermission: answers[operation]?.() ?? false, errors: [], _links: {} });
}

/** Classic permissions refuse apps altogether, and a site with roles has none. */
function classicSpace(call: Call): Space {
  if (call.byApp) throw new Problem(403, 'Apps cannot access this REST resource.');
  const space = visibleSpace(call, param(call, 'spaceKey'));
  if (!call.access.canAdminister(space))
    throw new Problem(403, 'Only an admin of the space may change its permissions.');
  if (roleModeOf(call.db, space.cloudId) !== 'PRE_ROLES')
    throw badRequest('This site manages access to spaces with roles.');
  return space;
}

function add(call: Call): Reply {
  const space = classicSpace(call);
  const body = call.body();
  const who = subjectOf(call, body);
  const operation = body.object('operation');
  const key = operation?.requiredText('key') ?? '';
  const target = operation?.requiredText('target') ?? '';
  const permission = `${key}/${target}`;
  if (!spacePermissionKinds.some((kind) => kind.id === permission))
    throw badRequest(`There is no permission '${key} ${target}'.`);
  const subject =
    'accountId' in who
      ? ({ subjectType: 'user', subjectId: who.accountId } as const)
      : ({ subjectType: 'group', subjectId: who.id } as const);
  const held = permissionsOfSpace(call.db, space.id).filter(
    (row) => row.subjectType === subject.subjectType && row.subjectId === subject.subjectId,
  );
  const views = held.some((row) => row.operation === 'read' && row.target === 'space');
  if (permission !== 'read/space' && !views)
    throw badRequest("'read space' permission doesn't exist for the given user or group.");
  const made = insertSpacePermission(call.db, { spaceId: space.id, ...subject, operation: key, target });
  if (!made) throw badRequest('Permission already exists for the given user or group.');
  return json({
    id: made.id,
    subject: { type: subject.subjectType, identifier: subject.subjectId },
    operation: { key, target },
    _links: { base: call.base, context: '/wiki' },
  });
}

const administers = (row: SpacePermissionRow) => row.operation === 'administer';

/** Taking `read space` away takes every other permission of that person or group along. */
function remove(call: Call): Reply {
  const space = classicSpace(call);
  const rows = permissionsOfSpace(call.db, space.id);
  const found = rows.find((row) => String(row.id) === param(call, 'id'));
  if (!found) throw notFound(`No permission found with id : ${param(call, 'id')}`);
  const whole = found.operation === 'read' && found.target === 'space';
  const gone = rows.filter(
    (row) =>
      row.id === found.id ||
      (whole && row.subjectType === found.subjectType && row.subjectId === found.subjectId),
  );
  if (!rows.some((row) => administers(row) && !gone.includes(row)))
    throw badRequest('All of the admin permissions cannot be removed from a space.');
  call.db.transaction(() => {
    for (const row of gone) deleteSpacePermission(call.db, row.id);
  })();
  return nothing();
}

const root = '/wiki/rest/api';

export const permissionRoutes: Route[] = [
  {
    method: 'POST',
    path: `${root}/content/{id}/permission/check`,
    scopes: ['read:content.permission:confluence'],
    classic: ['read:confluence-content.permission'],
    handle: check,
  },
  {
    method: 'POST',
    path: `${root}/space/{spaceKey}/permission`,
    scopes: ['read:space.permission:confluence', 'write:space.permission:confluence'],
    handle: add,
  },
  {
    method: 'DELETE',
    path: `${root}/space/{spaceKey}/permission/{id}`,
    scopes: ['write:space.permission:confluence'],
    handle: remove,
  },
];
