import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { FilesTable } from './schema.ts';

export type FileRow = Selectable<FilesTable>;

export async function insertFile(db: Db, row: Insertable<FilesTable>): Promise<void> {
  await db.insertInto('files').values(row).execute();
}

/** A person's own file while it is kept. */
export async function fileOf(
  db: Db,
  o: { userId: string; id: string; now: number },
): Promise<FileRow | undefined> {
  return db
    .selectFrom('files')
    .selectAll()
    .where('id', '=', o.id)
    .where('user_id', '=', o.userId)
    .where('expires_at', '>', o.now)
    .executeTakeFirst();
}

/** Forgets what is no longer kept and gives its ids, so that the bytes can go too. */
export async function deleteExpiredFiles(db: Db, now: number): Promise<string[]> {
  const gone = await db.deleteFrom('files').where('expires_at', '<=', now).returning('id').execute();
  return gone.map(({ id }) => id);
}
