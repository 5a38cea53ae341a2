import { InternalError } from '#errors';
import { openText, sealText } from '#secret';

/** What a secret is for, and whose: it opens with the same words only. */
export type Bound = readonly [
  'toolkit_credential' | 'toolkit_authorization' | 'toolkit_client',
  ...owner: string[],
];

/** Encrypts a value under the installation's vault key. */
export const seal = (bound: Bound, value: unknown): string => sealText('vault', bound, JSON.stringify(value));

/**
 * Decrypts what `seal` made for the same words.
 * @throws InternalError when it was altered, belongs to somebody else, or the key is another.
 */
export function open(bound: Bound, sealed: string): unknown {
  try {
    return JSON.parse(openText('vault', bound, sealed));
  } catch (cause) {
    throw new InternalError(
      'internal',
      'A stored credential of a toolkit cannot be read: it was altered, or the secret of this installation changed.',
      {
        next: 'Disconnect the toolkit and connect it again.',
        cause,
      },
    );
  }
}
