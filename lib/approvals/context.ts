import { UserError } from '#errors';
import { type Context, createContext } from '#lib/tools';
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
  if (
    ctx.connection.site.id !== change.row.site_id ||
    ctx.connection.account.id !== change.actingAs.accountId
  ) {
    throw new UserError(
      'conflict',
      `This was proposed for ${change.actingAs.name} on ${change.actingAs.site}; you are now connected as ${ctx.connection.account.name} to ${ctx.connection.site.name}.`,
      { next: 'Switch back under Settings, Connections, or ask again.' },
    );
  }
  return ctx;
}
