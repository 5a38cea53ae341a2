import type { Insertable, Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { InvitesTable, UsersTable } from './schema.ts';

export type InviteRow = Selectable<InvitesTable>;

export async function insertInvite(db: Db, row: Insertable<InvitesTable>): Promise<void> {
  await db.insertInto('invites').values(row).execute();
}

/** The invite of this token while it can be used: not used, not expired. */
export async function openInvite(db: Db, tokenHash: string, now: number): Promise<InviteRow | undefined> {
  return db
    .selectFrom('invites')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Invites that nobody has used yet, newest first; without the first admin's. */
export async function openInvites(db: Db, now: number): Promise<InviteRow[]> {
  return db
    .selectFrom('invites')
    .selectAll()
    .where('created_by', 'is not', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

export async function deleteInvite(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('invites')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Puts a new first-admin token in place of any earlier one. */
export async function replaceFirstAdminInvite(db: Db, row: Insertable<InvitesTable>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('invites').where('created_by', 'is', null).where('used_at', 'is', null).execute();
    await tx.insertInto('invites').values(row).execute();
  });
}

export type Redeemed = 'done' | 'no_invite' | 'email_taken' | 'not_first';

/**
 * Uses an invite up and adds its person, in one transaction. `first`: only the token without an inviter
 * counts, and only while there is nobody but practice people; otherwise only invites by a person count.
 */
export async function redeemInvite(
  db: Db,
  o: { tokenHash: string; now: number; user: Omit<Insertable<UsersTable>, 'role'>; first: boolean },
): Promise<Redeemed> {
  return db.transaction().execute(async (tx) => {
    const invite = await tx
      .selectFrom('invites')
      .selectAll()
      .where('token_hash', '=', o.tokenHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', o.now)
      .where('created_by', o.first ? 'is' : 'is not', null)
      .executeTakeFirst();
    if (invite === undefined) return 'no_invite';
    if (o.first) {
      const anybody = await tx
        .selectFrom('users')
        .select('id')
        .where('demo_key', 'is', null)
        .limit(1)
        .executeTakeFirst();
      if (anybody !== undefined) return 'not_first';
    }
    const taken = await tx
      .selectFrom('users')
      .select('id')
      .where('email', '=', o.user.email)
      .executeTakeFirst();
    if (taken !== undefined) return 'email_taken';
    await tx
      .insertInto('users')
      .values({ ...o.user, role: invite.role })
      .execute();
    await tx
      .updateTable('invites')
      .set({ used_by: o.user.id, used_at: o.now })
      .where('id', '=', invite.id)
      .execute();
    return 'done';
  });
}
