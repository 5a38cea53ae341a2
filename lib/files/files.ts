import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { database, deleteExpiredFiles, type FileRow, fileOf, insertFile, newId } from '#db';
import { env } from '#env';
import { UserError } from '#errors';

/** `url` is where its owner, signed in, downloads it. */
export type StoredFile = {
  id: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  url: string;
  /** ISO 8601. */
  expiresAt: string;
};

const keptMs = 24 * 3600 * 1000;
const largest = 100 * 1024 * 1024;

const folder = (): string => join(env().dataDir, 'files');

function storedOf(row: FileRow): StoredFile {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    size: Number(row.size),
    url: `${env().publicUrl}/api/files/${row.id}`,
    expiresAt: new Date(Number(row.expires_at)).toISOString(),
  };
}

/** A name that is one path segment and one header value. */
function safeName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .trim();
  return clean.slice(0, 180) || 'file';
}

/**
 * Keeps a file for its owner for a day.
 * @throws UserError too_large over 100 MB.
 */
export async function saveFile(
  userId: string,
  file: { name: string; mediaType: string; bytes: Uint8Array },
): Promise<StoredFile> {
  if (file.bytes.byteLength > largest) {
    throw new UserError('too_large', `"${safeName(file.name)}" is larger than 100 MB.`, {
      next: 'Take fewer pages or files at once.',
    });
  }
  const now = Date.now();
  const row: FileRow = {
    id: newId('fil'),
    user_id: userId,
    name: safeName(file.name),
    media_type: file.mediaType,
    size: file.bytes.byteLength,
    created_at: now,
    expires_at: now + keptMs,
  };
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(join(folder(), row.id), file.bytes, { mode: 0o600, flag: 'wx' });
  await insertFile(await database(), row);
  return storedOf(row);
}

/** A person's own file with its bytes. @throws UserError not_found: another's, expired, or never there. */
export async function openFile(userId: string, id: string): Promise<StoredFile & { bytes: Buffer }> {
  const row = await fileOf(await database(), { userId, id, now: Date.now() });
  if (row === undefined) {
    throw new UserError('not_found', 'There is no such file.', {
      next: 'Files are kept for a day, for the person who made them. Make it again.',
    });
  }
  return { ...storedOf(row), bytes: await readFile(join(folder(), row.id)) };
}

/** Deletes what is no longer kept. */
export async function sweepFiles(): Promise<void> {
  for (const id of await deleteExpiredFiles(await database(), Date.now()))
    await rm(join(folder(), id), { force: true });
}
