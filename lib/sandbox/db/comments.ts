import type { Comment, CommentVersion } from '../types.ts';
import type { Db } from './open.ts';

type Added = 'attachmentId' | 'versionBy' | 'versionAt' | 'versionMessage';
/** A comment to store; what is left out is as on one just written on the page itself. */
export type NewComment = Omit<Comment, Added> & Partial<Pick<Comment, Added>>;

/** Stores a comment or a reply. */
export function insertComment(db: Db, comment: NewComment): void {
  db.prepare(
    `INSERT INTO comments (id, contentId, parentId, kind, authorId, createdAt, body, version, resolution,
       resolvedBy, resolvedAt, markerRef, selection, attachmentId, versionBy, versionAt, versionMessage)
     VALUES (@id, @contentId, @parentId, @kind, @authorId, @createdAt, @body, @version, @resolution,
       @resolvedBy, @resolvedAt, @markerRef, @selection, @attachmentId, @versionBy, @versionAt, @versionMessage)`,
  ).run({
    attachmentId: null,
    versionBy: comment.authorId,
    versionAt: comment.createdAt,
    versionMessage: '',
    ...comment,
  });
}

/** Writes a comment's next version; the one before is kept. */
export function putCommentVersion(db: Db, before: Comment, after: Comment): void {
  db.prepare(
    `INSERT INTO commentVersions (commentId, number, body, authorId, createdAt, message)
     VALUES (@id, @version, @body, @versionBy, @versionAt, @versionMessage)`,
  ).run(before);
  db.prepare(
    `UPDATE comments SET body = @body, version = @version, resolution = @resolution, resolvedBy = @resolvedBy,
       resolvedAt = @resolvedAt, versionBy = @versionBy, versionAt = @versionAt, versionMessage = @versionMessage
     WHERE id = @id`,
  ).run(after);
}

/** All versions, newest first. */
export function commentVersionsOf(db: Db, comment: Comment): CommentVersion[] {
  const older = db
    .prepare('SELECT * FROM commentVersions WHERE commentId = ? ORDER BY number DESC')
    .all(comment.id) as CommentVersion[];
  const { id, version, body, versionBy, versionAt, versionMessage } = comment;
  return [
    {
      commentId: id,
      number: version,
      body,
      authorId: versionBy,
      createdAt: versionAt,
      message: versionMessage,
    },
    ...older,
  ];
}

/** Removes a comment for good with its versions; replies are the caller's to remove first. */
export function deleteCommentRow(db: Db, id: string): void {
  db.prepare('DELETE FROM comments WHERE id = ?').run(id);
  db.prepare('DELETE FROM commentVersions WHERE commentId = ?').run(id);
}

/** One comment by id. */
export function findComment(db: Db, id: string): Comment | undefined {
  return db.prepare('SELECT * FROM comments WHERE id = ?').get(id) as Comment | undefined;
}

/** Comments of content at the top level (no replies, none about its files), by id. */
export function topCommentsOf(db: Db, contentId: string, kind: Comment['kind']): Comment[] {
  return db
    .prepare(
      `SELECT * FROM comments
       WHERE contentId = ? AND kind = ? AND parentId IS NULL AND attachmentId IS NULL
       ORDER BY CAST(id AS INTEGER)`,
    )
    .all(contentId, kind) as Comment[];
}

/** Comments about a file at the top level, by id. */
export function commentsOfAttachment(db: Db, attachmentId: string): Comment[] {
  return db
    .prepare(
      'SELECT * FROM comments WHERE attachmentId = ? AND parentId IS NULL ORDER BY CAST(id AS INTEGER)',
    )
    .all(attachmentId) as Comment[];
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
