import {
  deleteDraft,
  findContent,
  findDraft,
  findPerson,
  findSpace,
  putDraft,
  updateContent,
} from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import {
  place,
  publish,
  purge,
  refuseTitleClash,
  restoreFromTrash,
  siblingsIn,
  trash,
  versionConflict,
} from '../rest/writes.ts';
import type { Content, ContentType } from '../types.ts';
import { readBody } from './body-write.ts';
import { requireDelete, requireUpdate, visibleContent } from './find.ts';
import { createContent } from './page-create.ts';
import { singleContentJson } from './shapes.ts';

type Update = { title: string; storage: string; number: number | undefined; message: string };

/**
 * `PUT /pages/{id}` and `/blogposts/{id}`: next version, draft, publication of a draft, restore from trash; of a page
 * also parent and owner.
 */
function update(call: Call, type: ContentType): Reply {
  const page = visibleContent(call, type);
  const body = call.body();
  if (body.requiredText('id') !== page.id) throw badRequest("'id' of the body is not the id of the path.");
  const status = body.requiredText('status');
  if (status !== 'current' && status !== 'draft') throw badRequest("'status' must be current or draft.");
  const version = body.object('version');
  if (!version) throw badRequest("'version' is required.");
  requireUpdate(call, page);
  const spaceId = body.text('spaceId');
  if (spaceId !== undefined && spaceId !== page.spaceId)
    throw badRequest('Content cannot be moved to another space by updating it.');
  if (status === 'current' && page.status === 'trashed')
    return answer(call, restoreFromTrash(call.app, page));

  const title = body.requiredText('title').trim();
  if (title === '') throw badRequest("'title' must not be empty.");
  if (title.length > 255) throw badRequest('The title is too long: the limit is 255 characters.');
  const storage = readBody(call, body, page.storage);
  if (storage === undefined) throw badRequest("'body' is required.");
  const next = { title, storage, number: version.number('number'), message: version.text('message') ?? '' };
  // One transaction, so that a parent or owner that is refused leaves the text unwritten too.
  const written = call.db.transaction(() =>
    settle(call, body, status === 'draft' ? saveDraft(call, page, next) : saveCurrent(call, page, next)),
  )();
  return answer(call, written);
}

function answer(call: Call, page: Content): Reply {
  return json(singleContentJson(call, page, 'storage'));
}

function saveDraft(call: Call, page: Content, update: Update): Content {
  if (update.number !== 1) throw badRequest("A draft has version number 1: set 'version.number' to 1.");
  const now = new Date().toISOString();
  const { title, storage } = update;
  const { accountId } = call.person;
  const draft: Content = {
    ...page,
    status: 'draft',
    title,
    storage,
    version: 1,
    versionBy: accountId,
    versionAt: now,
    versionMessage: '',
  };
  if (page.status === 'draft') updateContent(call.db, draft);
  else putDraft(call.db, { contentId: page.id, title, storage, authorId: accountId, updatedAt: now });
  return draft;
}

function saveCurrent(call: Call, page: Content, update: Update): Content {
  const { title, storage, message } = update;
  const first = page.status === 'draft';
  const number = first ? 1 : page.version + 1;
  if (update.number !== number) throw versionConflict(first ? 0 : page.version, update.number);
  refuseTitleClash(call.app, page, title);
  return publish(call.app, page, { title, storage, message, author: call.person, number });
}

/** The parts of an update that are no new text: parent and owner. */
function settle(call: Call, body: JsonBody, page: Content): Content {
  if (page.type !== 'page') return page;
  const parentId = body.text('parentId');
  if (parentId !== undefined && parentId !== page.parentId) {
    const parent = findContent(call.db, call.site.cloudId, parentId);
    if (!parent || parent.type === 'blogpost' || !call.access.canView(parent)) throw notFound();
    if (parent.spaceId !== page.spaceId) throw badRequest('The parent page is in another space.');
    const end = siblingsIn(call.app, page, page.spaceId, parent.id).length;
    place(call.app, stored(call, page), { spaceId: page.spaceId, parentId: parent.id, index: end });
  }
  const ownerId = body.text('ownerId');
  if (ownerId !== undefined) {
    if (!findPerson(call.db, ownerId))
      throw badRequest(`There is no person with the account id '${ownerId}'.`);
    updateContent(call.db, { ...stored(call, page), ownerId });
  }
  const { parentId: newParent, position, ownerId: newOwner } = stored(call, page);
  return { ...page, parentId: newParent, position, ownerId: newOwner };
}

function stored(call: Call, page: Content): Content {
  return findContent(call.db, call.site.cloudId, page.id) ?? page;
}

/** `PUT /pages/{id}/title`: a new version that differs in its title alone. */
function updateTitle(call: Call): Reply {
  const page = visibleContent(call, 'page');
  const body = call.body();
  const title = body.requiredText('title').trim();
  const status = body.requiredText('status');
  if (title === '') throw badRequest("'title' must not be empty.");
  requireUpdate(call, page);
  if (status === 'draft') {
    const draft = findDraft(call.db, page.id);
    if (page.status !== 'draft' && !draft) throw notFound();
    if (draft) putDraft(call.db, { ...draft, title, updatedAt: new Date().toISOString() });
    else updateContent(call.db, { ...page, title });
    return answer(call, { ...page, status: 'draft', title });
  }
  if (status !== 'current') throw badRequest("'status' must be current or draft.");
  if (page.status !== 'current') throw notFound();
  refuseTitleClash(call.app, page, title);
  return answer(
    call,
    publish(call.app, page, {
      title,
      storage: page.storage,
      message: '',
      author: call.person,
      number: page.version + 1,
    }),
  );
}

/** `DELETE`: to the trash; `purge` a trashed one (space admins), `draft` a draft, both for good. */
function remove(call: Call, type: ContentType): Reply {
  const page = visibleContent(call, type);
  requireUpdate(call, page);
  if (call.query.flag('draft')) {
    if (page.status === 'draft') purge(call.app, page);
    else if (findDraft(call.db, page.id)) deleteDraft(call.db, page.id);
    else throw notFound();
    return nothing();
  }
  requireDelete(call, page);
  if (call.query.flag('purge')) {
    const space = findSpace(call.db, page.spaceId);
    if (page.status !== 'trashed') throw badRequest('Only content in the trash can be purged.');
    if (!space || !call.access.canAdminister(space)) throw notFound();
    purge(call.app, page);
    return nothing();
  }
  if (page.status === 'trashed') throw notFound();
  if (page.status === 'draft') throw badRequest('This is a draft: delete it with draft=true.');
  trash(call.app, page);
  return nothing();
}

const write = ['write:page:confluence'];
const root = '/wiki/api/v2';

function routesFor(type: ContentType, plural: string): Route[] {
  const path = `${root}/${plural}`;
  return [
    { method: 'POST', path, scopes: write, handle: (call) => createContent(call, type) },
    { method: 'PUT', path: `${path}/{id}`, scopes: write, handle: (call) => update(call, type) },
    {
      method: 'DELETE',
      path: `${path}/{id}`,
      scopes: ['delete:page:confluence'],
      handle: (call) => remove(call, type),
    },
  ];
}

/** Writes of pages and blog posts. */
export const pageWriteRoutes: Route[] = [
  ...routesFor('page', 'pages'),
  ...routesFor('blogpost', 'blogposts'),
  { method: 'PUT', path: `${root}/pages/{id}/title`, scopes: write, handle: updateTitle },
];
