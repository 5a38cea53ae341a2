import { z } from 'zod';
import { UserError } from '#errors';
import { parseExpiry } from './expiry.ts';
import { assertSameOrigin, checked, readJson } from './guard.ts';
import { inheritConfig, keyConfigSchema } from './key-config.ts';
import { createKey, keyNameSchema, type NewKey, type VerifiedKey, verifyKey } from './keys.ts';
import { requireUser } from './next-auth.ts';
import type { User } from './user.ts';

/** Who manages keys in a request: a signed-in person, or a key that may. */
export type KeyManager = { user: User; through: VerifiedKey | null };

/** The token of `Authorization: Bearer`, or null when the header is absent or of another kind. */
export function bearerOf(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/**
 * Who asks. With an Authorization header only the key in it counts, never a cookie; without one the
 * request must come from our own pages.
 * @throws UserError `needs_sign_in`, `forbidden`.
 */
export async function keyManager(request: Request): Promise<KeyManager> {
  if (!request.headers.has('authorization')) {
    if (request.method !== 'GET') assertSameOrigin(request);
    return { user: await requireUser(), through: null };
  }
  // A browser page elsewhere must not use a key that it got hold of.
  if (request.headers.has('origin')) assertSameOrigin(request);
  const bearer = bearerOf(request);
  const through = bearer === null ? null : await verifyKey(bearer);
  if (through === null)
    throw new UserError('needs_sign_in', 'This key is not known here, was revoked or has expired.');
  if (!through.key.config.manage_keys) {
    throw new UserError('forbidden', 'This key may not manage keys.', {
      next: 'Use a key made with manage_keys, or sign in and manage keys under Settings, MCP.',
    });
  }
  return { user: through.user, through };
}

const bodySchema = z.strictObject({
  name: keyNameSchema,
  config: z.record(z.string(), z.unknown()).default({}),
  /** ISO 8601, or a span such as 30d; null for never. */
  expires_at: z.string().max(40).nullable().optional(),
});

/** `POST /api/keys`: makes a key; through a key at most with that key's own rights. */
export async function createKeyFromRequest(request: Request): Promise<NewKey> {
  const { user, through } = await keyManager(request);
  const { name, config: asked, expires_at } = await readJson(request, bodySchema, 64 * 1024);
  const expiry = expires_at === undefined ? undefined : parseExpiry(expires_at);
  const { config, expiresAt } =
    through === null
      ? { config: checked(keyConfigSchema, asked), expiresAt: expiry ?? null }
      : inheritConfig(asked, expiry, { config: through.key.config, expiresAt: through.key.expiresAt });
  return createKey(user, { name, config, expiresAt });
}
