import { indexMessage } from './chat-search.ts';
import type { Db } from './open.ts';
import type { MessagesTable } from './schema.ts';

/** A message with the name of the person who wrote it. */
export type MessageRow = MessagesTable & { author_name: string | null };

export async function insertMessage(db: Db, row: MessagesTable): Promise<void> {
  await db.insertInto('messages').values(row).execute();
  await indexMessage(db, row);
}

export async function findMessage(db: Db, id: string): Promise<MessageRow | undefined> {
  return rows(db).where('messages.id', '=', id).executeTakeFirst();
}

/** All messages of a chat, of every branch, oldest first. */
export async function messagesOfChat(db: Db, chatId: string): Promise<MessageRow[]> {
  return rows(db)
    .where('messages.chat_id', '=', chatId)
    .orderBy('messages.created_at')
    .orderBy('messages.id')
    .execute();
}

/** Ids and parents of all messages of a chat, oldest first. */
export async function messageTree(
  db: Db,
  chatId: string,
): Promise<{ id: string; parentId: string | null }[]> {
  return db
    .selectFrom('messages')
    .select(['id', 'parent_id as parentId'])
    .where('chat_id', '=', chatId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The messages below a parent (null: the beginnings of the chat), oldest first. */
export async function siblingsOf(db: Db, chatId: string, parentId: string | null): Promise<{ id: string }[]> {
  return db
    .selectFrom('messages')
    .select('id')
    .where('chat_id', '=', chatId)
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function messagesWithStatus(db: Db, status: MessagesTable['status']): Promise<MessageRow[]> {
  return rows(db).where('messages.status', '=', status).execute();
}

export async function updateMessage(
  db: Db,
  id: string,
  patch: Partial<Pick<MessagesTable, 'parts' | 'status' | 'usage' | 'updated_at'>>,
): Promise<void> {
  await db.updateTable('messages').set(patch).where('id', '=', id).execute();
  if (patch.parts === undefined || patch.status === 'running') return;
  const row = await findMessage(db, id);
  if (row !== undefined) await indexMessage(db, row);
}

/** Moves a message from one status to another; false when it was no longer in the first. */
export async function moveMessageStatus(
  db: Db,
  id: string,
  from: MessagesTable['status'],
  to: MessagesTable['status'],
): Promise<boolean> {
  const result = await db
    .updateTable('messages')
    .set({ status: to, updated_at: Date.now() })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

const rows = (db: Db) =>
  db
    .selectFrom('messages')
    .leftJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select('users.name as author_name');
