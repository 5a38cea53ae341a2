import {
  type Db,
  groupsOfSite,
  insertSpacePermission,
  peopleOfSite,
  putSpaceRole,
  roleModeOf,
} from './db/index.ts';
import { accessClasses, type SpaceRole, spaceRoles } from './space-roles.ts';
import type { SpaceSubject } from './types.ts';

/** A role for somebody; on a site without roles it means the permissions the role is made of. */
export type SpaceGrant = { subject: SpaceSubject; role: SpaceRole };

export const everyone: SpaceSubject = { subjectType: 'class', subjectId: accessClasses.everyone };
export const visitors: SpaceSubject = { subjectType: 'class', subjectId: accessClasses.anonymous };
export const person = (accountId: string): SpaceSubject => ({ subjectType: 'user', subjectId: accountId });

/** Where there are no roles, everybody is the group confluence-users, or each person where the site has no such group. */
function spelled(db: Db, cloudId: string, subject: SpaceSubject): SpaceSubject[] {
  if (subject.subjectType !== 'class' || subject.subjectId === accessClasses.anonymous) return [subject];
  const group = groupsOfSite(db, cloudId).find((one) => one.name === 'confluence-users');
  return group
    ? [{ subjectType: 'group', subjectId: group.id }]
    : peopleOfSite(db, cloudId).map((one) => person(one.accountId));
}

/** Gives access to a space: roles, or the permissions they are made of, as the site has it. The last role of a subject counts. */
export function giveAccess(db: Db, cloudId: string, spaceId: string, grants: readonly SpaceGrant[]): void {
  const roles = roleModeOf(db, cloudId) === 'ROLES';
  for (const { subject, role } of grants) {
    if (roles) {
      putSpaceRole(db, { spaceId, ...subject, roleId: role.id });
      continue;
    }
    for (const one of spelled(db, cloudId, subject))
      for (const permission of role.permissions) {
        const [operation = '', target = ''] = permission.split('/');
        insertSpacePermission(db, { spaceId, ...one, operation, target });
      }
  }
}

/** Who may use a new space when nothing else is said: its maker as admin and, unless it is private, everyone as collaborator. */
export function accessOfNewSpace(accountId: string, isPrivate: boolean): SpaceGrant[] {
  const own: SpaceGrant = { subject: person(accountId), role: spaceRoles.admin };
  return isPrivate ? [own] : [{ subject: everyone, role: spaceRoles.collaborator }, own];
}
