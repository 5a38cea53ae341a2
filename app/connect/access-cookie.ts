import { env } from '#env';
import { bundleOf } from '#lib/connections';

const name = 'confab-access';
const yearSeconds = 365 * 24 * 3600;

/**
 * `Set-Cookie` that remembers in this browser which bundles were allowed. Signing in through Atlassian is a
 * new consent, which replaces the old one before we know whose it is; without this it would take rights away.
 */
export function setAccessCookie(scopes: readonly string[]): string {
  const bundles = [...new Set(scopes.flatMap((scope) => bundleOf(scope) ?? []))];
  const secure = env().publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${name}=${bundles.join('.')}; Path=/connect; HttpOnly; SameSite=Lax; Max-Age=${yearSeconds}${secure}`;
}

/** The names of the bundles that were allowed in this browser last. */
export function readAccessCookie(request: Request): string[] {
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return (pairs.find(([key]) => key === name)?.[1] ?? '').split('.').filter((bundle) => bundle !== '');
}
