import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { grantTables, schema, schemaVersion, siteTables } from './schema.ts';

export type Db = Database.Database;

/** Ids of new content start above every id of the demo site. */
const firstIds = { content: 9_000_000, label: 4_000_000, thing: 2_000_000 };

/** Opens (and creates where missing) `sandbox.sqlite` in the data folder. */
export function openDb(dataDir: string): Db {
  mkdirSync(dataDir, { recursive: true });
  const db = new Database(join(dataDir, 'sandbox.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  startAnewWhereOlder(db);
  db.exec(schema);
  setMeta(db, 'schema', schemaVersion);
  return db;
}

/** A folder of an earlier release is emptied: what people tried out there does not outlive its shape. */
function startAnewWhereOlder(db: Db): void {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  if (tables.length === 0 || (tables.includes('meta') && getMeta(db, 'schema') === schemaVersion)) return;
  for (const table of tables) db.exec(`DROP TABLE "${table}"`);
}

/** True when no site has been put into the database yet. */
export function isEmpty(db: Db): boolean {
  return db.prepare('SELECT 1 FROM sites LIMIT 1').get() === undefined;
}

/** Empties the site; with `grants`, also every consent and token. */
export function clear(db: Db, options: { grants: boolean }): void {
  const tables: readonly string[] = options.grants ? [...siteTables, ...grantTables] : siteTables;
  for (const table of tables) db.prepare(`DELETE FROM ${table}`).run();
  setMeta(db, 'schema', schemaVersion);
}

/** Hands out the next free id of a kind as text: content increases from 9,000,000, labels from 4,000,000. */
export function nextId(db: Db, kind: keyof typeof firstIds = 'content'): string {
  const row = db
    .prepare(
      `INSERT INTO meta (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value`,
    )
    .get(`next ${kind}`, String(firstIds[kind])) as { value: string };
  return row.value;
}

/** Reads a remembered value, or undefined. */
export function getMeta(db: Db, name: string): string | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE name = ?').get(name) as { value: string } | undefined;
  return row?.value;
}

/** Remembers a value under a name. */
export function setMeta(db: Db, name: string, value: string): void {
  db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}
