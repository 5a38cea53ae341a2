import { UserError } from '#errors';
import type { Context } from './operation.ts';

/** True when the caller may touch content of this space. Unknown (null) counts as outside. */
export function spaceAllowed(ctx: Pick<Context, 'limits'>, spaceId: string | null | undefined): boolean {
  const { spaces } = ctx.limits;
  return spaces === null || (spaceId !== null && spaceId !== undefined && spaces.includes(String(spaceId)));
}

/** Throws `error` unless the space is allowed: the same error as for something that does not exist. */
export function requireSpace(
  ctx: Pick<Context, 'limits'>,
  spaceId: string | null | undefined,
  error: () => Error,
): void {
  if (!spaceAllowed(ctx, spaceId)) throw error();
}

/** For changes that reach over the whole site. @throws UserError forbidden under a space limit. */
export function refuseReach(ctx: Pick<Context, 'limits'>, what: string): void {
  if (ctx.limits.spaces === null) return;
  throw new UserError(
    'forbidden',
    `${what} for the whole site, and this access is limited to certain spaces.`,
    { next: 'Use an access without a limit on spaces.' },
  );
}

/** For lists of a whole site that carry no space to filter by. @throws UserError forbidden under a space limit. */
export function refuseSiteWide(ctx: Pick<Context, 'limits'>, what: string): void {
  if (ctx.limits.spaces === null) return;
  throw new UserError(
    'forbidden',
    `This access is limited to certain spaces, so ${what} of the whole site cannot be listed.`,
    {
      next: 'Name a page or a space.',
    },
  );
}
