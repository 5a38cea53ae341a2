import { UserError } from '#errors';
import { bundleOf, bundles, connectPath, withNeeded } from '#lib/connections';
import type { AccessNeeded } from '#lib/wire';
import { entries, entryOf } from './define.ts';

/** A case of an operation that needs scopes the connection does not carry. */
export type Gap = { when: string; scopes: string[] };

/** `content_type=blog_post` is the case of an input that says so. */
function isCase(name: string, input: Record<string, unknown>): boolean {
  const [field = '', value] = name.split('=');
  return value !== undefined && input[field] === value;
}

/**
 * The scopes a call of this operation surely needs: those of its default case, or of the case that the input
 * names in its place. Where the input does not tell which of several cases it is, those that all of them need.
 */
export function certainScopes(name: string, input: Record<string, unknown>): readonly string[] {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined) return [];
  const others = Object.entries(entry.conditional).filter(([, one]) => one.replaces_base);
  const named = others.find(([key]) => isCase(key, input));
  if (named !== undefined) return named[1].scopes;
  const stated = others.some(([key]) => input[key.split('=')[0] ?? ''] !== undefined);
  if (stated) return entry.scopes;
  return entry.scopes.filter((scope) => others.every(([, one]) => one.scopes.includes(scope)));
}

/** What an operation needs beyond the granted scopes: in its default case, and in each further one. */
export function scopeGaps(name: string, granted: readonly string[]): { missing: string[]; cases: Gap[] } {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined) return { missing: [], cases: [] };
  const lacking = (scopes: readonly string[]) => scopes.filter((scope) => !granted.includes(scope));
  const missing = lacking(entry.scopes);
  const cases = Object.entries(entry.conditional)
    .map(([when, one]) => ({ when, scopes: lacking(one.scopes).filter((scope) => !missing.includes(scope)) }))
    .filter(({ scopes }) => scopes.length > 0);
  return { missing, cases };
}

/** The bundles some scopes belong to, with those these need. */
export function bundlesFor(scopes: readonly string[]) {
  return withNeeded([...new Set(scopes.flatMap((scope) => bundleOf(scope) ?? []))]);
}

const mostNamed = 4;

/** What missing scopes are about: which operations need them, in which bundle they are, where to allow them. */
export function accessNeeded(scopes: readonly string[], operation: string | null): AccessNeeded {
  const needing = entries.filter((entry) =>
    [entry.scopes, ...Object.values(entry.conditional).map((one) => one.scopes)].some((list) =>
      list.some((scope) => scopes.includes(scope)),
    ),
  );
  const asked = entries.find(({ name }) => name === operation);
  const ordered = [...new Set([...(asked === undefined ? [] : [asked]), ...needing])];
  const names = bundlesFor(scopes);
  const own = [...new Set(scopes.flatMap((scope) => bundleOf(scope) ?? []))];
  return {
    scopes: [...scopes],
    operations: ordered.slice(0, mostNamed).map(({ title }) => title),
    operationCount: ordered.length,
    bundles: own.map((name) => bundles[name].title),
    path: connectPath({ bundles: names, scopes }),
  };
}

/** The scopes that an error of a missing permission names. */
function scopesIn(error: UserError): string[] {
  const given = error.data?.scopes;
  return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
}

/**
 * The error of a missing permission, in full: the scope, the operations that need it, the bundle it is in,
 * the way to allow it. Atlassian names none of these.
 */
export function missingScopeError(scopes: readonly string[], operation: string, cause?: unknown): UserError {
  const access = accessNeeded(scopes, operation);
  const more = access.operationCount - access.operations.length;
  const needing = `${access.operations.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const where = access.bundles.length === 0 ? '' : ` It is part of "${access.bundles.join('" and "')}".`;
  return new UserError(
    'missing_scope',
    `Your Confluence connection does not carry the permission ${scopes.join(', ')}, which ${entryOf(operation).title} needs.${where}`,
    {
      next: `Allow it on Atlassian's page. It is needed for: ${needing}. If it is not offered there, the operator has to add it to the Atlassian app.`,
      data: { reason: 'missing_scope', scopes: access.scopes, access },
      cause,
    },
  );
}

/** The same error with what our own table knows, where Confluence refused a call of this operation for want of a scope. */
export function explainMissingScope(error: unknown, operation: string): unknown {
  if (!(error instanceof UserError) || error.code !== 'missing_scope' || error.data?.access !== undefined)
    return error;
  const scopes = scopesIn(error);
  const known = entries.some(({ name }) => name === operation);
  return scopes.length === 0 || !known ? error : missingScopeError(scopes, operation, error);
}
