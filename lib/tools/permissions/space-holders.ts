import { ConfabError } from '#errors';
import {
  getAvailableSpaceRoles,
  getGroupByGroupId,
  getSpacePermissionsAssignments,
  getSpaceRoleAssignments,
  pages,
} from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { type Person, peopleByIds } from '../resolve/person.ts';
import type { Space } from '../resolve/space.ts';
import { permissionWords } from './permission-words.ts';
import { type RoleMode, roleModeIfKnown } from './role-mode.ts';

/** A role a space may give. `permissions` as the API names them. */
export type Role = { id: string; name: string; description: string; permissions: string[] };

export type HolderType = 'user' | 'group' | 'class';

/** One permission held on a site without roles. `id` is what removing it needs. */
export type HeldPermission = { id: string; operation: string; target: string };

/** Somebody who was given access to a space. `guest` and `active` are known of people only. */
export type Holder = {
  type: HolderType;
  id: string;
  name: string;
  role: Role | null;
  permissions: HeldPermission[];
  /** What it allows, in words. */
  may: string;
  admin: boolean;
  anonymous: boolean;
  guest: boolean;
};

/** `mode` is null when the connection may not ask for it; then single permissions were read. */
export type SpaceHolders = { mode: RoleMode | null; holders: Holder[] };

const mostPages = 40;
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Every role of the site. */
export async function rolesOfSite(ctx: Context): Promise<Role[]> {
  const roles: Role[] = [];
  for await (const page of pages((cursor) => getAvailableSpaceRoles(ctx.confluence, { limit: 250, cursor })))
    for (const raw of page.results ?? [])
      roles.push({
        id: text(raw.id),
        name: raw.name ?? text(raw.id),
        description: raw.description ?? '',
        permissions: (raw.spacePermissions ?? []).map(text),
      });
  return roles;
}

/** True for the role that may manage who uses the space. */
export const isAdminRole = (role: Role | null): boolean =>
  role !== null &&
  (/^admin(istrator)?$/i.test(role.name) || role.permissions.some((one) => /administer/i.test(one)));

type Given = Pick<Holder, 'type' | 'id' | 'role' | 'permissions'>;

const types: Record<string, HolderType> = { USER: 'user', GROUP: 'group', user: 'user', group: 'group' };

async function byRoles(ctx: Context, space: Space): Promise<Given[]> {
  const roles = new Map((await rolesOfSite(ctx)).map((role) => [role.id, role]));
  const given: Given[] = [];
  let read = 0;
  for await (const page of pages((cursor) =>
    getSpaceRoleAssignments(ctx.confluence, { id: contentNumber(space.id), limit: 250, cursor }),
  )) {
    for (const { principal, roleId } of page.results ?? []) {
      const id = text(principal?.principalId);
      const role = roles.get(text(roleId)) ?? {
        id: text(roleId),
        name: `role ${text(roleId)}`,
        description: '',
        permissions: [],
      };
      if (id !== '')
        given.push({ type: types[text(principal?.principalType)] ?? 'class', id, role, permissions: [] });
    }
    if (++read >= mostPages) break;
  }
  return given;
}

async function byPermissions(ctx: Context, space: Space): Promise<Given[]> {
  const given = new Map<string, Given>();
  let read = 0;
  for await (const page of pages((cursor) =>
    getSpacePermissionsAssignments(ctx.confluence, { id: contentNumber(space.id), limit: 250, cursor }),
  )) {
    for (const { id, principal, operation } of page.results ?? []) {
      const who = text(principal?.id);
      const type = types[text(principal?.type)] ?? 'class';
      const known = given.get(`${type} ${who}`) ?? { type, id: who, role: null, permissions: [] };
      known.permissions.push({
        id: text(id),
        operation: text(operation?.key),
        target: text(operation?.targetType),
      });
      given.set(`${type} ${who}`, known);
    }
    if (++read >= mostPages) break;
  }
  return [...given.values()];
}

/** Who may not read names sees ids instead: a missing name must not hide who has access. */
function nameless(ctx: Context, error: unknown): void {
  if (!(error instanceof ConfabError) || (error.code !== 'missing_scope' && error.code !== 'forbidden'))
    throw error;
  ctx.log.debug({ code: error.code }, 'names could not be read');
}

async function groupNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  try {
    for (const id of new Set(ids)) {
      ctx.signal.throwIfAborted();
      const group = await orNull(getGroupByGroupId(ctx.confluence, { id }));
      if (group?.name) names.set(id, group.name);
    }
  } catch (error) {
    nameless(ctx, error);
  }
  return names;
}

const classNames: [RegExp, string][] = [
  [/anonymous/i, 'Anonymous visitors'],
  [/guest/i, 'All guests'],
  [/admin/i, 'All product admins'],
  [/licensed|authenticated|all-users/i, 'Everyone on the site'],
];

/** What a class of people is called; an unknown one is shown as the API names it. */
const className = (id: string): string => classNames.find(([pattern]) => pattern.test(id))?.[1] ?? id;

async function peopleOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Person>> {
  const people: Person[] = [];
  try {
    for (let at = 0; at < ids.length; at += 250)
      people.push(...(await peopleByIds(ctx, ids.slice(at, at + 250))));
  } catch (error) {
    nameless(ctx, error);
  }
  return new Map(people.map((one) => [one.accountId, one]));
}

function said(given: Given): string {
  if (given.role !== null) return given.role.name;
  return [...new Set(given.permissions.map((one) => permissionWords(one.operation, one.target)))].join(', ');
}

/**
 * Who was given access to a space: by roles where the site has them, else by single permissions. Groups are not
 * expanded. At most 10,000 entries.
 */
export async function holdersOf(ctx: Context, space: Space): Promise<SpaceHolders> {
  const mode = await roleModeIfKnown(ctx);
  const given = mode === 'roles' ? await byRoles(ctx, space) : await byPermissions(ctx, space);
  const idsOf = (type: HolderType) => given.filter((one) => one.type === type).map((one) => one.id);
  const people = await peopleOf(ctx, idsOf('user'));
  const groups = await groupNames(ctx, idsOf('group'));
  const names: Record<HolderType, (id: string) => string> = {
    user: (id) => people.get(id)?.name ?? id,
    group: (id) => groups.get(id) ?? id,
    class: className,
  };
  const holders = given.map(
    (one): Holder => ({
      ...one,
      name: names[one.type](one.id),
      may: said(one),
      admin: isAdminRole(one.role) || one.permissions.some((held) => held.operation === 'administer'),
      anonymous: one.type === 'class' && /anonymous/i.test(one.id),
      guest: people.get(one.id)?.guest === true,
    }),
  );
  return { mode, holders };
}
