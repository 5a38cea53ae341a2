import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits: 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: how keys, invites and tickets are stored. Fit for secrets of 256 bits, not for passwords. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
