import {
  embedUrlOf,
  findContent,
  findContentAnywhere,
  findSpace,
  insertContent,
  insertRestriction,
  insertVersion,
  nextId,
  nextPosition,
  setEmbedUrl,
} from '../db/index.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { trash } from '../rest/writes.ts';
import type { Content, NodeType } from '../types.ts';
import { idParam, requireDelete } from './find.ts';
import { contentOperations, versionJson, webuiOf } from './shapes.ts';
import { ancestorsReply, childrenReply, descendantsReply } from './tree.ts';
import { whiteboardLocales, whiteboardTemplates } from './whiteboard-templates.ts';

/** A folder, whiteboard, database or Smart Link of the path that the caller sees; 404 otherwise. */
export function visibleNode(call: Call, type: NodeType, name = 'id'): Content {
  const node = findContent(call.db, call.site.cloudId, idParam(call, name));
  if (node?.type !== type || !call.access.canView(node)) throw notFound();
  return node;
}

function nodeJson(call: Call, node: Content): object {
  const webui = webuiOf(call, node);
  const parent = node.parentId === null ? undefined : findContentAnywhere(call.db, node.parentId);
  const url = node.type === 'embed' ? embedUrlOf(call.db, node.id) : undefined;
  return {
    id: node.id,
    type: node.type,
    status: node.status,
    title: node.title,
    parentId: node.parentId,
    parentType: parent?.type ?? null,
    // Null where nothing orders them, as live sites answer.
    position: node.parentId === null ? null : node.position,
    authorId: node.authorId,
    ownerId: node.ownerId,
    // Of folders the live service gives epoch milliseconds instead of a date.
    createdAt: node.type === 'folder' ? Date.parse(node.createdAt) : node.createdAt,
    ...(url === undefined ? {} : { embedUrl: url }),
    spaceId: node.spaceId,
    version: versionJson({
      number: node.version,
      authorId: node.versionBy,
      createdAt: node.versionAt,
      message: '',
    }),
    _links: {
      webui,
      ...(node.type === 'whiteboard' ? { editui: webui } : {}),
      base: call.base,
    },
  };
}

function create(type: NodeType): (call: Call) => Reply {
  return (call) => {
    const body = call.body();
    const space = findSpace(call.db, body.requiredText('spaceId'));
    if (space?.cloudId !== call.site.cloudId || !call.access.canWriteSpace(space)) throw notFound();
    const title = (body.text('title') ?? '').trim();
    if (title.length > 255) throw badRequest('The title is too long: the limit is 255 characters.');
    if (title === '' && type === 'folder') throw badRequest("'title' is required for a folder.");
    const asked = body.text('parentId');
    const parent = asked === undefined ? undefined : findContent(call.db, call.site.cloudId, asked);
    if (asked !== undefined && (!parent || parent.type === 'blogpost' || !call.access.canView(parent)))
      throw notFound();
    if (parent && parent.spaceId !== space.id) throw badRequest('The parent is in another space.');
    if (type === 'whiteboard') checkWhiteboard(body.text('templateKey'), body.text('locale'));
    const { accountId } = call.person;
    const now = new Date().toISOString();
    const node: Content = {
      id: nextId(call.db),
      cloudId: call.site.cloudId,
      type,
      spaceId: space.id,
      parentId: parent?.id ?? null,
      position: nextPosition(call.db, space.id, parent?.id ?? null),
      status: 'current',
      title,
      storage: '',
      subtype: null,
      authorId: accountId,
      ownerId: accountId,
      createdAt: now,
      version: 1,
      versionBy: accountId,
      versionAt: now,
      versionMessage: '',
    };
    const hidden = (type === 'whiteboard' || type === 'database') && call.query.flag('private');
    const url = type === 'embed' ? body.text('embedUrl') : undefined;
    call.db.transaction(() => {
      insertContent(call.db, node);
      insertVersion(call.db, {
        contentId: node.id,
        number: 1,
        title,
        storage: '',
        authorId: accountId,
        createdAt: now,
        message: '',
      });
      if (url !== undefined) setEmbedUrl(call.db, node.id, url);
      for (const operation of hidden ? (['read', 'update'] as const) : [])
        insertRestriction(call.db, {
          contentId: node.id,
          operation,
          subjectType: 'user',
          subjectId: accountId,
        });
    })();
    call.app.index.changed(node.id);
    return json(nodeJson(call, node));
  };
}

function checkWhiteboard(template: string | undefined, locale: string | undefined): void {
  if (template !== undefined && !whiteboardTemplates.includes(template))
    throw badRequest(`Invalid templateKey: '${template}'.`);
  if (locale !== undefined && !whiteboardLocales.includes(locale))
    throw badRequest(`Invalid locale: '${locale}'.`);
}

function remove(type: NodeType): (call: Call) => Reply {
  return (call) => {
    const node = visibleNode(call, type);
    requireDelete(call, node);
    if (node.status === 'trashed') throw notFound();
    trash(call.app, node);
    return nothing();
  };
}

const tree = ['read:hierarchical-content:confluence'];

function routesFor(type: NodeType, plural: string): Route[] {
  const root = `/wiki/api/v2/${plural}`;
  const read = [`read:${type}:confluence`];
  return [
    { method: 'POST', path: root, scopes: [`write:${type}:confluence`], handle: create(type) },
    {
      method: 'GET',
      path: `${root}/{id}`,
      scopes: read,
      handle: (call) => ({ ...json(nodeJson(call, visibleNode(call, type))), points: 1 }),
    },
    { method: 'DELETE', path: `${root}/{id}`, scopes: [`delete:${type}:confluence`], handle: remove(type) },
    {
      method: 'GET',
      path: `${root}/{id}/operations`,
      scopes: read,
      handle: (call) => json({ operations: contentOperations(call, visibleNode(call, type)) }),
    },
    {
      method: 'GET',
      path: `${root}/{id}/direct-children`,
      scopes: tree,
      handle: (call) => childrenReply(call, visibleNode(call, type)),
    },
    {
      method: 'GET',
      path: `${root}/{id}/descendants`,
      scopes: tree,
      handle: (call) => descendantsReply(call, visibleNode(call, type)),
    },
    {
      method: 'GET',
      path: `${root}/{id}/ancestors`,
      scopes: ['read:content.metadata:confluence'],
      handle: (call) => ancestorsReply(call, visibleNode(call, type)),
    },
  ];
}

export const nodeRoutes: Route[] = [
  ...routesFor('folder', 'folders'),
  ...routesFor('whiteboard', 'whiteboards'),
  ...routesFor('database', 'databases'),
  ...routesFor('embed', 'embeds'),
];
