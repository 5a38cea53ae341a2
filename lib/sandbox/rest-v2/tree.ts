import { ancestorsOf, childrenOf, findContentAnywhere } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Content } from '../types.ts';
import { visibleContent } from './find.ts';
import { paged, sorted, sortNames } from './paging.ts';

const order = {
  id: (a: Content, b: Content) => Number(a.id) - Number(b.id),
  'created-date': (a: Content, b: Content) => a.createdAt.localeCompare(b.createdAt),
  'modified-date': (a: Content, b: Content) => a.versionAt.localeCompare(b.versionAt),
  'child-position': (a: Content, b: Content) => a.position - b.position,
  title: (a: Content, b: Content) => a.title.localeCompare(b.title),
};

function visibleChildren(call: Call, id: string): Content[] {
  return childrenOf(call.db, id).filter(
    (one) => (one.status === 'current' || one.status === 'archived') && call.access.canView(one),
  );
}

function listed(
  call: Call,
  parent: Content,
  shape: (child: Content) => unknown,
  keep: (child: Content) => boolean = () => true,
): Reply {
  const sort = call.query.oneOf('sort', sortNames(Object.keys(order)));
  return paged(call, sorted(visibleChildren(call, parent.id).filter(keep), sort, order), shape);
}

/** Children of every kind. */
export function childrenReply(call: Call, parent: Content): Reply {
  return listed(call, parent, (child) => ({ ...childJson(call, child), type: child.type }));
}

/** Pages below a page are ordered by hand; what lies in a folder is not, and has null, as on live sites. */
function positionOf(call: Call, child: Content): number | null {
  const parent = child.parentId === null ? undefined : findContentAnywhere(call.db, child.parentId);
  return parent?.type === 'page' ? child.position : null;
}

const childJson = (call: Call, child: Content) => ({
  id: child.id,
  status: child.status,
  title: child.title,
  spaceId: child.spaceId,
  childPosition: positionOf(call, child),
});

/** What lies below, to the asked depth. */
export function descendantsReply(call: Call, page: Content): Reply {
  const depth = call.query.integer('depth', { fallback: 2, min: 1, max: 10 });
  const below = (id: string, level: number): { child: Content; level: number }[] =>
    level > depth
      ? []
      : visibleChildren(call, id).flatMap((child) => [{ child, level }, ...below(child.id, level + 1)]);
  return paged(call, below(page.id, 1), ({ child, level }) => ({
    id: child.id,
    status: child.status,
    title: child.title,
    type: child.type,
    parentId: child.parentId,
    depth: level,
    childPosition: positionOf(call, child),
  }));
}

/** From the top down, without a cursor; a limit keeps the nearest ones, so that the topmost can be asked again. */
export function ancestorsReply(call: Call, page: Content): Reply {
  const limit = call.query.integer('limit', { fallback: 25, min: 1, max: 250 });
  const results = ancestorsOf(call.db, page)
    .slice(-limit)
    .map((one) => ({ id: one.id, type: one.type }));
  // Only the answer about pages has links in the document.
  const links = page.type === 'page' ? { _links: { base: call.base } } : {};
  return { ...json({ results, ...links }), points: results.length };
}

const hierarchy = ['read:hierarchical-content:confluence'];
const root = '/wiki/api/v2/pages/{id}';

export const treeRoutes: Route[] = [
  {
    method: 'GET',
    path: `${root}/direct-children`,
    scopes: hierarchy,
    handle: (call) => childrenReply(call, visibleContent(call, 'page')),
  },
  {
    method: 'GET',
    path: `${root}/children`,
    scopes: ['read:page:confluence'],
    handle: (call) =>
      listed(
        call,
        visibleContent(call, 'page'),
        (child) => childJson(call, child),
        (child) => child.type === 'page',
      ),
  },
  {
    method: 'GET',
    path: `${root}/descendants`,
    scopes: hierarchy,
    handle: (call) => descendantsReply(call, visibleContent(call, 'page')),
  },
  {
    method: 'GET',
    path: `${root}/ancestors`,
    scopes: ['read:content.metadata:confluence'],
    handle: (call) => ancestorsReply(call, visibleContent(call, 'page')),
  },
];
