import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './env.ts';
import { OperatorError } from './errors.ts';

/** What keys are derived for. A new purpose gets its own key; a key never serves two. */
export type SecretPurpose =
  | 'vault'
  | 'session'
  | 'state'
  | 'oauth-cookies'
  | 'oauth-signing'
  | 'oauth-store'
  | 'mcp-session'
  | 'mcp-request';

let master: string | undefined;
const keys = new Map<SecretPurpose, Buffer>();

/** `CONFAB_SECRET`, or the secret in `DATA_DIR`, made on first use with file mode 0600. */
function masterSecret(): string {
  const { secret, dataDir } = env();
  if (secret !== null) return secret;
  const file = join(dataDir, 'secret');
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) {
      writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
      // A link is made whole or not at all: of two processes starting at once, both read the one that won.
      linkSync(draft, file);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new OperatorError('misconfigured', `DATA_DIR: ${file} cannot be written.`, { cause });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const text = readFileSync(file, 'utf8').trim();
  if (text.length < 32) {
    throw new OperatorError('misconfigured', `${file} is damaged: it must hold at least 32 characters.`);
  }
  return text;
}

/** A 32-byte key for one purpose, derived with HKDF-SHA-256 from the installation's secret. */
export function deriveKey(purpose: SecretPurpose): Buffer {
  master ??= masterSecret();
  const known = keys.get(purpose);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync('sha256', master, 'confab', purpose, 32));
  keys.set(purpose, key);
  return key;
}

/**
 * Encrypts a text with AES-256-GCM. `bound` says what it belongs to: it opens with the same words only.
 * @returns `v1.<nonce>.<tag>.<data>`, each part base64url.
 */
export function sealText(purpose: SecretPurpose, bound: readonly string[], text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(purpose), nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(bound)));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

/**
 * Decrypts what `sealText` made for the same purpose and words.
 * @throws Error when it was altered, belongs to something else, or the key is another.
 */
export function openText(purpose: SecretPurpose, bound: readonly string[], sealed: string): string {
  const [version, nonce, tag, data, ...rest] = sealed.split('.');
  if (version !== 'v1' || nonce === undefined || tag === undefined || data === undefined || rest.length > 0)
    throw new Error('This is not a sealed text.');
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(purpose), Buffer.from(nonce, 'base64url'), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(JSON.stringify(bound)));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8');
}
