import { type Db, insertWatch, setRoleMode } from './db/index.ts';
import type { DemoSite, DemoSpace } from './demo/types.ts';
import { everyone, giveAccess, person, type SpaceGrant, visitors } from './space-access.ts';
import { spaceRoles } from './space-roles.ts';
import type { SpaceSubject } from './types.ts';

/** What the seeding of a space is given: how keys of people become account ids, and how a `who` becomes subjects. */
export type SpaceSeeding = {
  db: Db;
  site: DemoSite;
  space: DemoSpace;
  account: (key: string) => string;
  subjects: (who: DemoSpace['visibleTo']) => SpaceSubject[];
};

/** Sets how the site gives access to its spaces: by roles unless the demo says otherwise. */
export function seedRoleMode(db: Db, site: DemoSite): void {
  setRoleMode(db, site.cloudId, site.roleMode ?? 'ROLES');
}

/** Gives access to a space of the demo. Admins are who made it and, where they see it, the admins of the site. */
export function seedSpaceAccess({ db, site, space, account, subjects }: SpaceSeeding): void {
  const open = space.visibleTo === undefined;
  const base = space.writableBy === undefined ? spaceRoles.collaborator : spaceRoles.viewer;
  const viewers = open ? [everyone] : subjects(space.visibleTo);
  const admins = open ? site.groups.find((group) => group.name === 'site-admins') : undefined;
  const grants: SpaceGrant[] = [
    ...viewers.map((subject) => ({ subject, role: base })),
    ...subjects(space.writableBy).map((subject) => ({ subject, role: spaceRoles.collaborator })),
    ...(space.anonymous ? [{ subject: visitors, role: spaceRoles.viewer }] : []),
    ...(admins
      ? [{ subject: { subjectType: 'group' as const, subjectId: admins.id }, role: spaceRoles.admin }]
      : []),
    ...(space.visibleTo?.people?.includes('ada')
      ? [{ subject: person(account('ada')), role: spaceRoles.admin }]
      : []),
    { subject: person(account(space.author)), role: spaceRoles.admin },
  ];
  giveAccess(db, site.cloudId, space.id, grants);
}

/** Whoever made a space watches it and its homepage; others watch the homepage where the demo says so. */
export function seedWatches({ db, site, space, account }: SpaceSeeding): void {
  const { cloudId } = site;
  const accountId = account(space.author);
  const homepage = { cloudId, kind: 'content' as const, targetId: space.homepage.id };
  insertWatch(db, { cloudId, kind: 'space', targetId: space.id, accountId });
  insertWatch(db, { ...homepage, accountId });
  for (const key of space.watchedBy ?? []) insertWatch(db, { ...homepage, accountId: account(key) });
}
