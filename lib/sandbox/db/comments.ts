import type { Comment } from '../types.ts';
import type { Db } from './open.ts';

/** Stores a comment or a reply. */
export function insertComment(db: Db, comment: Comment): void {
  db.prepare(
    `INSERT INTO comments (id, contentId, parentId, kind, authorId, createdAt, body, version, resolution,
       resolvedBy, resolvedAt, markerRef, selection)
     VALUES (@id, @contentId, @parentId, @kind, @authorId, @createdAt, @body, @version, @resolution,
       @resolvedBy, @resolvedAt, @markerRef, @selection)`,
  ).run(comment);
}

/** One comment by id. */
export function findComment(db: Db, id: string): Comment | undefined {
  return db.prepare('SELECT * FROM comments WHERE id = ?').get(id) as Comment | undefined;
}

/** Comments of content at the top level (no replies), by id. */
export function topCommentsOf(db: Db, contentId: string, kind: Comment['kind']): Comment[] {
  return db
    .prepare(
      `SELECT * FROM comments WHERE contentId = ? AND kind = ? AND parentId IS NULL
       ORDER BY CAST(id AS INTEGER)`,
    )
    .all(contentId, kind) as Comment[];
}

/** Replies to a comment, by id. */
export function repliesTo(db: Db, id: string): Comment[] {
  return db
    .prepare('SELECT * FROM comments WHERE parentId = ? ORDER BY CAST(id AS INTEGER)')
    .all(id) as Comment[];
}

/** Every comment of a site, replies too, by id. */
export function commentsOfSite(db: Db, cloudId: string): Comment[] {
  return db
    .prepare(
      `SELECT comments.* FROM comments JOIN contents ON contents.id = comments.contentId
       WHERE contents.cloudId = ? ORDER BY CAST(comments.id AS INTEGER)`,
    )
    .all(cloudId) as Comment[];
}

/** Every comment of one page or blog post, replies too. */
export function commentsOf(db: Db, contentId: string): Comment[] {
  return db
    .prepare('SELECT * FROM comments WHERE contentId = ? ORDER BY CAST(id AS INTEGER)')
    .all(contentId) as Comment[];
}
