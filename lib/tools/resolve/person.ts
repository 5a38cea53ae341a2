import { UserError } from '#errors';
import { createBulkUserLookup, searchUser } from '#lib/confluence';
import { quote } from '../cql.ts';
import { plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';

/** A person of the directory. `email` only where their profile shows it. */
export type Person = {
  accountId: string;
  name: string;
  email: string | null;
  active: boolean;
  url: string | null;
  /** True of guests; absent where the answer does not say. */
  guest?: boolean;
};

type RawUser = {
  accountId?: string | null;
  displayName?: string | null;
  publicName?: string | null;
  email?: string | null;
  accountStatus?: unknown;
  isGuest?: unknown;
  isExternalCollaborator?: unknown;
};

/** A user of an answer in our own shape; null where the account id is missing. */
export function personOf(ctx: Pick<Context, 'confluence'>, raw: RawUser): Person | null {
  if (!raw.accountId) return null;
  return {
    accountId: raw.accountId,
    name: raw.displayName || raw.publicName || raw.accountId,
    email: raw.email || null,
    active: raw.accountStatus === undefined || raw.accountStatus === null || raw.accountStatus === 'active',
    url: ctx.confluence.webUrl(`/people/${encodeURIComponent(raw.accountId)}`),
    ...(raw.isGuest === true || raw.isExternalCollaborator === true ? { guest: true } : {}),
  };
}

const accountId = /^(\d{1,8}:[0-9a-f-]{32,36}|[0-9a-f]{24}|qm:[\w:-]{8,})$/i;

/** One page of people whose name fits. `start` counts rows. */
export async function searchPeople(
  ctx: Context,
  name: string,
  o: { limit: number; start?: number },
): Promise<{ people: Person[]; more: boolean }> {
  const found = await searchUser(ctx.confluence, {
    cql: `user.fullname ~ ${quote(name)}`,
    limit: o.limit,
    start: o.start ?? 0,
  });
  const people = (found.results ?? [])
    .map((row) => (row.user ? personOf(ctx, row.user) : null))
    .filter((one): one is Person => one !== null);
  return { people, more: typeof (found._links as { next?: unknown } | undefined)?.next === 'string' };
}

/** The people of these account ids, as far as they exist. */
export async function peopleByIds(ctx: Context, ids: readonly string[]): Promise<Person[]> {
  const found = await createBulkUserLookup(ctx.confluence, { body: { accountIds: [...ids] } });
  return (found.results ?? [])
    .map((raw) => personOf(ctx, raw as RawUser))
    .filter((one): one is Person => one !== null);
}

const isEmail = (text: string): boolean => /\S@\S/.test(text);

/** Words to search a directory by: of an email, the part before the @. */
export const nameOf = (text: string): string =>
  (isEmail(text) ? (text.split('@')[0] ?? '').replace(/[._+-]+/g, ' ') : text).replace(/^@/, '').trim();

function unclear(given: string, found: readonly Person[]): UserError {
  const shown = found.slice(0, 8);
  const lines = shown
    .map((one) => `${oneLine(one.name)}${one.email ? ` <${one.email}>` : ''} (${one.accountId})`)
    .join('; ');
  return new UserError('ambiguous', `Several people could be meant by "${given}": ${lines}.`, {
    next: 'Say who, by email or account id.',
    data: { candidates: shown.map(({ accountId: id, name, email }) => ({ id, name, email })) },
  });
}

/**
 * The person meant: account id, email, name, or `me`.
 * @throws UserError not_found, ambiguous with candidates.
 */
export async function resolvePerson(ctx: Context, given: string): Promise<Person> {
  const text = given.trim();
  if (/^(me|myself|i|ich|yo)$/i.test(text)) {
    const { id, name, email } = ctx.connection.account;
    return {
      accountId: id,
      name,
      email,
      active: true,
      url: ctx.confluence.webUrl(`/people/${encodeURIComponent(id)}`),
    };
  }
  const missing = new UserError('not_found', `Nobody called "${given}" is in the directory you can see.`, {
    next: 'Look for a part of the name with search_users.',
  });
  if (accountId.test(text)) {
    const found = (await peopleByIds(ctx, [text]))[0];
    if (found === undefined) throw missing;
    return found;
  }
  const name = nameOf(text);
  if (name === '') throw missing;
  const found = (await searchPeople(ctx, name, { limit: 25 })).people;
  const sameEmail = (one: Person) => one.email?.toLowerCase() === text.toLowerCase();
  // Somebody whose address is known to be another one is not who was meant.
  const people = isEmail(text) ? found.filter((one) => one.email === null || sameEmail(one)) : found;
  const byEmail = people.filter(sameEmail);
  if (byEmail.length === 1 && byEmail[0]) return byEmail[0];
  const exact = people.filter((one) => plain(one.name) === plain(name));
  if (exact.length === 1 && exact[0]) return exact[0];
  const fitting = exact.length > 1 ? exact : people;
  if (fitting.length === 1 && fitting[0]) return fitting[0];
  if (fitting.length > 1) throw unclear(given, fitting);
  throw missing;
}
