import { UserError } from '#errors';
import { getGroupByGroupId, getGroupMembersByGroupId, getGroups, searchGroups } from '#lib/confluence';
import { orNull } from '../ids.ts';
import { nearest, plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { type Person, personOf } from './person.ts';

export type Group = { id: string; name: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bare = (text: string): string =>
  plain(text)
    .replace(/^(the|group|team) /, '')
    .replace(/ (group|team|gruppe|grupo)$/, '');

/**
 * The group meant: id or name (`Contractors`, `the dev team`).
 * @throws UserError not_found with near names, ambiguous with candidates.
 */
export async function resolveGroup(ctx: Context, given: string): Promise<Group> {
  const text = given.trim();
  if (uuid.test(text)) {
    const found = await orNull(getGroupByGroupId(ctx.confluence, { id: text }));
    if (found !== null) return { id: found.id, name: found.name };
  }
  const asked = [...new Set([text, bare(text), bare(text).split(' ')[0] ?? ''])].filter((one) => one !== '');
  let seen: Group[] = [];
  for (const query of asked) {
    const found = (await searchGroups(ctx.confluence, { query, limit: 50 })).results ?? [];
    seen = [...seen, ...found.map(({ id, name }) => ({ id, name }))];
    const exact = seen.find((one) => one.name.toLowerCase() === text.toLowerCase());
    if (exact !== undefined) return exact;
  }
  const unique = [...new Map(seen.map((one) => [one.id, one])).values()];
  // The best kind of fit only; several of it are for the person to tell apart.
  const kinds: ((one: Group) => boolean)[] = [
    (one) => plain(one.name) === plain(text),
    (one) => bare(one.name) === bare(text),
    (one) => plain(one.name).includes(bare(text)),
  ];
  const fits = kinds.map((fit) => unique.filter(fit)).find((found) => found.length > 0) ?? [];
  if (fits.length === 1 && fits[0]) return fits[0];
  const show = (groups: readonly Group[]) => groups.map((one) => oneLine(one.name)).join('; ');
  if (fits.length > 1) {
    throw new UserError(
      'ambiguous',
      `Several groups are called like "${given}": ${show(fits.slice(0, 8))}.`,
      {
        next: 'Say which one.',
        data: { candidates: fits.slice(0, 8) },
      },
    );
  }
  const all =
    unique.length > 0
      ? unique
      : ((await getGroups(ctx.confluence, { limit: 200 })).results ?? []).map(({ id, name }) => ({
          id,
          name,
        }));
  const near = nearest(text, all, (one) => one.name);
  throw new UserError(
    'not_found',
    `No group "${given}" is visible to you.${near.length > 0 ? ` Near: ${show(near)}.` : ''}`,
    {
      next: 'List the groups with list_groups.',
      data: { near },
    },
  );
}

/** One page of a group's members; Atlassian allows at most 200. */
export async function membersOf(
  ctx: Context,
  groupId: string,
  o: { start: number; limit: number },
): Promise<{ people: Person[]; more: boolean }> {
  const found = await getGroupMembersByGroupId(ctx.confluence, {
    groupId,
    start: o.start,
    limit: Math.min(200, o.limit),
  });
  const people = (found.results ?? [])
    .map((raw) => personOf(ctx, raw))
    .filter((one): one is Person => one !== null);
  const next = (found._links as { next?: unknown } | undefined)?.next;
  return { people, more: typeof next === 'string' };
}

/** All members, at most `most`. */
export async function allMembers(ctx: Context, groupId: string, most = 400): Promise<Person[]> {
  const all: Person[] = [];
  for (let start = 0; start < most; start += 200) {
    const { people, more } = await membersOf(ctx, groupId, { start, limit: 200 });
    all.push(...people);
    if (!more) break;
  }
  return all;
}
