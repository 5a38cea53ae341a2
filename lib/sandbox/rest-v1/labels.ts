import { attachLabel, detachLabel, ensureLabel, findAttachment, labelsOf } from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { nothing, type Reply } from '../http/message.ts';
import { badRequest } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Content } from '../types.ts';
import { contentById, requireUpdate, visibleContent } from './find.ts';
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
  return listed(call, labelsOf(call.db, 'content', id), labelJson, { limit: 200, most: 200 });
}

/** Adds labels, one or a list; those already there stay. Labels are kept in lower case. */
function add(call: Call): Reply {
  const one = labelled(call);
  const { id, content } = one;
  requireUpdate(call, content);
  const sent: unknown = JsonBody.parse(call.request.body);
  const wanted = (Array.isArray(sent) ? sent : [sent]).map((one: unknown) => readLabel(new JsonBody(one)));
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

const root = '/wiki/rest/api/content/{id}/label';
const removal = { scopes: ['write:label:confluence'], classic: ['write:confluence-content'] };

export const labelRoutes: Route[] = [
  {
    method: 'GET',
    path: root,
    scopes: ['read:label:confluence'],
    classic: ['read:confluence-content.summary'],
    handle: (call) => answer(call, labelled(call)),
  },
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
];
