import type { Call } from '../rest/route.ts';
import { spacePermissionKinds } from '../space-roles.ts';
import type { Space } from '../types.ts';

/** A space as lists show it. */
export function spaceJson(call: Call, space: Space): Record<string, unknown> {
  const format = call.query.oneOf('description-format', ['plain', 'view'] as const);
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.authorId,
    spaceOwnerId: space.authorId,
    createdAt: space.createdAt,
    ...(space.homepageId ? { homepageId: space.homepageId } : {}),
    ...(format ? { description: { [format]: { representation: format, value: space.description } } } : {}),
    ...(call.query.flag('include-icon')
      ? { icon: { path: '/avatar.svg', apiDownloadLink: '/avatar.svg' } }
      : {}),
    _links: { webui: `/spaces/${space.key}` },
  };
}

/** What the caller may do in a space. */
export function spaceOperations(call: Call, space: Space): { operation: string; targetType: string }[] {
  const may = (operation: string, targetType: string) => ({ operation, targetType });
  return spacePermissionKinds
    .filter(({ id }) => call.access.may(space, id))
    .map(({ id }) => {
      const [operation = '', target = ''] = id.split('/');
      return may(operation, target);
    });
}
