import { isAbort, toErrorView } from '#errors';
import { changesOfChat } from '#lib/approvals';
import type { Message, MessageStatus } from '#lib/wire';
import { log } from '#log';
import { addPart, save, setActivity, setPart } from './answer.ts';
import { foundBefore } from './discovery.ts';
import { doneElsewhere, modelMessages } from './history.ts';
import { answerLoop } from './loop.ts';
import { broadcast, enter, type Person, type Run, release } from './registry.ts';
import { sourcesOf } from './sources.ts';

/**
 * Starts the work on an answer in the place reserved for the chat, and returns at once. It is tied to no
 * request: it goes on when the browser leaves.
 * @param history the branch above the answer, oldest first.
 */
export function begin(person: Person, answer: Message, history: Message[]): Run {
  const run: Run = {
    chatId: answer.chatId,
    person,
    message: { ...answer, parts: [...answer.parts], status: 'running' },
    history,
    activity: 'Thinking…',
    abort: new AbortController(),
    found: foundBefore([...history, answer]),
    pause: null,
    saving: { timer: null, last: Promise.resolve() },
    startedAt: Date.now(),
    ended: Promise.resolve(),
  };
  enter(run);
  broadcast(run.chatId, { type: 'activity', text: run.activity });
  run.ended = work(run);
  return run;
}

async function work(run: Run): Promise<void> {
  let status: MessageStatus;
  try {
    const changes = await changesOfChat(run.person.id, run.chatId);
    const shown = [...run.history, run.message];
    await answerLoop(run, modelMessages(shown, changes), doneElsewhere(shown, changes));
    status =
      run.pause === null ? (run.message.parts.at(-1)?.type === 'error' ? 'failed' : 'done') : 'waiting';
  } catch (error) {
    status = ended(run, error);
  }
  await finish(run, status);
}

/** Stopped by the person, or failed: the partial answer stays, with the reason below it. */
function ended(run: Run, error: unknown): MessageStatus {
  if (run.abort.signal.aborted || isAbort(error)) return 'stopped';
  log.error({ err: error, chatId: run.chatId, messageId: run.message.id }, 'an answer failed');
  addPart(run, { type: 'error', error: toErrorView(error), retryable: true });
  return 'failed';
}

/** Calls that will not be heard of again. */
function settleCalls(run: Run): void {
  run.message.parts.forEach((part, index) => {
    if (part.type === 'tool' && part.state === 'running') setPart(run, index, { ...part, state: 'stopped' });
  });
}

async function finish(run: Run, status: MessageStatus): Promise<void> {
  settleCalls(run);
  const sources = status === 'done' || status === 'stopped' ? sourcesOf(run.message.parts) : [];
  if (sources.length > 0) addPart(run, { type: 'sources', sources });
  run.message.status = status;
  try {
    await save(run);
  } catch (error) {
    log.error({ err: error, chatId: run.chatId }, 'a finished answer could not be stored');
  }
  release(run.chatId);
  broadcast(run.chatId, { type: 'status', messageId: run.message.id, status, usage: run.message.usage });
  setActivity(run, null);
}
