import {
  type ContentState,
  contentIdsInState,
  customStatesAllowed,
  customStatesOf,
  deleteState,
  ensureCustomState,
  findContent,
  findDraft,
  findSpaceByKey,
  putState,
  type StateStage,
  stateOf,
} from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { publish } from '../rest/writes.ts';
import type { Content, Space } from '../types.ts';
import { requireUpdate, visibleContent } from './find.ts';
import { listed } from './paging.ts';
import { contentJson } from './shapes.ts';

/** Every space starts with these four. */
const spaceStates: readonly ContentState[] = [
  { id: 0, name: 'Rough draft', color: '#ffc400' },
  { id: 1, name: 'In progress', color: '#2684ff' },
  { id: 2, name: 'Ready for review', color: '#57d9a3' },
  { id: 3, name: 'Verified', color: '#8777d9' },
];

function stateJson(call: Call, content: Content, stage: StateStage): object {
  const state = stateOf(call.db, content.id, stage);
  if (!state) return {};
  const { id, name, color, updatedAt } = state;
  return { contentState: { id, name, color }, lastUpdated: updatedAt };
}

function stageOf(call: Call): StateStage {
  return call.query.oneOf('status', ['current', 'draft'] as const) ?? 'current';
}

function get(call: Call): Reply {
  const content = visibleContent(call);
  const status = call.query.oneOf('status', ['current', 'draft', 'archived'] as const);
  return json(stateJson(call, content, status === 'draft' ? 'draft' : 'current'));
}

/** The state that is meant: by id, or by name and colour, which makes a new one of the person's own where need be. */
function meant(call: Call, content: Content): ContentState {
  const body = call.body();
  const id = body.number('id');
  const mine = customStatesAllowed(call.db, content.spaceId)
    ? customStatesOf(call.db, call.person.accountId)
    : [];
  if (id !== undefined) {
    const known = [...spaceStates, ...mine].find((one) => one.id === id);
    if (!known) throw badRequest(`There is no content state with id ${id}, or it is not allowed here.`);
    return known;
  }
  const name = (body.text('name') ?? '').trim();
  const color = body.text('color') ?? '';
  if (name === '' || name.length > 20) throw badRequest("'name' must have 1 to 20 characters.");
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw badRequest("'color' must be a hex color such as #ff7452.");
  const same = spaceStates.find(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.color === color.toLowerCase(),
  );
  if (same) return same;
  if (!customStatesAllowed(call.db, content.spaceId))
    throw badRequest('Custom content states are not allowed in this space.');
  const now = new Date().toISOString();
  return ensureCustomState(call.db, call.person.accountId, { name, color: color.toLowerCase() }, now);
}

/** A new version with the same text, as every change of the state of published content makes one. */
function republish(call: Call, content: Content, stage: StateStage): void {
  if (stage === 'draft') {
    if (content.status !== 'draft' && !findDraft(call.db, content.id))
      throw badRequest('There is no draft of this content.');
    return;
  }
  if (content.status !== 'current') throw badRequest(`The content is ${content.status}, not current.`);
  const { title, storage, version } = content;
  publish(call.app, content, { title, storage, message: '', author: call.person, number: version + 1 });
}

function set(call: Call): Reply {
  const content = visibleContent(call);
  requireUpdate(call, content);
  if (call.query.text('status') === undefined) throw badRequest("'status' is required.");
  const stage = stageOf(call);
  call.db.transaction(() => {
    const state = meant(call, content);
    republish(call, content, stage);
    putState(call.db, content.id, stage, state, new Date().toISOString());
  })();
  return json(stateJson(call, content, stage));
}

function remove(call: Call): Reply {
  const content = visibleContent(call);
  requireUpdate(call, content);
  const stage = stageOf(call);
  call.db.transaction(() => {
    republish(call, content, stage);
    deleteState(call.db, content.id, stage);
  })();
  return json(stateJson(call, content, stage));
}

/** States that may be set here: the space's, and the three of the person's own that were used last. */
function available(call: Call): Reply {
  const content = visibleContent(call);
  requireUpdate(call, content);
  const custom = customStatesAllowed(call.db, content.spaceId)
    ? customStatesOf(call.db, call.person.accountId).slice(0, 3)
    : [];
  return json({ spaceContentStates: spaceStates, customContentStates: custom });
}

function spaceOf(call: Call): Space {
  const key = param(call, 'spaceKey');
  const space = findSpaceByKey(call.db, call.site.cloudId, key);
  if (!space || !call.access.canViewSpace(space)) throw notFound(`No space with key : ${key}`);
  return space;
}

function settings(call: Call): Reply {
  const space = spaceOf(call);
  if (!call.access.canAdminister(space)) throw new Problem(403, 'You do not administer this space.');
  return json({
    contentStatesAllowed: true,
    customContentStatesAllowed: customStatesAllowed(call.db, space.id),
    spaceContentStatesAllowed: true,
    spaceContentStates: spaceStates,
  });
}

function contentIn(call: Call): Reply {
  const space = spaceOf(call);
  const id = call.query.integer('state-id', { min: 0, max: 2_000_000_000 });
  if (id === undefined) throw badRequest("'state-id' is required.");
  const found = contentIdsInState(call.db, id)
    .map((one) => findContent(call.db, call.site.cloudId, one))
    .filter(
      (one): one is Content =>
        one !== undefined && one.spaceId === space.id && one.status === 'current' && call.access.canView(one),
    );
  const expand = new Set(call.query.list('expand') ?? []);
  return listed(call, found, (content) => contentJson(call, content, expand), { limit: 25, most: 100 });
}

const root = '/wiki/rest/api';
const write = {
  scopes: ['read:content-details:confluence', 'write:content:confluence'],
  classic: ['write:confluence-content'],
};
const ofSpace = { scopes: ['read:space.setting:confluence'], classic: ['read:confluence-space.summary'] };

export const stateRoutes: Route[] = [
  {
    method: 'GET',
    path: `${root}/content/{id}/state`,
    scopes: ['read:content-details:confluence'],
    classic: ['read:confluence-content.summary'],
    handle: get,
  },
  { method: 'PUT', path: `${root}/content/{id}/state`, ...write, handle: set },
  { method: 'DELETE', path: `${root}/content/{id}/state`, ...write, handle: remove },
  {
    method: 'GET',
    path: `${root}/content/{id}/state/available`,
    scopes: ['write:content:confluence'],
    classic: ['write:confluence-content'],
    handle: available,
  },
  {
    method: 'GET',
    path: `${root}/content-states`,
    scopes: ['read:user.property:confluence'],
    handle: (call) => json(customStatesOf(call.db, call.person.accountId)),
  },
  {
    method: 'GET',
    path: `${root}/space/{spaceKey}/state`,
    ...ofSpace,
    handle: (call) => {
      spaceOf(call);
      return json(spaceStates);
    },
  },
  { method: 'GET', path: `${root}/space/{spaceKey}/state/settings`, ...ofSpace, handle: settings },
  {
    method: 'GET',
    path: `${root}/space/{spaceKey}/state/content`,
    scopes: ['read:content:confluence'],
    classic: ['read:confluence-content.all'],
    handle: contentIn,
  },
];
