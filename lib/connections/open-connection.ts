import { type ConnectionsTable, connectionOf, database } from '#db';
import { env } from '#env';
import { UserError } from '#errors';
import { type Confluence, createConfluence, granularScopes, type Site } from '#lib/confluence';
import { apiRootOf } from './api-token.ts';
import { endRefused, freshConnection, mustConnect } from './tokens.ts';
import type { ActiveConnection, OpenOptions } from './types.ts';

function siteOf(row: ConnectionsTable): Site | null {
  if (row.site_id === null || row.site_name === null || row.site_url === null) return null;
  return { id: row.site_id, name: row.site_name, url: row.site_url };
}

/**
 * A consent given while a call runs may no longer cover its site. Its tokens must not be tried there: the refusal would
 * look like the end of the new connection.
 * @throws UserError conflict.
 */
function requireSite(row: ConnectionsTable, site: Site): void {
  if (row.mode !== 'oauth' || (JSON.parse(row.sites) as { id: string }[]).some(({ id }) => id === site.id))
    return;
  throw new UserError('conflict', `Confluence was connected anew meanwhile, without the site ${site.name}.`, {
    next: 'Ask again: it then runs on the site that is connected now.',
  });
}

/**
 * The person's connection, ready to use: its tokens are refreshed ahead of their expiry, now and during the call.
 * @throws UserError `needs_connection` (`data.reason`: `not_connected`, `no_site`) or `reconnect`
 * (`expired`, `revoked`).
 */
export async function openConnection(
  userId: string,
  o: OpenOptions = {},
): Promise<{ connection: ActiveConnection; confluence: Confluence }> {
  const found = await connectionOf(await database(), userId);
  if (found === null) throw mustConnect('not_connected');
  const { row } = await freshConnection(userId, found.id);
  const site = siteOf(row);
  if (site === null) throw mustConnect('no_site');
  const confluence = createConfluence({
    apiUrl: row.mode === 'api_token' ? apiRootOf(site.url) : env().atlassian.apiUrl,
    site,
    via: row.mode === 'api_token' ? 'site' : 'gateway',
    connectionId: row.id,
    credentials: async (rejected) => {
      const fresh = await freshConnection(userId, row.id, rejected);
      requireSite(fresh.row, site);
      return { header: fresh.header, scopes: scopesOf(fresh.row) };
    },
    ended: (header) => endRefused(userId, header),
    ...(o.signal === undefined ? {} : { signal: o.signal }),
    ...(o.onWait === undefined ? {} : { onWait: o.onWait }),
  });
  const account = { id: row.account_id, name: row.account_name, email: row.account_email };
  return {
    connection: {
      id: row.id,
      userId,
      mode: row.mode,
      account,
      site,
      scopes: scopesOf(row) ?? [...granularScopes],
    },
    confluence,
  };
}

/** Null for credentials that carry no list of scopes, as an API token. */
function scopesOf(row: ConnectionsTable): string[] | null {
  return row.mode === 'oauth' ? (JSON.parse(row.scopes) as string[]) : null;
}
