import { UserError } from '#errors';
import { type Context, createContext } from '#lib/tools';
import { actingWith } from './acting.ts';
import { type StoredChange, writeOperation } from './store.ts';

/** A write and its checks may take this long in all. */
const patience = 120_000;

/**
 * The context in which a stored change may be applied: same person, same Atlassian account and site,
 * tier and limits as when it was asked.
 * @throws UserError when the person is now connected as someone else or elsewhere.
 */
export async function contextOf(change: StoredChange, name: string): Promise<Context> {
  const operation = writeOperation(change.row.operation);
  const { limits } = change;
  if (!limits.tiers.includes(operation.tier)) {
    throw new UserError('forbidden', `${operation.title} is not allowed here any more.`, {
      next: 'Ask for it with a key that allows it.',
    });
  }
  const ctx = await createContext({
    user: { id: change.row.user_id, name },
    operation,
    limits,
    signal: AbortSignal.timeout(patience),
    chatId: change.row.chat_id,
  });
  const { siteId, actingAs } = await actingWith(ctx, operation);
  if (siteId !== change.row.site_id || actingAs.accountId !== change.actingAs.accountId) {
    throw new UserError(
      'conflict',
      operation.toolkit === undefined
        ? `This was proposed for ${change.actingAs.name} on ${change.actingAs.site}; you are now connected as ${actingAs.name} to ${actingAs.site}.`
        : `This was proposed with the access to ${actingAs.site} you had before; you have connected it anew since.`,
      {
        next:
          operation.toolkit === undefined
            ? 'Switch back under Settings, Connections, or ask again.'
            : 'Decline this and ask again.',
      },
    );
  }
  return ctx;
}
