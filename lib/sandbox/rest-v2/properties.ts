import {
  deleteProperty,
  findAttachment,
  findComment,
  findContent,
  insertProperty,
  nextId,
  propertiesOf,
  updateProperty,
} from '../db/index.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Content, NodeType, Property, PropertyTarget } from '../types.ts';
import { visibleCustomContent } from './custom-content-access.ts';
import { idParam, visibleContent, visibleSpace } from './find.ts';
import { visibleNode } from './nodes.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { propertyJson, spacePropertyJson } from './property-shapes.ts';

/** What carries the properties of a path, and whether the caller may change them. */
type Holder = { type: PropertyTarget; id: string; mayWrite: boolean };
type Kind = {
  plural: string;
  /** Names of the id in the path of the list and of one property. */
  listId: string;
  oneId: string;
  /** The word of its scopes. */
  scope: string;
  find(call: Call, idName: string): Holder;
};

const ofContent = (call: Call, content: Content): Holder => ({
  type: 'content',
  id: content.id,
  mayWrite: call.access.canUpdate(content),
});

/** What hangs on a page or post is seen by those who see that, and changed by those who may write there. */
function onContent(call: Call, type: PropertyTarget, id: string, contentId: string | undefined): Holder {
  const content = contentId === undefined ? undefined : findContent(call.db, call.site.cloudId, contentId);
  if (!content || !call.access.canView(content)) throw notFound();
  return { type, id, mayWrite: call.access.canUpdate(content) };
}

const node = (type: NodeType, plural: string, oneId: string): Kind => ({
  plural,
  listId: 'id',
  oneId,
  scope: type,
  find: (call, idName) => ofContent(call, visibleNode(call, type, idName)),
});

const kinds: Kind[] = [
  {
    plural: 'pages',
    listId: 'page-id',
    oneId: 'page-id',
    scope: 'page',
    find: (call, idName) => ofContent(call, visibleContent(call, 'page', idName)),
  },
  {
    plural: 'blogposts',
    listId: 'blogpost-id',
    oneId: 'blogpost-id',
    scope: 'page',
    find: (call, idName) => ofContent(call, visibleContent(call, 'blogpost', idName)),
  },
  node('whiteboard', 'whiteboards', 'whiteboard-id'),
  node('database', 'databases', 'database-id'),
  node('folder', 'folders', 'folder-id'),
  node('embed', 'embeds', 'embed-id'),
  {
    plural: 'custom-content',
    listId: 'custom-content-id',
    oneId: 'custom-content-id',
    scope: 'custom-content',
    find(call, idName) {
      const { item, mayWrite } = visibleCustomContent(call, idParam(call, idName));
      return { type: 'customContent', id: item.id, mayWrite };
    },
  },
  {
    plural: 'attachments',
    listId: 'attachment-id',
    oneId: 'attachment-id',
    scope: 'attachment',
    find(call, idName) {
      const file = findAttachment(call.db, param(call, idName));
      return onContent(call, 'attachment', file?.id ?? '', file?.contentId);
    },
  },
  {
    plural: 'comments',
    listId: 'comment-id',
    oneId: 'comment-id',
    scope: 'comment',
    find(call, idName) {
      const comment = findComment(call.db, idParam(call, idName));
      return onContent(call, 'comment', comment?.id ?? '', comment?.contentId);
    },
  },
  {
    plural: 'spaces',
    listId: 'space-id',
    oneId: 'space-id',
    scope: 'space',
    find(call, idName) {
      const space = visibleSpace(call, idName);
      return { type: 'space', id: space.id, mayWrite: call.access.canAdminister(space) };
    },
  },
];

const shape = (property: Property): object =>
  property.targetType === 'space' ? spacePropertyJson(property) : propertyJson(property);

function list(call: Call, holder: Holder): Reply {
  const key = call.query.text('key');
  const sort = holder.type === 'space' ? undefined : call.query.oneOf('sort', sortNames(['key']));
  const found = propertiesOf(call.db, holder.type, holder.id).filter(
    (one) => key === undefined || one.key === key,
  );
  return paged(
    call,
    sorted(found, sort, { key: (a: Property, b: Property) => a.key.localeCompare(b.key) }),
    shape,
  );
}

function writable(holder: Holder): Holder {
  if (!holder.mayWrite)
    throw new Problem(404, 'Not Found', { detail: 'You do not have permission to change its properties.' });
  return holder;
}

function found(call: Call, holder: Holder): Property {
  const id = idParam(call, 'property-id');
  const property = propertiesOf(call.db, holder.type, holder.id).find((one) => one.id === id);
  if (!property) throw notFound();
  return property;
}

const longestValue = 32_768;

function jsonValue(call: Call): string {
  const { value } = call.body().value;
  if (value === undefined) throw badRequest("'value' is required.");
  const text = JSON.stringify(value);
  if (text.length > longestValue) throw badRequest('The value of the property is too long.');
  return text;
}

/** A key that is there already is a 409, as on live sites. */
function create(call: Call, holder: Holder): Reply {
  const key = call.body().requiredText('key');
  if (key === '' || key.length > 255) throw badRequest("'key' takes from 1 to 255 characters.");
  const value = jsonValue(call);
  if (propertiesOf(call.db, holder.type, holder.id).some((one) => one.key === key))
    throw new Problem(409, `Cannot create content property: the key '${key}' already exists.`);
  const now = new Date().toISOString();
  const { accountId } = call.person;
  const property: Property = {
    id: nextId(call.db, 'thing'),
    targetType: holder.type,
    targetId: holder.id,
    key,
    value,
    version: 1,
    message: '',
    createdBy: accountId,
    createdAt: now,
    versionBy: accountId,
    versionAt: now,
  };
  insertProperty(call.db, property);
  return json(shape(property), holder.type === 'space' ? 201 : 200);
}

function update(call: Call, holder: Holder): Reply {
  const before = found(call, holder);
  const body = call.body();
  if (body.requiredText('key') !== before.key) throw badRequest('The key of a property cannot be changed.');
  const version = body.object('version');
  const number = version?.number('number');
  if (number !== before.version + 1)
    throw new Problem(
      409,
      `Version must be incremented when updating a property. Current Version: [${before.version}]. Provided version: [${number ?? 'none'}]`,
      { code: 'CONFLICT' },
    );
  const after: Property = {
    ...before,
    value: jsonValue(call),
    version: number,
    message: version?.text('message') ?? '',
    versionBy: call.person.accountId,
    versionAt: new Date().toISOString(),
  };
  updateProperty(call.db, after);
  return json(shape(after));
}

function remove(call: Call, holder: Holder): Reply {
  deleteProperty(call.db, found(call, holder).id);
  return nothing();
}

function routesFor(kind: Kind): Route[] {
  const read = [`read:${kind.scope}:confluence`];
  const write = [...read, `write:${kind.scope}:confluence`];
  const root = `/wiki/api/v2/${kind.plural}/{${kind.listId}}/properties`;
  const one = `/wiki/api/v2/${kind.plural}/{${kind.oneId}}/properties/{property-id}`;
  const of = (call: Call) => kind.find(call, kind.listId);
  const ofOne = (call: Call) => kind.find(call, kind.oneId);
  return [
    { method: 'GET', path: root, scopes: read, handle: (call) => list(call, of(call)) },
    { method: 'POST', path: root, scopes: write, handle: (call) => create(call, writable(of(call))) },
    {
      method: 'GET',
      path: one,
      scopes: read,
      handle: (call) => ({ ...json(shape(found(call, ofOne(call)))), points: 1 }),
    },
    { method: 'PUT', path: one, scopes: write, handle: (call) => update(call, writable(ofOne(call))) },
    { method: 'DELETE', path: one, scopes: write, handle: (call) => remove(call, writable(ofOne(call))) },
  ];
}

export const propertyRoutes: Route[] = kinds.flatMap(routesFor);
