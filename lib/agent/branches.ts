import { chooseBranch } from '#lib/chats';
import { broadcast, type Person, release, reserve } from './registry.ts';
import { continueTurn } from './turn.ts';
import { chatView } from './view.ts';

/**
 * Turns a chat to the newest branch through a message; everybody who watches it sees that branch. An answer
 * there whose cards were decided meanwhile goes on.
 * @throws UserError not_found; conflict while the chat is being answered.
 */
export async function switchBranch(user: Person, chatId: string, messageId: string): Promise<void> {
  reserve(chatId);
  try {
    await chooseBranch(user.id, chatId, messageId);
  } finally {
    release(chatId);
  }
  broadcast(chatId, { type: 'snapshot', chat: await chatView(user, chatId) });
  await continueTurn(user, chatId);
}
