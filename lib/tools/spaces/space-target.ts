import { UserError } from '#errors';
import { getSpaceOperations } from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import type { Space } from '../resolve/space.ts';

/** A space as the target of a change. */
export function spaceTarget(space: Space): ChangeTarget {
  const { id, key, name, url } = space;
  return { kind: 'space', id, title: name, space: { id, key, name }, url };
}

/**
 * Refuses what only an admin of the space may do, before a card is shown.
 * @throws UserError forbidden for everybody else.
 */
export async function requireSpaceAdmin(ctx: Context, space: Space, what: string): Promise<void> {
  const { operations } = await getSpaceOperations(ctx.confluence, { id: contentNumber(space.id) });
  const administers = (operations ?? []).some(
    (one) => one.operation === 'administer' && (one.targetType ?? 'space') === 'space',
  );
  if (administers) return;
  throw new UserError('forbidden', `Only an admin of the space ${oneLine(space.name)} may ${what}.`, {
    next: 'Ask one of its admins; list_space_permissions shows who they are.',
  });
}
