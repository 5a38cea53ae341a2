import { InternalError } from '#errors';
import { openText, sealText } from '#secret';

/** Whose secret it is and what for. Both are bound to the ciphertext: it opens with the same pair only. */
export type Bound = { owner: string; purpose: 'connection' | 'authorization' | 'verifier' };

const words = ({ purpose, owner }: Bound) => [purpose, owner];

/** Encrypts a secret under the installation's vault key. */
export function seal(bound: Bound, text: string): string {
  return sealText('vault', words(bound), text);
}

function unreadable(cause: unknown): InternalError {
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
  try {
    return openText('vault', words(bound), sealed);
  } catch (cause) {
    throw unreadable(cause);
  }
}
