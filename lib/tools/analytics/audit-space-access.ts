import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { defineRead } from '../define.ts';
import { spaceShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { subjectShape } from '../permissions/get-restrictions.ts';
import { holderData, holderLine, holderShape } from '../permissions/holder-view.ts';
import { type LimitedPage, limitedPages } from '../permissions/page-limits.ts';
import { subjectsText } from '../permissions/restrictions.ts';
import { type Holder, holdersOf } from '../permissions/space-holders.ts';
import { counted, link, oneLine } from '../render.ts';
import { allMembers } from '../resolve/group.ts';
import type { Person } from '../resolve/person.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { type Completeness, completenessShape, completenessText } from '../scan/index.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { personData, personShape } from '../users/search-users.ts';

const personWithAccess = personShape.extend({ may: z.array(z.string()), guest: z.boolean() });
const spaceAudit = z.object({
  space: spaceShape,
  mode: z.enum(['roles', 'classic', 'unknown']),
  holders: z.array(holderShape.extend({ members: z.array(personShape).optional() })),
  people: z.array(personWithAccess).optional(),
  everyone: z.boolean(),
  anonymous: z.boolean(),
  guests: z.array(z.string()).nullable(),
  pages: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        url: z.string(),
        read: z.array(subjectShape),
        update: z.array(subjectShape),
        classification: z.string().nullable(),
      }),
    )
    .optional(),
  completeness: completenessShape.optional(),
});
type SpaceAudit = z.output<typeof spaceAudit>;

const never =
  'Who really opened the space or its pages is not in the Confluence API: it gives counts of views only, never names for a space.';
const mostNames = 60;

async function visibleSpace(ctx: Context, given: string): Promise<Space> {
  try {
    return await resolveSpace(ctx, given);
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== 'not_found') throw error;
    throw new UserError(
      'not_found',
      `The space "${given}" is not visible to you, so you cannot audit it. An audit shows only what your own Confluence account may see.`,
      { next: 'Ask an admin of that space to run the audit.', cause: error },
    );
  }
}

async function membersOf(ctx: Context, holders: readonly Holder[]): Promise<Map<string, Person[]>> {
  const members = new Map<string, Person[]>();
  for (const group of holders.filter((one) => one.type === 'group')) {
    ctx.progress(`Reading the members of ${group.name}`);
    members.set(group.id, await allMembers(ctx, group.id, 2000));
  }
  return members;
}

/** Everybody who has access by name or through a group, each with the ways they have it. */
function peopleOf(
  ctx: Context,
  holders: readonly Holder[],
  members: ReadonlyMap<string, readonly Person[]>,
): NonNullable<SpaceAudit['people']> {
  const people = new Map<string, NonNullable<SpaceAudit['people']>[number]>();
  const add = (person: Person, way: string) => {
    const known = people.get(person.accountId);
    if (known === undefined)
      people.set(person.accountId, { ...personData(person), may: [way], guest: person.guest === true });
    else known.may.push(way);
  };
  for (const holder of holders) {
    if (holder.type === 'user')
      add(
        {
          accountId: holder.id,
          name: holder.name,
          email: null,
          active: true,
          url: ctx.confluence.webUrl(`/people/${encodeURIComponent(holder.id)}`),
          ...(holder.guest ? { guest: true } : {}),
        },
        `${holder.may} (by name)`,
      );
    for (const person of members.get(holder.id) ?? []) add(person, `${holder.may} (group ${holder.name})`);
  }
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

const pageData = ({ page, restrictions, classification }: LimitedPage) => ({
  id: page.id,
  title: page.title,
  url: page.url,
  ...restrictions,
  classification,
});

async function auditOf(
  ctx: Context,
  space: Space,
  o: { members: boolean; pages: boolean },
): Promise<SpaceAudit> {
  ctx.progress(`Reading who has access to ${space.name}`);
  const { mode, holders } = await holdersOf(ctx, space);
  const members = o.members ? await membersOf(ctx, holders) : new Map<string, Person[]>();
  const limited = o.pages ? await limitedPages(ctx, space) : null;
  const people = o.members ? peopleOf(ctx, holders, members) : undefined;
  return {
    space: { id: space.id, key: space.key, name: space.name },
    mode: mode ?? 'unknown',
    holders: holders.map((holder) => {
      const inside = members.get(holder.id);
      return { ...holderData(holder), ...(inside === undefined ? {} : { members: inside.map(personData) }) };
    }),
    ...(people === undefined ? {} : { people }),
    everyone: holders.some((one) => one.type === 'class' && !one.anonymous),
    anonymous: holders.some((one) => one.anonymous),
    guests: people === undefined ? null : people.filter((one) => one.guest).map((one) => one.name),
    ...(limited === null ? {} : { pages: limited.pages.map(pageData), completeness: limited.completeness }),
  };
}

function pagesText(audit: SpaceAudit): string[] {
  if (audit.pages === undefined || audit.completeness === undefined)
    return ['Pages with their own restrictions were not looked at (pages: true does).'];
  const lines = audit.pages.map((page) => {
    const limits = [
      ...(page.read.length === 0 ? [] : [`view only ${subjectsText(page.read, '')}`]),
      ...(page.update.length === 0 ? [] : [`edit only ${subjectsText(page.update, '')}`]),
      ...(page.classification === null ? [] : [`classified ${oneLine(page.classification)}`]),
    ];
    return `- ${link(page.title, page.url)} (id ${page.id}): ${limits.join('; ')}`;
  });
  return [
    `${counted(audit.pages.length, 'page')} with their own restrictions or classification. ${completenessText(audit.completeness as Completeness)} Pages that you may not see yourself are not among them.`,
    ...lines,
  ];
}

function auditText(audit: SpaceAudit, holders: readonly string[]): string {
  const people = audit.people;
  const shown = (people ?? []).slice(0, mostNames);
  return [
    `## ${oneLine(audit.space.name)} (${audit.space.key})`,
    `Access was given to ${counted(holders.length, 'person, group or class of people', 'people, groups and classes of people')}:`,
    ...holders,
    ...(people === undefined
      ? ['Groups were not expanded (members: true does).']
      : [
          `That makes ${counted(people.length, 'person', 'people')} by name or through a group:`,
          ...shown.map(
            (one) =>
              `- ${link(one.name, one.url)} · ${oneLine(one.may.join('; '))}${one.guest ? ' · guest' : ''}`,
          ),
          ...(people.length > shown.length
            ? [`- and ${people.length - shown.length} more, in the data`]
            : []),
        ]),
    `Everyone on the site: ${audit.everyone ? 'YES, see above' : 'no'}. Anonymous visitors: ${audit.anonymous ? 'YES' : 'no'}. Guests: ${audit.guests === null ? 'not looked at' : audit.guests.map(oneLine).join(', ') || 'none by name or group'}.`,
    ...pagesText(audit),
  ].join('\n');
}

export const auditSpaceAccess = defineRead({
  name: 'audit_space_access',
  input: z.object({
    spaces: z.array(text).min(1).max(20),
    members: z.boolean().optional(),
    pages: z.boolean().optional(),
  }),
  output: z.object({ spaces: z.array(spaceAudit), note: z.string() }),
  async run(ctx, o) {
    const spaces: Space[] = [];
    for (const given of o.spaces) spaces.push(await visibleSpace(ctx, given));
    const audits: SpaceAudit[] = [];
    const texts: string[] = [];
    for (const space of spaces) {
      ctx.signal.throwIfAborted();
      const audit = await auditOf(ctx, space, { members: o.members !== false, pages: o.pages !== false });
      audits.push(audit);
      texts.push(
        auditText(
          audit,
          audit.holders.map((one) => holderLine(one)),
        ),
      );
    }
    return {
      text: `${texts.join('\n\n')}\n\n${never}`,
      data: { spaces: audits, note: never },
      sources: spaces.map(spaceSource),
      label: `Access to ${spaces.map((space) => space.name).join(', ')}`,
      untrusted: true,
    };
  },
});
