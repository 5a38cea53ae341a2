import { type Kysely, sql } from 'kysely';

/**
 * Indexes for the ledger and for what waits. Search in chats: the words of titles and messages in `chat_texts`, and beside it an index of trigrams, which
 * finds parts of words and text without spaces between words. Triggers keep the two in step.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chat_texts')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('of_id', 'text', (c) => c.notNull().unique())
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id').onDelete('cascade'))
    .addColumn('text', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('chat_texts_chat').on('chat_texts').columns(['chat_id']).execute();
  // The ledger of everybody by time; what waits, asked for every few seconds by every open page.
  await db.schema.createIndex('changes_time').on('changes').columns(['created_at', 'id']).execute();
  await db.schema
    .createIndex('changes_waiting')
    .on('changes')
    .columns(['user_id', 'status', 'updated_at'])
    .execute();
  for (const statement of [
    `create virtual table chat_texts_index using fts5(text, content='chat_texts', content_rowid='id', tokenize='trigram')`,
    `create trigger chat_texts_insert after insert on chat_texts begin
       insert into chat_texts_index(rowid, text) values (new.id, new.text); end`,
    `create trigger chat_texts_delete after delete on chat_texts begin
       insert into chat_texts_index(chat_texts_index, rowid, text) values ('delete', old.id, old.text); end`,
    `create trigger chat_texts_update after update on chat_texts begin
       insert into chat_texts_index(chat_texts_index, rowid, text) values ('delete', old.id, old.text);
       insert into chat_texts_index(rowid, text) values (new.id, new.text); end`,
    `insert into chat_texts(of_id, chat_id, text) select id, id, title from chats`,
    `insert into chat_texts(of_id, chat_id, text)
       select m.id, m.chat_id, (select group_concat(json_extract(part.value, '$.text'), char(10))
         from json_each(m.parts) as part where json_extract(part.value, '$.type') = 'text')
       from messages as m where exists (select 1 from json_each(m.parts) as part
         where json_extract(part.value, '$.type') = 'text')`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
