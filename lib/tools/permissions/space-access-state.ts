import { setSpaceRoleAssignments } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { spaceById } from '../resolve/space.ts';
import type { State } from '../state-write.ts';
import { type Principal, principalTypes } from './space-access-target.ts';
import { type Holder, holdersOf } from './space-holders.ts';

/** What is compared before and after: the role, or the single permissions, of one principal in a space. */
export function accessState(holder: Holder | null): NonNullable<State> {
  return {
    role: holder?.role?.id ?? null,
    permissions: (holder?.permissions ?? []).map((one) => `${one.operation}/${one.target}`).toSorted(),
  };
}

/** The access somebody has in a space now; null when the space is gone. */
export async function accessNow(ctx: Context, spaceId: string, who: Principal): Promise<State> {
  const space = await spaceById(ctx, spaceId);
  if (space === null) return null;
  const { holders } = await holdersOf(ctx, space);
  return accessState(holders.find((one) => one.type === who.type && one.id === who.id) ?? null);
}

/** Gives a role in a space, or, without one, takes away what the principal holds. */
export async function assignRole(
  ctx: Context,
  spaceId: string,
  who: Principal,
  roleId: string | null,
): Promise<void> {
  const assignment = {
    principal: { principalType: principalTypes[who.type], principalId: who.id },
    ...(roleId === null ? {} : { roleId }),
  };
  // The body is a list; confluence.js types it as an object and passes it on as it is.
  const body = [assignment] as unknown as Record<string, unknown>;
  await setSpaceRoleAssignments(ctx.confluence, { id: contentNumber(spaceId), body });
}
