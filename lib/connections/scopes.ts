import { InternalError } from '#errors';
import { type BundleName, bundleOf, scopesOfBundles } from './bundles.ts';

/** `offline_access` gives a refresh token, `read:me` the person's name and email. */
const identityScopes = ['offline_access', 'read:me'];

/** What the connect link asks for when nothing else is chosen: to read and to write. */
export const scopesNeeded: readonly string[] = [...scopesOfBundles(['reader', 'editor']), ...identityScopes];

/** Atlassian asks for fewer than 50; about 80 made its own page fail with "Request header is too large". */
export const mostScopes = 49;

/** What a consent that would be too long goes without, first row first; a row goes as a whole, so that what can be made can also be removed. */
const firstToGo: readonly (readonly string[])[] = [
  ['read:embed', 'write:embed', 'delete:embed'],
  ['write:database', 'delete:database'],
  ['write:custom-content', 'delete:custom-content'],
  ['read:database', 'read:custom-content'],
  ['write:whiteboard', 'delete:whiteboard'],
].map((row) => row.map((name) => `${name}:confluence`));

export type ScopesAsked = {
  bundles: readonly BundleName[];
  /** Single scopes that must not be left out; what removes the thing they make comes along. */
  scopes?: readonly string[];
  /** What was granted before. A new consent replaces the old one, so old and new are asked together. */
  already?: readonly string[];
};

/**
 * The scopes of one consent: fewer than 50, whatever is asked.
 * @returns `leftOut`: what did not fit, to be told to the person.
 * @throws InternalError when even leaving out does not help.
 */
export function scopesToAsk(o: ScopesAsked): { scopes: string[]; leftOut: string[] } {
  const named = o.scopes ?? [];
  const rows = firstToGo.filter((row) => row.some((scope) => named.includes(scope)));
  const certain = new Set([...named, ...rows.flat()]);
  const wanted = [
    ...new Set([...scopesOfBundles(o.bundles), ...certain, ...(o.already ?? []), ...identityScopes]),
  ];
  const needless = wanted.filter(
    (scope) => bundleOf(scope) === null && !identityScopes.includes(scope) && !certain.has(scope),
  );
  const gone = new Set<string>();
  for (const row of [needless, ...firstToGo.filter((candidate) => !rows.includes(candidate))]) {
    if (wanted.length - gone.size <= mostScopes) break;
    for (const scope of row) if (wanted.includes(scope)) gone.add(scope);
  }
  const scopes = wanted.filter((scope) => !gone.has(scope));
  if (scopes.length > mostScopes)
    throw new InternalError('internal', `Too many permissions (${scopes.length}) for one Atlassian consent.`);
  return { scopes, leftOut: [...gone] };
}
