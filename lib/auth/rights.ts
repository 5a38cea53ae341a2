import { database, deleteOauthArtefactsOfGrant, deleteSpentRights } from '#db';
import { log } from '#log';
import { underCeiling } from './key-ceiling.ts';
import { type Held, type KeyConfig, keyConfigSchema } from './key-config.ts';
import { forgetUse, unwrittenUse } from './key-use.ts';

/** What the rows of keys and grants have alike. */
type RightRow = {
  id: string;
  config: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  calls: number;
};

/** What a stored key or grant may do now, under the operator's ceiling. */
export function heldBy(row: RightRow): Held {
  return underCeiling({
    config: keyConfigSchema.parse(JSON.parse(row.config)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  });
}

/** Null: it was revoked, or its time is over. */
export function liveRight(row: RightRow, now: number): Held | null {
  if (row.revoked_at !== null) return null;
  const held = heldBy(row);
  return held.expiresAt !== null && held.expiresAt <= now ? null : held;
}

/** A key or grant in a list; times are ISO 8601. */
export type RightView = {
  id: string;
  /** Under the operator's ceiling: what it may do today. */
  config: KeyConfig;
  created_at: string;
  /** Null: never. */
  expires_at: string | null;
  last_used_at: string | null;
  calls: number;
  expired: boolean;
};

export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

export function rightView(row: RightRow, now: number): RightView {
  const { config, expiresAt } = heldBy(row);
  const more = unwrittenUse(row.id);
  return {
    id: row.id,
    config,
    created_at: new Date(row.created_at).toISOString(),
    expires_at: isoOrNull(expiresAt),
    last_used_at: isoOrNull(more?.lastUsedAt ?? row.last_used_at),
    calls: row.calls + (more?.calls ?? 0),
    expired: expiresAt !== null && expiresAt <= now,
  };
}

const keepRevokedMs = 30 * 86_400_000;

/**
 * Removes keys and grants whose own time is over, with what was issued under a grant, and those that were
 * revoked a month ago. Until then an expired one is refused all the same.
 * @returns how many went.
 */
export async function removeSpentRights(now = Date.now()): Promise<number> {
  const db = await database();
  const o = { now, revokedBefore: now - keepRevokedMs };
  const keys = await deleteSpentRights(db, 'keys', o);
  const grants = await deleteSpentRights(db, 'grants', o);
  for (const id of grants) await deleteOauthArtefactsOfGrant(db, id);
  forgetUse([...keys, ...grants]);
  const count = keys.length + grants.length;
  if (count > 0)
    log.info({ keys: keys.length, grants: grants.length }, 'expired keys and grants were removed');
  return count;
}
