import {
  allUsers,
  connectedSiteIds,
  database,
  disableUser,
  hasRealUsers,
  insertUser,
  newId,
  setAtlassianAccount,
  upsertDemoUser,
  userByAtlassianAccount,
  userByDemoKey,
  userByEmail,
  userById as userRowById,
} from '#db';
import { env } from '#env';
import { InternalError, UserError } from '#errors';
import { endAccess } from './revocations.ts';
import { demoAllowed, isActive, toUser, type User } from './user.ts';

const demo = [
  { demo_key: 'ada', name: 'Ada Moreno', email: 'ada@halden.example', role: 'admin' },
  { demo_key: 'ben', name: 'Ben Okafor', email: 'ben@halden.example', role: 'member' },
] as const;

export const demoKeys = demo.map((person) => person.demo_key);
export type DemoKey = (typeof demo)[number]['demo_key'];

/**
 * Ada Moreno and Ben Okafor, in this order, made on first use; nobody outside the practice mode on a
 * loopback `PUBLIC_URL`.
 */
export async function demoPeople(): Promise<User[]> {
  if (!demoAllowed()) return [];
  const db = await database();
  const people: User[] = [];
  for (const person of demo) {
    if ((await userByDemoKey(db, person.demo_key)) === undefined) {
      await upsertDemoUser(db, {
        ...person,
        id: newId('usr'),
        password_hash: null,
        atlassian_account_id: null,
        created_at: Date.now(),
        disabled_at: null,
      });
    }
    const row = await userByDemoKey(db, person.demo_key);
    if (row === undefined) throw new InternalError('internal', `${person.name} could not be made.`);
    people.push(toUser(row));
  }
  return people;
}

/** One of the practice people, or null where they do not exist. */
export async function demoPerson(key: string): Promise<User | null> {
  const index = demo.findIndex((person) => person.demo_key === key);
  return index === -1 ? null : ((await demoPeople())[index] ?? null);
}

/** A person who may use the app, or null. */
export async function userById(id: string): Promise<User | null> {
  const row = await userRowById(await database(), id);
  return row !== undefined && isActive(row) ? toUser(row) : null;
}

/** Who Atlassian says has just signed in. */
export type AtlassianProfile = {
  accountId: string;
  name: string;
  /** Null where the person hides it. */
  email: string | null;
  /** Cloud ids of the sites this person let us reach. */
  siteIds?: readonly string[];
};

/**
 * The person behind an Atlassian account, made when they belong here: in the practice mode anyone, else
 * those who can reach a Confluence site that people of this installation already use. An email that
 * belongs to somebody is never taken over (practice mode aside): its owner signs in and connects.
 * @throws UserError `forbidden` when they do not belong here or were disabled.
 */
export async function findOrCreateAtlassianUser(profile: AtlassianProfile): Promise<User> {
  const db = await database();
  const known = await userByAtlassianAccount(db, profile.accountId);
  if (known !== undefined) {
    if (isActive(known)) return toUser(known);
    throw new UserError('forbidden', 'This account has been disabled here.', {
      next: 'Ask an admin of this Confab.',
    });
  }
  const sandbox = env().confluence === 'sandbox';
  if (demoAllowed()) await demoPeople();
  const email = profile.email?.trim().toLowerCase() ?? null;
  const namesake = email === null ? undefined : await userByEmail(db, email);
  if (namesake !== undefined) {
    if (sandbox && namesake.atlassian_account_id === null && isActive(namesake)) {
      await setAtlassianAccount(db, namesake.id, profile.accountId);
      return toUser(namesake);
    }
    throw new UserError('forbidden', 'There is already a person with the email of this Atlassian account.', {
      next: 'Sign in with your password, then connect Confluence under Settings, Connections.',
    });
  }
  if (!sandbox || !demoAllowed()) await refuseStrangers(profile);
  const id = newId('usr');
  const added = await insertUser(db, {
    id,
    name: profile.name,
    email: email ?? `${profile.accountId.toLowerCase()}@atlassian.invalid`,
    role: 'member',
    password_hash: null,
    atlassian_account_id: profile.accountId,
    demo_key: null,
    created_at: Date.now(),
    disabled_at: null,
  });
  // Two browsers finishing at once: the other one has just made this person.
  const row = added ? await userRowById(db, id) : await userByAtlassianAccount(db, profile.accountId);
  if (row === undefined) throw new InternalError('internal', 'The new person could not be stored.');
  return toUser(row);
}

async function refuseStrangers(profile: AtlassianProfile): Promise<void> {
  const db = await database();
  if (!(await hasRealUsers(db))) {
    throw new UserError('forbidden', 'This Confab has no admin yet.', {
      next: 'Open /sign-in/first and enter the token that the server printed when it started.',
    });
  }
  const ours = await connectedSiteIds(db);
  if (!(profile.siteIds ?? []).some((id) => ours.includes(id))) {
    throw new UserError(
      'forbidden',
      'Your Atlassian account cannot reach a Confluence site that is used here.',
      {
        next: 'Ask an admin of this Confab for an invitation.',
      },
    );
  }
}

/** Remembers which Atlassian account a person has connected, so that they can sign in with it later. */
export async function linkAtlassianAccount(userId: string, accountId: string): Promise<void> {
  const db = await database();
  const owner = await userByAtlassianAccount(db, accountId);
  const user = await userRowById(db, userId);
  if (owner === undefined && user?.atlassian_account_id === null)
    await setAtlassianAccount(db, userId, accountId);
}

export type PersonView = User & { createdAt: number; disabledAt: number | null };

/** Everybody, oldest first. @throws UserError `forbidden` unless an admin asks. */
export async function listPeople(admin: User): Promise<PersonView[]> {
  requireAdmin(admin);
  const rows = await allUsers(await database());
  return rows.map((row) => ({ ...toUser(row), createdAt: row.created_at, disabledAt: row.disabled_at }));
}

/** Switches a person off at once: sessions end, keys stop. Chats and changes stay. */
export async function disablePerson(admin: User, userId: string): Promise<void> {
  requireAdmin(admin);
  if (admin.id === userId) {
    throw new UserError('invalid_input', 'You cannot disable yourself.', {
      next: 'Ask another admin to do it.',
    });
  }
  if (!(await disableUser(await database(), userId, Date.now()))) {
    throw new UserError('not_found', 'There is no such person, or they are disabled already.');
  }
  endAccess({ userId });
}

/** @throws UserError `forbidden` unless the person is an admin. */
export function requireAdmin(user: User): void {
  if (user.role !== 'admin') {
    throw new UserError('forbidden', 'Only an admin may do this.', { next: 'Ask an admin of this Confab.' });
  }
}
