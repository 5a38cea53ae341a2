import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '#errors';

/** OWASP's recommendation for scrypt (2023): N = 2^17, r = 8, p = 1; 128 MiB for each hash. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const memory = 256 * 1024 * 1024;
const hashBytes = 32;

/** Each hash takes 128 MiB for a while: this many at once, this many waiting, no more. */
const atOnce = 2;
const mayWait = 40;

export const passwordSchema = z
  .string()
  .min(12, 'A password needs at least 12 characters.')
  .max(1024, 'A password can have at most 1,024 characters.');

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) {
      throw new UserError('rate_limited', 'Too many people are signing in at this moment.', {
        next: 'Try again in a few seconds.',
        retryAfterSeconds: 5,
      });
    }
    // Whoever finishes hands its place over, so `running` already counts us.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function derive(password: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: memory }, (error, key) => {
          if (error === null) resolve(key);
          else reject(error);
        });
      }),
  );
}

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, hashBytes, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

const stored = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** Compared against when there is nobody, so that an unknown email takes as long as a wrong password. */
const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** True when the password fits the stored hash. `null` (no such person, or no password) takes as long and is false. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const match = stored.exec(hash ?? nobody);
  if (match === null) return false;
  const [, n, r, p, salt, expected] = match as unknown as [string, string, string, string, string, string];
  const want = Buffer.from(expected, 'base64url');
  const got = await derive(password, Buffer.from(salt, 'base64url'), want.length, {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(got, want) && hash !== null;
}
