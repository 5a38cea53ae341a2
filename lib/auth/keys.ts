import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { database, endRight, insertKey, keyByHash, newId, rightsOfUser, userById } from '#db';
import { env } from '#env';
import { UserError } from '#errors';
import { checked } from './guard.ts';
import { assertUnderCeiling } from './key-ceiling.ts';
import { type KeyConfig, type KeyLimits, keyConfigSchema, limitsOf } from './key-config.ts';
import { noteUse } from './key-use.ts';
import { endAccess } from './revocations.ts';
import { isoOrNull, liveRight, type RightView, rightView } from './rights.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { isActive, toUser, type User } from './user.ts';

const shape = /^cfb_[\w-]{43}$/;
const prefixLength = 10;
const mostKeys = 200;

export const keyNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the key a name.')
  .max(100, 'A name can have at most 100 characters.');

/** A key as its owner gets it once: the only time that `key` is seen. */
export type NewKey = {
  id: string;
  name: string;
  key: string;
  /** Of the MCP endpoint; the key goes into the Authorization header. */
  url: string;
  /** With the key in its path, for clients that take only a URL; null when the key demands the header. */
  url_with_key: string | null;
  config: KeyConfig;
  /** ISO 8601, or null for never. */
  expires_at: string | null;
};

/**
 * Makes an MCP key of 256 random bits for a person. Only its SHA-256 is stored.
 * @param o.expiresAt milliseconds since 1970, or null.
 * @throws UserError `invalid_input`, `forbidden` (beyond the operator's ceiling, too many keys).
 */
export async function createKey(
  user: User,
  o: { name: string; config: KeyConfig; expiresAt: number | null },
): Promise<NewKey> {
  const name = checked(keyNameSchema, o.name);
  const config = checked(keyConfigSchema, o.config);
  const now = Date.now();
  assertUnderCeiling({ config, expiresAt: o.expiresAt }, now);
  const db = await database();
  if ((await rightsOfUser(db, 'keys', user.id)).length >= mostKeys) {
    throw new UserError('forbidden', `You have ${mostKeys} keys already.`, {
      next: 'Revoke some that are no longer used.',
    });
  }
  const key = `cfb_${newSecret()}`;
  const id = newId('key');
  await insertKey(db, {
    id,
    user_id: user.id,
    name,
    token_hash: hashSecret(key),
    prefix: key.slice(0, prefixLength),
    config: JSON.stringify(config),
    created_at: now,
    expires_at: o.expiresAt,
    last_used_at: null,
    revoked_at: null,
    calls: 0,
  });
  const base = `${env().publicUrl}/api/mcp`;
  const query = config.surface === 'router' ? '' : `?surface=${config.surface}`;
  return {
    id,
    name,
    key,
    url: `${base}${query}`,
    url_with_key: config.require_api_token_auth ? null : `${base}/k/${key}${query}`,
    config,
    expires_at: isoOrNull(o.expiresAt),
  };
}

/** A key that was presented and is good, with its owner. */
export type VerifiedKey = {
  user: User;
  key: { id: string; name: string; config: KeyConfig; expiresAt: number | null };
  limits: KeyLimits;
};

/**
 * Checks a presented key. Null when it is unknown, revoked or expired or its owner is disabled: the
 * caller answers 401 and does not say which.
 */
export async function verifyKey(bearer: string): Promise<VerifiedKey | null> {
  if (!shape.test(bearer)) return null;
  const db = await database();
  const hash = hashSecret(bearer);
  // The index finds a hash, never a secret: what its timing could tell is of no use without a preimage.
  const row = await keyByHash(db, hash);
  if (row === undefined || !timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(hash))) return null;
  const now = Date.now();
  const held = liveRight(row, now);
  if (held === null) return null;
  const owner = await userById(db, row.user_id);
  if (owner === undefined || !isActive(owner)) return null;
  await noteUse('keys', row.id, now);
  return {
    user: toUser(owner),
    key: { id: row.id, name: row.name, ...held },
    limits: limitsOf(held.config),
  };
}

export type KeyView = RightView & {
  name: string;
  /** First characters, to recognise it. */
  prefix: string;
};

/** A person's keys, newest first, without the revoked ones. */
export async function listKeys(userId: string): Promise<KeyView[]> {
  const now = Date.now();
  return (await rightsOfUser(await database(), 'keys', userId)).map((row) => ({
    ...rightView(row, now),
    name: row.name,
    prefix: row.prefix,
  }));
}

const testKeyMs = 2 * 60 * 1000;

/**
 * A key like one of a person's, to try it with: its own secret is not known here. It ends by itself within two
 * minutes, and no later than the other.
 * @throws UserError `not_found` (not theirs, revoked), `forbidden` (expired).
 */
export async function testKeyOf(user: User, id: string): Promise<NewKey> {
  const row = (await rightsOfUser(await database(), 'keys', user.id)).find((one) => one.id === id);
  if (row === undefined) throw notFound();
  const now = Date.now();
  const held = liveRight(row, now);
  if (held === null) {
    throw new UserError('forbidden', `The key "${row.name}" has expired.`, { next: 'Make a new one.' });
  }
  const soon = now + testKeyMs;
  return createKey(user, {
    name: `Test of ${row.name}`.slice(0, 100),
    // It is tried in the header, and makes no keys.
    config: { ...held.config, manage_keys: false },
    expiresAt: held.expiresAt === null ? soon : Math.min(soon, held.expiresAt),
  });
}

const notFound = () =>
  new UserError('not_found', 'There is no such key.', { next: 'It may have been revoked already.' });

/** Revokes a person's key at once. @throws UserError `not_found`. */
export async function revokeKey(userId: string, id: string): Promise<void> {
  if (!(await endRight(await database(), 'keys', { userId, id, now: Date.now() }))) {
    throw notFound();
  }
  endAccess({ keyId: id });
}
