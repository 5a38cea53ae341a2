import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withPrepared } from './prepared.ts';

let sqlite: Database.Database;
let prepared: string[];

beforeEach(() => {
  sqlite = new Database(':memory:');
  sqlite.exec('create table pages (id integer primary key, title text)');
  prepared = [];
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  }) as typeof sqlite.prepare;
});
afterEach(() => {
  sqlite.close();
});

const all = 'select id, title from pages order by id';

test('a statement is prepared once, and answers what is there each time', () => {
  const database = withPrepared(sqlite);
  const add = 'insert into pages (title) values (?)';
  expect(database.prepare(all).all([])).toEqual([]);
  for (const title of ['First', 'Second']) database.prepare(add).run([title]);
  expect(database.prepare(all).all([])).toEqual([
    { id: 1, title: 'First' },
    { id: 2, title: 'Second' },
  ]);
  expect(prepared).toEqual([all, add]);
});

test('one that is still being read from is left alone', () => {
  const database = withPrepared(sqlite);
  sqlite.exec("insert into pages (title) values ('First'), ('Second')");
  const reading = database.prepare(all).iterate([]);
  expect(reading.next().value).toEqual({ id: 1, title: 'First' });
  expect(database.prepare(all).all([])).toHaveLength(2);
  expect(reading.next().value).toEqual({ id: 2, title: 'Second' });
  expect(reading.next().done).toBe(true);
});

test('what was used last is kept, and no more than a bounded number', () => {
  const database = withPrepared(sqlite);
  database.prepare(all);
  for (let id = 0; id < 1000; id += 1) {
    database.prepare(`select ${id}`);
    database.prepare(all);
  }
  expect(prepared.filter((sql) => sql === all)).toHaveLength(1);
  database.prepare('select 0');
  expect(prepared.filter((sql) => sql === 'select 0')).toHaveLength(2);
});
