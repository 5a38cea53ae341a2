import { UserError } from '#errors';
import type { ChatEvent, Message } from '#lib/wire';
import { log } from '#log';

export type Person = { id: string; name: string };
export type Listener = (event: ChatEvent) => void;

/** The live process of one answer. `message` is the newest state; the database follows it. */
export type Run = {
  chatId: string;
  person: Person;
  message: Message;
  /** The branch down to the question, oldest first, without `message`. */
  history: Message[];
  activity: string | null;
  abort: AbortController;
  /** Operations found by discovery: callable from the next step on. */
  found: Set<string>;
  /** Why the run ends before the answer does. */
  pause: 'decision' | 'connection' | null;
  saving: { timer: NodeJS.Timeout | null; last: Promise<void> };
  ended: Promise<void>;
};

type Hub = {
  runs: Map<string, Run | 'starting'>;
  listeners: Map<string, Set<Listener>>;
  /** Counts events that a stored message follows, so that a snapshot can tell whether it is fresh. */
  beats: Map<string, number>;
};

const slot = globalThis as { __confabRuns?: Hub };

/** One per process: Next gives pages and route handlers separate module instances. */
function hub(): Hub {
  slot.__confabRuns ??= { runs: new Map(), listeners: new Map(), beats: new Map() };
  return slot.__confabRuns;
}

/** The live run of a chat, if any. */
export function runOf(chatId: string): Run | null {
  const run = hub().runs.get(chatId);
  return run === undefined || run === 'starting' ? null : run;
}

/** Takes the chat's only place for a run. @throws UserError conflict when it is taken. */
export function reserve(chatId: string): void {
  if (hub().runs.has(chatId)) {
    throw new UserError('conflict', 'Confab is still answering in this chat.', {
      next: 'Wait until the answer is complete, or press Stop.',
    });
  }
  hub().runs.set(chatId, 'starting');
}

/** True while a run is live or being started. */
export const isTaken = (chatId: string): boolean => hub().runs.has(chatId);

export function enter(run: Run): void {
  hub().runs.set(run.chatId, run);
}

export function release(chatId: string): void {
  hub().runs.delete(chatId);
}

export function listen(chatId: string, listener: Listener): () => void {
  const all = hub().listeners.get(chatId) ?? new Set();
  hub().listeners.set(chatId, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size === 0 && hub().listeners.get(chatId) === all) hub().listeners.delete(chatId);
  };
}

export const isWatched = (chatId: string): boolean => hub().listeners.has(chatId);

export const beat = (chatId: string): number => hub().beats.get(chatId) ?? 0;

/** Sends an event to everybody who watches the chat. */
export function broadcast(chatId: string, event: ChatEvent): void {
  if (event.type === 'message' || event.type === 'status' || event.type === 'change') {
    hub().beats.set(chatId, beat(chatId) + 1);
  }
  for (const listener of hub().listeners.get(chatId) ?? []) {
    try {
      listener(event);
    } catch (error) {
      // A watcher that went away must not end the run.
      log.warn({ err: error, chatId }, 'a watcher of a chat failed');
    }
  }
}
