import type { Group, Person, Site } from '../types.ts';
import type { Db } from './open.ts';

type PersonRow = Omit<Person, 'canSignIn' | 'isAdmin' | 'isGuest'> & {
  canSignIn: number;
  isAdmin: number;
  isGuest: number;
};

function toPerson(row: PersonRow): Person {
  return { ...row, canSignIn: row.canSignIn === 1, isAdmin: row.isAdmin === 1, isGuest: row.isGuest === 1 };
}

/** Stores a person of the directory. */
export function insertPerson(db: Db, person: Person): void {
  db.prepare(
    `INSERT INTO people (accountId, key, name, email, timeZone, apiToken, canSignIn, isAdmin, isGuest)
     VALUES (@accountId, @key, @name, @email, @timeZone, @apiToken, @canSignIn, @isAdmin, @isGuest)`,
  ).run({
    ...person,
    canSignIn: person.canSignIn ? 1 : 0,
    isAdmin: person.isAdmin ? 1 : 0,
    isGuest: person.isGuest ? 1 : 0,
  });
}

/** The person with this account id, key (`ada`) or email address. */
export function findPerson(db: Db, who: string): Person | undefined {
  const row = db
    .prepare('SELECT * FROM people WHERE accountId = ? OR key = ? OR lower(email) = lower(?)')
    .get(who, who, who) as PersonRow | undefined;
  return row ? toPerson(row) : undefined;
}

/** Everyone of a site, by name. */
export function peopleOfSite(db: Db, cloudId: string): Person[] {
  const rows = db
    .prepare(
      `SELECT people.* FROM people JOIN sitePeople USING (accountId) WHERE sitePeople.cloudId = ?
       ORDER BY people.name, people.accountId`,
    )
    .all(cloudId) as PersonRow[];
  return rows.map(toPerson);
}

/** Those who may sign in on the consent page. */
export function peopleWhoSignIn(db: Db): Person[] {
  const rows = db.prepare('SELECT * FROM people WHERE canSignIn = 1 ORDER BY name').all() as PersonRow[];
  return rows.map(toPerson);
}

/** Stores a site and who belongs to it. */
export function insertSite(db: Db, site: Site, accountIds: string[]): void {
  db.prepare('INSERT INTO sites (cloudId, name, path) VALUES (@cloudId, @name, @path)').run(site);
  const add = db.prepare('INSERT OR IGNORE INTO sitePeople (cloudId, accountId) VALUES (?, ?)');
  for (const accountId of accountIds) add.run(site.cloudId, accountId);
}

/** All sites, in the order they were made. */
export function allSites(db: Db): Site[] {
  return db.prepare('SELECT cloudId, name, path FROM sites ORDER BY rowid').all() as Site[];
}

/** The sites a person belongs to. */
export function sitesOfPerson(db: Db, accountId: string): Site[] {
  return db
    .prepare(
      `SELECT sites.cloudId, sites.name, sites.path FROM sites JOIN sitePeople USING (cloudId)
       WHERE sitePeople.accountId = ? ORDER BY sites.rowid`,
    )
    .all(accountId) as Site[];
}

/** Whether a person belongs to a site. */
export function isOfSite(db: Db, cloudId: string, accountId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM sitePeople WHERE cloudId = ? AND accountId = ?').get(cloudId, accountId) !==
    undefined
  );
}

/** Stores a group with its members. */
export function insertGroup(db: Db, group: Group, accountIds: string[]): void {
  db.prepare('INSERT INTO groups (id, cloudId, name) VALUES (@id, @cloudId, @name)').run(group);
  for (const accountId of accountIds) addMember(db, group, accountId);
}

/** All groups of a site, by name. */
export function groupsOfSite(db: Db, cloudId: string): Group[] {
  return db
    .prepare('SELECT id, cloudId, name FROM groups WHERE cloudId = ? ORDER BY name')
    .all(cloudId) as Group[];
}

/** One group by id. */
export function findGroup(db: Db, cloudId: string, id: string): Group | undefined {
  return db.prepare('SELECT id, cloudId, name FROM groups WHERE cloudId = ? AND id = ?').get(cloudId, id) as
    | Group
    | undefined;
}

/** Members of a group, by name. */
export function membersOf(db: Db, group: Group): Person[] {
  const rows = db
    .prepare(
      `SELECT people.* FROM people JOIN groupMembers USING (accountId)
       WHERE groupMembers.cloudId = ? AND groupMembers.groupId = ? ORDER BY people.name`,
    )
    .all(group.cloudId, group.id) as PersonRow[];
  return rows.map(toPerson);
}

/** Groups a person is in on one site. */
export function groupsOfPerson(db: Db, cloudId: string, accountId: string): Group[] {
  return db
    .prepare(
      `SELECT groups.id, groups.cloudId, groups.name FROM groups
       JOIN groupMembers ON groupMembers.cloudId = groups.cloudId AND groupMembers.groupId = groups.id
       WHERE groups.cloudId = ? AND groupMembers.accountId = ? ORDER BY groups.name`,
    )
    .all(cloudId, accountId) as Group[];
}

/** Puts a person into a group; harmless when already there. */
export function addMember(db: Db, group: Group, accountId: string): void {
  db.prepare('INSERT OR IGNORE INTO groupMembers (cloudId, groupId, accountId) VALUES (?, ?, ?)').run(
    group.cloudId,
    group.id,
    accountId,
  );
}

/** Takes a person out of a group; harmless when not there. */
export function removeMember(db: Db, group: Group, accountId: string): void {
  db.prepare('DELETE FROM groupMembers WHERE cloudId = ? AND groupId = ? AND accountId = ?').run(
    group.cloudId,
    group.id,
    accountId,
  );
}
