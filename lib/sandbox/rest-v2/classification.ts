import { classificationOf, setClassification } from '../db/index.ts';
import { LEVELS, type Level } from '../demo/classification.ts';
import { json, nothing } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Content } from '../types.ts';
import { requireUpdate, visibleContent, visibleSpace } from './find.ts';
import { visibleNode } from './nodes.ts';

/** Data classification comes with Premium: without it every call answers 404. */
function requireClassification(call: Call): void {
  if (call.app.settings.plan !== 'premium') throw notFound();
}

/** A level that may be put on something, by the `id` of the body. */
function askedLevel(call: Call): Level {
  const id = call.body().requiredText('id');
  const level = LEVELS.find((one) => one.id === id);
  if (!level) throw notFound('The classification level was not found.');
  if (level.status !== 'PUBLISHED')
    throw badRequest(`The classification level '${level.name}' is not in use.`);
  return level;
}

function requireStatus(call: Call, statuses: readonly string[]): void {
  const status = call.body().requiredText('status');
  if (!statuses.includes(status)) throw badRequest(`'status' must be ${statuses.join(' or ')}.`);
}

/** What holds for content: its own level, else the default of its space; 404 when there is neither. */
function effective(call: Call, content: Content): Level {
  const id =
    classificationOf(call.db, 'content', content.id) ?? classificationOf(call.db, 'space', content.spaceId);
  return known(id);
}

function known(id: string | undefined): Level {
  const level = LEVELS.find((one) => one.id === id);
  if (!level) throw notFound();
  return level;
}

type Kind = {
  find: (call: Call) => Content;
  plural: string;
  read: string[];
  write: string[];
  statuses: string[];
};

function contentRoutes({ find, plural, read, write, statuses }: Kind): Route[] {
  const path = `/wiki/api/v2/${plural}/{id}/classification-level`;
  const found = (call: Call): Content => {
    requireClassification(call);
    return find(call);
  };
  const put = (call: Call, level: () => string | null) => {
    const content = found(call);
    requireUpdate(call, content);
    requireStatus(call, statuses);
    setClassification(call.db, 'content', content.id, level());
    return nothing();
  };
  return [
    { method: 'GET', path, scopes: read, handle: (call) => json(effective(call, found(call))) },
    { method: 'PUT', path, scopes: write, handle: (call) => put(call, () => askedLevel(call).id) },
    { method: 'POST', path: `${path}/reset`, scopes: write, handle: (call) => put(call, () => null) },
  ];
}

const page = {
  read: ['read:page:confluence', 'write:page:confluence'],
  write: ['write:page:confluence'],
  statuses: ['current', 'draft'],
};
const spacePath = '/wiki/api/v2/spaces/{id}/classification-level/default';
const spaceWrite = ['read:space:confluence', 'write:space:confluence'];

/** 404 to those who do not administer the space. */
function setDefault(call: Call, level: () => string | null) {
  requireClassification(call);
  const space = visibleSpace(call);
  if (!call.access.canAdminister(space)) throw notFound();
  setClassification(call.db, 'space', space.id, level());
  return nothing();
}

export const classificationRoutes: Route[] = [
  {
    method: 'GET',
    path: '/wiki/api/v2/classification-levels',
    scopes: ['read:configuration:confluence'],
    handle: (call) => {
      requireClassification(call);
      return json(LEVELS);
    },
  },
  {
    method: 'GET',
    path: spacePath,
    scopes: ['read:space:confluence'],
    handle: (call) => {
      requireClassification(call);
      return json(known(classificationOf(call.db, 'space', visibleSpace(call).id)));
    },
  },
  {
    method: 'PUT',
    path: spacePath,
    scopes: spaceWrite,
    handle: (call) => setDefault(call, () => askedLevel(call).id),
  },
  { method: 'DELETE', path: spacePath, scopes: spaceWrite, handle: (call) => setDefault(call, () => null) },
  ...contentRoutes({ find: (call) => visibleContent(call, 'page'), plural: 'pages', ...page }),
  ...contentRoutes({ find: (call) => visibleContent(call, 'blogpost'), plural: 'blogposts', ...page }),
  ...(['whiteboard', 'database'] as const).flatMap((type) =>
    contentRoutes({
      find: (call) => visibleNode(call, type),
      plural: `${type}s`,
      read: [`read:${type}:confluence`],
      write: [`write:${type}:confluence`],
      // These are edited live: they have no drafts.
      statuses: ['current'],
    }),
  ),
];
