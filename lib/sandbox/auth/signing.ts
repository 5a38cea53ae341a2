import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new unguessable token with a prefix that tells its kind. */
export function newToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is stored in place of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Signature of a text with the secret of this data folder. */
export function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Whether two secrets are equal, in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(expected).digest(),
  );
}

/** A value with its signature, for cookies. */
export function seal(value: string, secret: string): string {
  return `${Buffer.from(value).toString('base64url')}.${sign(value, secret)}`;
}

/** The value of a sealed text, or undefined when the signature is not ours. */
export function unseal(sealed: string | undefined, secret: string): string | undefined {
  const [encoded, signature] = (sealed ?? '').split('.');
  if (!encoded || !signature) return undefined;
  const value = Buffer.from(encoded, 'base64url').toString();
  return sameSecret(signature, sign(value, secret)) ? value : undefined;
}
