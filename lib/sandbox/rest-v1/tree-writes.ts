import { childrenOf, findContent, findSpace, findSpaceByKey, nextId, openLongTasks } from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type CopyParts, copyContent } from '../rest/copy.ts';
import type { Call, Route } from '../rest/route.ts';
import { refuseTitleClash, storable, subtree } from '../rest/writes.ts';
import { startTask } from '../tasks/long-tasks.ts';
import type { Step } from '../tasks/steps.ts';
import type { Content } from '../types.ts';
import { contentById, requireUpdate, visibleContent } from './find.ts';
import { longTaskStarted } from './long-tasks.ts';
import { contentJson } from './shapes.ts';

const archiving = 'com.atlassian.confluence.archive.pages';

function partsOf(body: JsonBody): CopyParts {
  return {
    attachments: body.flag('copyAttachments') ?? false,
    permissions: body.flag('copyPermissions') ?? false,
    properties: body.flag('copyProperties') ?? false,
    labels: body.flag('copyLabels') ?? false,
    customContents: body.flag('copyCustomContents') ?? false,
  };
}

function requireCreate(call: Call, spaceId: string): void {
  const space = findSpace(call.db, spaceId);
  if (!space || !call.access.canWriteSpace(space))
    throw new Problem(403, 'User not permitted to create content at the destination.');
}

function page(content: Content): Content {
  if (content.type !== 'page') throw badRequest('Only pages can be copied.');
  return content;
}

function visibleSpaceByKey(call: Call, key: string) {
  const space = findSpaceByKey(call.db, call.site.cloudId, key);
  if (!space || !call.access.canViewSpace(space)) throw notFound(`No space with key : ${key}`);
  return space;
}

type Place = { spaceId: string; parentId: string | null };

const places: Record<string, (call: Call, value: string) => Place> = {
  space: (call, value) => ({ spaceId: visibleSpaceByKey(call, value).id, parentId: null }),
  parent_page: (call, value) => {
    const parent = contentById(call, value);
    if (parent.type !== 'page') throw badRequest(`${value} is not a page.`);
    return { spaceId: parent.spaceId, parentId: parent.id };
  },
  parent_content: (call, value) => {
    const parent = contentById(call, value);
    return { spaceId: parent.spaceId, parentId: parent.id };
  },
};

/** `POST /content/{id}/copy`: one page, at once. An existing page as destination gets a new version. */
function copy(call: Call): Reply {
  const source = page(visibleContent(call));
  const body = call.body();
  const destination = body.object('destination');
  if (!destination) throw badRequest("'destination' is required.");
  const type = destination.requiredText('type');
  const value = destination.requiredText('value');
  const placeOf = places[type];
  if (!placeOf)
    throw badRequest(
      type === 'existing_page'
        ? 'The practice Confluence copies to new pages only, not onto an existing one.'
        : `Invalid destination type: '${type}'.`,
    );
  const place = placeOf(call, value);
  requireCreate(call, place.spaceId);
  const title = (body.text('pageTitle') ?? source.title).trim();
  if (title === '' || title.length > 255) throw badRequest('The title must have 1 to 255 characters.');
  const id = nextId(call.db);
  refuseTitleClash(call.app, { ...source, id, spaceId: place.spaceId }, title);
  const given = body.object('body')?.object('storage')?.requiredText('value');
  const made = copyContent(call.app, source, {
    id,
    title,
    storage: given === undefined ? source.storage : storable(call.app, given),
    ...place,
    by: call.person.accountId,
    parts: partsOf(body),
  });
  const expand = new Set(['space', 'history', 'version', ...(call.query.list('expand') ?? [])]);
  return json(contentJson(call, made, expand));
}

/** `POST /content/{id}/pagehierarchy/copy`: a page with all below it that the caller sees, as a long task. */
function copyHierarchy(call: Call): Reply {
  const root = page(visibleContent(call));
  const body = call.body();
  const destination = page(contentById(call, body.requiredText('destinationPageId')));
  requireCreate(call, destination.spaceId);
  const options = body.object('titleOptions');
  const prefix = options?.text('prefix') ?? '';
  const search = options?.text('search') ?? '';
  const replace = options?.text('replace') ?? '';
  const retitled = (title: string) => prefix + (search === '' ? title : title.replaceAll(search, replace));
  if (root.spaceId === destination.spaceId && retitled(root.title) === root.title)
    throw badRequest('The title prefix is invalid: it is empty or creates a conflict.');
  const below = (body.flag('copyDescendants') ?? true) ? visibleTree(call, root.id) : [];
  if ([root, ...below].some((one) => one.id === destination.id))
    throw badRequest('A page cannot be copied below itself.');
  const ids = new Map([root, ...below].map((one) => [one.id, nextId(call.db)]));
  const { spaceId } = destination;
  const steps = [root, ...below].map((one): Extract<Step, { do: 'copy' }> => {
    const title = retitled(one.title);
    const to = ids.get(one.id) ?? '';
    refuseTitleClash(call.app, { ...one, id: to, spaceId }, title);
    return {
      do: 'copy',
      from: one.id,
      to,
      title,
      spaceId,
      parentId: ids.get(one.parentId ?? '') ?? destination.id,
      by: call.person.accountId,
      parts: partsOf(body),
    };
  });
  const details = {
    destinationId: ids.get(root.id) ?? '',
    destinationUrl: `/pages/viewpage.action?pageId=${ids.get(root.id)}`,
    totalPageNeedToCopy: steps.length,
  };
  return longTaskStarted(
    startTask(call.app, who(call), { name: 'com.atlassian.confluence.copy.pages', steps, details }),
  );
}

const who = (call: Call) => ({ cloudId: call.site.cloudId, accountId: call.person.accountId });

/** Current pages below a page that the caller sees, parents before children. */
function visibleTree(call: Call, id: string): Content[] {
  return childrenOf(call.db, id)
    .filter((one) => one.type === 'page' && one.status === 'current' && call.access.canView(one))
    .flatMap((one) => [one, ...visibleTree(call, one.id)]);
}

/** `POST /content/archive`: up to 300 pages, one job per site at a time; several at once need the premium plan. */
function archive(call: Call): Reply {
  const list = call.body().value.pages;
  const ids = (Array.isArray(list) ? list : []).map((one: { id?: unknown } | null) => String(one?.id));
  if (ids.length === 0) throw badRequest("'pages' is required.");
  if (ids.length > 300) throw badRequest('The number of pages to archive exceeds the limit of 300.');
  if (ids.length > 1 && call.app.settings.plan !== 'premium')
    throw badRequest('Archiving more than one page at a time needs the premium edition.');
  const { cloudId } = call.site;
  if (openLongTasks(call.db).some((task) => task.cloudId === cloudId && task.name === archiving))
    throw badRequest('There is an archival job already running for this tenant.');
  for (const id of ids) {
    const content = findContent(call.db, cloudId, id);
    if (content?.type !== 'page' || !call.access.canView(content))
      throw badRequest(`The content id ${id} does not resolve to a page.`);
    if (content.status !== 'current') throw badRequest(`The page ${id} is ${content.status}.`);
    requireUpdate(call, content);
    if (!call.access.may({ id: content.spaceId }, 'archive/page'))
      throw new Problem(403, `User not permitted to archive the page ${id}.`);
  }
  const steps: Step[] = deepestFirst(call, ids).map((id) => ({ do: 'archive', id }));
  return longTaskStarted(startTask(call.app, who(call), { name: archiving, steps }));
}

// Children first: a page that is archived before its parent stays below it; any other child moves up.
function deepestFirst(call: Call, ids: readonly string[]): string[] {
  const depth = (id: string): number => {
    const parent = findContent(call.db, call.site.cloudId, id)?.parentId;
    return parent ? 1 + depth(parent) : 0;
  };
  return [...new Set(ids)].sort((a, b) => depth(b) - depth(a));
}

/** `DELETE /content/{id}/pageTree`: a current page and all current pages below it go to the trash, as a long task. */
function deleteTree(call: Call): Reply {
  const root = visibleContent(call);
  if (root.type !== 'page' || root.status !== 'current')
    throw badRequest(`The content id ${root.id} does not represent a current page.`);
  if (!call.access.canDelete(root))
    throw new Problem(403, `User not permitted to delete content with id : ContentId{id=${root.id}}`);
  const below = subtree(call.app, root.id).filter((one) => one.status === 'current');
  if (below.some((one) => !call.access.canDelete(one)))
    throw notFound(`User not permitted to trash every page below ContentId{id=${root.id}}`);
  const steps: Step[] = [root, ...below].reverse().map((one) => ({ do: 'trash', id: one.id }));
  return longTaskStarted(
    startTask(call.app, who(call), { name: 'com.atlassian.confluence.delete.pagetree', steps }),
  );
}

const root = '/wiki/rest/api/content';
const classic = ['write:confluence-content'];

export const treeWriteRoutes: Route[] = [
  {
    method: 'POST',
    path: `${root}/archive`,
    scopes: ['read:content.metadata:confluence', 'write:page:confluence'],
    classic,
    handle: archive,
  },
  {
    method: 'POST',
    path: `${root}/{id}/copy`,
    scopes: ['read:content-details:confluence', 'write:page:confluence'],
    classic,
    handle: copy,
  },
  {
    method: 'POST',
    path: `${root}/{id}/pagehierarchy/copy`,
    scopes: ['read:content.metadata:confluence', 'write:page:confluence'],
    classic,
    handle: copyHierarchy,
  },
  {
    method: 'DELETE',
    path: `${root}/{id}/pageTree`,
    scopes: ['delete:content:confluence'],
    classic,
    handle: deleteTree,
  },
];
