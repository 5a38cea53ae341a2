import { UserError } from '#errors';
import type { Filters } from '../cql.ts';
import type { Context } from '../operation.ts';
import { allMembers, resolveGroup } from '../resolve/group.ts';
import { resolvePerson } from '../resolve/person.ts';
import { resolveSpace, spacesById } from '../resolve/space.ts';

/**
 * The space keys to search in: those asked for, or those the limits allow. Unknown names are an error, for
 * Confluence answers an unknown key with no rows and no word.
 */
export async function spaceKeys(
  ctx: Context,
  spaces: readonly string[] | undefined,
): Promise<string[] | undefined> {
  if (spaces?.length) return Promise.all(spaces.map(async (space) => (await resolveSpace(ctx, space)).key));
  const { limits } = ctx;
  if (limits.spaces === null) return undefined;
  const allowed = await spacesById(ctx, limits.spaces);
  const keys = limits.spaces
    .map((id) => allowed.get(id)?.key)
    .filter((key): key is string => key !== undefined);
  if (keys.length > 0) return keys;
  throw new UserError('not_found', 'None of the spaces this access is limited to is visible to you.', {
    next: 'Ask whoever made this access to change its spaces.',
  });
}

/** Account ids of a person and of all members of a group, for CQL knows no names. */
export async function contributors(
  ctx: Context,
  o: { contributor?: string; group?: string },
): Promise<Pick<Filters, 'contributors'>> {
  const person = o.contributor === undefined ? [] : [(await resolvePerson(ctx, o.contributor)).accountId];
  if (o.group === undefined) return person.length > 0 ? { contributors: person } : {};
  const group = await resolveGroup(ctx, o.group);
  const members = (await allMembers(ctx, group.id)).map((one) => one.accountId);
  if (members.length === 0) {
    throw new UserError('not_found', `The group "${group.name}" has no members you can see.`, {
      next: 'Name a person instead.',
    });
  }
  return { contributors: person.length > 0 ? members.filter((id) => person.includes(id)) : members };
}
