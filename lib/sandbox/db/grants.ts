import type { Db } from './open.ts';

export type Grant = {
  id: string;
  accountId: string;
  clientId: string;
  scopes: string[];
  cloudIds: string[];
  revoked: boolean;
};
export type Code = {
  hash: string;
  grantId: string;
  redirectUri: string;
  challenge: string | null;
  expiresAt: number;
  used: number;
};
export type RefreshToken = { hash: string; grantId: string; createdAt: number; rotatedAt: number | null };
export type AccessToken = { hash: string; grantId: string; expiresAt: number };

type GrantRow = Omit<Grant, 'scopes' | 'cloudIds' | 'revoked'> & {
  scopes: string;
  cloudIds: string;
  revoked: number;
};

/** Stores a consent. Times of this file are epoch milliseconds; tokens are kept as hashes only. */
export function insertGrant(db: Db, grant: Grant, createdAt: number): void {
  db.prepare(
    `INSERT INTO grants (id, accountId, clientId, scopes, cloudIds, createdAt, revoked)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    grant.id,
    grant.accountId,
    grant.clientId,
    grant.scopes.join(' '),
    grant.cloudIds.join(' '),
    createdAt,
    grant.revoked ? 1 : 0,
  );
}

/** One consent by id. */
export function findGrant(db: Db, id: string): Grant | undefined {
  const row = db
    .prepare('SELECT id, accountId, clientId, scopes, cloudIds, revoked FROM grants WHERE id = ?')
    .get(id) as GrantRow | undefined;
  if (!row) return undefined;
  return {
    ...row,
    scopes: row.scopes.split(' ').filter(Boolean),
    cloudIds: row.cloudIds.split(' ').filter(Boolean),
    revoked: row.revoked === 1,
  };
}

/** Ends every consent. */
export function revokeAllGrants(db: Db): void {
  db.prepare('UPDATE grants SET revoked = 1').run();
}

/** Stores an authorization code. */
export function insertCode(db: Db, code: Omit<Code, 'used'>): void {
  db.prepare(
    `INSERT INTO codes (hash, grantId, redirectUri, challenge, expiresAt)
     VALUES (@hash, @grantId, @redirectUri, @challenge, @expiresAt)`,
  ).run(code);
}

/** Takes a code out of use; undefined when unknown or used before. */
export function takeCode(db: Db, hash: string): Code | undefined {
  return db.prepare('UPDATE codes SET used = 1 WHERE hash = ? AND used = 0 RETURNING *').get(hash) as
    | Code
    | undefined;
}

/** Stores an access token. */
export function insertAccessToken(db: Db, token: AccessToken): void {
  db.prepare('INSERT INTO accessTokens (hash, grantId, expiresAt) VALUES (@hash, @grantId, @expiresAt)').run(
    token,
  );
}

/** One access token by hash, expired or not. */
export function findAccessToken(db: Db, hash: string): AccessToken | undefined {
  return db.prepare('SELECT * FROM accessTokens WHERE hash = ?').get(hash) as AccessToken | undefined;
}

/** Makes every access token expired. */
export function expireAccessTokens(db: Db): void {
  db.prepare('UPDATE accessTokens SET expiresAt = 0').run();
}

/** Stores a refresh token. */
export function insertRefreshToken(db: Db, token: Omit<RefreshToken, 'rotatedAt'>): void {
  db.prepare('INSERT INTO refreshTokens (hash, grantId, createdAt) VALUES (@hash, @grantId, @createdAt)').run(
    token,
  );
}

/** One refresh token by hash. */
export function findRefreshToken(db: Db, hash: string): RefreshToken | undefined {
  return db.prepare('SELECT * FROM refreshTokens WHERE hash = ?').get(hash) as RefreshToken | undefined;
}

/** Marks a refresh token as rotated away; the first rotation counts. */
export function markRotated(db: Db, hash: string, at: number): void {
  db.prepare('UPDATE refreshTokens SET rotatedAt = coalesce(rotatedAt, ?) WHERE hash = ?').run(at, hash);
}
