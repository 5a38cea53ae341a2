import { database, grantById, rightsOfUser, userById } from '#db';
import { UserError } from '#errors';
import type { KeyTier } from '#lib/wire';
import { keyCeiling } from '../key-ceiling.ts';
import { type KeyConfig, limitsOf } from '../key-config.ts';
import { noteUse } from '../key-use.ts';
import type { VerifiedKey } from '../keys.ts';
import { liveRight, type RightView, rightView } from '../rights.ts';
import { isActive, toUser } from '../user.ts';
import { mcpResource, tiersIn } from './scopes.ts';
import { findAccessToken, revokeGrantById } from './store.ts';

/** An access token that was presented and is good: a grant stands where a key would. */
export type VerifiedToken = VerifiedKey & {
  /** Tiers that the client has not asked for so far: a person might allow them. */
  unasked: readonly KeyTier[];
};

/** What oidc-provider generates: 256 bits as base64url. */
const shape = /^[\w-]{43}$/;

/**
 * Checks a presented access token: known, not expired, made for this endpoint, its grant neither revoked nor
 * ended, its person active. Null otherwise: the caller answers 401 and does not say which.
 */
export async function verifyToken(bearer: string): Promise<VerifiedToken | null> {
  if (!shape.test(bearer)) return null;
  const token = await findAccessToken(bearer);
  if (token?.grantId === undefined || token.aud !== mcpResource()) return null;
  const db = await database();
  const grant = await grantById(db, token.grantId);
  const now = Date.now();
  const held = grant === undefined ? null : liveRight(grant, now);
  if (grant === undefined || held === null) return null;
  if ((token.exp ?? 0) * 1000 <= now || token.accountId !== grant.user_id) return null;
  const owner = await userById(db, grant.user_id);
  if (owner === undefined || !isActive(owner)) return null;
  const scopes = tiersIn(token.scope ?? '');
  const config: KeyConfig = {
    ...held.config,
    methods: held.config.methods.filter((tier) => scopes.includes(tier)),
  };
  const declined = JSON.parse(grant.declined) as KeyTier[];
  const { tiers } = limitsOf(config);
  const tokenEnds = (token.exp ?? 0) * 1000;
  await noteUse('grants', grant.id, now);
  return {
    user: toUser(owner),
    key: {
      id: grant.id,
      name: grant.client_name,
      config,
      expiresAt: Math.min(held.expiresAt ?? tokenEnds, tokenEnds),
    },
    limits: limitsOf(config),
    unasked: keyCeiling().tiers.filter(
      (tier) =>
        !tiers.includes(tier) && !declined.includes(tier) && (config.writes !== 'deny' || tier === 'read'),
    ),
  };
}

export type GrantView = RightView & {
  /** What the client calls itself. */
  name: string;
  redirect_to: string;
};

/** What a person allowed MCP clients, newest first, without what was revoked. */
export async function listGrants(userId: string): Promise<GrantView[]> {
  const now = Date.now();
  return (await rightsOfUser(await database(), 'grants', userId)).map((row) => ({
    ...rightView(row, now),
    name: row.client_name,
    redirect_to: row.redirect_to,
  }));
}

/** Revokes a grant with its tokens at once. @throws UserError `not_found`. */
export async function revokeGrant(userId: string, id: string): Promise<void> {
  if (!(await revokeGrantById(userId, id))) {
    throw new UserError('not_found', 'There is no such connected program.', {
      next: 'It may have been revoked already.',
    });
  }
}
