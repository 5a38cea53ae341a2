import { z } from 'zod';
import { UserError } from '#errors';
import { addPermissionToSpace } from '#lib/confluence';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { spaceTarget } from '../spaces/space-target.ts';
import { defineStateWrite, type PlannedWrite, undoBy } from '../state-write.ts';
import { permissionWords, readPermission } from './permission-words.ts';
import { removeSpacePermission } from './remove-space-permission.ts';
import { accessNow, accessState, assignRole } from './space-access-state.ts';
import {
  changeableAccess,
  holderFor,
  keepAnAdmin,
  type Principal,
  principalOf,
  resolveRole,
  type SpaceAccess,
  whoInput,
} from './space-access-target.ts';
import { isAdminRole } from './space-holders.ts';

const input = z.object({
  space: text,
  user: text.optional(),
  group: text.optional(),
  role: text.optional(),
  permission: text.optional(),
});
type Input = z.output<typeof input>;

export type GrantRequest = {
  spaceId: string;
  spaceKey: string;
  who: Principal;
  /** One of the two: a role, or a single permission on a site without roles. */
  roleId: string | null;
  permission: { key: string; target: string } | null;
};

function already(access: SpaceAccess, who: Principal, what: string): NoChange {
  return {
    noChange: true,
    text: `${oneLine(who.name)} has ${what} in ${oneLine(access.space.name)} already. No change was proposed.`,
    sources: [spaceSource(access.space)],
  };
}

const grants = (name: string) => ({
  code: 'grants_access',
  message: `${oneLine(name)} gets access to what is in the space and not limited on the page itself.`,
  mustConfirm: false,
});

async function planRole(
  ctx: Context,
  o: Input,
  access: SpaceAccess,
  who: Principal,
): Promise<PlannedWrite<GrantRequest> | NoChange> {
  if (o.role === undefined)
    throw new UserError('invalid_input', 'This site gives access by roles, not by single permissions.', {
      next: 'Name a role, such as Viewer, Collaborator or Admin; list_space_permissions with roles shows them.',
    });
  const role = await resolveRole(ctx, o.role);
  const holder = holderFor(access.holders, who);
  if (holder?.role?.id === role.id) return already(access, who, `the role ${role.name}`);
  if (!isAdminRole(role)) keepAnAdmin(access, who);
  const self = who.type === 'user' && who.id === ctx.connection.account.id;
  const stepsDown = self && holder?.admin === true && !isAdminRole(role);
  const { space } = access;
  return {
    title: `Give ${oneLine(who.name)} the role ${oneLine(role.name)} in the space "${oneLine(space.name)}"`,
    target: spaceTarget(space),
    input: { space: space.id, ...whoInput(who), role: role.id },
    request: { spaceId: space.id, spaceKey: space.key, who, roleId: role.id, permission: null },
    before: accessState(holder),
    after: { role: role.id, permissions: [] },
    diff: {
      fields: [
        { label: `${who.name} in ${space.name}`, before: holder?.role?.name ?? null, after: role.name },
      ],
      body: null,
    },
    warnings: [
      holder === null
        ? grants(who.name)
        : {
            code: 'changes_access',
            message: `${oneLine(who.name)} has the role ${oneLine(holder.role?.name ?? holder.may)} now and may do then what ${oneLine(role.name)} allows, no more.`,
            mustConfirm: false,
          },
      ...(stepsDown ? [{ code: 'own_access', message: 'This is your own access.', mustConfirm: true }] : []),
    ],
    undo: stepsDown
      ? {
          possible: false,
          why: 'You may no longer change access to the space afterwards; another admin can.',
        }
      : { possible: true },
  };
}

/** On a site without roles only "viewer" is one single permission; the rest has to be given one by one. */
function permissionOf(o: Input): { key: string; target: string } {
  const given =
    o.permission ?? (/^(view|viewer|read|read-only|reader)$/i.test(o.role ?? '') ? 'read space' : undefined);
  const permission = given === undefined ? null : readPermission(given);
  if (permission !== null) return permission;
  throw new UserError(
    'invalid_input',
    `This site has no space roles; access is given by single permissions${o.permission === undefined ? '' : `, and "${o.permission}" is none`}.`,
    {
      next: 'Name a permission as operation and target, such as "read space", "create page" or "administer space".',
    },
  );
}

function planPermission(
  o: Input,
  access: SpaceAccess,
  who: Principal,
): PlannedWrite<GrantRequest> | NoChange {
  const permission = permissionOf(o);
  const { space } = access;
  const words = permissionWords(permission.key, permission.target);
  const before = accessState(holderFor(access.holders, who));
  const held = before.permissions as string[];
  const wanted = `${permission.key}/${permission.target}`;
  if (held.includes(wanted)) return already(access, who, `the permission "${words}"`);
  if (wanted !== 'read/space' && !held.includes('read/space'))
    throw new UserError('invalid_input', `${oneLine(who.name)} cannot see the space yet.`, {
      next: 'Give "read space" first; Confluence takes no other permission before it.',
    });
  return {
    title: `Let ${oneLine(who.name)} ${words} in the space "${oneLine(space.name)}"`,
    target: spaceTarget(space),
    input: { space: space.id, ...whoInput(who), permission: `${permission.key} ${permission.target}` },
    request: { spaceId: space.id, spaceKey: space.key, who, roleId: null, permission },
    before,
    after: { role: null, permissions: [...held, wanted].toSorted() },
    diff: { fields: [{ label: `${who.name} in ${space.name}`, before: null, after: words }], body: null },
    warnings: [grants(who.name)],
    undo: { possible: true },
  };
}

/** Gives a person or group access to a space: a role, or on a site without roles one permission (API token only). */
export const addSpacePermission: WriteOperation = defineStateWrite<typeof input, GrantRequest>({
  name: 'add_space_permission',
  input,
  async plan(ctx, o) {
    if (o.role !== undefined && o.permission !== undefined)
      throw new UserError('invalid_input', 'Give a role or a permission, not both.', {
        next: 'Sites with roles take `role`, others `permission`; list_space_permissions tells which it is.',
      });
    const access = await changeableAccess(ctx, o.space);
    const who = await principalOf(ctx, o);
    return access.mode === 'roles' ? planRole(ctx, o, access, who) : planPermission(o, access, who);
  },
  read: (ctx, request) => accessNow(ctx, request.spaceId, request.who),
  async send(ctx, { spaceId, spaceKey, who, roleId, permission }) {
    if (permission === null) {
      await assignRole(ctx, spaceId, who, roleId);
      return {};
    }
    const made = await addPermissionToSpace(ctx.confluence, {
      spaceKey,
      subject: { type: who.type === 'group' ? 'group' : 'user', identifier: who.id },
      operation: permission,
    });
    return { receipt: { permissionId: made?.id === undefined ? null : String(made.id) } };
  },
  async inverse(ctx, { proposal, request, before, outcome }) {
    const { spaceId, who } = request;
    const target = { space: spaceId, ...whoInput(who) };
    const role = typeof before?.role === 'string' ? before.role : null;
    if (role !== null) return undoBy(ctx, addSpacePermission, { ...target, role }, proposal);
    const id = outcome.receipt.permissionId;
    if (request.permission !== null && typeof id !== 'string')
      return {
        impossible: 'Confluence did not name the permission it made; remove it in the space settings.',
      };
    const permission = typeof id === 'string' ? { space: spaceId, permission_id: id } : target;
    return undoBy(ctx, removeSpacePermission, permission, proposal);
  },
  done: 'Confluence shows the access as approved.',
});
