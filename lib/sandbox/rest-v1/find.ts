import { findContent, findSpaceByKey } from '../db/index.ts';
import { notFound, Problem } from '../http/problem.ts';
import { type Call, param } from '../rest/route.ts';
import type { Content, Space } from '../types.ts';

/** A page or post of the path that the caller sees; 404 as v1 words it. */
export function visibleContent(call: Call, name = 'id'): Content {
  return contentById(call, param(call, name));
}

export function contentById(call: Call, id: string): Content {
  const content = findContent(call.db, call.site.cloudId, id);
  if (!content || !call.access.canView(content))
    throw notFound(`No content found with id : ContentId{id=${id}}`);
  return content;
}

/** v1 says 403, not 404, to those who see the content but may not change it. */
export function requireUpdate(call: Call, content: Content): void {
  if (!call.access.canUpdate(content))
    throw new Problem(403, `User not permitted to change content with id : ContentId{id=${content.id}}`);
}

/** A space by key that the caller sees; 404 as v1 words it. */
export function visibleSpace(call: Call, key: string): Space {
  const space = findSpaceByKey(call.db, call.site.cloudId, key);
  if (!space || !call.access.canViewSpace(space)) throw notFound(`No space found with key : ${key}`);
  return space;
}
