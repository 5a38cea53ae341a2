import { z } from 'zod';
import { UserError } from '#errors';
import { operationTags } from '#lib/wire';
import { parseExpiry } from './expiry.ts';
import { assertSameOrigin, checked, readJson } from './guard.ts';
import { usual } from './key-ceiling.ts';
import { excessOf, type Held, type KeyConfig, keyConfigSchema } from './key-config.ts';
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

/** How operations are found by name; the catalogue lies in a room above. */
export type OperationNames = {
  findOperation: (name: string) => { name: string } | null;
  nearestNames: (name: string) => readonly string[];
};

/** The configuration with the names of operations as the catalogue has them. @throws UserError `invalid_input`. */
function withKnownNames(config: KeyConfig, names: OperationNames): KeyConfig {
  const tag = config.tags?.find((one) => !(operationTags as readonly string[]).includes(one));
  if (tag !== undefined) {
    throw new UserError('invalid_input', `tags: there is no tag "${tag}".`, {
      next: `Tags are ${operationTags.join(', ')}.`,
    });
  }
  const operations = config.operations?.map((asked) => {
    const found = names.findOperation(asked);
    if (found !== null) return found.name;
    throw new UserError('invalid_input', `operations: there is no operation "${asked}".`, {
      next: `Did you mean ${names.nearestNames(asked).join(', ')}?`,
    });
  });
  return { ...config, operations: operations === undefined ? null : [...new Set(operations)] };
}

/** What is asked of a new key. What `config` leaves out is the usual; `expires_at` left out: as late as may be. */
export type KeyRequest = {
  name: string;
  config: Record<string, unknown>;
  expires_at?: string | null | undefined;
};

const fieldWords: Partial<Record<string, string>> = { expires_at: 'its expiry' };

/**
 * Makes a key for a person, or for the owner of a key that makes it: then what is left out is the maker's own
 * limit, and nothing may go beyond that. In no case beyond what the operator allows.
 * @throws UserError `invalid_input`, `forbidden` naming the field.
 */
export async function makeKey(
  user: User,
  through: VerifiedKey | null,
  asked: KeyRequest,
  names: OperationNames,
): Promise<NewKey> {
  const now = Date.now();
  const base: Held =
    through === null
      ? usual(now)
      : { config: { ...through.key.config, manage_keys: false }, expiresAt: through.key.expiresAt };
  const config = withKnownNames(checked(keyConfigSchema, { ...base.config, ...asked.config }), names);
  const expiresAt = asked.expires_at === undefined ? base.expiresAt : parseExpiry(asked.expires_at, now);
  const excess = through === null ? null : excessOf({ config, expiresAt }, through.key);
  if (excess !== null) {
    throw new UserError('forbidden', `A key cannot make a key with more rights than its own: ${excess}.`, {
      next: `Ask for less in ${fieldWords[excess] ?? excess}, or make the key while signed in.`,
    });
  }
  return createKey(user, { name: asked.name, config, expiresAt });
}

const bodySchema = z.strictObject({
  name: keyNameSchema,
  config: z.record(z.string(), z.unknown()).default({}),
  /** ISO 8601, or a span such as 30d; null for never. */
  expires_at: z.string().max(40).nullable().optional(),
});

/** `POST /api/keys`: makes a key; through a key at most with that key's own rights. */
export async function createKeyFromRequest(request: Request, names: OperationNames): Promise<NewKey> {
  const { user, through } = await keyManager(request);
  return makeKey(user, through, await readJson(request, bodySchema, 64 * 1024), names);
}
