import { getGroupMembershipsForUser, getRestrictions } from '#lib/confluence';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';

export type RestrictedOperation = 'read' | 'update';
export const restrictedOperations: readonly RestrictedOperation[] = ['read', 'update'];

/** A person or group that a restriction lets through. */
export type Subject = { type: 'user' | 'group'; id: string; name: string };

/** Who may view and edit; an empty list means that there is no restriction. */
export type Restrictions = Record<RestrictedOperation, Subject[]>;

const pageSize = 200;
type Lists = {
  user?: { results?: { accountId?: string; displayName?: string | null; publicName?: string }[] };
  group?: { results?: { id?: string; name?: string }[] };
};

function subjectsOf(lists: Lists | undefined): Subject[] {
  const users = (lists?.user?.results ?? []).map((one): Subject => {
    const id = one.accountId ?? '';
    return { type: 'user', id, name: one.displayName || one.publicName || id };
  });
  const groups = (lists?.group?.results ?? []).map((one): Subject => {
    const id = one.id ?? '';
    return { type: 'group', id, name: one.name ?? id };
  });
  return [...users, ...groups].filter((one) => one.id !== '');
}

export const sameSubject = (a: Subject, b: Subject): boolean => a.type === b.type && a.id === b.id;

/** Adds those that are not there yet; true when there were any. */
function merge(into: Subject[], more: readonly Subject[]): boolean {
  const fresh = more.filter((one) => !into.some((known) => sameSubject(one, known)));
  into.push(...fresh);
  return fresh.length > 0;
}

/** The restrictions put on a page or blog post itself; those it inherits stand on its ancestors. */
export async function restrictionsOf(ctx: Context, id: string): Promise<Restrictions> {
  const found: Restrictions = { read: [], update: [] };
  for (let start = 0; ; start += pageSize) {
    ctx.signal.throwIfAborted();
    const answer = await getRestrictions(ctx.confluence, {
      id,
      expand: ['restrictions.user', 'restrictions.group'],
      start,
      limit: pageSize,
    });
    let full = false;
    for (const { operation, restrictions } of answer.results ?? []) {
      const known = restrictedOperations.find((one) => one === operation);
      if (known === undefined) continue;
      const lists = restrictions as Lists | undefined;
      const fresh = merge(found[known], subjectsOf(lists));
      const sizes = [lists?.user?.results?.length ?? 0, lists?.group?.results?.length ?? 0];
      if (fresh && sizes.some((size) => size >= pageSize)) full = true;
    }
    if (!full) return found;
  }
}

export const isOpen = (o: Restrictions): boolean => o.read.length === 0 && o.update.length === 0;

/** `Jane Doe, group HR`, or what it means that nobody is named. */
export function subjectsText(subjects: readonly Subject[], nobody: string): string {
  if (subjects.length === 0) return nobody;
  return subjects.map((one) => `${one.type === 'group' ? 'group ' : ''}${oneLine(one.name)}`).join(', ');
}

/** Keys in a fixed order: what two restrictions are compared by. */
export const keysOf = (subjects: readonly Subject[]): string[] =>
  subjects.map((one) => `${one.type}:${one.id}`).toSorted();

/** Ids of the groups the caller is in, to tell whether a restriction still lets them through. */
export async function myGroups(ctx: Context): Promise<Set<string>> {
  const ids = new Set<string>();
  const accountId = ctx.connection.account.id;
  for (let start = 0; start < 2000; start += 200) {
    const found = await getGroupMembershipsForUser(ctx.confluence, { accountId, start, limit: 200 });
    for (const group of found.results ?? []) ids.add(group.id);
    if (typeof (found._links as { next?: unknown } | undefined)?.next !== 'string') break;
  }
  return ids;
}
