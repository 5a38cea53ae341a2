import type { Attachment } from '../types.ts';
import type { Db } from './open.ts';

const columns =
  'id, contentId, filename, mediaType, authorId, createdAt, comment, version, fileId, length(bytes) AS size';

/** Stores an attachment with its bytes. */
export function insertAttachment(db: Db, attachment: Omit<Attachment, 'size'>, bytes: Uint8Array): void {
  db.prepare(
    `INSERT INTO attachments (id, contentId, filename, mediaType, authorId, createdAt, comment, version,
       fileId, bytes)
     VALUES (@id, @contentId, @filename, @mediaType, @authorId, @createdAt, @comment, @version, @fileId, @bytes)`,
  ).run({ ...attachment, bytes: Buffer.from(bytes) });
}

/** Attachments of content, newest first. */
export function attachmentsOf(db: Db, contentId: string): Attachment[] {
  return db
    .prepare(`SELECT ${columns} FROM attachments WHERE contentId = ? ORDER BY createdAt DESC, id`)
    .all(contentId) as Attachment[];
}

/** Every attachment of a site, newest first. */
export function attachmentsOfSite(db: Db, cloudId: string): Attachment[] {
  const qualified = columns.replace(/\b(id|authorId|createdAt|version)\b/g, 'attachments.$1');
  return db
    .prepare(
      `SELECT ${qualified} FROM attachments JOIN contents ON contents.id = attachments.contentId
       WHERE contents.cloudId = ? ORDER BY attachments.createdAt DESC, attachments.id`,
    )
    .all(cloudId) as Attachment[];
}

/** One attachment; the id is taken with or without its `att` prefix. */
export function findAttachment(db: Db, id: string): Attachment | undefined {
  const other = id.startsWith('att') ? id.slice(3) : `att${id}`;
  return db.prepare(`SELECT ${columns} FROM attachments WHERE id IN (?, ?)`).get(id, other) as
    | Attachment
    | undefined;
}

/** The bytes of an attachment. */
export function attachmentBytes(db: Db, id: string): Buffer {
  const row = db.prepare('SELECT bytes FROM attachments WHERE id = ?').get(id) as { bytes: Buffer };
  return row.bytes;
}
