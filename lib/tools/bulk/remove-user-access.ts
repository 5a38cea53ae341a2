import { z } from 'zod';
import { getGroupMembershipsForUser } from '#lib/confluence';
import { defineBulk } from '../define.ts';
import type { Document } from '../documents.ts';
import { orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { restrictedOperations, restrictionsOf } from '../permissions/restrictions.ts';
import { roleModeOf } from '../permissions/role-mode.ts';
import { holdersOf } from '../permissions/space-holders.ts';
import { counted, oneLine } from '../render.ts';
import { type Person, resolvePerson } from '../resolve/person.ts';
import { allSpaces, resolveSpace, type Space } from '../resolve/space.ts';
import { type Completeness, resultsOfEach, scanPages } from '../scan/index.ts';
import { spaceTarget } from '../spaces/space-target.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import { personSource } from '../users/search-users.ts';
import { planList, planShape } from './plan-list.ts';

const input = z.object({
  user: text,
  spaces: z.array(text).max(250).optional(),
  groups: z.boolean().optional(),
  restrictions: z.boolean().optional(),
  transfer_pages_to: text.optional(),
});
type Input = z.output<typeof input>;

const mostPages = 5000;
const account =
  'This does not close their Atlassian account or their licence: an organisation admin does that at admin.atlassian.com.';

async function fromGroups(ctx: Context, person: Person): Promise<PlanItem[]> {
  refuseSiteWide(ctx, 'group memberships');
  const items: PlanItem[] = [];
  for (let start = 0; start < 2000; start += 200) {
    const { accountId } = person;
    const found = await getGroupMembershipsForUser(ctx.confluence, { accountId, start, limit: 200 });
    for (const { id, name } of found.results ?? [])
      items.push({
        operation: 'remove_user_from_group',
        input: { group: id, user: accountId },
        title: `Remove ${oneLine(person.name)} from the group "${oneLine(name)}"`,
        target: { kind: 'group', id, title: name, space: null, url: null },
        why: 'member of the group',
      });
    if (typeof (found._links as { next?: unknown } | undefined)?.next !== 'string') break;
  }
  return items;
}

async function fromSpaces(
  ctx: Context,
  person: Person,
  spaces: readonly Space[],
): Promise<{ items: PlanItem[]; notes: string[] }> {
  const classic = (await roleModeOf(ctx)) === 'classic';
  const looked = await resultsOfEach(ctx, spaces, 'spaces asked who may enter', async (space) => {
    const found = await orNull(holdersOf(ctx, space));
    return {
      space,
      holder: found?.holders.find((one) => one.type === 'user' && one.id === person.accountId),
    };
  });
  const notes: string[] = [];
  if (looked.stopped !== null)
    notes.push(
      `Only ${looked.done} of ${counted(spaces.length, 'space')} could be looked at: ${looked.stopped}`,
    );
  const items = looked.results.flatMap((one): PlanItem[] => {
    if (one?.holder === undefined) return [];
    const { space, holder } = one;
    if (holder.admin)
      notes.push(
        `${oneLine(person.name)} administers ${oneLine(space.name)}: make sure it has another admin first.`,
      );
    return [
      {
        operation: 'remove_space_permission',
        input: { space: space.id, user: person.accountId },
        title: `Remove ${oneLine(person.name)} from the space "${oneLine(space.name)}"`,
        target: spaceTarget(space),
        why: `holds: ${holder.may}`,
      },
    ];
  });
  if (classic && items.length > 0 && ctx.connection.mode === 'oauth')
    notes.push(
      'This site has no space roles, and Atlassian does not let apps change single permissions: the space items work with an API token only.',
    );
  return { items, notes };
}

async function pagesOf(
  ctx: Context,
  spaces: readonly Space[] | null,
): Promise<{ pages: Document[]; completeness: Completeness }> {
  const pages: Document[] = [];
  const total: Completeness = { looked: 0, of: 0, complete: true, stopped: null };
  for (const space of spaces ?? [null]) {
    const scope = { space, cql: null, words: '' };
    const left = mostPages - pages.length;
    const found = await scanPages(ctx, { scope, maxPages: left, bodies: false }, (page) => {
      pages.push(page);
    });
    total.looked += found.looked;
    total.of = total.of === null || found.of === null ? null : total.of + found.of;
    total.complete = total.complete && found.complete;
    total.stopped = total.stopped ?? found.stopped;
    if (!found.complete) break;
  }
  return { pages, completeness: total };
}

async function fromRestrictions(
  ctx: Context,
  person: Person,
  pages: readonly Document[],
): Promise<PlanItem[]> {
  const looked = await resultsOfEach(ctx, pages, 'pages asked for their restrictions', async (page) => {
    const found = await orNull(restrictionsOf(ctx, page.id));
    const named = restrictedOperations.filter((operation) =>
      found?.[operation].some((one) => one.type === 'user' && one.id === person.accountId),
    );
    return { page, named };
  });
  const items: PlanItem[] = [];
  for (const one of looked.results) {
    if (one === null || one.named.length === 0) continue;
    items.push({
      operation: 'set_restrictions',
      input: { id: one.page.id, mode: 'remove', users: [person.accountId] },
      title: `Take ${oneLine(person.name)} off the restrictions of "${oneLine(one.page.title)}"`,
      target: await documentTarget(ctx, one.page),
      why: `named for: ${one.named.map((operation) => (operation === 'read' ? 'view' : 'edit')).join(' and ')}`,
    });
  }
  return items;
}

async function transfers(
  ctx: Context,
  person: Person,
  to: Person,
  pages: readonly Document[],
): Promise<PlanItem[]> {
  const items: PlanItem[] = [];
  for (const page of pages.filter((one) => one.ownerId === person.accountId))
    items.push({
      operation: 'update_page',
      input: { page: page.id, base_version: page.version, owner: to.accountId },
      title: `Make ${oneLine(to.name)} the owner of "${oneLine(page.title)}"`,
      target: await documentTarget(ctx, page),
      why: `owned by ${oneLine(person.name)}`,
    });
  return items;
}

async function listOf(ctx: Context, person: Person, o: Input) {
  const named =
    o.spaces === undefined ? null : await Promise.all(o.spaces.map((one) => resolveSpace(ctx, one)));
  const heir = o.transfer_pages_to === undefined ? null : await resolvePerson(ctx, o.transfer_pages_to);
  const groups = o.groups === false ? [] : await fromGroups(ctx, person);
  const spaces = await fromSpaces(ctx, person, named ?? (await allSpaces(ctx)));
  const looking = o.restrictions === true || heir !== null;
  const { pages, completeness } = looking ? await pagesOf(ctx, named) : { pages: [], completeness: null };
  // Pages first: whoever carries this out may lose the right to change them with the access to the space.
  const given = heir === null ? [] : await transfers(ctx, person, heir, pages);
  const limits = o.restrictions === true ? await fromRestrictions(ctx, person, pages) : [];
  return { items: [...given, ...limits, ...spaces.items, ...groups], notes: spaces.notes, completeness };
}

/** Everything that gives a leaving person access, as the list of single changes that take it away. */
export const removeUserAccess = defineBulk({
  name: 'remove_user_access',
  input,
  output: planShape,
  async plan(ctx, o) {
    const person = await resolvePerson(ctx, o.user);
    const { items, notes, completeness } = await listOf(ctx, person, o);
    const name = oneLine(person.name);
    const unlooked =
      o.restrictions === true
        ? ''
        : ' Restrictions of single pages were not looked at (restrictions: true does).';
    const plan = planList({
      items,
      completeness,
      head: `Remove what gives ${name} access`,
      none: `Nothing that is visible to you gives ${name} access by name or through a group.${unlooked} ${account}`,
      remarks: [...notes, `${account}${unlooked}`],
    });
    return { ...plan, sources: [personSource(person), ...plan.sources] };
  },
});
