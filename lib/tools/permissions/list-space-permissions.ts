import { z } from 'zod';
import { getAvailableSpacePermissions } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, spaceShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine, wayOn } from '../render.ts';
import { allMembers } from '../resolve/group.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { personData, personShape } from '../users/search-users.ts';
import { holderData, holderLine, holderShape } from './holder-view.ts';
import type { RoleMode } from './role-mode.ts';
import { type Holder, holdersOf, type Role, rolesOfSite } from './space-holders.ts';

const roleShape = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.string()),
});

const modeWords: Record<RoleMode | 'unknown', string> = {
  roles: 'This site gives access by roles.',
  classic:
    'This site gives access by single permissions. Atlassian lets no app change them: add_space_permission works with an API token only.',
  unknown:
    'Whether this site uses roles could not be asked (the connection lacks read:configuration:confluence), so single permissions are shown.',
};

/** Who the members of a group are; said with it, so that "HR" becomes people. */
async function members(ctx: Context, holders: readonly Holder[]) {
  const found = new Map<string, Awaited<ReturnType<typeof allMembers>>>();
  for (const holder of holders.filter((one) => one.type === 'group')) {
    ctx.progress(`Reading the members of ${holder.name}`);
    found.set(holder.id, await allMembers(ctx, holder.id));
  }
  return found;
}

async function rolesText(ctx: Context, mode: RoleMode | null): Promise<{ lines: string[]; roles: Role[] }> {
  if (mode === 'roles') {
    const roles = await rolesOfSite(ctx);
    const line = (role: Role) =>
      `- ${oneLine(role.name)} · id ${role.id} · ${oneLine(role.description)} (${role.permissions.join(', ')})`;
    return { lines: ['', 'Roles there are:', ...roles.map(line)], roles };
  }
  const found = await getAvailableSpacePermissions(ctx.confluence, { limit: 250 });
  const kinds = (found.results ?? []).map((one) => `${one.id ?? ''} (${one.displayName ?? ''})`);
  return { lines: ['', `Permissions there are: ${oneLine(kinds.join(', '))}`], roles: [] };
}

export const listSpacePermissions = defineRead({
  name: 'list_space_permissions',
  input: z.object({
    space: text,
    roles: z.boolean().optional(),
    members: z.boolean().optional(),
    limit: limit(250),
    cursor,
  }),
  output: listOf(holderShape.extend({ members: z.array(personShape).optional() })).extend({
    space: spaceShape,
    mode: z.enum(['roles', 'classic', 'unknown']),
    roles: z.array(roleShape).optional(),
  }),
  async run(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const { mode, holders } = await holdersOf(ctx, space);
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const shown = holders.slice(start, start + o.limit);
    const next = holders.length > start + o.limit ? String(start + o.limit) : null;
    const people = o.members === true ? await members(ctx, shown) : new Map();
    const extra = o.roles === true ? await rolesText(ctx, mode) : { lines: [], roles: [] };
    const items = shown.map((holder) => {
      const inside = people.get(holder.id) as Awaited<ReturnType<typeof allMembers>> | undefined;
      return { ...holderData(holder), ...(inside === undefined ? {} : { members: inside.map(personData) }) };
    });
    const lines = shown.flatMap((holder, at) => {
      const inside = items[at]?.members;
      return [
        holderLine(holder),
        ...(inside === undefined
          ? []
          : [`  members: ${inside.map((one) => oneLine(one.name)).join(', ') || 'none'}`]),
      ];
    });
    const count = counted(
      holders.length,
      'person, group or class of people',
      'people, groups and classes of people',
    );
    return {
      text: [
        `${count} with access to ${oneLine(space.name)} (${space.key}) visible to you. ${modeWords[mode ?? 'unknown']}`,
        ...lines,
        ...extra.lines,
      ]
        .join('\n')
        .concat(wayOn(next)),
      data: {
        items,
        has_more: next !== null,
        cursor: next,
        space: { id: space.id, key: space.key, name: space.name },
        mode: mode ?? 'unknown',
        ...(o.roles === true ? { roles: extra.roles } : {}),
      },
      sources: [spaceSource(space)],
      label: `Access to ${space.name}`,
      untrusted: true,
    };
  },
});
