import { z } from 'zod';
import { UserError } from '#errors';
import { removePermission } from '#lib/confluence';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { spaceTarget } from '../spaces/space-target.ts';
import { defineStateWrite, type PlannedWrite, undoBy } from '../state-write.ts';
import { addSpacePermission } from './add-space-permission.ts';
import { permissionWords } from './permission-words.ts';
import { accessNow, accessState, assignRole } from './space-access-state.ts';
import {
  changeableAccess,
  holderFor,
  keepAnAdmin,
  type Principal,
  principalOf,
  type SpaceAccess,
  whoInput,
} from './space-access-target.ts';
import type { HeldPermission, Holder } from './space-holders.ts';

const input = z.object({
  space: text,
  user: text.optional(),
  group: text.optional(),
  permission_id: text.optional(),
});
type Input = z.output<typeof input>;
type Request = { spaceId: string; spaceKey: string; who: Principal; permissionId: string | null };

const isReading = (one: HeldPermission) => one.operation === 'read' && one.target === 'space';

async function holderOf(ctx: Context, o: Input, access: SpaceAccess): Promise<Holder | NoChange> {
  if (o.permission_id !== undefined) {
    const found = access.holders.find((one) => one.permissions.some((held) => held.id === o.permission_id));
    if (access.mode === 'classic' && found !== undefined) {
      if (o.user === undefined && o.group === undefined) return found;
      const who = await principalOf(ctx, o);
      if (found.type === who.type && found.id === who.id) return found;
      throw new UserError(
        'invalid_input',
        `The permission ${o.permission_id} is held by ${oneLine(found.name)}, not by ${oneLine(who.name)}.`,
        { next: 'Name the permission by its id alone; list_space_permissions shows who holds it.' },
      );
    }
    throw new UserError(
      'not_found',
      access.mode === 'roles'
        ? 'This site gives access by roles, which have no permission ids.'
        : `The space ${oneLine(access.space.name)} has no permission ${o.permission_id}.`,
      { next: 'Name the person or group; list_space_permissions shows who has access.' },
    );
  }
  const who = await principalOf(ctx, o);
  const found = holderFor(access.holders, who);
  if (found !== null) return found;
  return {
    noChange: true,
    text: `${oneLine(who.name)} was not given access to ${oneLine(access.space.name)} by name, so there is nothing to remove. Access may come from a group; list_space_permissions with members shows that.`,
    sources: [spaceSource(access.space)],
  };
}

function planned(ctx: Context, o: Input, access: SpaceAccess, holder: Holder): PlannedWrite<Request> {
  const { space } = access;
  const who: Principal = { type: holder.type, id: holder.id, name: holder.name };
  const single =
    holder.permissions.find((one) => one.id === o.permission_id) ??
    holder.permissions.find(isReading) ??
    null;
  // Taking "view" away takes everything else of that person or group along.
  const all = single === null || isReading(single);
  if (all || single?.operation === 'administer') keepAnAdmin(access, who);
  const before = accessState(holder);
  const left = all
    ? []
    : (before.permissions as string[]).filter((one) => one !== `${single.operation}/${single.target}`);
  const what = all ? holder.may : permissionWords(single.operation, single.target);
  const self = who.type === 'user' && who.id === ctx.connection.account.id;
  // Classes of people (guests, anonymous visitors) can be named by nobody who would give it back.
  const restorable =
    who.type !== 'class' && (access.mode === 'roles' || !all || holder.permissions.length === 1);
  return {
    title: all
      ? `Remove ${oneLine(who.name)} from the space "${oneLine(space.name)}"`
      : `No longer let ${oneLine(who.name)} ${what} in the space "${oneLine(space.name)}"`,
    target: spaceTarget(space),
    input: {
      space: space.id,
      ...(o.permission_id === undefined ? whoInput(who) : { permission_id: o.permission_id }),
    },
    request: { spaceId: space.id, spaceKey: space.key, who, permissionId: single?.id ?? null },
    before,
    after: { role: null, permissions: left },
    diff: { fields: [{ label: `${who.name} in ${space.name}`, before: what, after: null }], body: null },
    warnings: [
      {
        code: 'takes_access',
        message: `${oneLine(who.name)} loses this access. What they hold through a group${who.type === 'group' ? ' or by name' : ''} stays.`,
        mustConfirm: false,
      },
      ...(self ? [{ code: 'own_access', message: 'This is your own access.', mustConfirm: true }] : []),
    ],
    undo: self
      ? {
          possible: false,
          why: 'You may no longer change access to the space afterwards; another admin can.',
        }
      : restorable
        ? { possible: true }
        : {
            possible: false,
            why: 'Single permissions can be given back only one by one (add_space_permission).',
          },
  };
}

/** Takes a person's or group's role, or on a site without roles their permission, in a space away. */
export const removeSpacePermission: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'remove_space_permission',
  input,
  async plan(ctx, o) {
    const access = await changeableAccess(ctx, o.space);
    const holder = await holderOf(ctx, o, access);
    return 'noChange' in holder ? holder : planned(ctx, o, access, holder);
  },
  read: (ctx, request) => accessNow(ctx, request.spaceId, request.who),
  async send(ctx, { spaceId, spaceKey, who, permissionId }) {
    if (permissionId === null) await assignRole(ctx, spaceId, who, null);
    else {
      if (!/^\d{1,19}$/.test(permissionId))
        throw new UserError('invalid_input', `"${permissionId}" is not the id of a permission.`, {
          next: 'list_space_permissions shows the ids.',
        });
      await removePermission(ctx.confluence, { spaceKey, id: Number(permissionId) });
    }
    return {};
  },
  async inverse(ctx, { proposal, request, before, after }) {
    const target = { space: request.spaceId, ...whoInput(request.who) };
    if (typeof before?.role === 'string')
      return undoBy(ctx, addSpacePermission, { ...target, role: before.role }, proposal);
    const gone = ((before?.permissions ?? []) as string[]).filter(
      (one) => !((after?.permissions ?? []) as string[]).includes(one),
    );
    const [only] = gone;
    if (only === undefined || gone.length > 1)
      return { impossible: 'Single permissions can be given back only one by one (add_space_permission).' };
    return undoBy(ctx, addSpacePermission, { ...target, permission: only.replace('/', ' ') }, proposal);
  },
  done: 'Confluence no longer shows this access.',
});
