import { attachLabel, detachLabel, ensureLabel, findAttachment, labelsOf } from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { nothing, type Reply } from '../http/message.ts';
import { badRequest, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Content, Space } from '../types.ts';
import { contentById, requireUpdate, visibleContent, visibleSpace } from './find.ts';
import { listed } from './paging.ts';
import { labelJson } from './shapes.ts';

const prefixes = ['global', 'my', 'team', 'system'];
const unfit = /[\s:;,.?&[\]()#^*@!<>]/;

/** What carries the labels: a page, a post, or a file, for which the rights of its page count. */
type Labelled = { id: string; content: Content };

function labelled(call: Call): Labelled {
  const id = param(call, 'id');
  const file = id.startsWith('att') ? findAttachment(call.db, id) : undefined;
  if (file?.status === 'current') return { id: file.id, content: contentById(call, file.contentId) };
  const content = visibleContent(call);
  return { id: content.id, content };
}

function answer(call: Call, { id }: Labelled): Reply {
  return listed(call, labelsOf(call.db, 'content', id), labelJson, { limit: 200, most: 200, each: 0 });
}

/** Adds labels, one or a list; those already there stay. Labels are kept in lower case. */
function add(call: Call): Reply {
  const one = labelled(call);
  const { id, content } = one;
  requireUpdate(call, content);
  const wanted = sentLabels(call);
  if (labelsOf(call.db, 'content', id).length + wanted.length > 200)
    throw badRequest('Content cannot have more than 200 labels.');
  const now = new Date().toISOString();
  call.db.transaction(() => {
    for (const { prefix, name } of wanted)
      attachLabel(call.db, ensureLabel(call.db, content.cloudId, prefix, name), 'content', id, now);
  })();
  call.app.index.changed(content.id);
  return answer(call, one);
}

function sentLabels(call: Call): ReturnType<typeof readLabel>[] {
  const sent: unknown = JsonBody.parse(call.request.body);
  return (Array.isArray(sent) ? sent : [sent]).map((one: unknown) => readLabel(new JsonBody(one)));
}

function readLabel(body: JsonBody): { prefix: string; name: string } {
  const prefix = body.requiredText('prefix');
  const name = body.requiredText('name').toLowerCase();
  if (!prefixes.includes(prefix)) throw badRequest(`Invalid label prefix: '${prefix}'.`);
  if (name === '' || name.length > 255 || unfit.test(name))
    throw badRequest(`The label '${name}' contains invalid characters or is too long.`);
  return { prefix, name };
}

function remove(call: Call, name: string): Reply {
  const { id, content } = labelled(call);
  requireUpdate(call, content);
  for (const label of labelsOf(call.db, 'content', id))
    if (label.name === name.toLowerCase() || `${label.prefix}:${label.name}` === name.toLowerCase())
      detachLabel(call.db, label, 'content', id);
  call.app.index.changed(content.id);
  return nothing();
}

/** A space whose labels the caller may change: administrators may. */
function ownSpace(call: Call): Space {
  const space = visibleSpace(call, param(call, 'spaceKey'));
  if (!call.access.canAdminister(space))
    throw new Problem(403, `User not permitted to change the labels of the space ${space.key}.`);
  return space;
}

function addToSpace(call: Call): Reply {
  const space = ownSpace(call);
  const now = new Date().toISOString();
  call.db.transaction(() => {
    for (const { prefix, name } of sentLabels(call))
      attachLabel(call.db, ensureLabel(call.db, space.cloudId, prefix, name), 'space', space.id, now);
  })();
  call.app.index.spacesChanged();
  return listed(call, labelsOf(call.db, 'space', space.id), labelJson, { limit: 200, most: 200, each: 0 });
}

function removeFromSpace(call: Call): Reply {
  const space = ownSpace(call);
  const name = call.query.required('name').toLowerCase();
  const prefix = call.query.text('prefix') ?? 'global';
  for (const label of labelsOf(call.db, 'space', space.id))
    if (label.name === name && label.prefix === prefix) detachLabel(call.db, label, 'space', space.id);
  call.app.index.spacesChanged();
  return nothing();
}

const ofSpace = {
  path: '/wiki/rest/api/space/{spaceKey}/label',
  classic: ['write:confluence-space'],
};
const root = '/wiki/rest/api/content/{id}/label';
const removal = { scopes: ['write:label:confluence'], classic: ['write:confluence-content'] };

export const labelRoutes: Route[] = [
  {
    method: 'POST',
    path: root,
    scopes: ['read:label:confluence', 'write:label:confluence'],
    classic: ['write:confluence-content'],
    handle: add,
  },
  { method: 'DELETE', path: root, ...removal, handle: (call) => remove(call, call.query.required('name')) },
  {
    method: 'DELETE',
    path: `${root}/{label}`,
    ...removal,
    handle: (call) => remove(call, param(call, 'label')),
  },
  {
    method: 'POST',
    ...ofSpace,
    scopes: ['read:label:confluence', 'write:label:confluence'],
    handle: addToSpace,
  },
  { method: 'DELETE', ...ofSpace, scopes: ['write:label:confluence'], handle: removeFromSpace },
];
