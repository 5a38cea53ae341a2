import type { Db } from './open.ts';

export type LikeTarget = 'content' | 'comment';
export type ClassifiedTarget = 'content' | 'space';

/** Views of content on a UTC day (`2026-11-01`) and after; all of them without a day. */
export function viewsSince(db: Db, contentId: string, day = ''): number {
  const row = db
    .prepare('SELECT coalesce(sum(count), 0) AS total FROM views WHERE contentId = ? AND day >= ?')
    .get(contentId, day) as { total: number };
  return row.total;
}

/** How many different people viewed content on a UTC day and after. */
export function viewersSince(db: Db, contentId: string, day = ''): number {
  const row = db
    .prepare('SELECT count(*) AS total FROM viewers WHERE contentId = ? AND lastDay >= ?')
    .get(contentId, day) as { total: number };
  return row.total;
}

/** Remembers the last day on which somebody viewed content; earlier days need not be kept for counting. */
export function putViewer(db: Db, viewer: { contentId: string; accountId: string; lastDay: string }): void {
  db.prepare(
    `INSERT INTO viewers (contentId, accountId, lastDay) VALUES (@contentId, @accountId, @lastDay)
     ON CONFLICT (contentId, accountId) DO UPDATE SET lastDay = max(lastDay, excluded.lastDay)`,
  ).run(viewer);
}

/** Counts one look at content by a person now. */
export function recordView(db: Db, contentId: string, accountId: string): void {
  const day = new Date().toISOString().slice(0, 10);
  db.transaction(() => {
    db.prepare(
      `INSERT INTO views (contentId, day, count, distinctCount) VALUES (?, ?, 1, 1)
       ON CONFLICT (contentId, day) DO UPDATE SET count = count + 1`,
    ).run(contentId, day);
    putViewer(db, { contentId, accountId, lastDay: day });
  })();
}

/** Stores that somebody likes content or a comment. */
export function insertLike(
  db: Db,
  like: { targetType: LikeTarget; targetId: string; accountId: string },
): void {
  db.prepare(
    `INSERT OR IGNORE INTO likes (targetType, targetId, accountId) VALUES (@targetType, @targetId, @accountId)`,
  ).run(like);
}

/** Account ids of those who like something, in the order they did. */
export function likesOf(db: Db, targetType: LikeTarget, targetId: string): string[] {
  return db
    .prepare('SELECT accountId FROM likes WHERE targetType = ? AND targetId = ? ORDER BY rowid')
    .pluck()
    .all(targetType, targetId) as string[];
}

/** The id of the level put on content itself, or of a space's default level. */
export function classificationOf(db: Db, type: ClassifiedTarget, id: string): string | undefined {
  return db
    .prepare('SELECT levelId FROM classifications WHERE targetType = ? AND targetId = ?')
    .pluck()
    .get(type, id) as string | undefined;
}

/** Puts a level on content or makes it the default of a space; null takes it away. */
export function setClassification(db: Db, type: ClassifiedTarget, id: string, levelId: string | null): void {
  if (levelId === null)
    db.prepare('DELETE FROM classifications WHERE targetType = ? AND targetId = ?').run(type, id);
  else
    db.prepare(
      `INSERT INTO classifications (targetType, targetId, levelId) VALUES (?, ?, ?)
       ON CONFLICT (targetType, targetId) DO UPDATE SET levelId = excluded.levelId`,
    ).run(type, id, levelId);
}

/** Forgets what hangs on content that is removed for good. */
export function purgeEngagement(db: Db, contentId: string): void {
  db.prepare('DELETE FROM viewers WHERE contentId = ?').run(contentId);
  db.prepare("DELETE FROM likes WHERE targetType = 'content' AND targetId = ?").run(contentId);
  setClassification(db, 'content', contentId, null);
}

/** When a person's admin key ends, in epoch milliseconds; undefined when there is none or it has ended. */
export function adminKeyOf(db: Db, cloudId: string, accountId: string, now: number): number | undefined {
  return db
    .prepare('SELECT expiresAt FROM adminKeys WHERE cloudId = ? AND accountId = ? AND expiresAt > ?')
    .pluck()
    .get(cloudId, accountId, now) as number | undefined;
}

/** Gives a person an admin key until then, in place of an earlier one; null takes it away. */
export function setAdminKey(db: Db, cloudId: string, accountId: string, expiresAt: number | null): void {
  db.prepare('DELETE FROM adminKeys WHERE cloudId = ? AND accountId = ?').run(cloudId, accountId);
  if (expiresAt !== null)
    db.prepare('INSERT INTO adminKeys (cloudId, accountId, expiresAt) VALUES (?, ?, ?)').run(
      cloudId,
      accountId,
      expiresAt,
    );
}
