import { UserError } from '#errors';
import { changesOfChat, stopOpenChanges } from '#lib/approvals';
import {
  addAnswer,
  addUserMessage,
  answersWithStatus,
  branch,
  claimAnswer,
  filesOf,
  ownChat,
  saveAnswer,
} from '#lib/chats';
import { connectionView } from '#lib/connections';
import { toolkitConnected } from '#lib/router';
import { type ChangeView, isSettled, type Message, type Part, type SendMessage } from '#lib/wire';
import { log } from '#log';
import { fileParts, withoutFileText } from './attachments.ts';
import { modelInfo } from './models.ts';
import { broadcast, isTaken, type Person, type Run, release, reserve, runBegun, runOf } from './registry.ts';
import { begin } from './run.ts';

/** Gives the place back when what should have filled it failed. */
async function inPlace<T>(chatId: string, start: () => Promise<T>): Promise<T> {
  reserve(chatId);
  try {
    return await start();
  } catch (error) {
    if (runOf(chatId) === null) release(chatId);
    throw error;
  }
}

/** Begins the run; what was decided or connected while it was still at work is taken up when it rests. */
function start(user: Person, answer: Message, history: Message[]): void {
  const run = begin(user, answer, history);
  run.ended
    .then(() => (run.message.status === 'waiting' ? goOn(user, run.chatId, run) : undefined))
    .catch((error: unknown) => log.error({ err: error, chatId: run.chatId }, 'an answer could not go on'));
}

/**
 * Stores what the person said and starts the answer; returns as soon as both are stored.
 * @throws UserError not_found, conflict while the chat is still being answered.
 */
export async function startTurn(
  user: Person,
  chatId: string,
  { text, files = [], editOf, parentId }: SendMessage,
): Promise<{ userMessage: Message; answer: Message }> {
  const before = await ownChat(user.id, chatId);
  return inPlace(chatId, async () => {
    const kept = editOf === undefined ? [] : await filesOf(chatId, editOf);
    const attached = [...kept, ...(await fileParts(user.id, files))];
    const userMessage = await addUserMessage(user.id, chatId, { text, files: attached, parentId });
    const answer = await addAnswer(chatId, userMessage.id, modelInfo().modelName);
    const history = (await branch(chatId)).slice(0, -1);
    await passOver(chatId, history);
    broadcast(chatId, { type: 'message', message: withoutFileText(userMessage) });
    broadcast(chatId, { type: 'message', message: answer });
    const { title } = await ownChat(user.id, chatId);
    if (title !== before.title) broadcast(chatId, { type: 'title', title });
    start(user, answer, history);
    return { userMessage: withoutFileText(userMessage), answer };
  });
}

/** A new question ends the waiting of earlier answers; their cards stay open for a decision. */
async function passOver(chatId: string, history: Message[]): Promise<void> {
  for (const message of history) {
    if (message.status !== 'waiting' || !(await claimAnswer(message.id, 'waiting', 'done'))) continue;
    message.status = 'done';
    broadcast(chatId, { type: 'status', messageId: message.id, status: 'done', usage: message.usage });
  }
}

/** Applied but not read back yet counts as open: the model is told what the check showed. */
const isOpen = (change: ChangeView): boolean =>
  !isSettled[change.status] || (change.status === 'applied' && change.verification === null);

/**
 * Goes on with an answer that waited, when all its changes are decided and, where it asked for a
 * connection, there is one. Otherwise does nothing; of many calls at once only one goes on.
 * @throws UserError not_found for another person's chat.
 */
export function continueTurn(user: Person, chatId: string): Promise<void> {
  return goOn(user, chatId, null);
}

/** `after`: the run that has just come to rest, which already knew the connection there was when it started. */
async function goOn(user: Person, chatId: string, after: Run | null): Promise<void> {
  await ownChat(user.id, chatId);
  const path = await branch(chatId);
  const answer = path.at(-1);
  if (answer?.role !== 'assistant' || answer.status !== 'waiting' || isTaken(chatId)) return;
  const asked = new Set(answer.parts.flatMap((part) => (part.type === 'change' ? [part.changeId] : [])));
  const changes = await changesOfChat(user.id, chatId);
  if (changes.some((change) => asked.has(change.id) && isOpen(change))) return;
  if (!(await isConnected(user, answer, after))) return;
  if (isTaken(chatId)) return;
  await inPlace(chatId, async () => {
    if (!(await claimAnswer(answer.id, 'waiting', 'running'))) {
      release(chatId);
      return;
    }
    const history = path.slice(0, -1);
    for (const message of [...history, answer]) await connected(message);
    broadcast(chatId, { type: 'status', messageId: answer.id, status: 'running', usage: answer.usage });
    start(user, answer, history);
  });
}

/** What the open connect cards of an answer ask for is there: a connection, with the scopes they name. */
async function isConnected(user: Person, answer: Message, after: Run | null): Promise<boolean> {
  const open = answer.parts.filter((part) => part.type === 'connect').filter((part) => part.state === 'open');
  for (const { toolkit } of open)
    if (toolkit !== undefined && !(await toolkitConnected(user.id, toolkit.slug))) return false;
  const cards = open.filter(({ toolkit }) => toolkit === undefined);
  if (cards.length === 0) return true;
  const connection = await connectionView(user.id);
  if (connection?.status !== 'active') return false;
  const known = after !== null && !(connection.connectedAt >= after.startedAt);
  if (known && cards.some((card) => card.reason !== 'no_site')) return false;
  const wanted = cards
    .filter((card) => card.reason === 'missing_scope')
    .flatMap((card) => card.access?.scopes ?? card.message.match(/\b[a-z]+:[a-z.-]+:confluence\b/g) ?? []);
  return connection.mode !== 'oauth' || wanted.every((scope) => connection.scopes.includes(scope));
}

/** Closes the connect cards of a message once there is a connection. */
async function connected(message: Message): Promise<void> {
  let closed = false;
  message.parts = message.parts.map((part, index): Part => {
    if (part.type !== 'connect' || part.state === 'done') return part;
    closed = true;
    const done: Part = { ...part, state: 'done' };
    broadcast(message.chatId, { type: 'part', messageId: message.id, index, part: done });
    return done;
  });
  if (closed && message.status !== 'waiting') await saveAnswer(message.id, message);
}

/**
 * Stops the server's work for this chat, keeps what was answered so far and settles its open cards.
 * @throws UserError not_found for another person's chat.
 */
export async function stopTurn(user: Person, chatId: string): Promise<void> {
  await ownChat(user.id, chatId);
  await endRun(chatId);
  // Before its cards are settled: whoever hears of that must not take the answer up again.
  const leaf = (await branch(chatId)).at(-1);
  if (leaf?.status === 'waiting' && (await claimAnswer(leaf.id, 'waiting', 'stopped'))) {
    broadcast(chatId, { type: 'status', messageId: leaf.id, status: 'stopped', usage: leaf.usage });
  }
  // A decision of the same moment may have taken it up first.
  await endRun(chatId);
  await stopOpenChanges(user.id, chatId);
}

async function endRun(chatId: string): Promise<void> {
  const run = await runBegun(chatId);
  if (run === null) return;
  run.abort.abort(new DOMException('Stopped by the person.', 'AbortError'));
  await run.ended;
}

/**
 * Answers a question again, as a sibling of the given answer; the earlier one stays in the tree.
 * @throws UserError not_found; conflict while an answer runs or waits.
 */
export async function retryTurn(user: Person, chatId: string, messageId: string): Promise<void> {
  await ownChat(user.id, chatId);
  const old = (await branch(chatId)).find(
    (message) => message.id === messageId && message.role === 'assistant',
  );
  if (old?.parentId == null) {
    throw new UserError('not_found', 'This answer is not in the chat.', {
      next: 'Reload the chat and press Retry there.',
    });
  }
  const parentId = old.parentId;
  if (old.status === 'waiting') {
    throw new UserError('conflict', 'This answer still waits for you.', {
      next: 'Decide on its card, or press Stop first.',
    });
  }
  await inPlace(chatId, async () => {
    const answer = await addAnswer(chatId, parentId, modelInfo().modelName);
    broadcast(chatId, { type: 'message', message: answer });
    start(user, answer, (await branch(chatId)).slice(0, -1));
  });
}

/** Marks answers that a stop of the server cut off as interrupted; called once at start. */
export async function recoverRuns(): Promise<void> {
  for (const message of await answersWithStatus('running')) {
    if (isTaken(message.chatId) || !(await claimAnswer(message.id, 'running', 'interrupted'))) continue;
    const parts = message.parts.map(
      (part): Part =>
        part.type === 'tool' && part.state === 'running' ? { ...part, state: 'stopped' } : part,
    );
    await saveAnswer(message.id, { parts, status: 'interrupted', usage: message.usage });
  }
}
