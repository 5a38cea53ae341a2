import { findContent, listContents, updateSpace } from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { makeSpace } from '../rest/space-writes.ts';
import { accessOfNewSpace } from '../space-access.ts';
import { startTask } from '../tasks/long-tasks.ts';
import type { Space } from '../types.ts';
import { visibleSpace } from './find.ts';
import { longTaskStarted } from './long-tasks.ts';
import { spaceJson } from './shapes.ts';

const descriptionOf = (body: JsonBody): string | undefined =>
  body.object('description')?.object('plain')?.text('value');

function create(call: Call, isPrivate: boolean): Reply {
  if (call.person.isGuest) throw new Problem(403, 'User not permitted to create spaces.');
  const body = call.body();
  const key = body.text('key') ?? body.text('alias');
  if (key === undefined) throw badRequest("Either 'key' or 'alias' is required.");
  if (body.has('permissions')) throw badRequest('The practice Confluence takes no permissions here.');
  const space = makeSpace(call, {
    key,
    name: body.requiredText('name'),
    description: descriptionOf(body) ?? '',
    grants: accessOfNewSpace(call.person.accountId, isPrivate),
  });
  return json(spaceJson(call, space));
}

/** A space the caller administers; all others are not there, as the document has it. */
function ownSpace(call: Call): Space {
  const key = param(call, 'spaceKey');
  const space = visibleSpace(call, key);
  if (!call.access.canAdminister(space)) throw notFound(`No space found with key : ${key}`);
  return space;
}

function homepageOf(call: Call, space: Space, body: JsonBody): string | null {
  const id = body.object('homepage')?.requiredText('id');
  if (id === undefined) return space.homepageId;
  const page = findContent(call.db, call.site.cloudId, id);
  if (page?.type !== 'page' || page.spaceId !== space.id || page.status !== 'current')
    throw badRequest(`There is no page ${id} in the space ${space.key}.`);
  return id;
}

function statusOf(space: Space, body: JsonBody): string {
  const status = body.text('status')?.toLowerCase() ?? space.status;
  if (status !== 'current' && status !== 'archived') throw badRequest(`Invalid space status: '${status}'.`);
  return status;
}

function update(call: Call): Reply {
  const space = ownSpace(call);
  const body = call.body();
  const name = body.text('name') ?? space.name;
  if (name.trim() === '' || name.length > 200) throw badRequest("'name' must have 1 to 200 characters.");
  const next: Space = {
    ...space,
    name,
    description: descriptionOf(body) ?? space.description,
    homepageId: homepageOf(call, space, body),
    status: statusOf(space, body),
  };
  updateSpace(call.db, next);
  call.app.index.spacesChanged();
  for (const content of listContents(call.db, { cloudId: space.cloudId, spaceIds: [space.id] }))
    call.app.index.changed(content.id);
  return json(spaceJson(call, next));
}

function remove(call: Call): Reply {
  const space = ownSpace(call);
  const who = { cloudId: call.site.cloudId, accountId: call.person.accountId };
  return longTaskStarted(
    startTask(call.app, who, { name: 'delete.space', steps: [{ do: 'delete_space', id: space.id }] }),
  );
}

const root = '/wiki/rest/api/space';
const writing = {
  scopes: ['read:space-details:confluence', 'write:space:confluence', 'write:space.permission:confluence'],
  classic: ['write:confluence-space'],
};

export const spaceRoutes: Route[] = [
  { method: 'POST', path: root, ...writing, handle: (call) => create(call, false) },
  { method: 'POST', path: `${root}/_private`, ...writing, handle: (call) => create(call, true) },
  { method: 'PUT', path: `${root}/{spaceKey}`, ...writing, handle: update },
  {
    method: 'DELETE',
    path: `${root}/{spaceKey}`,
    scopes: ['read:content.metadata:confluence', 'delete:space:confluence'],
    classic: ['write:confluence-space'],
    handle: remove,
  },
];
