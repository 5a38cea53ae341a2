import { customContentOfSite, findVersion, labelsOf, versionsOf } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { CustomContent } from '../types.ts';
import { rightsOn, visibleCustomContent } from './custom-content-access.ts';
import { formats, itemJson, oneFormats, operations, order, single } from './custom-content-shapes.ts';
import { createCustomContent, removeCustomContent, updateCustomContent } from './custom-content-writes.ts';
import { idParam, visibleContent, visibleSpace } from './find.ts';
import { labelJson } from './label-shapes.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { bodyJson, oneVersionJson, versionJson } from './shapes.ts';

function list(call: Call, keep: (item: CustomContent) => boolean): Reply {
  const type = call.query.required('type');
  const format = call.query.oneOf('body-format', formats);
  const sort = call.query.oneOf('sort', sortNames(Object.keys(order)));
  const found = customContentOfSite(call.db, call.site.cloudId).filter(
    (item) => item.type === type && keep(item) && rightsOn(call, item).view,
  );
  return paged(call, sorted(found, sort, order), (item) => itemJson(call, item, format));
}

function ofSite(call: Call): Reply {
  const ids = call.query.ids('id', 250);
  const spaces = call.query.ids('space-id', 100);
  return list(call, (item) => (!ids || ids.includes(item.id)) && (!spaces || spaces.includes(item.spaceId)));
}

function getOne(call: Call): Reply {
  const { item } = visibleCustomContent(call, idParam(call));
  const number = call.query.integer('version', { min: 1, max: 1_000_000 });
  const old = number === undefined ? undefined : findVersion(call.db, item.id, number);
  if (number !== undefined && !old) throw notFound();
  const shown = old ? { ...item, title: old.title, body: old.storage, version: old.number } : item;
  return { ...json(single(call, shown, call.query.oneOf('body-format', oneFormats))), points: 1 };
}

function versionList(call: Call): Reply {
  const { item } = visibleCustomContent(call, idParam(call, 'custom-content-id'));
  const format = call.query.oneOf('body-format', formats);
  return paged(call, versionsOf(call.db, item.id), (version) => ({
    ...versionJson(version),
    custom: {
      id: item.id,
      title: version.title,
      body: bodyJson(call, item, version.storage, format === 'raw' ? 'storage' : format),
    },
  }));
}

function oneVersion(call: Call): Reply {
  const { item } = visibleCustomContent(call, idParam(call, 'custom-content-id'));
  const number = Number(param(call, 'version-number'));
  const version = Number.isInteger(number) ? findVersion(call.db, item.id, number) : undefined;
  if (!version) throw notFound();
  return json(oneVersionJson(version, item.version));
}

const inside =
  (kind: CustomContent['containerType'], id: (call: Call) => string) =>
  (call: Call): Reply => {
    const containerId = id(call);
    return list(call, (item) =>
      kind === 'space'
        ? item.spaceId === containerId
        : item.containerType === kind && item.containerId === containerId,
    );
  };

const v2 = '/wiki/api/v2';
const root = `${v2}/custom-content`;
const reading = ['read:custom-content:confluence'];
const writing = ['write:custom-content:confluence'];

export const customContentRoutes: Route[] = [
  { method: 'GET', path: root, scopes: reading, handle: ofSite },
  { method: 'POST', path: root, scopes: writing, handle: createCustomContent },
  {
    method: 'GET',
    path: `${v2}/spaces/{id}/custom-content`,
    scopes: reading,
    handle: inside('space', (call) => visibleSpace(call).id),
  },
  {
    method: 'GET',
    path: `${v2}/pages/{id}/custom-content`,
    scopes: reading,
    handle: inside('page', (call) => visibleContent(call, 'page').id),
  },
  {
    method: 'GET',
    path: `${v2}/blogposts/{id}/custom-content`,
    scopes: reading,
    handle: inside('blogpost', (call) => visibleContent(call, 'blogpost').id),
  },
  { method: 'GET', path: `${root}/{id}`, scopes: reading, handle: getOne },
  { method: 'PUT', path: `${root}/{id}`, scopes: writing, handle: updateCustomContent },
  {
    method: 'DELETE',
    path: `${root}/{id}`,
    scopes: ['delete:custom-content:confluence'],
    handle: removeCustomContent,
  },
  {
    method: 'GET',
    path: `${root}/{id}/children`,
    scopes: reading,
    handle(call) {
      const { item } = visibleCustomContent(call, idParam(call));
      const children = customContentOfSite(call.db, call.site.cloudId).filter(
        (one) => one.containerType === 'customContent' && one.containerId === item.id,
      );
      return paged(call, children, ({ id, status, title, type, spaceId }) => ({
        id,
        status,
        title,
        type,
        spaceId,
      }));
    },
  },
  {
    method: 'GET',
    path: `${root}/{id}/labels`,
    scopes: reading,
    handle: (call) =>
      paged(call, labelsOf(call.db, 'content', visibleCustomContent(call, idParam(call)).item.id), labelJson),
  },
  {
    method: 'GET',
    path: `${root}/{id}/operations`,
    scopes: reading,
    handle: (call) => json({ operations: operations(call, visibleCustomContent(call, idParam(call)).item) }),
  },
  { method: 'GET', path: `${root}/{custom-content-id}/versions`, scopes: reading, handle: versionList },
  {
    method: 'GET',
    path: `${root}/{custom-content-id}/versions/{version-number}`,
    scopes: reading,
    handle: oneVersion,
  },
];
