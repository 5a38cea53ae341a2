import type { Kysely } from 'kysely';

/**
 * OAuth for MCP clients: what the authorization server keeps (clients, codes, tokens, open requests; ids are
 * hashes, contents sealed), and the grants people gave.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oauth_artefacts')
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('id_hash', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('consumed_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addPrimaryKeyConstraint('oauth_artefacts_key', ['model', 'id_hash'])
    .execute();
  await db.schema.createIndex('oauth_artefacts_grant').on('oauth_artefacts').columns(['grant_id']).execute();
  await db.schema
    .createIndex('oauth_artefacts_expiry')
    .on('oauth_artefacts')
    .columns(['expires_at'])
    .execute();
  await db.schema
    .createTable('grants')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('client_name', 'text', (c) => c.notNull())
    .addColumn('redirect_to', 'text', (c) => c.notNull())
    .addColumn('config', 'text', (c) => c.notNull())
    .addColumn('declined', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('calls', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('grants_user').on('grants').columns(['user_id']).execute();
}
