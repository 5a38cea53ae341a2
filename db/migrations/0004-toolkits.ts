import type { Kysely } from 'kysely';

/**
 * Other MCP servers an admin added: their tools as they were looked at, each person's own credentials, and the
 * authorisations under way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('toolkits')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('auth', 'text', (c) => c.notNull())
    .addColumn('header_name', 'text', (c) => c.notNull())
    .addColumn('client', 'text')
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('server', 'text')
    .addColumn('checked_at', 'bigint')
    .addColumn('check_error', 'text')
    .addColumn('created_by', 'text', (c) => c.references('users.id').onDelete('set null'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('toolkit_tools')
    .addColumn('toolkit_id', 'text', (c) => c.notNull().references('toolkits.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('operation', 'text', (c) => c.notNull().unique())
    .addColumn('tier', 'text', (c) => c.notNull())
    .addColumn('allowed', 'integer', (c) => c.notNull())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('seen_definition', 'text')
    .addColumn('seen_fingerprint', 'text')
    .addColumn('seen_at', 'bigint')
    .addColumn('missing_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('reviewed_at', 'bigint')
    .addPrimaryKeyConstraint('toolkit_tools_key', ['toolkit_id', 'name'])
    .execute();
  await db.schema
    .createTable('toolkit_credentials')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('toolkit_id', 'text', (c) => c.notNull().references('toolkits.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('toolkit_credentials_person', ['toolkit_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('toolkit_authorizations')
    .addColumn('state_hash', 'text', (c) => c.primaryKey())
    .addColumn('toolkit_id', 'text', (c) => c.notNull().references('toolkits.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('return_to', 'text', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
}
