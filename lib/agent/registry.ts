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
  startedAt: number;
  ended: Promise<void>;
};

/** The place of a run that is being started. `over`: it has begun, or given its place back. */
type Starting = { over: Promise<void>; end: () => void };

type Hub = {
  runs: Map<string, Run | Starting>;
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
  return run === undefined || 'over' in run ? null : run;
}

/** The run of a chat, once one that is being started has begun; null when there is none. */
export async function runBegun(chatId: string): Promise<Run | null> {
  const run = hub().runs.get(chatId);
  if (run !== undefined && 'over' in run) await run.over;
  return runOf(chatId);
}

/** Takes the chat's only place for a run. @throws UserError conflict when it is taken. */
export function reserve(chatId: string): void {
  if (hub().runs.has(chatId)) {
    throw new UserError('conflict', 'Confab is still answering in this chat.', {
      next: 'Wait until the answer is complete, or press Stop.',
    });
  }
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  hub().runs.set(chatId, { over, end });
}

function leave(chatId: string): void {
  const place = hub().runs.get(chatId);
  hub().runs.delete(chatId);
  if (place !== undefined && 'over' in place) place.end();
}

/** True while a run is live or being started. */
export const isTaken = (chatId: string): boolean => hub().runs.has(chatId);

export function enter(run: Run): void {
  leave(run.chatId);
  hub().runs.set(run.chatId, run);
}

export function release(chatId: string): void {
  leave(chatId);
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

/** Events after which what was read before is old. */
const followed = new Set<ChatEvent['type']>(['snapshot', 'message', 'status', 'change']);

/** Sends an event to everybody who watches the chat. */
export function broadcast(chatId: string, event: ChatEvent): void {
  if (followed.has(event.type)) {
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
