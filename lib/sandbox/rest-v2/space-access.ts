import {
  deleteSpaceRole,
  findGroup,
  findPerson,
  findSpace,
  isOfSite,
  putSpaceRole,
  roleModeOf,
  rolesOfSpace,
} from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { makeSpace } from '../rest/space-writes.ts';
import { accessOfNewSpace, person, type SpaceGrant } from '../space-access.ts';
import {
  accessClasses,
  allSpaceRoles,
  type Held,
  heldIn,
  type SpaceRole,
  spacePermissionKinds,
  spaceRoles,
} from '../space-roles.ts';
import type { SpaceRoleRow, SpaceSubject } from '../types.ts';
import { visibleSpace } from './find.ts';
import { paged } from './paging.ts';
import { spaceJson } from './space-shapes.ts';

const principalTypes: Record<SpaceSubject['subjectType'], string> = {
  user: 'USER',
  group: 'GROUP',
  class: 'ACCESS_CLASS',
};

const assignmentJson = (row: SpaceRoleRow): object => ({
  principal: { principalType: principalTypes[row.subjectType], principalId: row.subjectId },
  roleId: row.roleId,
});

/** A permission somebody holds; everybody of a kind stands there as a `role`. */
export const heldJson = (held: Held): object => ({
  id: held.id,
  principal: { type: held.subjectType === 'class' ? 'role' : held.subjectType, id: held.subjectId },
  operation: { key: held.operation, targetType: held.target },
});

/** Sites without roles do not have these endpoints. */
function requireRoles(call: Call): void {
  if (roleModeOf(call.db, call.site.cloudId) !== 'ROLES')
    throw notFound('Role-based access control is not available on this site.');
}

function subjectOf(call: Call, principal: JsonBody | undefined): SpaceSubject {
  if (!principal) throw badRequest("'principal' is required.");
  const type = principal.requiredText('principalType');
  const id = principal.requiredText('principalId');
  if (type === 'USER') {
    const found = findPerson(call.db, id)?.accountId === id && isOfSite(call.db, call.site.cloudId, id);
    if (!found) throw badRequest(`There is no user '${id}'.`);
    return person(id);
  }
  if (type === 'GROUP') {
    if (!findGroup(call.db, call.site.cloudId, id)) throw badRequest(`There is no group '${id}'.`);
    return { subjectType: 'group', subjectId: id };
  }
  if (type !== 'ACCESS_CLASS') throw badRequest(`Invalid principalType: '${type}'.`);
  if (!Object.values<string>(accessClasses).includes(id))
    throw badRequest(`There is no access class '${id}'.`);
  return { subjectType: 'class', subjectId: id };
}

function roleOf(id: string): SpaceRole {
  const found = allSpaceRoles.find((one) => one.id === id);
  if (!found) throw badRequest(`There is no role '${id}'.`);
  return found;
}

function listAssignments(call: Call): Reply {
  requireRoles(call);
  const space = visibleSpace(call);
  const { query } = call;
  const roleId = query.text('role-id');
  const principalId = query.text('principal-id');
  const principalType = query.oneOf('principal-type', ['USER', 'GROUP', 'ACCESS_CLASS'] as const);
  const roleType = query.text('role-type');
  const rows = rolesOfSpace(call.db, space.id).filter(
    (row) =>
      (!roleId || row.roleId === roleId) &&
      (!roleType || roleType === 'SYSTEM') &&
      (!principalId || row.subjectId === principalId) &&
      (!principalType || principalTypes[row.subjectType] === principalType),
  );
  return paged(call, rows, assignmentJson);
}

/** Sets some assignments: all of them or none. An entry without a role ends what that principal holds. */
function setAssignments(call: Call): Reply {
  requireRoles(call);
  const space = visibleSpace(call);
  if (!call.access.canAdminister(space)) throw notFound();
  const sent: unknown = JsonBody.parse(call.request.body);
  if (!Array.isArray(sent)) throw badRequest('The request body must be a list.');
  const wanted = sent.map((one: unknown) => {
    const entry = new JsonBody(one);
    const roleId = entry.text('roleId');
    return {
      subject: subjectOf(call, entry.object('principal')),
      role: roleId === undefined ? null : roleOf(roleId),
    };
  });
  call.db.transaction(() => {
    for (const { subject, role } of wanted) {
      if (role) putSpaceRole(call.db, { spaceId: space.id, ...subject, roleId: role.id });
      else deleteSpaceRole(call.db, space.id, subject);
    }
    if (!rolesOfSpace(call.db, space.id).some((row) => row.roleId === spaceRoles.admin.id))
      throw badRequest('At least one Admin role assignment must be specified.');
  })();
  const set = wanted.flatMap(({ subject, role }) =>
    role ? [{ spaceId: space.id, ...subject, roleId: role.id }] : [],
  );
  return json({ results: set.map(assignmentJson), _links: { base: call.base } });
}

const roleJson = (role: SpaceRole): object => ({
  id: role.id,
  type: 'SYSTEM',
  name: role.name,
  description: role.description,
  spacePermissions: [...role.permissions],
});

function listRoles(call: Call): Reply {
  requireRoles(call);
  const spaceId = call.query.text('space-id');
  const principal = call.query.text('principal-id');
  const space = spaceId === undefined ? undefined : findSpace(call.db, spaceId);
  if (spaceId !== undefined && (!space || !call.access.canViewSpace(space))) throw notFound();
  const held =
    space === undefined
      ? null
      : rolesOfSpace(call.db, space.id).filter((row) => !principal || row.subjectId === principal);
  const roles = allSpaceRoles.filter((role) => held === null || held.some((row) => row.roleId === role.id));
  return paged(call, call.query.text('role-type') === 'CUSTOM' ? [] : roles, roleJson);
}

function getRole(call: Call): Reply {
  requireRoles(call);
  const role = allSpaceRoles.find((one) => one.id === param(call, 'id'));
  if (!role) throw notFound();
  return json({ ...roleJson(role), _links: { base: call.base } });
}

/** Who may use a new space: the roles that are sent, those of another space, or the usual ones. */
function grantsOf(call: Call, body: JsonBody): SpaceGrant[] {
  const own: SpaceGrant = { subject: person(call.person.accountId), role: spaceRoles.admin };
  const from = body.text('copySpaceAccessConfiguration');
  if (from !== undefined) {
    const model = findSpace(call.db, from);
    if (!model || !call.access.canViewSpace(model)) throw badRequest(`There is no space ${from}.`);
    const copied = rolesOfSpace(call.db, model.id).map(
      ({ subjectType, subjectId, roleId }): SpaceGrant => ({
        subject: { subjectType, subjectId },
        role: roleOf(roleId),
      }),
    );
    return [...copied, own];
  }
  const sent = body.value.roleAssignments;
  if (!Array.isArray(sent) || sent.length === 0)
    return accessOfNewSpace(call.person.accountId, body.flag('createPrivateSpace') ?? false);
  const grants = sent.map((one: unknown): SpaceGrant => {
    const entry = new JsonBody(one);
    return {
      subject: subjectOf(call, entry.object('principal')),
      role: roleOf(entry.requiredText('roleId')),
    };
  });
  if (!grants.some((grant) => grant.role.id === spaceRoles.admin.id))
    throw badRequest('At least one Admin role assignment must be specified.');
  return grants;
}

function createSpace(call: Call): Reply {
  requireRoles(call);
  if (call.person.isGuest) throw notFound();
  const body = call.body();
  const key = body.text('key') ?? body.text('alias');
  if (key === undefined) throw badRequest("Either 'key' or 'alias' is required.");
  const space = makeSpace(call, {
    key,
    name: body.requiredText('name'),
    description: body.object('description')?.text('value') ?? '',
    grants: grantsOf(call, body),
  });
  return json(
    {
      ...spaceJson(call, space),
      currentActiveAlias: space.key,
      _links: { webui: `/spaces/${space.key}`, base: call.base },
    },
    201,
  );
}

const root = '/wiki/api/v2';
const readAccess = ['read:space.permission:confluence'];

export const spaceAccessRoutes: Route[] = [
  { method: 'POST', path: `${root}/spaces`, scopes: ['write:space:confluence'], handle: createSpace },
  {
    method: 'GET',
    path: `${root}/spaces/{id}/permissions`,
    scopes: ['read:space:confluence'],
    handle: (call) => paged(call, heldIn(call.db, visibleSpace(call).id), heldJson),
  },
  {
    method: 'GET',
    path: `${root}/space-role-mode`,
    scopes: ['read:configuration:confluence'],
    handle: (call) => json({ mode: roleModeOf(call.db, call.site.cloudId) }),
  },
  {
    method: 'GET',
    path: `${root}/spaces/{id}/role-assignments`,
    scopes: readAccess,
    handle: listAssignments,
  },
  {
    method: 'POST',
    path: `${root}/spaces/{id}/role-assignments`,
    scopes: ['write:space.permission:confluence'],
    handle: setAssignments,
  },
  { method: 'GET', path: `${root}/space-roles`, scopes: readAccess, handle: listRoles },
  { method: 'GET', path: `${root}/space-roles/{id}`, scopes: readAccess, handle: getRole },
  {
    method: 'GET',
    path: `${root}/space-permissions`,
    scopes: readAccess,
    handle: (call) =>
      paged(call, [...spacePermissionKinds], ({ needs, ...one }) => ({
        ...one,
        requiredPermissionIds: needs,
      })),
  },
];
