import type { Content, Task } from '../types.ts';
import type { Db } from './open.ts';

/** Published pages and posts whose check boxes have not been read since their last version. */
export function contentsToScan(db: Db, cloudId: string): Content[] {
  return db
    .prepare(
      `SELECT contents.* FROM contents LEFT JOIN taskScans ON taskScans.contentId = contents.id
       WHERE contents.cloudId = ? AND contents.type IN ('page', 'blogpost')
         AND (taskScans.contentId IS NULL OR taskScans.versionAt <> contents.versionAt OR taskScans.number <> contents.version)
       ORDER BY CAST(contents.id AS INTEGER)`,
    )
    .all(cloudId) as Content[];
}

/** Remembers which version of a body was read. */
export function markScanned(db: Db, content: Content): void {
  db.prepare(
    `INSERT INTO taskScans (contentId, versionAt, number) VALUES (@id, @versionAt, @version)
     ON CONFLICT (contentId) DO UPDATE SET versionAt = excluded.versionAt, number = excluded.number`,
  ).run(content);
}

/** Tasks of one page or post. */
export function tasksOf(db: Db, contentId: string): Task[] {
  return db.prepare('SELECT * FROM tasks WHERE contentId = ?').all(contentId) as Task[];
}

/** Tasks of a site, by id. */
export function tasksOfSite(db: Db, cloudId: string): Task[] {
  return db
    .prepare('SELECT * FROM tasks WHERE cloudId = ? ORDER BY CAST(id AS INTEGER)')
    .all(cloudId) as Task[];
}

/** Stores or replaces a task. */
export function putTask(db: Db, task: Task): void {
  db.prepare(
    `INSERT OR REPLACE INTO tasks (id, cloudId, contentId, localId, status, body, createdBy, assignedTo, completedBy,
       createdAt, updatedAt, dueAt, completedAt)
     VALUES (@id, @cloudId, @contentId, @localId, @status, @body, @createdBy, @assignedTo, @completedBy,
       @createdAt, @updatedAt, @dueAt, @completedAt)`,
  ).run(task);
}

/** Removes a task that is no longer in its page. */
export function deleteTask(db: Db, id: string): void {
  db.prepare('DELETE FROM tasks WHERE id = ?').run(id);
}

/** Writes a body without a new version: the present one and its entry in the history alike. */
export function rewriteBody(db: Db, content: Pick<Content, 'id' | 'version'>, storage: string): void {
  db.prepare('UPDATE contents SET storage = ? WHERE id = ?').run(storage, content.id);
  db.prepare('UPDATE versions SET storage = ? WHERE contentId = ? AND number = ?').run(
    storage,
    content.id,
    content.version,
  );
}
