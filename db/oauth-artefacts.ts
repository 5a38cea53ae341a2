import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { OauthArtefactsTable } from './schema.ts';

export type OauthArtefactRow = Selectable<OauthArtefactsTable>;

/** Stores an artefact, or replaces its content and expiry; what was consumed stays so. */
export async function putOauthArtefact(
  db: Db,
  row: Omit<Insertable<OauthArtefactsTable>, 'consumed_at'>,
): Promise<void> {
  await db
    .insertInto('oauth_artefacts')
    .values({ ...row, consumed_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['model', 'id_hash'])
        .doUpdateSet({ payload: row.payload, grant_id: row.grant_id, expires_at: row.expires_at }),
    )
    .execute();
}

/** An artefact whose time is not over. */
export async function oauthArtefact(
  db: Db,
  model: string,
  idHash: string,
  now: number,
): Promise<OauthArtefactRow | undefined> {
  return db
    .selectFrom('oauth_artefacts')
    .selectAll()
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now)]))
    .executeTakeFirst();
}

/** Marks a code or refresh token as used. False: somebody was first. */
export async function consumeOauthArtefact(
  db: Db,
  model: string,
  idHash: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oauth_artefacts')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteOauthArtefact(db: Db, model: string, idHash: string): Promise<void> {
  await db.deleteFrom('oauth_artefacts').where('model', '=', model).where('id_hash', '=', idHash).execute();
}

/** Deletes what was issued under a grant: all of it, or of one model. */
export async function deleteOauthArtefactsOfGrant(db: Db, grantId: string, model?: string): Promise<void> {
  const all = db.deleteFrom('oauth_artefacts').where('grant_id', '=', grantId);
  await (model === undefined ? all : all.where('model', '=', model)).execute();
}

/** Changes when an artefact ends; null: not by itself. */
export async function setOauthArtefactExpiry(
  db: Db,
  model: string,
  idHash: string,
  expiresAt: number | null,
): Promise<void> {
  await db
    .updateTable('oauth_artefacts')
    .set({ expires_at: expiresAt })
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .execute();
}

/** Forgets what has expired. */
export async function sweepOauthArtefacts(db: Db, now: number): Promise<void> {
  await db.deleteFrom('oauth_artefacts').where('expires_at', '<=', now).execute();
}

export async function countOauthArtefacts(db: Db, model: string): Promise<number> {
  const { count } = await db
    .selectFrom('oauth_artefacts')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('model', '=', model)
    .executeTakeFirstOrThrow();
  return Number(count);
}
