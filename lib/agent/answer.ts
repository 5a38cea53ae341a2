import { saveAnswer } from '#lib/chats';
import type { Part } from '#lib/wire';
import { log } from '#log';
import { broadcast, type Run } from './registry.ts';

/** While text streams, the answer is stored at most this often (milliseconds). */
const savePause = 500;

/** Stores the answer as it is now. Saves of one run follow each other. */
export function save(run: Run): Promise<void> {
  if (run.saving.timer !== null) clearTimeout(run.saving.timer);
  run.saving.timer = null;
  const store = () => {
    const { id, parts, status, usage } = run.message;
    return saveAnswer(id, { parts, status, usage });
  };
  run.saving.last = run.saving.last.then(store, store);
  return run.saving.last;
}

function saveSoon(run: Run): void {
  run.saving.timer ??= setTimeout(() => {
    save(run).catch((error: unknown) =>
      log.error({ err: error, chatId: run.chatId }, 'an answer could not be stored'),
    );
  }, savePause);
}

/** Replaces one part and tells the watchers. */
export function setPart(run: Run, index: number, part: Part): void {
  run.message.parts[index] = part;
  broadcast(run.chatId, { type: 'part', messageId: run.message.id, index, part });
  saveSoon(run);
}

/** Adds a part at the end; returns its index. */
export function addPart(run: Run, part: Part): number {
  const index = run.message.parts.length;
  setPart(run, index, part);
  return index;
}

/** Adds streamed text to the last part, or begins a text part. */
export function addText(run: Run, delta: string): void {
  if (delta === '') return;
  const index = run.message.parts.length - 1;
  const last = run.message.parts[index];
  if (last?.type !== 'text') {
    addPart(run, { type: 'text', text: delta });
    return;
  }
  // A new object: snapshots already sent hold the old one.
  run.message.parts[index] = { type: 'text', text: last.text + delta };
  broadcast(run.chatId, { type: 'text', messageId: run.message.id, index, delta });
  saveSoon(run);
}

/** Says in words what the run is doing; null: nothing. */
export function setActivity(run: Run, text: string | null): void {
  if (run.activity === text) return;
  run.activity = text;
  broadcast(run.chatId, { type: 'activity', text });
}
