import { InternalError } from '#errors';

/** Granular Confluence scopes of all operations of this release, their conditional cases included. */
const confluenceScopes = [
  'delete:page:confluence',
  'read:attachment:confluence',
  'read:comment:confluence',
  'read:content-details:confluence',
  'read:content.metadata:confluence',
  'read:custom-content:confluence',
  'read:group:confluence',
  'read:hierarchical-content:confluence',
  'read:label:confluence',
  'read:page:confluence',
  'read:space:confluence',
  'read:template:confluence',
  'read:user:confluence',
  'write:content:confluence',
  'write:group:confluence',
  'write:label:confluence',
  'write:page:confluence',
];

/** `offline_access` gives a refresh token, `read:me` the person's name and email. */
const identityScopes = ['offline_access', 'read:me'];

/** What the connect link asks for. The operator enables the same scopes in the Atlassian app. */
export const scopesNeeded: string[] = [...confluenceScopes, ...identityScopes];

/** Atlassian asks for fewer than 50; about 80 made its own page fail with "Request header is too large". */
const mostScopes = 49;

/** The scopes of one consent. A new consent replaces the old one's, so old and new are asked together. */
export function scopesToAsk(already: readonly string[], further: readonly string[]): string[] {
  const all = [...new Set([...scopesNeeded, ...already, ...further])];
  if (all.length > mostScopes)
    throw new InternalError('internal', `Too many permissions (${all.length}) for one Atlassian consent.`);
  return all;
}
