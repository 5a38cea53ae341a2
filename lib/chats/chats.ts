import {
  type ChatListRow,
  type ChatsTable,
  database,
  findChat,
  foundTexts,
  insertChat,
  listChatRows,
  newId,
  searchWords,
  updateChat,
  waitingChats as waitingChatRows,
} from '#db';
import { UserError } from '#errors';
import type { ChatSummary } from '#lib/wire';
import { snippetOf } from './snippet.ts';

export type Chat = {
  id: string;
  userId: string;
  title: string;
  activeLeafId: string | null;
  pinned: boolean;
  updatedAt: number;
};

/** How many chats are listed at first; more are asked for. */
export const chatsPerPage = 100;
const mostListed = 10_000;

const noSuchChat = () =>
  new UserError('not_found', 'This chat does not exist.', {
    next: 'Choose a chat from the list or start a new one.',
  });

const toChat = (row: ChatsTable): Chat => ({
  id: row.id,
  userId: row.user_id,
  title: row.title,
  activeLeafId: row.active_leaf_id,
  pinned: row.pinned === 1,
  updatedAt: row.updated_at,
});

const toSummary = (row: ChatListRow): ChatSummary => ({
  id: row.id,
  title: row.title,
  updatedAt: row.updated_at,
  pinned: row.pinned === 1,
  waiting: row.leaf_status === 'waiting',
});

/** Starts an empty chat. Without a title it takes one from its first message. */
export async function createChat(userId: string, o: { title?: string } = {}): Promise<{ id: string }> {
  const now = Date.now();
  const id = newId('cht');
  await insertChat(await database(), {
    id,
    user_id: userId,
    title: o.title?.trim() || 'New chat',
    title_source: o.title?.trim() ? 'person' : 'auto',
    active_leaf_id: null,
    pinned: 0,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  });
  return { id };
}

/**
 * The chat, if this person owns it and it is not deleted.
 * @throws UserError not_found otherwise: another person's chat looks like none.
 */
export async function ownChat(userId: string, chatId: string): Promise<Chat> {
  const row = await findChat(await database(), chatId);
  if (row === undefined || row.user_id !== userId || row.deleted_at !== null) throw noSuchChat();
  return toChat(row);
}

/**
 * The person's chats, last used first (pinned ones lead the first page).
 * `query`: words that a title or one message must hold. `before`: `updatedAt` of the last one already seen.
 */
export async function listChats(
  userId: string,
  o: { query?: string; limit?: number; before?: number } = {},
): Promise<ChatSummary[]> {
  const words = searchWords(o.query ?? '');
  const limit = Math.min(Math.max(o.limit ?? chatsPerPage, 1), mostListed);
  const db = await database();
  const rows = await listChatRows(db, { userId, limit, before: o.before ?? null, words });
  const found =
    words.length === 0
      ? new Map()
      : await foundTexts(
          db,
          words,
          rows.map(({ id }) => id),
        );
  return rows.map((row) => {
    const text = found.get(row.id);
    return text === undefined ? toSummary(row) : { ...toSummary(row), snippet: snippetOf(text, words) };
  });
}

/** Chats, of everybody, whose last answer waits for a decision or a connection; used at start. */
export async function waitingChats(): Promise<{ userId: string; chatId: string }[]> {
  const rows = await waitingChatRows(await database());
  return rows.map((row) => ({ userId: row.user_id, chatId: row.id }));
}

/** @throws UserError not_found, invalid_input for an empty title. */
export async function renameChat(userId: string, chatId: string, title: string): Promise<void> {
  const chat = await ownChat(userId, chatId);
  const text = title.replace(/\s+/g, ' ').trim().slice(0, 200);
  if (text === '')
    throw new UserError('invalid_input', 'A chat needs a title.', { next: 'Type at least one character.' });
  await updateChat(await database(), chat.id, { title: text, title_source: 'person' });
}

export async function setPinned(userId: string, chatId: string, pinned: boolean): Promise<void> {
  const chat = await ownChat(userId, chatId);
  await updateChat(await database(), chat.id, { pinned: pinned ? 1 : 0 });
}

/** Takes the chat out of the list; `restoreChat` brings it back. */
export async function deleteChat(userId: string, chatId: string): Promise<void> {
  const chat = await ownChat(userId, chatId);
  await updateChat(await database(), chat.id, { deleted_at: Date.now() });
}

export async function restoreChat(userId: string, chatId: string): Promise<void> {
  const db = await database();
  const row = await findChat(db, chatId);
  if (row === undefined || row.user_id !== userId) throw noSuchChat();
  await updateChat(db, chatId, { deleted_at: null });
}
