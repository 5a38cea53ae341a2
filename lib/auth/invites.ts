import { z } from 'zod';
import {
  database,
  deleteInvite,
  hasRealUsers,
  insertInvite,
  newId,
  openInvite,
  openInvites,
  redeemInvite,
  replaceFirstAdminInvite,
  userById,
} from '#db';
import { env } from '#env';
import { InternalError, UserError } from '#errors';
import { hashPassword, passwordSchema } from './password.ts';
import { requireAdmin } from './people.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { demoAllowed, emailSchema, personNameSchema, toUser, type User } from './user.ts';

const day = 24 * 3600 * 1000;

export const newInviteSchema = z.object({
  role: z.enum(['admin', 'member']).default('member'),
  expires_in_days: z.number().int().min(1).max(90).default(7),
});

/** What somebody fills in who comes with an invitation or the first admin's token. */
export const newPersonSchema = z.object({
  token: z.string().trim().min(1, 'The token is missing.').max(200),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
});
export type NewPerson = z.infer<typeof newPersonSchema>;

export type InviteView = { id: string; role: 'admin' | 'member'; created_at: number; expires_at: number };

/** Makes an invitation. The link is in this answer only: the token is stored as a hash. */
export async function createInvite(
  admin: User,
  o: z.infer<typeof newInviteSchema>,
): Promise<InviteView & { link: string }> {
  requireAdmin(admin);
  const token = newSecret();
  const created = Date.now();
  const invite = {
    id: newId('inv'),
    role: o.role,
    created_at: created,
    expires_at: created + o.expires_in_days * day,
  };
  await insertInvite(await database(), {
    ...invite,
    token_hash: hashSecret(token),
    created_by: admin.id,
    used_by: null,
    used_at: null,
  });
  return { ...invite, link: `${env().publicUrl}/invite/${token}` };
}

/** Invitations that are still open. */
export async function listInvites(admin: User): Promise<InviteView[]> {
  requireAdmin(admin);
  const rows = await openInvites(await database(), Date.now());
  return rows.map(({ id, role, created_at, expires_at }) => ({ id, role, created_at, expires_at }));
}

/** Takes an open invitation back. */
export async function revokeInvite(admin: User, id: string): Promise<void> {
  requireAdmin(admin);
  if (!(await deleteInvite(await database(), id))) {
    throw new UserError('not_found', 'There is no such open invitation.', {
      next: 'It may have been used already.',
    });
  }
}

/** Can this invitation be used right now? For the page that asks for a name and a password. */
export async function inviteIsOpen(token: string): Promise<boolean> {
  const invite = await openInvite(await database(), hashSecret(token), Date.now());
  return invite !== undefined && invite.created_by !== null;
}

function unusable(first: boolean): UserError {
  return first
    ? new UserError('forbidden', 'This is not the token of the first admin, or it is no longer good.', {
        next: 'Use the token that the server printed when it last started.',
      })
    : new UserError('forbidden', 'This invitation is not known, was used, or has expired.', {
        next: 'Ask the admin who sent it for a new one.',
      });
}

async function redeem(person: NewPerson, first: boolean): Promise<User> {
  const db = await database();
  const now = Date.now();
  const tokenHash = hashSecret(person.token);
  // Hashing a password is dear: only those who hold a good token make us do it.
  if ((await openInvite(db, tokenHash, now)) === undefined) throw unusable(first);
  const id = newId('usr');
  const done = await redeemInvite(db, {
    tokenHash,
    now,
    first,
    user: {
      id,
      name: person.name,
      email: person.email,
      password_hash: await hashPassword(person.password),
      atlassian_account_id: null,
      demo_key: null,
      created_at: now,
      disabled_at: null,
    },
  });
  if (done === 'email_taken') {
    throw new UserError('conflict', 'Somebody with this email is here already.', {
      next: 'Sign in, or use another email.',
    });
  }
  if (done === 'not_first') {
    throw new UserError('forbidden', 'This Confab has its first admin already.', {
      next: 'Ask an admin for an invitation.',
    });
  }
  if (done === 'no_invite') throw unusable(first);
  const row = await userById(db, id);
  if (row === undefined) throw new InternalError('internal', 'The new person could not be stored.');
  return toUser(row);
}

/** Uses an invitation up and makes its person. @throws UserError `forbidden` (token), `conflict` (email). */
export async function acceptInvite(person: NewPerson): Promise<User> {
  return redeem(person, false);
}

/** Makes the first admin, with the token from the console. @throws UserError `forbidden`, `conflict`. */
export async function createFirstAdmin(person: NewPerson): Promise<User> {
  return redeem(person, true);
}

/** Is the installation waiting for its first admin? */
export async function needsFirstAdmin(): Promise<boolean> {
  return !demoAllowed() && !(await hasRealUsers(await database()));
}

/**
 * A fresh token for the first admin, to be printed on the console at start; null when none is needed.
 * An earlier, unused one is void from now on.
 */
export async function firstAdminToken(): Promise<string | null> {
  if (!(await needsFirstAdmin())) return null;
  const token = newSecret();
  const now = Date.now();
  await replaceFirstAdminInvite(await database(), {
    id: newId('inv'),
    token_hash: hashSecret(token),
    role: 'admin',
    created_by: null,
    created_at: now,
    expires_at: now + 7 * day,
    used_by: null,
    used_at: null,
  });
  return token;
}
