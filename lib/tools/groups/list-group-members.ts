import { z } from 'zod';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import { counted, oneLine, sourceOf, wayOn } from '../render.ts';
import { membersOf, resolveGroup } from '../resolve/group.ts';
import { resolvePerson } from '../resolve/person.ts';
import { personData, personLine, personShape, personSource } from '../users/search-users.ts';
import { isMember } from './membership.ts';

export const listGroupMembers = defineRead({
  name: 'list_group_members',
  input: z.object({ group: text, user: text.optional(), limit: limit(200), cursor }),
  output: listOf(personShape).extend({
    group: z.object({ id: z.string(), name: z.string() }),
    is_member: z.boolean().optional(),
  }),
  async run(ctx, o) {
    const group = await resolveGroup(ctx, o.group);
    const source = sourceOf({ id: group.id, type: 'group', title: group.name, url: null });
    if (o.user !== undefined) {
      const person = await resolvePerson(ctx, o.user);
      const member = await isMember(ctx, person.accountId, group.id);
      const label = `${person.name} is ${member ? '' : 'not '}in ${group.name}`;
      return {
        text: `${oneLine(label)} (account id ${person.accountId}, group id ${group.id}).`,
        data: {
          items: member ? [personData(person)] : [],
          has_more: false,
          cursor: null,
          group,
          is_member: member,
        },
        sources: [source, personSource(person)],
        label,
        untrusted: true,
      };
    }
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const { people, more } = await membersOf(ctx, group.id, { start, limit: o.limit });
    const next = more ? String(start + o.limit) : null;
    return {
      text: `${counted(people.length, 'member')} of the group ${oneLine(group.name)} (id ${group.id})${next === null ? '' : ' on this page'}.\n${people.map(personLine).join('\n')}${wayOn(next)}`.trim(),
      data: { items: people.map(personData), has_more: next !== null, cursor: next, group },
      sources: [source, ...people.map(personSource)],
      label: `${counted(people.length, 'member')} of ${group.name}`,
      untrusted: true,
    };
  },
});
