import { z } from 'zod';
import { type ConnectionsTable, connectionOf, type Db, database, endConnection, rotateConnection } from '#db';
import { AtlassianError, UserError } from '#errors';
import { log } from '#log';
import { DeadGrant, refresh } from './oauth-server.ts';
import { open, seal } from './vault.ts';

const secretSchema = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() });
/** What the vault keeps of a connection. For an API token `accessToken` is the whole Authorization header. */
export type Secret = z.infer<typeof secretSchema>;

const aheadMs = 60_000;

/** Encrypts the tokens of a user's connection. */
export function sealSecret(userId: string, secret: Secret): string {
  return seal({ owner: userId, purpose: 'connection' }, JSON.stringify(secret));
}

function secretOf(row: ConnectionsTable): Secret {
  return secretSchema.parse(JSON.parse(open({ owner: row.user_id, purpose: 'connection' }, row.secret)));
}

/** The Authorization header that a connection's tokens make. */
function headerOf(row: ConnectionsTable): string {
  const { accessToken } = secretOf(row);
  return row.mode === 'oauth' ? `Bearer ${accessToken}` : accessToken;
}

/** The error of a connection that has ended: the person has to connect again. */
export function mustReconnect(reason: 'expired' | 'revoked'): UserError {
  const message =
    reason === 'expired'
      ? 'Your Confluence connection has expired.'
      : 'Your Confluence connection was withdrawn.';
  return new UserError('reconnect', message, {
    next: 'Connect Confluence again; nothing in the conversation is lost.',
    data: { reason },
  });
}

/** The error of a user without a connection that can be used. */
export function mustConnect(reason: 'not_connected' | 'no_site'): UserError {
  return reason === 'not_connected'
    ? new UserError('needs_connection', 'Confluence is not connected yet.', {
        next: 'Connect Confluence to go on.',
        data: { reason },
      })
    : new UserError('needs_connection', 'No Confluence site is chosen yet.', {
        next: 'Choose a site in Settings, Connections. If none is listed, connect again and grant a site that has Confluence.',
        data: { reason },
      });
}

/** One per process: of twenty callers with an expired token one refreshes and all get its result. */
const home = globalThis as { __confabRefreshes?: Map<string, Promise<ConnectionsTable>> };

function underWay(): Map<string, Promise<ConnectionsTable>> {
  home.__confabRefreshes ??= new Map();
  return home.__confabRefreshes;
}

async function current(db: Db, userId: string, id: string): Promise<ConnectionsTable> {
  const row = await connectionOf(db, userId);
  if (row === null || row.id !== id) throw mustConnect('not_connected');
  if (row.status !== 'active') throw mustReconnect(row.status);
  return row;
}

function isFresh(row: ConnectionsTable, rejected: string | undefined): boolean {
  if (rejected !== undefined && headerOf(row) === rejected) return false;
  return (
    row.mode !== 'oauth' || row.access_expires_at === null || row.access_expires_at > Date.now() + aheadMs
  );
}

async function end(db: Db, row: ConnectionsTable, status: 'expired' | 'revoked'): Promise<ConnectionsTable> {
  const ended = await endConnection(db, { id: row.id, secret: row.secret, status, now: Date.now() });
  // Not ended: its tokens have just been replaced by another process or by a new consent. Those count.
  if (!ended) return current(db, row.user_id, row.id);
  log.info({ connection: row.id, status }, 'a Confluence connection ended');
  throw mustReconnect(status);
}

/** Atlassian refuses even tokens that were just renewed: the connection is over, unless it was replaced meanwhile. */
export async function endRefused(userId: string, header: string): Promise<void> {
  const db = await database();
  const row = await connectionOf(db, userId);
  if (row === null || row.status !== 'active' || headerOf(row) !== header) return;
  await endConnection(db, { id: row.id, secret: row.secret, status: 'revoked', now: Date.now() });
  log.info({ connection: row.id, status: 'revoked' }, 'a Confluence connection ended');
}

async function renew(userId: string, id: string, rejected: string | undefined): Promise<ConnectionsTable> {
  const db = await database();
  // Read again: another process may have refreshed since the caller looked.
  const row = await current(db, userId, id);
  if (isFresh(row, rejected)) return row;
  const { refreshToken } = secretOf(row);
  if (row.mode !== 'oauth') return end(db, row, 'revoked');
  if (refreshToken === null) return end(db, row, 'expired');
  try {
    const tokens = await refresh(refreshToken);
    const secret = sealSecret(userId, {
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken ?? refreshToken,
    });
    const scopes = tokens.scopes === null ? null : JSON.stringify(tokens.scopes);
    // Stored before anybody uses it: Atlassian has already disabled the old refresh token.
    const stored = await rotateConnection(db, {
      id,
      oldSecret: row.secret,
      secret,
      accessExpiresAt: tokens.expiresAt,
      scopes,
      now: Date.now(),
    });
    log.info({ connection: id, stored }, 'refreshed a Confluence connection');
    return await current(db, userId, id);
  } catch (error) {
    if (error instanceof DeadGrant) return end(db, row, 'expired');
    const stillGood = rejected === undefined && (row.access_expires_at ?? 0) > Date.now();
    if (error instanceof AtlassianError && stillGood) return row;
    throw error;
  }
}

/**
 * The row of a connection with tokens good for another minute, refreshed when needed, once for all callers.
 * @param rejected the Authorization header that Atlassian has just refused, whatever its expiry says.
 * @throws UserError `reconnect` when the grant is dead, `needs_connection` when it is gone.
 */
export async function freshConnection(
  userId: string,
  id: string,
  rejected?: string,
): Promise<{ row: ConnectionsTable; header: string }> {
  const db = await database();
  let row = await current(db, userId, id);
  if (!isFresh(row, rejected)) {
    const running = underWay().get(id) ?? renew(userId, id, rejected).finally(() => underWay().delete(id));
    underWay().set(id, running);
    row = await running;
  }
  return { row, header: headerOf(row) };
}
