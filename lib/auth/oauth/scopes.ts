import { env } from '#env';
import { type KeyTier, keyTiers } from '#lib/wire';

const scopeOf: Record<KeyTier, string> = {
  read: 'confluence:read',
  write: 'confluence:write',
  destructive: 'confluence:destructive',
};

/** The scopes of `/api/mcp`, one for each tier of operations. */
export const resourceScopes: readonly string[] = keyTiers.map((tier) => scopeOf[tier]);

/** What a client is told to ask for at first; a person may still allow less. */
export const usualTiers: readonly KeyTier[] = ['read', 'write'];

/** Tiers as a space-separated list of scopes. */
export function scopesOf(tiers: readonly KeyTier[]): string {
  return tiers.map((tier) => scopeOf[tier]).join(' ');
}

/** The tiers that a list of scopes names; scopes of other kinds are left out. */
export function tiersIn(scopes: string): KeyTier[] {
  const named = new Set(scopes.split(' '));
  return keyTiers.filter((tier) => named.has(scopeOf[tier]));
}

/** The one resource that tokens are made for (RFC 8707), and their audience. */
export function mcpResource(): string {
  return `${env().publicUrl}/api/mcp`;
}

/**
 * Does a resource indicator mean our endpoint? A surface in the query and a slash at the end make no
 * difference; another origin, path or query does.
 */
export function isMcpResource(identifier: string): boolean {
  if (!URL.canParse(identifier)) return false;
  const asked = new URL(identifier);
  const ours = new URL(mcpResource());
  return (
    asked.origin === ours.origin &&
    asked.pathname.replace(/\/$/, '') === ours.pathname &&
    asked.username === '' &&
    asked.password === '' &&
    asked.hash === '' &&
    (asked.search === '' || /^\?surface=[a-z]+$/.test(asked.search))
  );
}
