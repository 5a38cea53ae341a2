import { UserError } from '#errors';
import { getSpaces } from '#lib/confluence';
import type { Context } from '../operation.ts';

const fallback = 'SPACE';
const most = 12;

/** Letters and digits only: what keys may consist of. Accents are dropped, other scripts leave nothing. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');

/** The key Confluence itself would propose: the initials of several words, or the beginning of one. */
export function keyFromName(name: string): string {
  const words = wordsOf(name);
  if (words.length === 0) return fallback;
  const [first = fallback] = words;
  return words.length === 1
    ? first.slice(0, most)
    : words
        .map((word) => word[0])
        .join('')
        .slice(0, most);
}

/** Which of these keys are taken by a space the person sees, in upper case. Those of hidden spaces are not known. */
async function takenOf(ctx: Context, keys: readonly string[]): Promise<Set<string>> {
  const found = await getSpaces(ctx.confluence, { keys: [...keys], limit: 250 });
  return new Set((found.results ?? []).map((space) => (space.key ?? '').toUpperCase()));
}

const numbered = (key: string): string[] =>
  Array.from({ length: 20 }, (_, index) => (index === 0 ? key : `${key}${index + 1}`));

/**
 * The key of a space to be made: the one asked for, or one from the name that no visible space has.
 * @throws UserError invalid_input for a malformed key, conflict with a free one when it is taken.
 */
export async function freeKey(ctx: Context, name: string, asked: string | undefined): Promise<string> {
  if (asked !== undefined && !/^[A-Za-z0-9]{1,255}$/.test(asked)) {
    throw new UserError('invalid_input', `"${asked}" cannot be the key of a space.`, {
      next: 'Keys are 1 to 255 letters A to Z and digits, without spaces.',
    });
  }
  const wanted = asked ?? keyFromName(name);
  const candidates = numbered(wanted.slice(0, 250));
  // Upper and lower case are the same key, but the API compares them literally.
  const taken = await takenOf(ctx, [
    ...new Set(candidates.flatMap((key) => [key, key.toUpperCase(), key.toLowerCase()])),
  ]);
  const free = candidates.find((key) => !taken.has(key.toUpperCase()));
  if (free === undefined) {
    throw new UserError('conflict', `The keys ${wanted} to ${candidates.at(-1)} are all taken.`, {
      next: 'Give the key of the new space yourself.',
    });
  }
  if (asked === undefined || free === asked) return free;
  throw new UserError('conflict', `A space with the key ${asked} exists already.`, {
    next: `Choose another key; ${free} is free.`,
    data: { suggestion: free },
  });
}
