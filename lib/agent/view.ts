import { changesOfChat, onChange, viewChange } from '#lib/approvals';
import { branch, ownChat } from '#lib/chats';
import type { ChatView } from '#lib/wire';
import { log } from '#log';
import { withoutFileText } from './attachments.ts';
import { beat, broadcast, isWatched, type Listener, listen, type Person, runOf } from './registry.ts';

const slot = globalThis as { __confabChangeWatch?: () => void };

/** Sends every step of a change to whoever watches its chat; one listener per process. */
function watchChanges(): void {
  slot.__confabChangeWatch ??= onChange((changeId, chatId, userId) => {
    if (chatId === null || !isWatched(chatId)) return;
    viewChange({ id: userId }, changeId).then(
      (change) => broadcast(chatId, { type: 'change', change }),
      (error: unknown) => log.error({ err: error, changeId }, 'a change could not be shown'),
    );
  });
}

/** What is stored. */
async function read(userId: string, chatId: string): Promise<ChatView> {
  const chat = await ownChat(userId, chatId);
  const messages = (await branch(chatId)).map(withoutFileText);
  return {
    id: chat.id,
    title: chat.title,
    messages,
    changes: await changesOfChat(userId, chatId),
    activity: null,
  };
}

/** The view with the live answer in place of its stored copy. */
function withLive(view: ChatView): ChatView {
  const run = runOf(view.id);
  if (run === null) return view;
  const live = { ...run.message, parts: [...run.message.parts] };
  const messages = view.messages.map((message) => (message.id === live.id ? live : message));
  return { ...view, messages, activity: run.activity };
}

/**
 * Reads the chat and hands it to `use` in the same tick in which the live answer was copied. Reads again
 * when an answer began or ended meanwhile, so that what is shown and the events after it fit together.
 */
async function whenFresh<T>(userId: string, chatId: string, use: (view: ChatView) => T): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const moment = beat(chatId);
    const view = await read(userId, chatId);
    if (moment === beat(chatId) || attempt === 5) return use(withLive(view));
  }
}

/** The chat as its owner sees it now. @throws UserError not_found for another person's chat. */
export function chatView(user: Person, chatId: string): Promise<ChatView> {
  return whenFresh(user.id, chatId, (view) => view);
}

/**
 * Watches a chat: first a snapshot, then every event after it, in order and without a gap. Returns how to
 * stop watching.
 * @throws UserError not_found for another person's chat.
 */
export function subscribe(user: Person, chatId: string, listener: Listener): Promise<() => void> {
  watchChanges();
  return whenFresh(user.id, chatId, (chat) => {
    listener({ type: 'snapshot', chat });
    return listen(chatId, listener);
  });
}
