import { chatHolds, indexTitle } from './chat-search.ts';
import type { Db } from './open.ts';
import type { ChatsTable, MessagesTable } from './schema.ts';

/** A chat with the status of the last message of its active branch. */
export type ChatListRow = ChatsTable & { leaf_status: MessagesTable['status'] | null };

export async function insertChat(db: Db, row: ChatsTable): Promise<void> {
  await db.insertInto('chats').values(row).execute();
  await indexTitle(db, row.id, row.title);
}

/** The chat, deleted or not. */
export async function findChat(db: Db, id: string): Promise<ChatsTable | undefined> {
  return db.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function updateChat(db: Db, id: string, patch: Partial<Omit<ChatsTable, 'id'>>): Promise<void> {
  await db.updateTable('chats').set(patch).where('id', '=', id).execute();
  if (patch.title !== undefined) await indexTitle(db, id, patch.title);
}

/**
 * Chats of a person that are not deleted, last touched first. `before` (milliseconds) pages; pinned
 * chats lead the first page and are left out of the later ones.
 */
export async function listChatRows(
  db: Db,
  o: { userId: string; limit: number; before: number | null; words: readonly string[] },
): Promise<ChatListRow[]> {
  let rows = db
    .selectFrom('chats')
    .leftJoin('messages as leaf', 'leaf.id', 'chats.active_leaf_id')
    .selectAll('chats')
    .select('leaf.status as leaf_status')
    .where('chats.user_id', '=', o.userId)
    .where('chats.deleted_at', 'is', null);
  if (o.before !== null) rows = rows.where('chats.updated_at', '<', o.before).where('chats.pinned', '=', 0);
  if (o.words.length > 0) rows = rows.where(chatHolds(o.words));
  return rows.orderBy('chats.pinned', 'desc').orderBy('chats.updated_at', 'desc').limit(o.limit).execute();
}

/** Chats that are not deleted and end in an answer that waits. */
export async function waitingChats(db: Db): Promise<{ id: string; user_id: string }[]> {
  return db
    .selectFrom('chats')
    .innerJoin('messages as leaf', 'leaf.id', 'chats.active_leaf_id')
    .select(['chats.id', 'chats.user_id'])
    .where('leaf.status', '=', 'waiting')
    .where('chats.deleted_at', 'is', null)
    .execute();
}
