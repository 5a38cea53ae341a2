import { UserError } from '#errors';
import { credentialId, mustConnect, toolkitBySlug } from '#lib/toolkits';
import type { Context, WriteOperation } from '#lib/tools';
import type { ActingAs } from './store.ts';

/** Through whose access, as whom and where a write would be made. */
export type Acting = { connectionId: string; siteId: string; actingAs: ActingAs };

/**
 * As whom the person of this context would write with this operation: in Confluence, or in the toolkit it belongs to.
 * @throws UserError needs_connection, reconnect; not_possible when the toolkit is gone.
 */
export async function actingWith(ctx: Context, operation: WriteOperation): Promise<Acting> {
  if (operation.toolkit === undefined) {
    const { id, site, account } = ctx.connection;
    return {
      connectionId: id,
      siteId: site.id,
      actingAs: { accountId: account.id, name: account.name, site: site.name },
    };
  }
  const { slug } = operation.toolkit;
  const toolkit = toolkitBySlug(slug);
  if (toolkit === null) {
    throw new UserError('not_possible', `The toolkit “${slug}” has been removed or switched off.`, {
      next: 'Ask an admin.',
    });
  }
  const id = await credentialId(toolkit, ctx.user.id);
  if (id === null) throw mustConnect(toolkit, 'not_connected');
  return {
    connectionId: id,
    siteId: toolkit.id,
    actingAs: { accountId: id, name: ctx.user.name, site: toolkit.name },
  };
}
