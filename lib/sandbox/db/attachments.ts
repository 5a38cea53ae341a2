import type { Attachment, AttachmentVersion } from '../types.ts';
import type { Db } from './open.ts';

const columns =
  'id, contentId, filename, mediaType, authorId, createdAt, comment, version, fileId, status, minorEdit, length(bytes) AS size';

type Added = 'status' | 'minorEdit';
/** A file to store; without `status` it is current. */
export type NewAttachment = Omit<Attachment, 'size' | Added> & Partial<Pick<Attachment, Added>>;

/** Stores an attachment with its bytes. */
export function insertAttachment(db: Db, attachment: NewAttachment, bytes: Uint8Array): void {
  db.prepare(
    `INSERT INTO attachments (id, contentId, filename, mediaType, authorId, createdAt, comment, version,
       fileId, bytes, status, minorEdit)
     VALUES (@id, @contentId, @filename, @mediaType, @authorId, @createdAt, @comment, @version, @fileId, @bytes,
       @status, @minorEdit)`,
  ).run({ status: 'current', minorEdit: 0, ...attachment, bytes: Buffer.from(bytes) });
}

/** Writes back everything of an attachment but its bytes. */
export function updateAttachment(db: Db, file: Attachment): void {
  db.prepare(
    `UPDATE attachments SET contentId = @contentId, filename = @filename, mediaType = @mediaType,
       comment = @comment, status = @status WHERE id = @id`,
  ).run(file);
}

/** Puts new bytes in as the next version; the version before is kept. */
export function putAttachmentVersion(db: Db, file: Attachment, bytes: Uint8Array): void {
  db.prepare(
    `INSERT INTO attachmentVersions (attachmentId, number, mediaType, authorId, createdAt, comment, minorEdit, bytes)
     SELECT id, version, mediaType, authorId, createdAt, comment, minorEdit, bytes FROM attachments WHERE id = ?`,
  ).run(file.id);
  db.prepare(
    `UPDATE attachments SET mediaType = @mediaType, authorId = @authorId, createdAt = @createdAt,
       comment = @comment, version = @version, minorEdit = @minorEdit, fileId = @fileId, bytes = @bytes WHERE id = @id`,
  ).run({ ...file, bytes: Buffer.from(bytes) });
}

/** All versions, newest first. */
export function attachmentVersionsOf(db: Db, file: Attachment): AttachmentVersion[] {
  const older = db
    .prepare(
      `SELECT attachmentId, number, mediaType, authorId, createdAt, comment, minorEdit, length(bytes) AS size
       FROM attachmentVersions WHERE attachmentId = ? ORDER BY number DESC`,
    )
    .all(file.id) as AttachmentVersion[];
  const { id, version, mediaType, authorId, createdAt, comment, minorEdit, size } = file;
  return [
    { attachmentId: id, number: version, mediaType, authorId, createdAt, comment, minorEdit, size },
    ...older,
  ];
}

/** Removes an attachment for good with its versions, labels and comments. */
export function purgeAttachment(db: Db, id: string): void {
  db.prepare('DELETE FROM attachments WHERE id = ?').run(id);
  db.prepare('DELETE FROM attachmentVersions WHERE attachmentId = ?').run(id);
  db.prepare('DELETE FROM comments WHERE attachmentId = ?').run(id);
  db.prepare("DELETE FROM labelled WHERE targetType = 'content' AND targetId = ?").run(id);
}

/** Attachments of content, newest first; those in the trash only when asked for. */
export function attachmentsOf(
  db: Db,
  contentId: string,
  status: Attachment['status'] = 'current',
): Attachment[] {
  return db
    .prepare(
      `SELECT ${columns} FROM attachments WHERE contentId = ? AND status = ? ORDER BY createdAt DESC, id`,
    )
    .all(contentId, status) as Attachment[];
}

/** Every attachment of a site, newest first, those in the trash too. */
export function attachmentsOfSite(db: Db, cloudId: string): Attachment[] {
  const qualified = columns.replace(/\b(id|authorId|createdAt|version|status)\b/g, 'attachments.$1');
  return db
    .prepare(
      `SELECT ${qualified} FROM attachments JOIN contents ON contents.id = attachments.contentId
       WHERE contents.cloudId = ? ORDER BY attachments.createdAt DESC, attachments.id`,
    )
    .all(cloudId) as Attachment[];
}

/** One attachment, in the trash or not; the id is taken with or without its `att` prefix. */
export function findAttachment(db: Db, id: string): Attachment | undefined {
  const other = id.startsWith('att') ? id.slice(3) : `att${id}`;
  return db.prepare(`SELECT ${columns} FROM attachments WHERE id IN (?, ?)`).get(id, other) as
    | Attachment
    | undefined;
}

/** The bytes of an attachment, of its newest version unless another is named; undefined: no such version. */
export function attachmentBytes(db: Db, id: string, version?: number): Buffer | undefined {
  const row = db
    .prepare(
      `SELECT bytes FROM attachments WHERE id = @id AND version = coalesce(@version, version)
       UNION ALL SELECT bytes FROM attachmentVersions WHERE attachmentId = @id AND number = @version`,
    )
    .get({ id, version: version ?? null }) as { bytes: Buffer } | undefined;
  return row?.bytes;
}
