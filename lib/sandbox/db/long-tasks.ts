import type { Db } from './open.ts';

/** A long task as stored; `steps`, `errors` and `details` are JSON, times epoch milliseconds. */
export type LongTaskRow = {
  id: string;
  cloudId: string;
  accountId: string;
  name: string;
  startedAt: number;
  /** How long one step takes. */
  stepMs: number;
  steps: string;
  /** How many steps are behind it. */
  done: number;
  errors: string;
  details: string;
  finishedAt: number | null;
};

/** Stores a new task. */
export function insertLongTask(db: Db, task: LongTaskRow): void {
  db.prepare(
    `INSERT INTO longTasks (id, cloudId, accountId, name, startedAt, stepMs, steps, done, errors, details, finishedAt)
     VALUES (@id, @cloudId, @accountId, @name, @startedAt, @stepMs, @steps, @done, @errors, @details, @finishedAt)`,
  ).run(task);
}

/** Writes back how far a task is. */
export function updateLongTask(db: Db, task: LongTaskRow): void {
  db.prepare(
    `UPDATE longTasks SET done = @done, errors = @errors, details = @details,
       finishedAt = @finishedAt WHERE id = @id`,
  ).run(task);
}

/** Tasks that are not finished, oldest first; of every site. */
export function openLongTasks(db: Db): LongTaskRow[] {
  return db
    .prepare('SELECT * FROM longTasks WHERE finishedAt IS NULL ORDER BY CAST(id AS INTEGER)')
    .all() as LongTaskRow[];
}

/** The tasks one person started on a site, newest first. */
export function longTasksOf(db: Db, cloudId: string, accountId: string): LongTaskRow[] {
  return db
    .prepare('SELECT * FROM longTasks WHERE cloudId = ? AND accountId = ? ORDER BY CAST(id AS INTEGER) DESC')
    .all(cloudId, accountId) as LongTaskRow[];
}
