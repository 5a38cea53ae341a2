import { ConfabError } from '#errors';
import { getSpaceRoleMode } from '#lib/confluence';
import { memoryOf } from '../memory.ts';
import type { Context } from '../operation.ts';

/** How a site gives access to spaces: by roles, or by single permissions (`classic`). */
export type RoleMode = 'roles' | 'classic';

const known = new WeakMap<object, RoleMode>();

/**
 * How the site gives access. A site that does not offer the question has no roles.
 * @throws UserError missing_scope when the connection may not ask.
 */
export async function roleModeOf(ctx: Pick<Context, 'confluence'>): Promise<RoleMode> {
  const memory = memoryOf(ctx.confluence);
  const found = known.get(memory);
  if (found !== undefined) return found;
  let mode: RoleMode = 'classic';
  try {
    const answer = await getSpaceRoleMode(ctx.confluence);
    mode = answer.mode === 'ROLES' || answer.mode === 'ROLES_TRANSITION' ? 'roles' : 'classic';
  } catch (error) {
    if (!(error instanceof ConfabError) || (error.code !== 'not_found' && error.code !== 'forbidden'))
      throw error;
  }
  known.set(memory, mode);
  return mode;
}

/** As `roleModeOf`, for reads: null when the connection lacks the scope to ask. */
export async function roleModeIfKnown(ctx: Pick<Context, 'confluence'>): Promise<RoleMode | null> {
  try {
    return await roleModeOf(ctx);
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'missing_scope') return null;
    throw error;
  }
}
