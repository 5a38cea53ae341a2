import { type SqlBool, sql } from 'kysely';
import type { Db } from './open.ts';
import type { MessagesTable } from './schema.ts';

/** Words shorter than this stand in no trigram; they are looked for one text after the other. */
const shortestIndexed = 3;
const mostWords = 12;

async function put(db: Db, row: { of_id: string; chat_id: string; text: string }): Promise<void> {
  await db
    .insertInto('chat_texts')
    .values(row)
    .onConflict((conflict) => conflict.column('of_id').doUpdateSet({ text: row.text }))
    .execute();
}

/** Makes a title findable. */
export async function indexTitle(db: Db, chatId: string, title: string): Promise<void> {
  await put(db, { of_id: chatId, chat_id: chatId, text: title });
}

/** Makes what a message says findable; not its tool data. */
export async function indexMessage(
  db: Db,
  { id, chat_id, parts }: Pick<MessagesTable, 'id' | 'chat_id' | 'parts'>,
): Promise<void> {
  const said = (JSON.parse(parts) as { type: string; text?: string }[]).flatMap(({ type, text }) =>
    type === 'text' && text !== undefined ? [text] : [],
  );
  if (said.length > 0) await put(db, { of_id: id, chat_id, text: said.join('\n') });
}

/** The words of a query, as they are looked for. */
export function searchWords(query: string): string[] {
  return [...new Set(query.normalize('NFC').split(/\s+/).filter(Boolean))].slice(0, mostWords);
}

/**
 * The one place that knows how chats are searched: a title or a message that holds all the words, each also
 * as a part of another word. The condition is on `chat_texts`.
 */
function holdsAll(words: readonly string[]) {
  const indexed = words.filter((word) => [...word].length >= shortestIndexed);
  const conditions = words
    .filter((word) => !indexed.includes(word))
    .map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      return sql<SqlBool>`chat_texts.text like ${pattern} escape '\\'`;
    });
  if (indexed.length > 0) {
    const match = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    conditions.push(
      sql<SqlBool>`chat_texts.id in (select rowid from chat_texts_index where chat_texts_index match ${match})`,
    );
  }
  return conditions;
}

/** A condition on `chats`: something in the chat holds all words. */
export function chatHolds(words: readonly string[]) {
  return sql<SqlBool>`chats.id in (select chat_texts.chat_id from chat_texts where ${sql.join(holdsAll(words), sql` and `)})`;
}

/** Of each chat the newest message that holds all words; chats of which only the title does are left out. */
export async function foundTexts(
  db: Db,
  words: readonly string[],
  chatIds: readonly string[],
): Promise<Map<string, string>> {
  if (chatIds.length === 0) return new Map();
  let rows = db
    .selectFrom('chat_texts')
    .select(['chat_id', 'text'])
    .where('chat_id', 'in', [...chatIds])
    .whereRef('of_id', '!=', 'chat_id')
    .orderBy('id');
  for (const condition of holdsAll(words)) rows = rows.where(condition);
  return new Map((await rows.execute()).map(({ chat_id, text }) => [chat_id, text]));
}
