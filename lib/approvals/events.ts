import { log } from '#log';

export type ChangeListener = (changeId: string, chatId: string | null, userId: string) => void;

const slot = globalThis as { __confabChangeListeners?: Set<ChangeListener> };

function listeners(): Set<ChangeListener> {
  slot.__confabChangeListeners ??= new Set();
  return slot.__confabChangeListeners;
}

/** Calls `listener` after every step of every change. Returns how to stop. */
export function onChange(listener: ChangeListener): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}

export function announce(change: { id: string; chat_id: string | null; user_id: string }): void {
  for (const listener of listeners()) {
    try {
      listener(change.id, change.chat_id, change.user_id);
    } catch (error) {
      // Who listens must not undo or repeat a step that is stored already.
      log.error({ err: error, change: change.id }, 'a listener of changes failed');
    }
  }
}
