import { findContent, findSpace } from '../db/index.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { type Call, param } from '../rest/route.ts';
import type { Content, ContentType, Space } from '../types.ts';

/** A numeric id of the path; 400 for anything else. */
export function idParam(call: Call, name = 'id'): string {
  const id = param(call, name);
  if (!/^\d+$/.test(id)) throw badRequest(`Invalid value for '${name}': '${id}' is not a number.`);
  return id;
}

/** A space of the path that the caller sees; 404 otherwise. */
export function visibleSpace(call: Call, name = 'id'): Space {
  const space = findSpace(call.db, idParam(call, name));
  if (!space || space.cloudId !== call.site.cloudId || !call.access.canViewSpace(space)) throw notFound();
  return space;
}

/** A page or post of the path that the caller sees, whatever its status; 404 otherwise. */
export function visibleContent(call: Call, type: ContentType, name = 'id'): Content {
  return visibleContentById(call, idParam(call, name), type);
}

export function visibleContentById(call: Call, id: string, type?: ContentType): Content {
  const content = findContent(call.db, call.site.cloudId, id);
  if (!content || (type && content.type !== type) || !call.access.canView(content)) throw notFound();
  return content;
}

/** Refuses a deletion the caller may not do: 404, as for changes. */
export function requireDelete(call: Call, content: Content): void {
  if (!call.access.canDelete(content))
    throw new Problem(404, 'Not Found', { detail: 'You do not have permission to delete this content.' });
}

/** Refuses a change the caller may not make: v2 says 404 to those who may only read. */
export function requireUpdate(call: Call, content: Content): void {
  if (!call.access.canUpdate(content))
    throw new Problem(404, 'Not Found', { detail: 'You do not have permission to change this content.' });
}
