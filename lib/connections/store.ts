import { z } from 'zod';
import {
  type ConnectionsTable,
  connectionOf,
  database,
  deleteConnection,
  replaceConnection,
  setConnectionSite,
} from '#db';
import { UserError } from '#errors';
import type { Site } from '#lib/confluence';
import type { ConnectionView } from '#lib/wire';
import { sealSecret } from './tokens.ts';
import type { Authorized } from './types.ts';
import { open } from './vault.ts';

const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.number(),
});

function sitesOf(row: ConnectionsTable): Site[] {
  return JSON.parse(row.sites) as Site[];
}

/** The only site, or the one used before where it is granted again; otherwise the person chooses. */
function chooseSite(sites: readonly Site[], before: string | null): Site | null {
  if (sites.length === 1) return sites[0] ?? null;
  return sites.find((site) => site.id === before) ?? null;
}

/** Stores a finished authorisation as the person's connection, in place of an earlier one. */
export async function storeConnection(userId: string, authorized: Authorized): Promise<void> {
  const { profile, sites, scopes } = authorized;
  const tokens = tokensSchema.parse(
    JSON.parse(open({ owner: profile.accountId, purpose: 'authorization' }, authorized.tokens)),
  );
  const db = await database();
  const old = await connectionOf(db, userId);
  const site = chooseSite(sites, old?.site_id ?? null);
  await replaceConnection(
    db,
    {
      user_id: userId,
      mode: 'oauth',
      account_id: profile.accountId,
      account_name: profile.name,
      account_email: profile.email,
      site_id: site?.id ?? null,
      site_name: site?.name ?? null,
      site_url: site?.url ?? null,
      sites: JSON.stringify(sites),
      scopes: JSON.stringify(scopes),
      secret: sealSecret(userId, { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken }),
      access_expires_at: tokens.expiresAt,
    },
    Date.now(),
  );
}

/** What a person may see of their connection, or null when there is none. Never a token. */
export async function connectionView(userId: string): Promise<ConnectionView | null> {
  const row = await connectionOf(await database(), userId);
  if (row === null) return null;
  const chosen = row.site_id !== null && row.site_name !== null && row.site_url !== null;
  return {
    mode: row.mode,
    status: row.status === 'active' && !chosen ? 'no_site' : row.status,
    account: { id: row.account_id, name: row.account_name, email: row.account_email },
    site: chosen
      ? { id: row.site_id as string, name: row.site_name as string, url: row.site_url as string }
      : null,
    sites: sitesOf(row),
    scopes: JSON.parse(row.scopes) as string[],
    connectedAt: row.created_at,
  };
}

/** Chooses the site to work on. @throws UserError `not_found` for one that was not granted. */
export async function selectSite(userId: string, siteId: string): Promise<void> {
  const db = await database();
  const row = await connectionOf(db, userId);
  const site = row === null ? undefined : sitesOf(row).find((granted) => granted.id === siteId);
  if (row === null || site === undefined) {
    throw new UserError('not_found', 'This site is not among those you granted.', {
      next: 'Choose one of the list, or connect again and grant it.',
      data: { sites: row === null ? [] : sitesOf(row) },
    });
  }
  await setConnectionSite(db, { id: row.id, site, now: Date.now() });
}

/**
 * Forgets the person's connection and its tokens. Atlassian offers no call to withdraw a grant; the person
 * does that at id.atlassian.com, Connected apps.
 */
export async function disconnect(userId: string): Promise<void> {
  await deleteConnection(await database(), userId);
}
