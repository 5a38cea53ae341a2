import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import { refreshAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import {
  OAuthError,
  ServerError,
  TemporarilyUnavailableError,
  TooManyRequestsError,
} from '@modelcontextprotocol/sdk/server/auth/errors.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import {
  allToolkits,
  database,
  deleteToolkitCredential,
  newId,
  replaceToolkitCredential,
  type ToolkitCredentialRow,
  toolkitCredential,
  updateToolkitCredential,
} from '#db';
import { UserError } from '#errors';
import { log } from '#log';
import { failureOf, mustConnect } from './failures.ts';
import { fetchFor } from './reach.ts';
import type { Toolkit } from './types.ts';
import { open, seal } from './vault.ts';

/** What the vault keeps of a person's access. */
export type Secret =
  | { kind: 'header'; value: string }
  | {
      kind: 'oauth';
      client: OAuthClientInformationMixed;
      tokens: OAuthTokens;
      discovery: OAuthDiscoveryState;
    };

const aheadMs = 60_000;

const secretOf = (row: ToolkitCredentialRow): Secret =>
  open(['toolkit_credential', row.user_id, row.toolkit_id], row.secret) as Secret;

const sealFor = (userId: string, toolkitId: string, secret: Secret): string =>
  seal(['toolkit_credential', userId, toolkitId], secret);

const expiryOf = ({ expires_in: seconds }: OAuthTokens): number | null =>
  seconds === undefined ? null : Date.now() + seconds * 1000;

/** Stores a person's access to a toolkit in place of what they had. */
export async function storeCredential(userId: string, toolkitId: string, secret: Secret): Promise<void> {
  const now = Date.now();
  await replaceToolkitCredential(await database(), {
    id: newId('tkc'),
    toolkit_id: toolkitId,
    user_id: userId,
    secret: sealFor(userId, toolkitId, secret),
    expires_at: secret.kind === 'oauth' ? expiryOf(secret.tokens) : null,
    status: 'active',
    created_at: now,
    updated_at: now,
  });
}

/**
 * Stores the header value a person pasted.
 * @throws UserError invalid_input for one that no header can carry, or where the toolkit asks for none.
 */
export async function connectWithHeader(userId: string, toolkit: Toolkit, value: string): Promise<void> {
  if (toolkit.auth !== 'header')
    throw new UserError('invalid_input', `${toolkit.name} is not connected with a pasted value.`, {
      next: 'Open its page and follow it.',
    });
  const trimmed = value.trim();
  if (!/^[\x20-\x7e]{1,8000}$/.test(trimmed))
    throw new UserError('invalid_input', 'This value cannot be sent in a header.', {
      next: 'Paste it in one line, without quotes.',
    });
  await storeCredential(userId, toolkit.id, { kind: 'header', value: trimmed });
}

/**
 * Forgets a person's access to a toolkit, of one that is switched off too.
 * @throws UserError not_found when there is no such toolkit for them.
 */
export async function disconnectToolkit(userId: string, slug: string): Promise<void> {
  const db = await database();
  const toolkit = (await allToolkits(db)).find((one) => one.slug === slug);
  const theirs =
    toolkit !== undefined &&
    (toolkit.enabled === 1 || (await toolkitCredential(db, toolkit.id, userId)) !== null);
  if (!theirs) throw new UserError('not_found', 'There is no such toolkit.', { next: 'Reload the page.' });
  await deleteToolkitCredential(db, toolkit.id, userId);
}

/** One per process: of several callers with an old token one refreshes and all get its result. */
const slot = globalThis as { __confabToolkitRefreshes?: Map<string, Promise<void>> };

async function current(toolkit: Toolkit, userId: string): Promise<ToolkitCredentialRow> {
  const row = await toolkitCredential(await database(), toolkit.id, userId);
  if (row === null) throw mustConnect(toolkit, 'not_connected');
  if (row.status !== 'active') throw mustConnect(toolkit, 'expired');
  return row;
}

/** Ends a person's access, provided that it still is what the server has refused. */
async function end(toolkit: Toolkit, row: ToolkitCredentialRow): Promise<void> {
  const set = { status: 'expired' as const, updated_at: Date.now() };
  if (await updateToolkitCredential(await database(), { id: row.id, oldSecret: row.secret }, set))
    log.info({ toolkit: toolkit.slug, credential: row.id }, 'access to a toolkit ended');
}

const passing = (error: unknown): boolean =>
  !(error instanceof OAuthError) ||
  error instanceof ServerError ||
  error instanceof TemporarilyUnavailableError ||
  error instanceof TooManyRequestsError;

async function renew(toolkit: Toolkit, row: ToolkitCredentialRow): Promise<void> {
  const secret = secretOf(row);
  if (secret.kind !== 'oauth' || secret.tokens.refresh_token === undefined) return end(toolkit, row);
  const { client, discovery, tokens: old } = secret;
  try {
    const fresh = await refreshAuthorization(discovery.authorizationServerUrl, {
      ...(discovery.authorizationServerMetadata === undefined
        ? {}
        : { metadata: discovery.authorizationServerMetadata }),
      clientInformation: client,
      refreshToken: secret.tokens.refresh_token,
      ...(discovery.resourceMetadata === undefined ? {} : { resource: discovery.resourceMetadata.resource }),
      fetchFn: fetchFor(toolkit.url, 20_000),
    });
    const set = {
      secret: sealFor(row.user_id, toolkit.id, { ...secret, tokens: { ...old, ...fresh } }),
      expires_at: expiryOf(fresh),
      status: 'active' as const,
      updated_at: Date.now(),
    };
    // Stored before anybody uses it: the old refresh token may be worth nothing by now.
    await updateToolkitCredential(await database(), { id: row.id, oldSecret: row.secret }, set);
  } catch (error) {
    if (passing(error)) throw failureOf(error, toolkit);
    log.info({ toolkit: toolkit.slug, credential: row.id, err: error }, 'a toolkit refused to renew access');
    await end(toolkit, row);
  }
}

async function renewed(
  toolkit: Toolkit,
  userId: string,
  rejected: string | null,
): Promise<ToolkitCredentialRow> {
  slot.__confabToolkitRefreshes ??= new Map();
  const running = slot.__confabToolkitRefreshes;
  const key = `${toolkit.id} ${userId}`;
  const work =
    running.get(key) ??
    (async () => {
      // Read again: somebody may have refreshed since the caller looked.
      const row = await current(toolkit, userId);
      if (!isFresh(row, rejected)) await renew(toolkit, row);
    })().finally(() => running.delete(key));
  running.set(key, work);
  await work;
  return current(toolkit, userId);
}

const isFresh = (row: ToolkitCredentialRow, rejected: string | null): boolean =>
  row.secret !== rejected && (row.expires_at === null || row.expires_at > Date.now() + aheadMs);

/** What a person shows a toolkit's server. `mark` names this very secret, to be given back when it is refused. */
export type Access = { headers: Record<string, string>; mark: string | null };

/**
 * How a person is known to a toolkit's server, renewed when it is about to end.
 * @param rejected the mark of an access that the server has just refused, whatever its expiry says.
 * @throws UserError needs_connection | reconnect, with the toolkit; ToolkitError when it cannot be renewed just now.
 */
export async function accessOf(
  toolkit: Toolkit,
  userId: string,
  rejected: string | null = null,
): Promise<Access> {
  if (toolkit.auth === 'none') return { headers: {}, mark: null };
  const known = await current(toolkit, userId);
  const row = isFresh(known, rejected) ? known : await renewed(toolkit, userId, rejected);
  const secret = secretOf(row);
  return {
    mark: row.secret,
    headers:
      secret.kind === 'header'
        ? { [toolkit.header_name]: secret.value }
        : { Authorization: `Bearer ${secret.tokens.access_token}` },
  };
}

/** Under which credentials a person acts in a toolkit; null: none that can be used. */
export async function credentialId(toolkit: Toolkit, userId: string): Promise<string | null> {
  if (toolkit.auth === 'none') return `open:${userId}`;
  const row = await toolkitCredential(await database(), toolkit.id, userId);
  return row === null || row.status !== 'active' ? null : row.id;
}
