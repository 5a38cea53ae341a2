import type { ChangeView, ChatEvent, ChatView, Message, Part } from '#lib/wire';
import { isNewer } from '../change/words.ts';

export type ChatState = {
  title: string;
  messages: readonly Message[];
  changes: ReadonlyMap<string, ChangeView>;
  activity: string | null;
};

export type ChatAction = ChatEvent | { type: 'sent'; messages: readonly Message[] };

export const emptyChat: ChatState = { title: '', messages: [], changes: new Map(), activity: null };

/** A new message stands below its parent; what stood there before is another branch now. */
function addMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const parent = messages.findIndex(({ id }) => id === message.parentId);
  return parent === -1 && message.parentId !== null
    ? [...messages, message]
    : [...messages.slice(0, parent + 1), message];
}

function putMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findIndex(({ id }) => id === message.id);
  return at === -1 ? addMessage(messages, message) : messages.with(at, message);
}

function putChange(changes: ChatState['changes'], change: ChangeView): ChatState['changes'] {
  return isNewer(changes.get(change.id), change) ? new Map(changes).set(change.id, change) : changes;
}

/** The state of a whole chat. Messages that did not change keep their identity, so they are not drawn again. */
export function fromView(view: ChatView, before: ChatState = emptyChat): ChatState {
  const known = new Map(before.messages.map((message) => [message.id, message]));
  const messages = view.messages.map((message) => {
    const old = known.get(message.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
  return {
    title: view.title,
    messages,
    changes: new Map(view.changes.map((change) => [change.id, change])),
    activity: view.activity,
  };
}

function editMessage(state: ChatState, id: string, edit: (message: Message) => Message): ChatState {
  const at = state.messages.findIndex((message) => message.id === id);
  const message = state.messages[at];
  return message === undefined ? state : { ...state, messages: state.messages.with(at, edit(message)) };
}

function putPart(message: Message, index: number, part: Part): Message {
  const parts = [...message.parts];
  parts[Math.min(index, parts.length)] = part;
  return { ...message, parts };
}

function addText(message: Message, index: number, delta: string): Message {
  const part = message.parts[index];
  const text = part?.type === 'text' ? part.text + delta : delta;
  return putPart(message, index, { type: 'text', text });
}

type Handlers = {
  [Type in ChatAction['type']]: (state: ChatState, action: Extract<ChatAction, { type: Type }>) => ChatState;
};

const handlers: Handlers = {
  snapshot: (state, { chat }) => fromView(chat, state),
  sent: (state, { messages }) => ({ ...state, messages: messages.reduce(keepNewest, state.messages) }),
  message: (state, { message }) => ({ ...state, messages: putMessage(state.messages, message) }),
  text: (state, { messageId, index, delta }) =>
    editMessage(state, messageId, (message) => addText(message, index, delta)),
  part: (state, { messageId, index, part }) =>
    editMessage(state, messageId, (message) => putPart(message, index, part)),
  status: (state, { messageId, status, usage }) =>
    editMessage(state, messageId, (message) => ({ ...message, status, usage: usage ?? message.usage })),
  activity: (state, { text }) => (state.activity === text ? state : { ...state, activity: text }),
  change: (state, { change }) => ({ ...state, changes: putChange(state.changes, change) }),
  title: (state, { title }) => ({ ...state, title }),
};

/** The answer to a POST may come after events about the same message: what is known already stays. */
function keepNewest(messages: readonly Message[], message: Message): readonly Message[] {
  return messages.some(({ id }) => id === message.id) ? messages : addMessage(messages, message);
}

/** The chat after one event. An event about a message that is not known changes nothing: a snapshot follows. */
export function applyEvent(state: ChatState, action: ChatAction): ChatState {
  const handle = handlers[action.type] as (state: ChatState, action: ChatAction) => ChatState;
  return handle(state, action);
}

/** The chat after several events, in order. */
export function applyEvents(state: ChatState, actions: readonly ChatAction[]): ChatState {
  return actions.reduce(applyEvent, state);
}

/** True while the server works on an answer. */
export function isRunning(state: ChatState): boolean {
  return state.messages.at(-1)?.status === 'running';
}

/**
 * Open cards that no message shown refers to: an undo that must be looked at again, or a proposal of another branch. A
 * conflict of another branch stays there: nothing can be decided about it any more.
 */
export function looseChanges(state: ChatState): ChangeView[] {
  const placed = new Set(
    state.messages.flatMap((message) =>
      message.parts.flatMap((part) => (part.type === 'change' ? [part.changeId] : [])),
    ),
  );
  const open: readonly ChangeView['status'][] = ['proposed', 'approved', 'applying', 'unknown', 'conflicted'];
  return [...state.changes.values()].filter(
    (change) =>
      !placed.has(change.id) &&
      open.includes(change.status) &&
      (change.status !== 'conflicted' || change.origin.kind === 'undo'),
  );
}
