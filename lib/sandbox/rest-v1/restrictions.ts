import {
  clearRestrictions,
  deleteRestriction,
  findGroup,
  findPerson,
  insertRestriction,
  isOfSite,
  restrictionsOf,
} from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Content, Restriction, RestrictionOperation } from '../types.ts';
import { visibleContent } from './find.ts';
import { contentJson, groupJson, userByIdJson } from './shapes.ts';

type Row = Omit<Restriction, 'contentId'>;
const operations = ['read', 'update'] as const;

/** The people and groups of one operation; `expand` without `restrictions.*` answers both, as the service does by default. */
function restrictionJson(call: Call, content: Content, operation: RestrictionOperation): object {
  const expand = call.query.list('expand') ?? [];
  const wanted = (kind: string) =>
    expand.length === 0 ||
    expand.some((one) => one === `restrictions.${kind}` || one === `${operation}.restrictions.${kind}`);
  const rows = restrictionsOf(call.db, content.id).filter((row) => row.operation === operation);
  const users = rows
    .filter((row) => row.subjectType === 'user')
    .flatMap((row) => {
      const found = userByIdJson(call, row.subjectId);
      return found ? [found] : [];
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

/** Those put on the content itself; inherited ones stand on its ancestors. */
function answer(call: Call, content: Content): Reply {
  const results = operations.map((operation) => restrictionJson(call, content, operation));
  return json({
    results,
    start: 0,
    limit: call.query.integer('limit', { fallback: 100, min: 0, max: 1000 }),
    size: results.length,
    restrictionsHash: '',
    _links: {
      self: `${call.base}/rest/api/content/${content.id}/restriction`,
      base: call.base,
      context: '/wiki',
    },
  });
}

function byOperation(call: Call): Reply {
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

function operationOf(call: Call): RestrictionOperation {
  const found = operations.find((one) => one === param(call, 'operationKey'));
  if (!found) throw notFound(`No operation found with key : ${param(call, 'operationKey')}`);
  return found;
}

/** Restricting needs the right to edit the page and, in its space, the right to restrict. */
function restrictable(call: Call): Content {
  const content = visibleContent(call);
  const may =
    call.access.canUpdate(content) && call.access.may({ id: content.spaceId }, 'restrict_content/space');
  if (!may)
    throw new Problem(
      403,
      `User not permitted to update restrictions of content with id : ContentId{id=${content.id}}`,
    );
  return content;
}

function userRow(call: Call, operation: RestrictionOperation, accountId: string): Row {
  const person = findPerson(call.db, accountId);
  if (person?.accountId !== accountId || !isOfSite(call.db, call.site.cloudId, accountId))
    throw notFound(`No user found with account id : ${accountId}`);
  return { operation, subjectType: 'user', subjectId: accountId };
}

function groupRow(call: Call, operation: RestrictionOperation, groupId: string): Row {
  if (!findGroup(call.db, call.site.cloudId, groupId)) throw notFound(`No group found with id : ${groupId}`);
  return { operation, subjectType: 'group', subjectId: groupId };
}

const itemsOf = (sent: unknown): unknown[] => (Array.isArray(sent) ? sent : []);

/** The rows of a body: a list of `{operation, restrictions: {user: [...], group: [...]}}`, alone or as `results`. */
function rowsOf(call: Call): Row[] {
  const sent: unknown = JsonBody.parse(call.request.body);
  const results = Array.isArray(sent) ? sent : new JsonBody(sent).value.results;
  if (!Array.isArray(results)) throw badRequest("'results' must be a list.");
  return results.flatMap((one: unknown) => {
    const entry = new JsonBody(one);
    const key = entry.requiredText('operation');
    const operation = operations.find((known) => known === key);
    if (!operation) throw badRequest(`Restrictions on the operation '${key}' are not supported.`);
    const lists = entry.object('restrictions');
    if (!lists) throw badRequest("'restrictions' is required.");
    const users = lists.value.user;
    const userList = Array.isArray(users)
      ? users
      : itemsOf((users as { results?: unknown } | undefined)?.results);
    return [
      ...userList.map((user) => userRow(call, operation, new JsonBody(user).requiredText('accountId'))),
      ...itemsOf(lists.value.group).map((group) =>
        groupRow(call, operation, new JsonBody(group).requiredText('id')),
      ),
    ];
  });
}

function store(call: Call, content: Content, rows: readonly Row[], replace: boolean): Reply {
  call.db.transaction(() => {
    if (replace) clearRestrictions(call.db, content.id);
    for (const row of rows) insertRestriction(call.db, { contentId: content.id, ...row });
  })();
  return answer(call, content);
}

function hold(call: Call, content: Content, row: Row): boolean {
  return restrictionsOf(call.db, content.id).some(
    (one) =>
      one.operation === row.operation &&
      one.subjectType === row.subjectType &&
      one.subjectId === row.subjectId,
  );
}

type Subject = (call: Call, operation: RestrictionOperation) => Row;
const user: Subject = (call, operation) => userRow(call, operation, call.query.required('accountId'));
const group: Subject = (call, operation) => groupRow(call, operation, param(call, 'groupId'));

const has = (subject: Subject) => (call: Call) => {
  const content = visibleContent(call);
  if (!hold(call, content, subject(call, operationOf(call))))
    throw notFound('The restriction does not apply.');
  return nothing(200);
};
const add = (subject: Subject) => (call: Call) => {
  const content = restrictable(call);
  insertRestriction(call.db, { contentId: content.id, ...subject(call, operationOf(call)) });
  return nothing(200);
};
const take = (subject: Subject) => (call: Call) => {
  const content = restrictable(call);
  const row = subject(call, operationOf(call));
  if (!deleteRestriction(call.db, { contentId: content.id, ...row }))
    throw notFound('The restriction to be deleted does not exist.');
  return nothing(200);
};

const root = '/wiki/rest/api/content/{id}/restriction';
const one = `${root}/byOperation/{operationKey}`;
const reading = { scopes: ['read:content-details:confluence'], classic: ['read:confluence-content.all'] };
const checking = {
  scopes: ['read:content.restriction:confluence'],
  classic: ['read:confluence-content.all'],
};
const writing = { scopes: ['write:content.restriction:confluence'], classic: ['write:confluence-content'] };
const replacing = { ...writing, scopes: [...reading.scopes, ...writing.scopes] };

const singles = [
  { path: `${one}/user`, subject: user },
  { path: `${one}/byGroupId/{groupId}`, subject: group },
].flatMap(({ path, subject }): Route[] => [
  { method: 'GET', path, ...checking, handle: has(subject) },
  { method: 'PUT', path, ...writing, handle: add(subject) },
  { method: 'DELETE', path, ...writing, handle: take(subject) },
]);

export const restrictionRoutes: Route[] = [
  { method: 'GET', path: root, ...reading, handle: (call) => answer(call, visibleContent(call)) },
  {
    method: 'PUT',
    path: root,
    ...replacing,
    handle: (call) => store(call, restrictable(call), rowsOf(call), true),
  },
  {
    method: 'POST',
    path: root,
    ...replacing,
    handle: (call) => store(call, restrictable(call), rowsOf(call), false),
  },
  {
    method: 'DELETE',
    path: root,
    ...replacing,
    handle: (call) => store(call, restrictable(call), [], true),
  },
  { method: 'GET', path: `${root}/byOperation`, ...reading, handle: byOperation },
  {
    method: 'GET',
    path: one,
    ...reading,
    handle: (call) => json(restrictionJson(call, visibleContent(call), operationOf(call))),
  },
  ...singles,
];
