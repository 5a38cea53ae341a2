import {
  addMember,
  findGroup,
  findPerson,
  groupsOfPerson,
  groupsOfSite,
  isOfSite,
  membersOf,
  peopleOfSite,
  removeMember,
} from '../db/index.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Group, Person } from '../types.ts';
import { listed } from './paging.ts';
import { anonymousJson, groupJson, userJson } from './shapes.ts';

function personOfSite(call: Call, accountId: string): Person {
  const person = findPerson(call.db, accountId);
  if (!person || person.accountId !== accountId || !isOfSite(call.db, call.site.cloudId, accountId))
    throw notFound(`No user found with account id : ${accountId}`);
  return person;
}

function groupOf(call: Call, id: string): Group {
  const group = findGroup(call.db, call.site.cloudId, id);
  if (!group) throw notFound(`No group found with id : ${id}`);
  return group;
}

function userBulk(call: Call): Reply {
  const ids = call.query.params.getAll('accountId').flatMap((value) => value.split(','));
  if (ids.length === 0) throw badRequest("Required parameter 'accountId' is missing.");
  const people = peopleOfSite(call.db, call.site.cloudId).filter((person) => ids.includes(person.accountId));
  return listed(call, people, (person) => userJson(call, person), { limit: 200, most: 200, each: 2 });
}

function pickGroups(call: Call): Reply {
  const query = call.query.required('query').toLowerCase();
  const groups = groupsOfSite(call.db, call.site.cloudId).filter((group) =>
    group.name.toLowerCase().includes(query),
  );
  return listed(call, groups, (group) => groupJson(call, group), {
    limit: 200,
    most: 1000,
    each: 2,
    total: call.query.flag('shouldReturnTotalSize'),
  });
}

function members(call: Call): Reply {
  const group = groupOf(call, param(call, 'groupId'));
  return listed(call, membersOf(call.db, group), (person) => userJson(call, person), {
    limit: 200,
    most: 200,
    each: 2,
    total: call.query.flag('shouldReturnTotalSize'),
  });
}

function memberOf(call: Call): Reply {
  const person = personOfSite(call, call.query.required('accountId'));
  const groups = groupsOfPerson(call.db, call.site.cloudId, person.accountId);
  return listed(call, groups, (group) => groupJson(call, group), { limit: 200, most: 1000, each: 2 });
}

function requireAdmin(call: Call): void {
  if (!call.person.isAdmin) throw new Problem(403, 'Only a site admin may change the members of a group.');
}

function addToGroup(call: Call): Reply {
  requireAdmin(call);
  const group = groupOf(call, call.query.required('groupId'));
  const person = personOfSite(call, call.body().requiredText('accountId'));
  addMember(call.db, group, person.accountId);
  return nothing(201);
}

/** Answers 204 also when the person was not in the group, as the service does. */
function removeFromGroup(call: Call): Reply {
  requireAdmin(call);
  const group = groupOf(call, call.query.required('groupId'));
  const person = personOfSite(call, call.query.required('accountId'));
  removeMember(call.db, group, person.accountId);
  return nothing();
}

const root = '/wiki/rest/api';
const details = { scopes: ['read:content-details:confluence'], classic: ['read:confluence-user'] };
const readGroup = { scopes: ['read:group:confluence'], classic: ['read:confluence-groups'] };
const writeGroup = { scopes: ['write:group:confluence'], classic: ['write:confluence-groups'] };

export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: `${root}/user`,
    ...details,
    handle: (call) => ({
      ...json(userJson(call, personOfSite(call, call.query.required('accountId')))),
      points: 2,
    }),
  },
  {
    method: 'GET',
    path: `${root}/user/current`,
    ...details,
    handle: (call) => ({ ...json(userJson(call, call.person)), points: 2 }),
  },
  {
    method: 'GET',
    path: `${root}/user/anonymous`,
    scopes: ['read:user:confluence'],
    classic: ['read:confluence-user'],
    handle: (call) => json(anonymousJson(call)),
  },
  { method: 'GET', path: `${root}/user/bulk`, ...details, handle: userBulk },
  {
    method: 'GET',
    path: `${root}/user/memberof`,
    scopes: ['read:user:confluence', 'read:group:confluence'],
    classic: ['read:confluence-user'],
    handle: memberOf,
  },
  {
    method: 'GET',
    path: `${root}/group`,
    ...readGroup,
    handle: (call) =>
      listed(call, groupsOfSite(call.db, call.site.cloudId), (group) => groupJson(call, group), {
        limit: 200,
        most: 1000,
        each: 2,
      }),
  },
  {
    method: 'GET',
    path: `${root}/group/by-id`,
    ...readGroup,
    handle: (call) => ({ ...json(groupJson(call, groupOf(call, call.query.required('id')))), points: 2 }),
  },
  { method: 'GET', path: `${root}/group/picker`, ...readGroup, handle: pickGroups },
  {
    method: 'GET',
    path: `${root}/group/{groupId}/membersByGroupId`,
    scopes: ['read:group:confluence', 'read:user:confluence'],
    classic: ['read:confluence-groups'],
    handle: members,
  },
  { method: 'POST', path: `${root}/group/userByGroupId`, ...writeGroup, handle: addToGroup },
  { method: 'DELETE', path: `${root}/group/userByGroupId`, ...writeGroup, handle: removeFromGroup },
];
