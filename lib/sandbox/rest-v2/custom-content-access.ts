import { findContent, findCustomContent, findSpace } from '../db/index.ts';
import { notFound } from '../http/problem.ts';
import type { Call } from '../rest/route.ts';
import type { CustomContent } from '../types.ts';

type Rights = { view: boolean; write: boolean };

/** Custom content is seen by those who see what contains it, and changed by those who may write there. */
export function rightsOn(
  call: Call,
  item: Pick<CustomContent, 'containerType' | 'containerId' | 'spaceId'>,
): Rights {
  if (item.containerType === 'space') {
    const space = findSpace(call.db, item.containerId);
    const view = space?.cloudId === call.site.cloudId && call.access.canViewSpace(space);
    return { view, write: view && space !== undefined && call.access.canWriteSpace(space) };
  }
  if (item.containerType === 'customContent') {
    const outer = findCustomContent(call.db, call.site.cloudId, item.containerId);
    return outer ? rightsOn(call, outer) : { view: false, write: false };
  }
  const content = findContent(call.db, call.site.cloudId, item.containerId);
  if (content?.type !== item.containerType) return { view: false, write: false };
  return { view: call.access.canView(content), write: call.access.canUpdate(content) };
}

/** An item the caller sees, whatever its status; 404 otherwise. */
export function visibleCustomContent(call: Call, id: string): { item: CustomContent; mayWrite: boolean } {
  const item = findCustomContent(call.db, call.site.cloudId, id);
  const rights = item && rightsOn(call, item);
  if (!item || !rights?.view) throw notFound();
  return { item, mayWrite: rights.write };
}
