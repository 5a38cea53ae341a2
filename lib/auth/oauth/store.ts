import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import {
  consumeOauthArtefact,
  database,
  deleteOauthArtefact,
  deleteOauthArtefactsOfGrant,
  endRight,
  oauthArtefact,
  putOauthArtefact,
  setOauthArtefactExpiry,
  sweepOauthArtefacts,
} from '#db';
import { log } from '#log';
import { openText, sealText } from '#secret';
import { endAccess } from '../revocations.ts';

/** A registered client that nobody has allowed anything is forgotten after a day. */
const unusedClientMs = 24 * 3600 * 1000;
const sweepEveryMs = 10 * 60 * 1000;

/** When expired rows were last removed; one per process. */
const slot = globalThis as { __confabOauthSweep?: number };

/** The name a secret id has in the table. */
export function hashOf(model: string, id: string): string {
  return createHash('sha256').update(`${model}:${id}`).digest('hex');
}

async function sweepNow(now: number): Promise<void> {
  if (now - (slot.__confabOauthSweep ?? 0) < sweepEveryMs) return;
  slot.__confabOauthSweep = now;
  await sweepOauthArtefacts(await database(), now);
}

/** Ends a grant and all that was issued under it. `userId` null: on behalf of nobody, after a reuse. */
export async function revokeGrantById(userId: string | null, grantId: string): Promise<boolean> {
  const db = await database();
  const ended = await endRight(db, 'grants', { userId, id: grantId, now: Date.now() });
  if (ended) endAccess({ keyId: grantId });
  if (ended || userId === null) await deleteOauthArtefactsOfGrant(db, grantId);
  return ended;
}

/** Keeps a client that somebody allowed something as long as it may still be needed. */
export async function keepClient(clientId: string, until: number): Promise<void> {
  await setOauthArtefactExpiry(await database(), 'Client', hashOf('Client', clientId), until);
}

/** What is found of a token: whose it is and what for. Null when it is unknown, expired or spent. */
export async function findAccessToken(token: string): Promise<AdapterPayload | null> {
  return (await stored('AccessToken', token)) ?? null;
}

async function stored(model: string, id: string): Promise<AdapterPayload | undefined> {
  const idHash = hashOf(model, id);
  const row = await oauthArtefact(await database(), model, idHash, Date.now());
  if (row === undefined) return undefined;
  let payload: AdapterPayload;
  try {
    payload = JSON.parse(openText('oauth-store', [model, idHash], row.payload));
  } catch (error) {
    // Altered, or from before the installation's secret changed: as good as unknown, the client asks anew.
    log.warn({ err: error, model }, 'a stored OAuth record cannot be opened');
    return undefined;
  }
  return {
    ...payload,
    ...(model === 'Client' ? {} : { jti: id }),
    ...(row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at / 1000) }),
  };
}

/**
 * Where oidc-provider keeps one kind of thing: ids (which are the tokens) as hashes, contents sealed, so that a
 * copy of the database opens nothing.
 */
export function createStore(
  model: string,
  /** What to throw where a code or token was used by somebody else at the same moment. */
  alreadyUsed: () => Error,
): Adapter {
  // Whoever signs in does so with our own session; a second one would outlive it.
  if (model === 'Session') return noStore;
  return {
    async upsert(id, { jti: _, consumed: __, ...payload }, expiresIn) {
      const now = Date.now();
      await sweepNow(now).catch((error: unknown) =>
        log.warn({ err: error }, 'expired OAuth records could not be removed'),
      );
      const idHash = hashOf(model, id);
      const endsAt =
        expiresIn === undefined ? (model === 'Client' ? now + unusedClientMs : null) : now + expiresIn * 1000;
      await putOauthArtefact(await database(), {
        model,
        id_hash: idHash,
        payload: sealText('oauth-store', [model, idHash], JSON.stringify(payload)),
        grant_id: model === 'Grant' ? id : (payload.grantId ?? null),
        created_at: now,
        expires_at: endsAt,
      });
    },
    find: (id) => stored(model, id),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    async consume(id) {
      if (await consumeOauthArtefact(await database(), model, hashOf(model, id), Date.now())) return;
      // Two came with the same code or token at once: one of them stole it.
      const grantId = (await stored(model, id))?.grantId;
      if (grantId !== undefined) await revokeGrantById(null, grantId);
      throw alreadyUsed();
    },
    async destroy(id) {
      if (model === 'Grant') await revokeGrantById(null, id);
      else await deleteOauthArtefact(await database(), model, hashOf(model, id));
    },
    async revokeByGrantId(grantId) {
      await deleteOauthArtefactsOfGrant(await database(), grantId, model);
    },
  };
}

const noStore: Adapter = {
  upsert: async () => {},
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
};
