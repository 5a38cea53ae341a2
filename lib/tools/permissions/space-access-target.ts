import { UserError } from '#errors';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { resolveGroup } from '../resolve/group.ts';
import { resolvePerson } from '../resolve/person.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { requireSpaceAdmin } from '../spaces/space-target.ts';
import { type RoleMode, roleModeOf } from './role-mode.ts';
import { type Holder, type HolderType, holdersOf, type Role, rolesOfSite } from './space-holders.ts';

/** Somebody whose access to a space is changed. */
export type Principal = { type: HolderType; id: string; name: string };

/** The API's words for the kinds of principals. */
export const principalTypes: Record<HolderType, 'USER' | 'GROUP' | 'ACCESS_CLASS'> = {
  user: 'USER',
  group: 'GROUP',
  class: 'ACCESS_CLASS',
};

/** The person or group of an input. @throws UserError invalid_input unless exactly one is named. */
export async function principalOf(
  ctx: Context,
  o: { user?: string | undefined; group?: string | undefined },
): Promise<Principal> {
  if ((o.user === undefined) === (o.group === undefined))
    throw new UserError('invalid_input', 'Name one person or one group.', {
      next: 'Give either `user` or `group`.',
    });
  if (o.group !== undefined) {
    const { id, name } = await resolveGroup(ctx, o.group);
    return { type: 'group', id, name };
  }
  const { accountId, name } = await resolvePerson(ctx, o.user ?? '');
  return { type: 'user', id: accountId, name };
}

/** A principal as the inputs of add_space_permission and remove_space_permission name it. */
export const whoInput = (who: Principal): { group: string } | { user: string } =>
  who.type === 'group' ? { group: who.id } : { user: who.id };

export type SpaceAccess = { space: Space; mode: RoleMode; holders: Holder[] };

/**
 * A space with who has access, ready to be changed.
 * @throws UserError forbidden for those who do not administer the space; not_possible on a site without roles when
 * connected through an app, which Atlassian does not let change single permissions.
 */
export async function changeableAccess(ctx: Context, given: string): Promise<SpaceAccess> {
  const space = await resolveSpace(ctx, given);
  const mode = await roleModeOf(ctx);
  if (mode === 'classic' && ctx.connection.mode === 'oauth')
    throw new UserError(
      'not_possible',
      'This site has no space roles, and Atlassian does not let apps change single space permissions.',
      {
        next: `Connect with an API token instead, or change it in the space settings of ${oneLine(space.name)} in Confluence.`,
      },
    );
  await requireSpaceAdmin(ctx, space, 'change who has access');
  return { space, mode, holders: (await holdersOf(ctx, space)).holders };
}

export const holderFor = (holders: readonly Holder[], who: Pick<Principal, 'type' | 'id'>): Holder | null =>
  holders.find((one) => one.type === who.type && one.id === who.id) ?? null;

/** Refuses to take the last admin away. @throws UserError not_possible. */
export function keepAnAdmin(access: SpaceAccess, without: Pick<Principal, 'type' | 'id' | 'name'>): void {
  const left = access.holders.filter(
    (one) => one.admin && !(one.type === without.type && one.id === without.id),
  );
  if (left.length > 0 || holderFor(access.holders, without)?.admin !== true) return;
  throw new UserError(
    'not_possible',
    `${oneLine(without.name)} is the last admin of the space ${oneLine(access.space.name)}; without one nobody could manage it.`,
    { next: 'Make somebody else its admin first.' },
  );
}

const loose = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(space|role)\s+|\s+(role|access)$/g, '');

/** Everyday words for the roles that come with Confluence. */
const synonyms: Record<string, string> = {
  read: 'viewer',
  'read-only': 'viewer',
  'view-only': 'viewer',
  view: 'viewer',
  reader: 'viewer',
  edit: 'collaborator',
  editor: 'collaborator',
  write: 'collaborator',
  administrator: 'admin',
  owner: 'admin',
};

/** The role meant, by name or id. @throws UserError not_found with the roles there are. */
export async function resolveRole(ctx: Context, given: string): Promise<Role> {
  const roles = await rolesOfSite(ctx);
  const wanted = loose(given);
  const found =
    roles.find((role) => role.id === given.trim()) ??
    roles.find((role) => role.name.toLowerCase() === wanted) ??
    roles.find((role) => role.name.toLowerCase() === synonyms[wanted]);
  if (found !== undefined) return found;
  throw new UserError(
    'not_found',
    `There is no role "${given}". There are: ${roles.map((role) => oneLine(role.name)).join(', ')}.`,
    { next: 'Name one of these roles.', data: { roles: roles.map(({ id, name }) => ({ id, name })) } },
  );
}
