import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { env } from '#env';
import { OperatorError } from '#errors';
import * as start from './migrations/0001-start.ts';
import * as files from './migrations/0002-files.ts';
import * as oauth from './migrations/0003-oauth.ts';
import * as toolkits from './migrations/0004-toolkits.ts';
import * as chatSearch from './migrations/0005-chat-search.ts';
import { withPrepared } from './prepared.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0002-files': files,
  '0003-oauth': oauth,
  '0004-toolkits': toolkits,
  '0005-chat-search': chatSearch,
};

/**
 * Opens (or makes) `confab.sqlite` in `dataDir`, brings it to the newest schema and returns it.
 * Write-ahead logging lets the command line write while the app runs.
 * @throws OperatorError when the folder or file cannot be used or a migration fails.
 */
export async function openDatabase(dataDir: string): Promise<Db> {
  const file = join(dataDir, 'confab.sqlite');
  let sqlite: Database.Database;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    sqlite = new Database(file);
  } catch (cause) {
    throw new OperatorError(
      'misconfigured',
      `DATA_DIR: ${file} cannot be opened: ${(cause as Error).message}`,
      { cause },
    );
  }
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  const migrating = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  const migrator = new Migrator({ db: migrating, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await migrating.destroy();
    throw new OperatorError('misconfigured', `The database ${file} could not be migrated: ${String(error)}`, {
      cause: error,
    });
  }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withPrepared(sqlite) }) });
}

/** Next gives pages and route handlers separate module instances; the database must be one per process. */
const slot = globalThis as { __confabDb?: Promise<Db> };

/** The database of this process (in `DATA_DIR`), opened once. */
export function database(): Promise<Db> {
  slot.__confabDb ??= openDatabase(env().dataDir).catch((error: unknown) => {
    slot.__confabDb = undefined;
    throw error;
  });
  return slot.__confabDb;
}

/** Closes the database of this process; tests and commands call it at their end. */
export async function closeDatabase(): Promise<void> {
  const open = slot.__confabDb;
  slot.__confabDb = undefined;
  if (open !== undefined) await (await open).destroy();
}
