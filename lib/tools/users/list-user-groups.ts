import { z } from 'zod';
import { getGroupMembershipsForUser } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import { counted, oneLine, sourceOf, wayOn } from '../render.ts';
import { resolvePerson } from '../resolve/person.ts';
import { personData, personShape, personSource } from './search-users.ts';

export const listUserGroups = defineRead({
  name: 'list_user_groups',
  input: z.object({ user: text, limit: limit(200), cursor }),
  output: listOf(z.object({ id: z.string(), name: z.string() })).extend({ user: personShape }),
  async run(ctx, o) {
    const person = await resolvePerson(ctx, o.user);
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const found = await getGroupMembershipsForUser(ctx.confluence, {
      accountId: person.accountId,
      start,
      limit: o.limit,
    });
    const items = (found.results ?? []).map(({ id, name }) => ({ id, name }));
    const more = typeof (found._links as { next?: unknown } | undefined)?.next === 'string';
    const next = more ? String(start + o.limit) : null;
    return {
      text: `${oneLine(person.name)} (account id ${person.accountId}) is in ${counted(items.length, 'group')} visible to you${next === null ? '' : ' on this page'}.\n${items.map((one) => `- ${oneLine(one.name)} · id ${one.id}`).join('\n')}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next, user: personData(person) },
      sources: [
        personSource(person),
        ...items.map((one) => sourceOf({ id: one.id, type: 'group', title: one.name, url: null })),
      ],
      label: `${counted(items.length, 'group')} of ${person.name}`,
      untrusted: true,
    };
  },
});
