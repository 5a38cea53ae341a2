import { labelsOf, listContents, propertiesOf, spacesOfSite } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import type { Call, Route } from '../rest/route.ts';
import { heldIn } from '../space-roles.ts';
import type { Label, Space } from '../types.ts';
import { visibleSpace } from './find.ts';
import { labelJson, labelOrder } from './label-shapes.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { spacePropertyJson } from './property-shapes.ts';
import { heldJson } from './space-access.ts';
import { spaceJson, spaceOperations } from './space-shapes.ts';

const types = [
  'global',
  'collaboration',
  'knowledge_base',
  'personal',
  'system',
  'onboarding',
  'xflow_sample_space',
] as const;
const order = {
  id: (a: Space, b: Space) => Number(a.id) - Number(b.id),
  key: (a: Space, b: Space) => a.key.localeCompare(b.key),
  name: (a: Space, b: Space) => a.name.localeCompare(b.name),
};

function listSpaces(call: Call): Reply {
  const { query, db } = call;
  const ids = query.ids('ids', 250);
  const keys = query.list('keys')?.map((key) => key.toLowerCase());
  const type = query.oneOf('type', types);
  const status = query.oneOf('status', ['current', 'archived', 'trashed'] as const);
  const labels = query.list('labels');
  const sort = query.oneOf('sort', sortNames(Object.keys(order)));
  const spaces = spacesOfSite(db, call.site.cloudId).filter(
    (space) =>
      call.access.canViewSpace(space) &&
      (!ids || ids.includes(space.id)) &&
      (!keys || keys.includes(space.key.toLowerCase())) &&
      (!type || space.type === type) &&
      (!status || space.status === status) &&
      (!labels || labelsOf(db, 'space', space.id).some((label) => labels.includes(label.name))) &&
      query.text('favorited-by') === undefined,
  );
  return paged(call, sorted(spaces, sort, order), (space) => ({
    ...spaceJson(call, space),
    currentActiveAlias: space.key,
  }));
}

function getSpace(call: Call): Reply {
  const space = visibleSpace(call);
  const { query } = call;
  const result = spaceJson(call, space);
  const part = (name: string, results: object[]) => {
    result[name] = {
      results,
      meta: { hasMore: false, cursor: '' },
      _links: { self: `${call.base}/api/v2/spaces/${space.id}/${name}` },
    };
  };
  if (query.flag('include-labels')) part('labels', labelsOf(call.db, 'space', space.id).map(labelJson));
  if (query.flag('include-properties'))
    part('properties', propertiesOf(call.db, 'space', space.id).map(spacePropertyJson));
  if (query.flag('include-permissions')) part('permissions', heldIn(call.db, space.id).map(heldJson));
  if (query.flag('include-operations')) part('operations', spaceOperations(call, space));
  return {
    ...json({ ...result, _links: { webui: `/spaces/${space.key}`, base: call.base } }),
    points: 1,
  };
}

function getOperations(call: Call): Reply {
  return json({ operations: spaceOperations(call, visibleSpace(call)) });
}

function getLabels(call: Call): Reply {
  const space = visibleSpace(call);
  const prefix = call.query.oneOf('prefix', ['my', 'team'] as const);
  const labels = labelsOf(call.db, 'space', space.id).filter((label) => !prefix || label.prefix === prefix);
  return paged(call, labels, labelJson);
}

/** `GET /spaces/{id}/content/labels`: labels of pages, posts and their kin that the caller sees; without `prefix` all. */
function getContentLabels(call: Call): Reply {
  const space = visibleSpace(call);
  const prefix = call.query.oneOf('prefix', ['my', 'team'] as const);
  const sort = call.query.oneOf('sort', sortNames(Object.keys(labelOrder)));
  const found = new Map<string, Label>();
  for (const content of listContents(call.db, {
    cloudId: call.site.cloudId,
    spaceIds: [space.id],
    statuses: ['current', 'archived'],
  }))
    if (call.access.canView(content))
      for (const label of labelsOf(call.db, 'content', content.id))
        if (!prefix || label.prefix === prefix) found.set(label.id, label);
  const labels = [...found.values()].toSorted(labelOrder.id);
  return paged(call, sorted(labels, sort, labelOrder), labelJson);
}

const read = ['read:space:confluence'];

export const spaceRoutes: Route[] = [
  { method: 'GET', path: '/wiki/api/v2/spaces', scopes: read, handle: listSpaces },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}', scopes: read, handle: getSpace },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/operations', scopes: read, handle: getOperations },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/labels', scopes: read, handle: getLabels },
  { method: 'GET', path: '/wiki/api/v2/spaces/{id}/content/labels', scopes: read, handle: getContentLabels },
];
