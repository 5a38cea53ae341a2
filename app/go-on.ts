import { ConfabError } from '#errors';
import { continueTurn, type Person } from '#lib/agent';
import { log } from '#log';

/**
 * Lets the answer go on that waited for what has just happened: a decision, a connection. That stands whether
 * the chat can go on or not (it may have been deleted), so nothing is thrown.
 */
export async function goOn(user: Person, chatId: string | null | undefined): Promise<void> {
  if (chatId === null || chatId === undefined) return;
  try {
    await continueTurn(user, chatId);
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'not_found') return;
    log.error({ err: error, chatId }, 'a chat could not go on');
  }
}
