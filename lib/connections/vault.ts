import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { InternalError } from '#errors';
import { deriveKey } from '#secret';

/** Whose secret it is and what for. Both are bound to the ciphertext: it opens with the same pair only. */
export type Bound = { owner: string; purpose: 'connection' | 'authorization' | 'verifier' };

function associated(bound: Bound): Buffer {
  return Buffer.from(JSON.stringify([bound.purpose, bound.owner]));
}

/**
 * Encrypts a secret with AES-256-GCM under the installation's vault key.
 * @returns `v1.<nonce>.<tag>.<data>`, each part base64url.
 */
export function seal(bound: Bound, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deriveKey('vault'), nonce);
  cipher.setAAD(associated(bound));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

function unreadable(cause?: unknown): InternalError {
  return new InternalError(
    'internal',
    'A stored Confluence credential cannot be read: it was altered, or the secret of this installation changed.',
    {
      next: 'Disconnect and connect Confluence again. The operator should check that CONFAB_SECRET (or the secret file) is the old one.',
      cause,
    },
  );
}

/**
 * Decrypts what `seal` made for the same owner and purpose.
 * @throws InternalError when it was altered, belongs to somebody else, or the key is another.
 */
export function open(bound: Bound, sealed: string): string {
  const [version, nonce, tag, data, ...rest] = sealed.split('.');
  if (version !== 'v1' || nonce === undefined || tag === undefined || data === undefined || rest.length > 0)
    throw unreadable();
  try {
    const decipher = createDecipheriv('aes-256-gcm', deriveKey('vault'), Buffer.from(nonce, 'base64url'), {
      authTagLength: 16,
    });
    decipher.setAAD(associated(bound));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  } catch (cause) {
    throw unreadable(cause);
  }
}
