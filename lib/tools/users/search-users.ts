import { z } from 'zod';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, text } from '../inputs.ts';
import { plain } from '../near.ts';
import { counted, link, oneLine, sourceOf, wayOn } from '../render.ts';
import { allMembers, resolveGroup } from '../resolve/group.ts';
import { nameOf, type Person, searchPeople } from '../resolve/person.ts';

export const personShape = z.object({
  account_id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  active: z.boolean(),
  url: z.string().nullable(),
});

/** A person as an answer shows them. */
export function personData(person: Person): z.output<typeof personShape> {
  const { accountId, name, email, active, url } = person;
  return { account_id: accountId, name, email, active, url };
}

export function personLine(person: Person): string {
  return `- ${link(person.name, person.url)} · account id ${person.accountId}${person.email ? ` · ${oneLine(person.email)}` : ''}${person.active ? '' : ' · not active'}`;
}

export const personSource = (person: Person) =>
  sourceOf({ id: person.accountId, type: 'user', title: person.name, url: person.url });

/** Those called exactly so first. */
function exactFirst(people: readonly Person[], query: string): Person[] {
  const exact = (one: Person) =>
    plain(one.name) === plain(query) || one.email?.toLowerCase() === query.toLowerCase();
  return [...people.filter(exact), ...people.filter((one) => !exact(one))];
}

export const searchUsers = defineRead({
  name: 'search_users',
  input: z.object({ query: text, group: text.optional(), limit: limit(100), cursor }),
  output: listOf(personShape),
  async run(ctx, o) {
    const start = Number.parseInt(o.cursor ?? '0', 10) || 0;
    const found = await searchPeople(ctx, nameOf(o.query), { limit: o.limit, start });
    const group = o.group === undefined ? null : await resolveGroup(ctx, o.group);
    const members =
      group === null ? null : new Set((await allMembers(ctx, group.id)).map((one) => one.accountId));
    const people = exactFirst(
      found.people.filter((one) => members === null || members.has(one.accountId)),
      o.query,
    );
    const next = found.more ? String(start + o.limit) : null;
    const within = group === null ? '' : ` in the group ${oneLine(group.name)}`;
    return {
      text: `${counted(people.length, 'person', 'people')} like "${o.query}"${within} visible to you.\n${people.map(personLine).join('\n')}${wayOn(next)}`.trim(),
      data: { items: people.map(personData), has_more: next !== null, cursor: next },
      sources: people.map(personSource),
      label: `${counted(people.length, 'person', 'people')} like "${o.query}"`,
      untrusted: true,
    };
  },
});
