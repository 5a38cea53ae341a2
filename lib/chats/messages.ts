import {
  database,
  findChat,
  findMessage,
  insertMessage,
  type MessageRow,
  type MessagesTable,
  messagesOfChat,
  messagesWithStatus,
  messageTree,
  moveMessageStatus,
  newId,
  siblingsOf,
  updateChat,
  updateMessage,
} from '#db';
import { UserError } from '#errors';
import type { FilePart, Message, MessageStatus, Part, Usage } from '#lib/wire';
import { ownChat } from './chats.ts';
import { titleOf } from './title.ts';
import { byParent, newestLeaf, pathTo } from './tree.ts';

const toMessage = (row: MessageRow, siblings: readonly { id: string }[]): Message => ({
  id: row.id,
  chatId: row.chat_id,
  parentId: row.parent_id,
  role: row.role,
  siblings: siblings.map(({ id }) => id),
  author: row.author_id === null ? null : { id: row.author_id, name: row.author_name ?? 'Someone' },
  parts: JSON.parse(row.parts) as Part[],
  status: row.status,
  model: row.model,
  usage: row.usage === null ? null : (JSON.parse(row.usage) as Usage),
  createdAt: row.created_at,
});

/** Stores a message below its parent and makes it the end of the active branch. */
async function append(
  row: Omit<MessagesTable, 'id' | 'usage' | 'created_at' | 'updated_at'>,
): Promise<Message> {
  const db = await database();
  const now = Date.now();
  const id = newId('msg');
  await insertMessage(db, { ...row, id, usage: null, created_at: now, updated_at: now });
  await updateChat(db, row.chat_id, { active_leaf_id: id, updated_at: now });
  return toMessage(
    (await findMessage(db, id)) as MessageRow,
    await siblingsOf(db, row.chat_id, row.parent_id),
  );
}

/** @throws UserError not_found when the parent is not a message of this chat. */
async function requireParent(chatId: string, parentId: string): Promise<void> {
  const parent = await findMessage(await database(), parentId);
  if (parent?.chat_id !== chatId) {
    throw new UserError('not_found', 'The message this one answers is not in this chat.', {
      next: 'Reload the chat and send it again.',
    });
  }
}

/**
 * Adds what a person said below `parentId` (null: at the start). Messages never change afterwards; a
 * second child of the same parent is a branch. The first message names the chat.
 * @throws UserError not_found for another person's chat or a parent of another chat.
 */
export async function addUserMessage(
  userId: string,
  chatId: string,
  o: { text: string; parentId: string | null; files?: readonly FilePart[] },
): Promise<Message> {
  const chat = await ownChat(userId, chatId);
  if (o.parentId !== null) await requireParent(chatId, o.parentId);
  const db = await database();
  const row = await findChat(db, chatId);
  if (chat.activeLeafId === null && row?.title_source === 'auto')
    await updateChat(db, chatId, { title: titleOf(o.text) });
  return append({
    chat_id: chatId,
    parent_id: o.parentId,
    role: 'user',
    author_id: userId,
    status: 'done',
    parts: JSON.stringify([{ type: 'text', text: o.text }, ...(o.files ?? [])] satisfies Part[]),
    model: null,
  });
}

/** The files of a message of this chat, with what was read of them. The caller has checked who asks. */
export async function filesOf(chatId: string, messageId: string): Promise<FilePart[]> {
  const row = await findMessage(await database(), messageId);
  if (row?.chat_id !== chatId) return [];
  return (JSON.parse(row.parts) as Part[]).filter((part) => part.type === 'file');
}

/** Adds an empty, running answer below `parentId`. `model`: the name of what answers. */
export async function addAnswer(chatId: string, parentId: string, model: string): Promise<Message> {
  await requireParent(chatId, parentId);
  return append({
    chat_id: chatId,
    parent_id: parentId,
    role: 'assistant',
    author_id: null,
    status: 'running',
    parts: '[]',
    model,
  });
}

/** Stores the present state of an answer. */
export async function saveAnswer(
  messageId: string,
  o: { parts: Part[]; status: MessageStatus; usage: Usage | null },
): Promise<void> {
  await updateMessage(await database(), messageId, {
    parts: JSON.stringify(o.parts),
    status: o.status,
    usage: o.usage === null ? null : JSON.stringify(o.usage),
    updated_at: Date.now(),
  });
}

/** Moves an answer from one status to another, once: false when somebody else was first. */
export async function claimAnswer(
  messageId: string,
  from: MessageStatus,
  to: MessageStatus,
): Promise<boolean> {
  return moveMessageStatus(await database(), messageId, from, to);
}

/** The active branch, oldest first. The caller has checked who asks. */
export async function branch(chatId: string): Promise<Message[]> {
  const db = await database();
  const chat = await findChat(db, chatId);
  if (chat === undefined) return [];
  const rows = await messagesOfChat(db, chatId);
  const nodes = rows.map((row) => ({ id: row.id, parentId: row.parent_id, row }));
  const children = byParent(nodes);
  return pathTo(nodes, chat.active_leaf_id).map(({ row, parentId }) =>
    toMessage(row, children.get(parentId) ?? []),
  );
}

/**
 * Makes the newest branch through a message the active one. Nothing is lost: the branch left stays.
 * @throws UserError not_found for another person's chat or a message of another chat.
 */
export async function chooseBranch(userId: string, chatId: string, messageId: string): Promise<void> {
  await ownChat(userId, chatId);
  const db = await database();
  const nodes = await messageTree(db, chatId);
  if (!nodes.some(({ id }) => id === messageId)) {
    throw new UserError('not_found', 'This message is not in the chat.', { next: 'Reload the chat.' });
  }
  await updateChat(db, chatId, { active_leaf_id: newestLeaf(nodes, messageId) });
}

/** Answers left in a status by any chat; used at start. */
export async function answersWithStatus(status: MessageStatus): Promise<Message[]> {
  return (await messagesWithStatus(await database(), status)).map((row) => toMessage(row, [row]));
}
