import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id: prefix and 100 random bits in Crockford's base 32, e.g. `chg_4k…`. */
export function newId(prefix: string): string {
  let text = '';
  for (const byte of randomBytes(20)) text += alphabet[byte & 31];
  return `${prefix}_${text}`;
}
