import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Lists of many lengths make many texts; those used last are kept. */
const most = 300;

/**
 * The database as Kysely needs it, with statements prepared once: preparing one takes longer than running most of ours.
 * Give it a schema that stands: a kept statement would not see a column added later.
 */
export function withPrepared(sqlite: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    const known = kept.get(sql);
    kept.delete(sql);
    // One that is being read from cannot be run a second time meanwhile.
    const ready = known === undefined || known.busy ? sqlite.prepare(sql) : known;
    kept.set(sql, ready);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return ready;
  };
  return { close: () => sqlite.close(), prepare: (sql) => statement(sql) };
}
